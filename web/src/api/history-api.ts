import type { ApiClient } from './api-client.js';
import { idInPath } from './api-client.js';
import type { CallQuery, CallsPage, FullCall, TeamAgent } from './history-types.js';
import type { CallKey, Page } from './types.js';

/** Rows of a page: few enough to be drawn at once. */
export const pageSize = 50;

/** The part of the API that tells of the calls that were. */
export class HistoryApi {
  constructor(private readonly client: ApiClient) {}

  /** A page of calls, newest first. */
  calls(query: CallQuery, next?: string): Promise<CallsPage> {
    const page = { take: String(pageSize), ...(next ? { next } : {}) };
    return this.client.read(`/api/calls?${new URLSearchParams({ ...query, ...page })}`);
  }

  /** The agents whose calls a supervisor sees. */
  async agents(): Promise<readonly TeamAgent[]> {
    return (await this.client.read<Page<TeamAgent>>('/api/team-agents')).items;
  }

  call({ account, callId }: CallKey): Promise<FullCall> {
    return this.client.read(`/api/calls/${idInPath(callId)}?${new URLSearchParams({ account })}`);
  }

  /** The calls of a query as CSV, as they arrive. */
  export(query: CallQuery, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return this.client.stream(`/api/exports/calls.csv?${new URLSearchParams({ ...query })}`, signal);
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, HistoryApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function historyApi(client: ApiClient): HistoryApi {
  const api = apis.get(client) ?? new HistoryApi(client);
  apis.set(client, api);
  return api;
}
