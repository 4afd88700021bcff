/** The names of what another application can be told of, in the order in which they are offered. */
export const eventTypes = [
  'call.started',
  'call.answered',
  'call.ended',
  'call.missed',
  'call.wrapped-up',
  'call.contact-tied',
  'record.received',
  'promise.due',
] as const;

/** What an administrator enters. */
export interface EndpointInput {
  readonly url: string;
  readonly events: readonly string[];
  readonly description?: string;
  readonly enabled?: boolean;
}

/** An address that is told of events. */
export interface EventEndpoint extends EndpointInput {
  readonly endpointId: string;
  readonly enabled: boolean;
  readonly state: 'active' | 'failing' | 'paused' | 'off';
  /** Since when it fails or is paused. */
  readonly since?: string;
  /** Why, in words. */
  readonly why?: string;
  /** How many deliveries wait for a try, at most 1000. */
  readonly waiting?: number;
  readonly previousSecretUntil?: string;
  readonly createdAt: string;
  readonly etag?: string;
}

/** A new endpoint; its secret is told this once. */
export interface CreatedEndpoint {
  readonly endpointId: string;
  readonly secret: string;
  readonly endpoint: EventEndpoint;
}

export interface NewSecret {
  readonly secret: string;
  readonly previousSecretUntil: string;
}

/** A try, and what came of it. */
export interface DeliveryTry {
  readonly at: string;
  readonly milliseconds: number;
  readonly status?: number;
  readonly error?: string;
  /** Why it did not succeed, in words. */
  readonly why?: string;
  /** The beginning of the answer. */
  readonly answer?: string;
}

export interface DeliveryRequest {
  readonly url: string;
  readonly body: string;
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** What became of an event at one endpoint. */
export interface Delivery {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly callId?: string;
  readonly account?: string;
  readonly state: DeliveryState;
  readonly nextAt?: string;
  readonly tryCount: number;
  readonly tries: readonly DeliveryTry[];
  readonly request?: DeliveryRequest;
}

/** A page of deliveries. */
export interface Deliveries {
  readonly items: readonly Delivery[];
  readonly next?: string | null;
  /** How far back was looked, where the page is not full and more may follow. */
  readonly lookedUntil?: string;
}

export interface TestResult {
  readonly delivered: boolean;
  readonly try: DeliveryTry;
  readonly request: DeliveryRequest;
  readonly endpoint: EventEndpoint;
}

/** What a list of deliveries is filtered by. */
export interface DeliveryQuery {
  readonly state?: string;
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
}
