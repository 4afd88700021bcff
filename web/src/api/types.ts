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
  /** Who is on the other side of an internal call, where it is an agent. */
  readonly colleague?: { readonly agentId: string; readonly name: string };
  readonly endpointId?: string;
  readonly agentId?: string;
  readonly startedAt: string;
  readonly connectedAt?: string;
  readonly endedAt?: string;
  readonly durationSeconds?: number;
  readonly state: CallState;
  readonly match: MatchKind;
  readonly candidates: readonly Candidate[];
  readonly contactId?: string | undefined;
  readonly openUntil?: string;
  /** True where an agent decided that the call concerns no contact. */
  readonly ignored?: boolean | undefined;
  /** The click that the call comes of. */
  readonly dialId?: string;
  /** The colleague who took it; only where the pop-up closes for that reason. */
  readonly answeredBy?: { readonly agentId: string; readonly name: string };
}

/** A call on record. */
export interface Call extends PopUp {
  readonly contactName?: string;
  readonly agentName?: string;
  readonly cost?: number | string;
  readonly currency?: string;
  /** The code of the outcome that was sent. */
  readonly outcome?: string;
  /** Only in a contact's file, and of one call. */
  readonly wrapUp?: WrapUp;
  /** Only of one call. */
  readonly contact?: Contact;
}

export type CallKey = Pick<PopUp, 'account' | 'callId'>;

/** Somebody whom the business talks with. */
export interface Contact {
  readonly contactId: string;
  readonly name: string;
  /** As they were typed, the main one first. */
  readonly numbers: readonly string[];
  readonly document?: string;
  readonly email?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export type NewContact = Pick<Contact, 'name' | 'numbers' | 'document' | 'email'>;

export type Requirement = 'note' | 'followUp' | 'charge' | 'promise';

/** What can come of a call, as an administrator words it. */
export interface Outcome {
  readonly code: string;
  readonly es: string;
  readonly en: string;
  readonly requires: Readonly<Partial<Record<Requirement, boolean>>>;
  readonly active: boolean;
}

/** What an agent records of a call. */
export interface WrapUpInput {
  readonly outcome?: string | undefined;
  readonly notes?: string | undefined;
  readonly followUp?: { readonly dueAt?: string | undefined; readonly note?: string | undefined } | undefined;
  readonly charge?:
    | { readonly amount?: number | undefined; readonly currency?: string; readonly concept?: string | undefined }
    | undefined;
  readonly promise?:
    | { readonly amount?: number | undefined; readonly currency?: string; readonly dueAt?: string | undefined }
    | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

export interface WrapUp extends WrapUpInput {
  readonly draft: boolean;
  /** Who wrote it last, and when. */
  readonly agentId: string;
  readonly agentName?: string;
  readonly updatedAt: string;
  readonly etag: string;
}

/** Something to do after a call. */
export interface FollowUp {
  readonly followUpId: string;
  readonly agentId?: string;
  /** Only in a contact's list. */
  readonly agentName?: string;
  readonly callId: string;
  readonly account: string;
  readonly contactId?: string;
  readonly contactName?: string;
  readonly number: NumberView;
  readonly dueAt: string;
  readonly note?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

export interface Endpoint {
  readonly endpointId: string;
  readonly label?: string;
  readonly callerId?: string;
  /** True where who is called sees no number. */
  readonly private?: boolean;
  readonly primary?: boolean;
}

export interface ClickInput {
  readonly number?: string | undefined;
  readonly contactId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly order?: 'agentFirst' | 'contactFirst' | undefined;
  readonly force?: boolean | undefined;
}

/** A click, and what came of it. */
export interface Dial {
  readonly dialId: string;
  readonly state: 'placing' | 'placed' | 'refused' | 'unknown' | 'ringing' | 'answered' | 'ended';
  readonly number: NumberView;
  readonly endpointId: string;
  readonly order: 'agentFirst' | 'contactFirst';
  /** The call, once its events were heard. */
  readonly callId?: string;
  /** Why there is no call, or none for sure, in the agent's language. */
  readonly message?: string;
}

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly endpoints: readonly Endpoint[];
  readonly language?: string;
  /** The account's zone. */
  readonly timeZone?: string;
  /** Those that charges and promises may be in, the account's first. */
  readonly currencies?: readonly string[];
  /** The contacts' own fields that a call shows, in order. */
  readonly contactFields?: readonly ContactField[];
}

export interface ContactField {
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'money' | 'date' | 'number';
  readonly currency?: string;
}

/** What the host is, for anyone who opens the page. */
export interface Host {
  readonly demo: boolean;
  readonly signIn?: string;
  /** True while there is no account yet, and the set-up link waits. */
  readonly setUp?: boolean;
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
