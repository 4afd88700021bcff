import type { ApiClient } from './api-client.js';
import type { Page } from './types.js';

/** A number that must not be called. */
export interface DoNotCall {
  /** In E.164. */
  readonly number: string;
  readonly display: string;
  /** Undefined once the person's data were erased. */
  readonly reason?: string;
  readonly addedAt: string;
  readonly addedBy: string;
  /** Undefined for somebody who is there no more. */
  readonly addedByName?: string;
  readonly source: 'person' | 'outcome';
  readonly callId?: string;
  readonly account?: string;
  readonly contactId?: string;
  readonly erasedAt?: string;
}

/** The part of the API that keeps the numbers not to be called. */
export class DoNotCallApi {
  constructor(private readonly client: ApiClient) {}

  /** A page of the list, the latest first; with first digits those that begin so. */
  list(query: string, next: string | undefined): Promise<Page<DoNotCall>> {
    const values = new URLSearchParams({ take: '50', ...(query ? { query } : {}), ...(next ? { next } : {}) });
    return this.client.read(`/api/do-not-call?${values}`);
  }

  /** The entry that stands then: of a number that is there already, the first one. */
  add(number: string, reason: string): Promise<DoNotCall> {
    return this.client.change('/api/do-not-call', { method: 'POST', body: { number, reason } });
  }

  remove(number: string): Promise<void> {
    return this.client.change(`/api/do-not-call/${encodeURIComponent(number)}`, { method: 'DELETE' });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, DoNotCallApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function doNotCallApi(client: ApiClient): DoNotCallApi {
  const api = apis.get(client) ?? new DoNotCallApi(client);
  apis.set(client, api);
  return api;
}
