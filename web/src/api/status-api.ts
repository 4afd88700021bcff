import type { ApiClient } from './api-client.js';
import type { PoisonMessage, RefusedEvent, Status } from './status-types.js';
import type { Page } from './types.js';

/** Rows of a list of messages. */
const listSize = 20;

/** The part of the API that tells how the system is. */
export class StatusApi {
  constructor(private readonly client: ApiClient) {}

  status(): Promise<Status> {
    return this.client.read('/api/status');
  }

  /** The messages that were set aside, the oldest of each queue first. */
  poison(next?: string): Promise<Page<PoisonMessage>> {
    return this.client.read(`/api/poison?${pageOf(next)}`);
  }

  retryPoison(queue: string, id: string): Promise<void> {
    return this.client.change(`${poisonPath(queue, id)}/replay`, { method: 'POST' });
  }

  removePoison(queue: string, id: string): Promise<void> {
    return this.client.change(poisonPath(queue, id), { method: 'DELETE' });
  }

  /** The notifications that were refused and kept, the newest first. */
  refused(next?: string): Promise<Page<RefusedEvent>> {
    return this.client.read(`/api/refused-events?${pageOf(next)}`);
  }

  retryRefused(reference: string): Promise<void> {
    return this.client.change(`/api/refused-events/${encodeURIComponent(reference)}/replay`, { method: 'POST' });
  }

  removeRefused(reference: string): Promise<void> {
    return this.client.change(`/api/refused-events/${encodeURIComponent(reference)}`, { method: 'DELETE' });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const poisonPath = (queue: string, id: string): string =>
  `/api/poison/${encodeURIComponent(queue)}/${encodeURIComponent(id)}`;

const pageOf = (next: string | undefined): URLSearchParams =>
  new URLSearchParams({ take: String(listSize), ...(next ? { next } : {}) });

const apis = new WeakMap<ApiClient, StatusApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function statusApi(client: ApiClient): StatusApi {
  const api = apis.get(client) ?? new StatusApi(client);
  apis.set(client, api);
  return api;
}
