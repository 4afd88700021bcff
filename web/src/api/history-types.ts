import type * as Api from './generated/api.js';
import type { CallRecord, RecordedCall } from './record-types.js';
import type { MayLack } from './shape.js';
import type { Call, Page } from './types.js';

/** Which calls a list shows, as the API's query names it. Days are the account's; `to` is included. */
export interface CallQuery {
  readonly from?: string;
  readonly to?: string;
  readonly agent?: string;
  readonly team?: string;
  readonly contact?: string;
  readonly number?: string;
  readonly direction?: string;
  readonly outcome?: string;
  readonly state?: string;
  readonly followUp?: string;
  readonly tied?: string;
}

/** What is to be done next about a call: the open follow-up or promise that is due first. */
export type NextAction = MayLack<Api.NextActionView, 'agentId'>;

/** A call of the history. */
export interface PastCall extends Call {
  readonly nextAction?: NextAction;
}

export interface CallsPage extends Page<PastCall> {
  /** The page before; none on the first one, and on a page that was opened without it. */
  readonly previous?: string | null;
  /** Set where a filter looked through a bounded number of calls: those before this time were not looked at. */
  readonly lookedUntil?: string | null;
}

/** An agent whom a supervisor can ask for. */
export type TeamAgent = Api.TeamAgentView;

/** Something that was heard of a call, decided about it, or done with it. What else it says depends on its kind. */
export interface HistoryEntry {
  readonly at: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** An agent's part in a call that several agents had to do with. */
export type AgentPart = Api.AgentPartView;

/** A call with all that is known of it. */
export interface FullCall extends RecordedCall {
  readonly nextAction?: NextAction;
  readonly agents?: readonly AgentPart[];
  readonly records?: readonly CallRecord[] | null;
  /** The oldest first. */
  readonly history?: readonly HistoryEntry[];
}
