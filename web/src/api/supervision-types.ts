import type * as Api from './generated/api.js';
import type { CallKey } from './types.js';

export type AgentStateKind = Api.AgentStateKind;

/** The call that an agent has, or that rings for them. */
export type AgentCall = Api.AgentCall;

export type BoardAgent = Api.BoardAgent;

/** A call that goes on. */
export type BoardCall = Api.BoardCall;

/** A call that came in and that nobody took. */
export type MissedCall = Api.MissedCall;

/** The floor, as one supervisor sees it. */
export type Wallboard = Api.WallboardView;

/** What has changed, each row as it stands now. */
export interface WallboardChanged {
  readonly at: string;
  /** All of it is to be read anew. */
  readonly reset?: boolean;
  readonly agents?: readonly BoardAgent[];
  readonly goneAgents?: readonly string[];
  readonly calls?: readonly BoardCall[];
  readonly goneCalls?: readonly CallKey[];
  readonly missed?: readonly MissedCall[];
  readonly goneMissed?: readonly CallKey[];
}
