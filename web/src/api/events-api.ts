import type { ApiClient } from './api-client.js';
import type {
  CreatedEndpoint,
  Deliveries,
  DeliveryQuery,
  EndpointInput,
  EventEndpoint,
  NewSecret,
  TestResult,
} from './event-types.js';
import type { Page } from './types.js';

/** Deliveries of a page: few enough to be drawn at once. */
export const deliveriesPageSize = 50;

/** A test waits for the receiver: 15 seconds, and the way there and back. */
const testMs = 25_000;

/** The part of the API that tells other applications of events, for administrators. */
export class EventsApi {
  constructor(private readonly client: ApiClient) {}

  async endpoints(): Promise<readonly EventEndpoint[]> {
    const { items } = await this.client.read<Page<EventEndpoint>>('/api/event-endpoints?take=500');
    return items;
  }

  create(input: EndpointInput): Promise<CreatedEndpoint> {
    return this.client.change('/api/event-endpoints', { method: 'POST', body: input });
  }

  save(endpointId: string, input: EndpointInput, etag: string | undefined): Promise<EventEndpoint> {
    return this.client.change(path(endpointId), {
      method: 'PUT',
      body: input,
      ...(etag ? { headers: { 'If-Match': etag } } : {}),
    });
  }

  remove(endpointId: string): Promise<void> {
    return this.client.change(path(endpointId), { method: 'DELETE' });
  }

  newSecret(endpointId: string): Promise<NewSecret> {
    return this.client.change(`${path(endpointId)}/secret`, { method: 'POST' });
  }

  test(endpointId: string): Promise<TestResult> {
    return this.client.change(`${path(endpointId)}/test`, { method: 'POST', timeoutMs: testMs });
  }

  /** A page of what was sent, newest first. */
  deliveries(endpointId: string, query: DeliveryQuery, next?: string): Promise<Deliveries> {
    const page = { take: String(deliveriesPageSize), ...(next ? { next } : {}) };
    return this.client.read(`${path(endpointId)}/deliveries?${new URLSearchParams({ ...query, ...page })}`);
  }

  /** Sends one delivery again, or those of a span of days. */
  replay(endpointId: string, what: { readonly deliveryId: string } | DeliveryQuery): Promise<void> {
    return this.client.change(`${path(endpointId)}/replay`, { method: 'POST', body: what });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const path = (endpointId: string): string => `/api/event-endpoints/${encodeURIComponent(endpointId)}`;

const apis = new WeakMap<ApiClient, EventsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function eventsApi(client: ApiClient): EventsApi {
  const api = apis.get(client) ?? new EventsApi(client);
  apis.set(client, api);
  return api;
}
