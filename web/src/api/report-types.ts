import type * as Api from './generated/api.js';

/** What the rows of a report are of. */
export type ReportBy = Api.ReportBy;

/** A row's amounts in one currency. */
export type ReportAmounts = Api.ReportAmounts;

/** What some calls add up to, without what no page shows. */
export type ReportRow = Omit<Api.ReportRow, 'internal' | 'promises'>;

/** What a card can have waited for. */
export type LatePart = Api.LatePart;

/** How soon cards were painted after their notification, in milliseconds. */
export type Speed = Api.DeskSpeed;

export type DeskSpeed = Api.DeskSpeedView;

export type Report = Omit<Api.ReportView, 'items' | 'totals'> & {
  readonly items: readonly ReportRow[];
  /** Of all calls, each once. */
  readonly totals: ReportRow;
};
