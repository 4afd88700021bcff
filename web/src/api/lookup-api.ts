import type { ApiClient } from './api-client.js';

/** Where a CRM is asked who calls. */
export interface ContactLookup {
  readonly url?: string;
  readonly enabled: boolean;
  readonly timeoutMs: number;
  readonly source: string;
  readonly state: 'off' | 'active' | 'failing' | 'paused';
  /** The last time that the CRM was of no use. */
  readonly lastFailure?: LookupFailure;
  /** In the answer that made it, and in no other. */
  readonly secret?: string;
  readonly previousSecretUntil?: string;
  readonly etag?: string;
}

export interface LookupFailure {
  readonly at: string;
  readonly error: string;
  readonly status?: number;
  readonly field?: string;
  /** In words. */
  readonly why: string;
  /** Since when it has failed each time; undefined once it has answered again. */
  readonly since?: string;
  readonly pausedUntil?: string;
}

/** What can be entered. */
export interface LookupInput {
  readonly url: string;
  readonly enabled: boolean;
  readonly timeoutMs: number;
  readonly source: string;
}

/** A contact as the CRM answers it. */
export interface LookupContact {
  readonly id: string;
  readonly name?: string;
  readonly numbers?: readonly string[];
  readonly link?: string;
}

/** What came of a test. */
export interface LookupTest {
  readonly answered: boolean;
  readonly milliseconds: number;
  readonly status?: number;
  readonly why?: string;
  readonly contacts: readonly LookupContact[];
  readonly answer?: string;
  readonly request: { readonly url: string; readonly body: string };
  readonly lookup: ContactLookup;
}

const path = '/api/contact-lookup';

/** The part of the API that asks a CRM who calls, for administrators. */
export class LookupApi {
  constructor(private readonly client: ApiClient) {}

  lookup(): Promise<ContactLookup> {
    return this.client.read(path);
  }

  /** Saves over the version with this etag; without one there must be none yet. */
  save(input: LookupInput, etag: string | undefined): Promise<ContactLookup> {
    return this.client.change(path, {
      method: 'PUT',
      body: input,
      headers: etag ? { 'If-Match': etag } : { 'If-None-Match': '*' },
    });
  }

  newSecret(): Promise<{ readonly secret: string; readonly previousSecretUntil?: string }> {
    return this.client.change(`${path}/secret`, { method: 'POST' });
  }

  test(number: string): Promise<LookupTest> {
    return this.client.change(`${path}/test`, { method: 'POST', body: { number } });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, LookupApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function lookupApi(client: ApiClient): LookupApi {
  const api = apis.get(client) ?? new LookupApi(client);
  apis.set(client, api);
  return api;
}
