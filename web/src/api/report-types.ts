/** What the rows of a report are of. */
export type ReportBy = 'day' | 'hour' | 'agent' | 'team' | 'outcome' | 'contact';

/** A row's amounts in one currency. */
export interface ReportAmounts {
  readonly currency: string;
  readonly cost: number;
  readonly charges: number;
  readonly promisedAmount: number;
  readonly paidAmount: number;
}

/** What some calls add up to. Times are in seconds, amounts in `currency`. */
export interface ReportSums {
  readonly in: number;
  readonly out: number;
  readonly missed: number;
  readonly answered: number;
  /** Among those that were answered or missed, 0 to 1; null where there are none. */
  readonly answeredRate: number | null;
  readonly answeredWithin20: number;
  /** Calls that went out and were answered. */
  readonly reached: number;
  readonly talkSeconds: number;
  readonly wrapUps: number;
  readonly wrapUpSeconds: number;
  readonly returned: number;
  readonly callBackSeconds: number;
  /** Calls with an outcome. */
  readonly documented: number;
  readonly cost: number;
  readonly currency: string;
  readonly costPerOutcome: number | null;
  readonly charges: number;
  readonly promisesMade: number;
  readonly promisesKept: number;
  readonly promisedAmount: number;
  readonly paidAmount: number;
  /** All currencies, where there is another one than `currency`. */
  readonly amounts?: readonly ReportAmounts[];
}

export interface ReportRow extends ReportSums {
  /** The day, the hour (`08`), or an id; empty for none. */
  readonly key: string;
  readonly label: string;
}

/** What a card can have waited for. */
export type LatePart = 'operator' | 'queue' | 'channel' | 'browser';

/** How soon cards were painted after their notification, in milliseconds. */
export interface Speed {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly overSecond: number;
  readonly late: Readonly<Record<LatePart, number>>;
  readonly lateMost: LatePart | null;
}

export interface DeskSpeed {
  readonly items: readonly {
    readonly date: string;
    readonly agentId: string;
    readonly agentName: string;
    readonly speed: Speed;
  }[];
  /** Of all agents together. */
  readonly days: readonly { readonly date: string; readonly speed: Speed }[];
  readonly from: string;
  readonly to: string;
}

export interface Report {
  readonly items: readonly ReportRow[];
  /** Of all calls, each once. */
  readonly totals: ReportRow;
  readonly from: string;
  readonly to: string;
  readonly by: ReportBy;
  /** All that was stored until then is counted. */
  readonly asOf: string;
  /** How many hours are not worked out anew yet. */
  readonly pending: number;
  /** How many rows there are beside the items. */
  readonly left: number;
}
