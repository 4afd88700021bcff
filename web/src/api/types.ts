/** The API's types, as in its contract. Fields without a value are left out. */

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
  /** The national form, with the country code for a foreign number. If the text is no number, the text as received. */
  readonly display: string;
  readonly kind: 'number' | 'extension' | 'private' | 'invalid';
  /** What the caller's phone says of itself. Nobody has checked it. */
  readonly name?: string;
}

export interface Candidate {
  readonly contactId: string;
  readonly name: string;
  readonly reason: MatchReason;
  /** Set where several candidates of the call share a name. */
  readonly document?: string;
  /** What the contact owes, as its file said when the call came; set as the document is. */
  readonly balance?: string;
}

/** A call on an agent's screen. */
export interface PopUp {
  readonly callId: string;
  readonly account: string;
  readonly direction: Direction;
  readonly number: NumberView;
  /** The other agent of an internal call. */
  readonly colleague?: { readonly agentId: string; readonly name: string };
  readonly endpointId?: string;
  readonly agentId?: string;
  readonly startedAt: string;
  /** True if that is when the server heard of the call: what the operator told can't be. */
  readonly isOurTime?: boolean;
  /** When the notification reached the server that brought the call to the agent. */
  readonly notifiedAt?: string;
  /** When the server sent it to this screen; only in the message of a new call. */
  readonly sentAt?: string;
  readonly connectedAt?: string;
  readonly endedAt?: string;
  readonly durationSeconds?: number;
  readonly state: CallState;
  /** While it rings: when it counts as going on, as the operator never tells that this account's calls are answered. */
  readonly ongoingFrom?: string;
  readonly match: MatchKind;
  readonly candidates: readonly Candidate[];
  readonly contactId?: string | undefined;
  readonly openUntil?: string;
  /** True in lists, if it was a call by another phone that an agent noted by hand. */
  readonly noted?: boolean | undefined;
  /** True if an agent said that the call concerns no contact. */
  readonly ignored?: boolean | undefined;
  /** True in lists, if the viewer took the call off those of what goes on and of what was missed. */
  readonly dismissed?: boolean | undefined;
  /** True in a message, if the viewer does not see the call any more. */
  readonly gone?: boolean | undefined;
  /** The click that started the call. */
  readonly dialId?: string;
  /** Grows with each change of the call. A call that an earlier release stored has none. */
  readonly revision?: number;
  /** The colleague who answered, if the pop-up closes for that reason. */
  readonly answeredBy?: { readonly agentId: string; readonly name: string };
  /** Who reached the caller later, if the call was missed. */
  readonly returned?: Returned | undefined;
}

/** The later call in which somebody reached the caller of a missed call. */
export interface Returned {
  readonly callId: string;
  readonly at: string;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly durationSeconds?: number;
}

/** A stored call. */
export interface Call extends PopUp {
  readonly contactName?: string;
  readonly agentName?: string;
  readonly cost?: number | string;
  readonly currency?: string;
  /** The code of the outcome in the sent wrap-up. */
  readonly outcome?: string;
  /** Set only in a contact's calls, and in a single call. */
  readonly wrapUp?: WrapUp;
  /** Set only in a single call. */
  readonly contact?: Contact;
}

export type CallKey = Pick<PopUp, 'account' | 'callId'>;

/** Somebody whom the business talks with. */
export interface Contact {
  readonly contactId: string;
  /** Empty if only a number is known. */
  readonly name: string;
  /** The numbers as typed, the main one first. */
  readonly numbers: readonly string[];
  /** What the numbers are read as: several where a field holds several. */
  readonly phones?: readonly ContactPhone[];
  readonly document?: string;
  readonly email?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** The other application that keeps the contact. */
  readonly external?: { readonly source: string; readonly id: string; readonly link?: string };
  /** The ids of contacts that were merged into this one. */
  readonly merged?: readonly string[];
  readonly etag?: string;
}

/** A contact who is perhaps the one that is being written down, and what they have in common, the surest first. */
export interface Duplicate extends Contact {
  readonly by: readonly ('document' | 'phone' | 'name')[];
}

