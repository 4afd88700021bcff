import type { ApiClient } from './api-client.js';
import type * as Api from './generated/api.js';
import type { Page } from './types.js';

/** What an API key may be used for, in the order in which they are offered. */
export const keyScopes = ['embed', 'contacts', 'calls', 'events', 'status'] as const;

export type KeyScope = (typeof keyScopes)[number];

/** A key, without its secret. */
export type ApiKey = Api.ApiKeyView;

/** The origins of other applications' pages. */
export type EmbedOrigins = Api.EmbedOriginsView;

/** The part of the API that lets other applications in, for administrators. */
export class ApplicationsApi {
  constructor(private readonly client: ApiClient) {}

  async keys(): Promise<readonly ApiKey[]> {
    const { items } = await this.client.read<Page<ApiKey>>('/api/api-keys?take=500');
    return items;
  }

  /** The answer is the only one that has the key itself. */
  create(name: string, scopes: readonly KeyScope[]): Promise<{ readonly keyId: string; readonly key: string }> {
    return this.client.change('/api/api-keys', { method: 'POST', body: { name, scopes } });
  }

  remove(keyId: string): Promise<void> {
    return this.client.change(`/api/api-keys/${encodeURIComponent(keyId)}`, { method: 'DELETE' });
  }

  origins(): Promise<EmbedOrigins> {
    return this.client.read('/api/embed-origins');
  }

  saveOrigins(origins: readonly string[], etag: string | undefined): Promise<EmbedOrigins> {
    return this.client.change('/api/embed-origins', {
      method: 'PUT',
      body: { origins },
      // Of two who list the first origins, the second is asked what to do.
      headers: etag ? { 'If-Match': etag } : { 'If-None-Match': '*' },
    });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, ApplicationsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function applicationsApi(client: ApiClient): ApplicationsApi {
  const api = apis.get(client) ?? new ApplicationsApi(client);
  apis.set(client, api);
  return api;
}
