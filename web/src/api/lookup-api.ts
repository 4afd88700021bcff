import type { ApiClient } from './api-client.js';
import type * as Api from './generated/api.js';

/** Where a CRM is asked who calls. */
export type ContactLookup = Api.LookupView;

/** The last time that the CRM was of no use. */
export type LookupFailure = Api.LookupFailure;

/** What can be entered. */
export type LookupInput = Api.LookupInput;

/** A contact as the CRM answers it. */
export type LookupContact = Api.LookupContact;

/** What came of a test. */
export type LookupTest = Api.LookupTestResult;

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

  newSecret(): Promise<Api.LookupSecret> {
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