/** Whom to look for: at least one of the first three. */
export interface DuplicateQuestion {
  readonly name?: string;
  readonly phone?: string;
  readonly document?: string;
  /** The contact whose own file it is. */
  readonly except?: string;
}

/** A number of a contact. What is not understood is `invalid`: it is shown, and not dialled. */
export interface ContactPhone extends NumberView {
  readonly text: string;
}

/** A contact as it is written: it replaces all that was stored. */
export type ContactInput = Pick<Contact, 'name' | 'numbers' | 'document' | 'email' | 'fields'>;

export type Requirement = 'note' | 'followUp' | 'charge' | 'promise';

/** A possible result of a call, as an administrator defines it. */
export interface Outcome {
  readonly code: string;
  readonly es: string;
  readonly en: string;
  readonly requires: Readonly<Partial<Record<Requirement, boolean>>>;
  readonly active: boolean;
  /** What follows from it. */
  readonly means?: 'nothing' | 'promise' | 'wrongNumber' | 'doNotCall';
}

/** A field that the office adds to the wrap-up, as an administrator defines it. */
export interface WrapUpField {
  readonly key: string;
  readonly es: string;
  readonly en: string;
  readonly kind: 'text' | 'number' | 'date' | 'choice';
  readonly required: boolean;
  readonly choices: readonly string[];
  /** The codes of the outcomes that ask for it; none for all. */
  readonly outcomes: readonly string[];
}

export interface OutcomeList {
  readonly items: readonly Outcome[];
  /** The fields that the office adds to the wrap-up. */
  readonly fields?: readonly WrapUpField[];
}

export interface WrapUpFieldList {
  readonly items: readonly WrapUpField[];
  readonly etag?: string;
}

/** What an agent records about a call. */
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
  /** The agent who wrote it last, and the time. */
  readonly agentId: string;
  readonly agentName?: string;
  readonly updatedAt: string;
  readonly etag: string;
}

/** What stands after a wrap-up was undone. */
export interface UndoneWrapUp {
  /** The version before, a draft or sent; none where there was none. */
  readonly wrapUp?: WrapUp | null;
  /** The outcome that the call has now. */
  readonly outcome?: string | null;
}

/** What the office asks of everybody at a desk. */
export interface DeskRules {
  readonly outcomeRequired: boolean;
  readonly etag?: string;
}

/** How long calls and raw events are kept; null is for ever. */
export interface Retention {
  readonly callDays: number | null;
  readonly callAction?: 'remove' | 'anonymize';
  readonly eventDays: number | null;
  readonly lastRun?: RetentionRun;
  readonly etag?: string;
}

/** The nightly run that was begun last. */
export interface RetentionRun {
  readonly state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly calls: number;
  readonly changed: number;
}

