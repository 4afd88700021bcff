import type { CallKey, Direction, NumberView } from './types.js';

export type AgentStateKind = 'offline' | 'free' | 'ringing' | 'inCall' | 'wrapUp' | 'paused';

/** The call that an agent has, or that rings for them. */
export interface AgentCall extends CallKey {
  readonly direction: Direction;
  readonly number: NumberView;
  readonly contactId?: string;
  readonly contactName?: string;
  readonly colleague?: { readonly agentId: string; readonly name: string };
}

export interface BoardAgent {
  readonly agentId: string;
  readonly name: string;
  readonly team?: string;
  readonly state: AgentStateKind;
  /** When the state began; of who is offline, when they were last there. Not always known. */
  readonly since?: string;
  /** True where a screen of theirs is open. */
  readonly online: boolean;
  readonly call?: AgentCall;
  /** The code of a pause's reason. */
  readonly reason?: string;
}

/** A call that goes on. */
export interface BoardCall extends CallKey {
  readonly direction: Direction;
  readonly state: 'ringing' | 'connected';
  readonly number: NumberView;
  readonly contactId?: string;
  readonly contactName?: string;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly startedAt: string;
  readonly since: string;
  /** True where it rings at nobody's phone: it waits. */
  readonly queued: boolean;
}

/** A call that came in and that nobody took. */
export interface MissedCall extends CallKey {
  readonly number: NumberView;
  readonly contactId?: string;
  readonly contactName?: string;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly at: string;
  /** True while nobody has reached the caller. */
  readonly open: boolean;
  readonly returnedByName?: string;
  readonly returnedAt?: string;
  readonly returnedAfterSeconds?: number;
}

/** The floor, as one supervisor sees it. */
export interface Wallboard {
  readonly at: string;
  readonly teams: readonly string[];
  readonly agents: readonly BoardAgent[];
  readonly calls: readonly BoardCall[];
  readonly missed: readonly MissedCall[];
}

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
