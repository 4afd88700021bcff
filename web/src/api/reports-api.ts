import type { ApiClient } from './api-client.js';
import type { DeskSpeed, Report, ReportBy } from './report-types.js';

/** Which days a report is of, both included, and what its rows are. */
export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly by: ReportBy;
}

/** The part of the API that adds calls up. */
export class ReportsApi {
  constructor(private readonly client: ApiClient) {}

  report(query: ReportQuery): Promise<Report> {
    return this.client.read(`/api/reports/daily?${new URLSearchParams({ ...query })}`);
  }

  /** The report as a file for a spreadsheet. */
  reportFile(query: ReportQuery): Promise<Blob> {
    return this.client.file(`/api/exports/reports.csv?${new URLSearchParams({ ...query })}`);
  }

  /** How soon calls were on the screens of these days, 31 at most. */
  deskSpeed(from: string, to: string): Promise<DeskSpeed> {
    return this.client.read(`/api/reports/desk-speed?${new URLSearchParams({ from, to })}`);
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, ReportsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function reportsApi(client: ApiClient): ReportsApi {
  const api = apis.get(client) ?? new ReportsApi(client);
  apis.set(client, api);
  return api;
}