/** A task after a call. */
export interface FollowUp {
  readonly followUpId: string;
  readonly agentId?: string;
  /** Set only in a contact's list. */
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

/** The open pop-ups, and what the office asks of everybody since it was last read. */
export interface OpenPopUps extends Page<PopUp> {
  readonly outcomeRequired?: boolean;
  /** The server's time. */
  readonly now?: string;
}

/** Something that waits for an agent. */
export interface WorkEntry {
  readonly kind: 'promise' | 'followUp' | 'missed' | 'undocumented' | 'draft';
  /** When it was due, or when the call came. */
  readonly at: string;
  /** Of a promise or a follow-up. */
  readonly id?: string;
  readonly callId: string;
  readonly account: string;
  readonly direction?: 'in' | 'out' | 'internal';
  readonly contactId?: string;
  readonly contactName?: string;
  readonly number: NumberView;
  readonly note?: string;
  /** Of a promise, in `currency`. */
  readonly amount?: number;
  readonly currency?: string;
  /** Of a promise: broken from the day after it was due. */
  readonly state?: 'open' | 'broken';
  readonly agentId: string;
  /** Only in a team's list. */
  readonly agentName?: string;
}

/** What became of a promise. */
export interface PromiseInput {
  readonly state: 'kept' | 'partly' | 'broken';
  /** What was paid, where it was a part. */
  readonly amount?: number;
}

/** How many earlier calls a request has tied, and where the next one goes on. */
export interface TiedCalls {
  readonly tied: number;
  readonly next?: string | null;
}

export interface Endpoint {
  readonly endpointId: string;
  readonly label?: string;
  readonly callerId?: string;
  /** True if the called person sees no number. */
  readonly private?: boolean;
  readonly primary?: boolean;
}

/** A colleague's phone that can be called. */
export interface ColleaguePhone {
  readonly name: string;
  readonly endpointId: string;
  readonly label: string;
}

/** A call by another phone, as the agent notes it. */
export interface NotedCallInput {
  readonly direction: 'in' | 'out';
  /** Now, if it is missing. */
  readonly at?: string | undefined;
  readonly minutes?: number | undefined;
  readonly number?: string | undefined;
  readonly contactId?: string | undefined;
}

export interface ClickInput {
  readonly number?: string | undefined;
  /** The phone of a colleague, to be called instead of a number. */
  readonly colleagueEndpointId?: string | undefined;
  readonly contactId?: string | undefined;
  /** The campaign whose card on the agent's screen is called. */
  readonly campaignId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly order?: 'agentFirst' | 'contactFirst' | undefined;
  readonly force?: boolean | undefined;
}

/** What a click on a number would lead to. */
export interface NumberCheck {
  /** False if no call would be made. */
  readonly allowed: boolean;
  /** What the agent should know before the press: that it is not called, and why, or that it is another country's. */
  readonly message?: string;
}

/** A click and its result. */
export interface Dial {
  readonly dialId: string;
  readonly state: 'placing' | 'placed' | 'refused' | 'unknown' | 'ringing' | 'answered' | 'ended';
  readonly number: NumberView;
  readonly endpointId: string;
  readonly order: 'agentFirst' | 'contactFirst';
  /** The dial's call, once its events have arrived. */
  readonly callId?: string;
  /** Why there is no call, or no certain one, in the agent's language. */
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
  /** The currencies for charges and promises, the account's first. */
  readonly currencies?: readonly string[];
  /** The contacts' own fields that a call shows, in order. */
  readonly contactFields?: readonly ContactField[];
  readonly host?: Host;
  /** True where a call that was talked is closed only with an outcome. */
  readonly outcomeRequired?: boolean;
  readonly presence?: Presence;
  /** True where an administrator lands on the first steps. */
  readonly firstSteps?: boolean;
}

/** Whether an agent has paused. */
export interface Presence {
  readonly paused: boolean;
  /** The code of the pause's reason. */
  readonly reason?: string;
  readonly since?: string;
}

/** A reason for a pause, as an administrator defines it. */
export interface PauseReason {
  readonly code: string;
  readonly es: string;
  readonly en: string;
  readonly active: boolean;
}

export interface PauseReasonList {
  readonly items: readonly PauseReason[];
  readonly etag?: string;
}

export interface ContactField {
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'money' | 'date' | 'number' | 'choice';
  readonly currency?: string;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /** True where the form of a contact asks for it. */
  readonly required?: boolean;
}

/** What the page needs to know about the host before sign-in. */
export interface Host {
  readonly demo: boolean;
  readonly signIn?: string;
  /** True if there is no account yet, and the set-up link can be used. */
  readonly setUp?: boolean;
  /** How many days a file of calls may have at most; none where it may have any. */
  readonly exportDays?: number | null;
}

export interface SetUp {
  readonly token: string;
  readonly agentId: string;
  readonly name: string;
  readonly password: string;
}

export type DemoCall = 'known' | 'several' | 'unknown' | 'private';

/** True for who decides for the whole office. */
export const isAdmin = (me: Me): boolean => me.roles.some((role) => /^admin$/i.test(role));

/** True for who has a phone, or is there to take calls. */
export const takesCalls = (me: Me): boolean =>
  me.endpoints.length > 0 || me.roles.some((role) => /^agent$/i.test(role));

/** True if the user sees the calls of the whole team. */
export const seesTeam = (me: Me): boolean => me.roles.some((role) => /^(supervisor|admin)$/i.test(role));
