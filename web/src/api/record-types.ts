import type { Call } from './types.js';

/** How the pull of an account's call records goes. */
export interface PullState {
  readonly account: string;
  readonly state: 'upToDate' | 'catchingUp' | 'failing' | 'waiting' | 'off';
  /** Until when all records were read. */
  readonly watermark?: string | null;
  readonly lastSuccessAt?: string | null;
  readonly lastError?: PullError | null;
  readonly failingSince?: string | null;
  readonly secondsBehind?: number | null;
  /** How many records were set aside. */
  readonly aside: number;
  readonly perDay?: number | null;
}

export interface PullError {
  readonly title: string;
  readonly detail: string;
  /** The beginning of the operator's answer. */
  readonly answer?: string | null;
}

/** A record that was set aside, as it can't be a call's. */
export interface AsideRecord {
  readonly account: string;
  readonly firstAt: string;
  readonly recordId?: string | null;
  readonly field?: string | null;
  readonly reason: string;
  readonly raw: string;
}

/** Days, the last one included, whose records are to be read again. */
export interface BackfillInput {
  readonly account: string;
  readonly from: string;
  readonly to: string;
}

/** A range of time whose records are read again. */
export interface Backfill {
  readonly backfillId: string;
  readonly account: string;
  readonly from: string;
  /** The exclusive end. */
  readonly to: string;
  readonly state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly createdAt: string;
  readonly reachedAt: string;
  readonly records: number;
  readonly requests: number;
  readonly estimatedSeconds: number;
  readonly error?: string | null;
}

export type DayState = 'pending' | 'green' | 'healed' | 'open';

/** A day of an account: whether each of its calls is known from both sides. */
export interface Day {
  readonly date: string;
  readonly account: string;
  readonly state: DayState;
  readonly total: number;
  readonly matched: number;
  readonly webhookOnly: number;
  readonly recordOnly: number;
  readonly differing: number;
  readonly healed: number;
  readonly aside: number;
  readonly error?: string | null;
  readonly workedOutAt?: string | null;
  /** Only for one day. */
  readonly calls?: readonly Mismatch[] | null;
  readonly moreCalls?: number | null;
}

/** A call of a day that is not simply matched. */
export interface Mismatch {
  readonly callId: string;
  readonly kind: 'webhookOnly' | 'recordOnly' | 'differing';
  readonly at: string;
  readonly fields?: readonly ('duration' | 'cost' | 'parties' | 'end')[] | null;
  readonly healedBy?: 'record' | 'pull' | null;
  readonly webhookSeconds?: number | null;
  readonly recordSeconds?: number | null;
  readonly webhookCost?: number | null;
  readonly recordCost?: number | null;
}

/** What calls add up to. */
export interface Sums {
  readonly calls: number;
  readonly connected: number;
  readonly minutes: number;
  readonly billedMinutes: number;
  readonly cost: number;
  readonly accessFees: number;
  readonly total: number;
  readonly withoutCost: number;
}

export interface StatementRoute extends Sums {
  readonly pattern?: string | null;
  readonly name?: string | null;
  readonly rate?: number | null;
}

/** A month of an account by route, to lay beside the operator's invoice. */
export interface Statement {
  readonly month: string;
  readonly account: string;
  readonly currency: string;
  readonly isOver: boolean;
  readonly costIncludesAccessFee: boolean;
  readonly totals: Sums;
  readonly routes: readonly StatementRoute[];
  readonly invoice?: { readonly total: number; readonly enteredAt: string; readonly enteredBy: string } | null;
  /** The invoice's total less ours. */
  readonly difference?: number | null;
  readonly clues?: readonly Clue[] | null;
  readonly etag?: string | null;
}

/** What could explain a difference. */
export interface Clue {
  readonly kind: string;
  readonly text: string;
  readonly count: number;
  readonly amount?: number | null;
  readonly isExact: boolean;
  readonly route?: StatementRoute | null;
  readonly calls: readonly { readonly callId: string; readonly at: string; readonly amount?: number | null }[];
}

/** One of the operator's records of a call. */
export interface CallRecord {
  readonly recordId: string;
  readonly callId: string;
  readonly receivedAt: string;
  /** False where a later record corrects it. */
  readonly isCurrent: boolean;
  /** True where it was joined with its call by phone, number and start. */
  readonly byLikeness?: boolean;
  readonly ani: string;
  readonly dnis: string;
  readonly connectedAt?: string | null;
  readonly durationSeconds?: number | null;
  readonly cost?: number | null;
  readonly accessFee?: number | null;
  readonly rate?: number | null;
  readonly routePattern?: string | null;
  readonly routeName?: string | null;
}

/** A call with what is known of it from both sides. */
export interface RecordedCall extends Call {
  readonly sources?: readonly ('webhook' | 'record' | 'live')[];
  readonly record?: CallRecord | null;
  readonly records?: readonly CallRecord[] | null;
}
