import type * as Api from './generated/api.js';
import type { Call } from './types.js';

/** How the pull of an account's call records goes. */
export type PullState = Api.RecordStateView;

export type PullError = Api.RecordErrorView;

/** A record that was set aside, as it can't be a call's. */
export type AsideRecord = Api.AsideRecordView;

/** Days, the last one included, whose records are to be read again. */
export interface BackfillInput {
  readonly account: string;
  readonly from: string;
  readonly to: string;
}

/** A range of time whose records are read again. */
export type Backfill = Api.BackfillView;

export type DayState = Api.DayState;

/** A day of an account: whether each of its calls is known from both sides. */
export type Day = Api.DayView;

/** A call of a day that is not simply matched. */
export type Mismatch = Api.Mismatch;

/** What calls add up to. */
export type Sums = Api.StatementSums;

export type StatementRoute = Api.StatementRoute;

/** A month of an account by route, to lay beside the operator's invoice. */
export type Statement = Api.StatementView;

/** What could explain a difference. */
export type Clue = Api.ClueView;

/** One of the operator's records of a call. */
export type CallRecord = Api.RecordView;

/** A call with what is known of it from both sides. */
export interface RecordedCall extends Call {
  readonly sources?: readonly ('webhook' | 'record' | 'live')[];
  readonly record?: CallRecord | null;
  readonly records?: readonly CallRecord[] | null;
}
