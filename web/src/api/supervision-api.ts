import type { ApiClient } from './api-client.js';
import type { Wallboard } from './supervision-types.js';
import type { PauseReasonList } from './types.js';

/** The part of the API that tells of the floor. */
export class SupervisionApi {
  constructor(private readonly client: ApiClient) {}

  /** The floor now. From then on the channel tells what changes, for two and a half minutes. */
  wallboard(team: string): Promise<Wallboard> {
    return this.client.read(`/api/wallboard?${new URLSearchParams({ live: 'true', ...(team ? { team } : {}) })}`);
  }

  pauseReasons(): Promise<PauseReasonList> {
    return this.client.pauseReasons();
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, SupervisionApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function supervisionApi(client: ApiClient): SupervisionApi {
  const api = apis.get(client) ?? new SupervisionApi(client);
  apis.set(client, api);
  return api;
}
