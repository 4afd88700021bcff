/** The API's shapes, as its contract has them. What has no value is left out. */

export type Direction = 'in' | 'out' | 'internal';
export type CallState = 'ringing' | 'connected' | 'ended';
export type MatchKind = 'none' | 'one' | 'many' | 'private' | 'dialled';
export type MatchReason =
  | 'chosen'
  | 'dialled'
  | 'chosenBefore'
  | 'mainNumber'
  | 'otherNumber'
  | 'nationalNumber'
  | 'lastDigits';

export interface NumberView {
  readonly e164?: string;
  /** The national form, with the country's code where it is another's; for what is no number, what was received. */
  readonly display: string;
  readonly kind: 'number' | 'extension' | 'private' | 'invalid';
}

export interface Candidate {
  readonly contactId: string;
  readonly name: string;
  readonly reason: MatchReason;
}

/** A call as it stands on an agent's screen. */
export interface PopUp {
  readonly callId: string;
  readonly account: string;
  readonly direction: Direction;
  readonly number: NumberView;
  readonly endpointId?: string;
  readonly agentId?: string;
  readonly startedAt: string;
  readonly connectedAt?: string;
  readonly endedAt?: string;
  readonly durationSeconds?: number;
  readonly state: CallState;
  readonly match: MatchKind;
  readonly candidates: readonly Candidate[];
  readonly contactId?: string;
  readonly openUntil?: string;
}

/** A call on record. */
export interface Call extends PopUp {
  readonly contactName?: string;
  readonly agentName?: string;
  readonly cost?: number | string;
  readonly currency?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

export interface Endpoint {
  readonly endpointId: string;
  readonly label?: string;
  readonly callerId?: string;
}

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly endpoints: readonly Endpoint[];
  readonly language?: string;
}

/** What the host is, for anyone who opens the page. */
export interface Host {
  readonly demo: boolean;
  readonly signIn?: string;
  /** True while there is no account yet, and the set-up link waits. */
  readonly setUp?: boolean;
  /** The account's zone, where the host says it. */
  readonly timeZone?: string;
}

export interface SetUp {
  readonly token: string;
  readonly agentId: string;
  readonly name: string;
  readonly password: string;
}

export type DemoCall = 'known' | 'several' | 'unknown' | 'private';

/** Who sees the calls of the whole team. */
export const seesTeam = (me: Me): boolean => me.roles.some((role) => /^(supervisor|admin)$/i.test(role));
