import type { ApiClient } from './api-client.js';
import type { AuditPage, AuditQuery } from './audit-types.js';

/** Entries of a page: few enough to be drawn at once with what changed. */
export const auditPageSize = 40;

/** The part of the API that tells who changed what. */
export class AuditApi {
  constructor(private readonly client: ApiClient) {}

  /** A page of entries, newest first. */
  entries(query: AuditQuery, next?: string): Promise<AuditPage> {
    const page = { take: String(auditPageSize), ...(next ? { next } : {}) };
    return this.client.read(`/api/audit?${new URLSearchParams({ ...query, ...page })}`);
  }

  /** All entries of a query as a file for a spreadsheet. */
  file(query: AuditQuery): Promise<Blob> {
    return this.client.file(`/api/exports/audit.csv?${new URLSearchParams({ ...query })}`);
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, AuditApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function auditApi(client: ApiClient): AuditApi {
  const api = apis.get(client) ?? new AuditApi(client);
  apis.set(client, api);
  return api;
}
