import type * as Api from './generated/api.js';

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
export type EndpointInput = Api.EventEndpointInput;

/** An address that is told of events. */
export type EventEndpoint = Api.EventEndpointView;

/** A new endpoint; its secret is told this once. */
export type CreatedEndpoint = Api.EventEndpointCreated;

export type NewSecret = Api.EventSecret;

/** A try, and what came of it. */
export type DeliveryTry = Api.DeliveryTryView;

export type DeliveryRequest = Api.DeliveryRequest;

export type DeliveryState = Api.DeliveryState;

/** What became of an event at one endpoint. */
export type Delivery = Api.DeliveryView;

/** A page of deliveries. */
export type Deliveries = Api.DeliveryPage;

export type TestResult = Api.EventTestResult;

/** What a list of deliveries is filtered by. */
export interface DeliveryQuery {
  readonly state?: string;
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
}
