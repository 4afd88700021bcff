import type { ApiClient } from './api-client.js';
import type { AsideRecord, Backfill, BackfillInput, Day, PullState, Statement } from './record-types.js';
import type { Page } from './types.js';
import { overVersion } from './version.js';

/** The part of the API that tells of the operator's call records. */
export class RecordsApi {
  constructor(private readonly client: ApiClient) {}

  /** Of each account, how the pull goes. */
  async states(): Promise<readonly PullState[]> {
    return (await this.client.read<Page<PullState>>('/api/call-records/state')).items;
  }

  aside(next?: string): Promise<Page<AsideRecord>> {
    return this.client.read(`/api/aside-records?${pageOf(next)}`);
  }

  /** The newest first. */
  backfills(next?: string): Promise<Page<Backfill>> {
    return this.client.read(`/api/backfills?${pageOf(next)}`);
  }

  startBackfill(input: BackfillInput): Promise<Backfill> {
    return this.client.change('/api/call-records/backfill', { method: 'POST', body: input });
  }

  cancelBackfill(backfillId: string): Promise<Backfill> {
    return this.client.change(`/api/backfills/${encodeURIComponent(backfillId)}`, { method: 'DELETE' });
  }

  /** The days from one to another, both included. */
  async days(account: string, from: string, to: string): Promise<readonly Day[]> {
    const query = new URLSearchParams({ account, from, to, take: '500' });
    const days: Day[] = [];
    let next: string | null | undefined;
    do {
      if (next) query.set('next', next);
      const page: Page<Day> = await this.client.read(`/api/reconciliation?${query}`);
      days.push(...page.items);
      next = page.next;
    } while (next);
    return days;
  }

  day(account: string, date: string): Promise<Day> {
    return this.client.read(`/api/reconciliation/${date}?${new URLSearchParams({ account })}`);
  }

  /** Has a day worked out anew. */
  reconcile(account: string, date: string): Promise<Day> {
    return this.client.change(`/api/reconciliation/${date}?${new URLSearchParams({ account })}`, { method: 'POST' });
  }

  /** The statement of a month, such as `2026-11`. */
  statement(account: string, month: string): Promise<Statement> {
    return this.client.read(`/api/statements/${month}?${new URLSearchParams({ account })}`);
  }

  /** Keeps the invoice's total; null takes it away. The API answers 412 if another has changed it. */
  setInvoice(account: string, month: string, total: number | null, etag: string | undefined): Promise<Statement> {
    return this.client.change(`/api/statements/${month}?${new URLSearchParams({ account })}`, {
      method: 'PUT',
      body: { invoiceTotal: total },
      headers: overVersion(etag),
    });
  }

  /** The statement as a file for a spreadsheet. */
  statementFile(account: string, month: string): Promise<Blob> {
    return this.client.file(`/api/exports/statements.csv?${new URLSearchParams({ account, month })}`);
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const pageOf = (next: string | undefined): URLSearchParams =>
  new URLSearchParams({ take: '50', ...(next ? { next } : {}) });
