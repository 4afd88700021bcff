/** The API's types, as in its contract. Fields without a value are left out. */

import type * as Api from './generated/api.js';
import type { Has, MayLack } from './shape.js';

export type Direction = Api.CallDirection;
export type CallState = Api.CallState;
export type MatchKind = Api.MatchKind;
export type MatchReason = Api.MatchReason;

export type NumberView = Api.NumberView;

export type Candidate = Api.Candidate;

/** A call on an agent's screen. */
export interface PopUp extends MayLack<Api.PopUp, 'agentId' | 'ignored'> {
  /** True in lists, if it was a call by another phone that an agent noted by hand. */
  readonly noted?: boolean | undefined;
  /**
   * True if the call is off the lists of what goes on and of what was missed: in lists, off the viewer's; of a pop-up,
   * off everybody's.
   */
  readonly dismissed?: boolean | undefined;
  /** True in a message, if the viewer does not see the call any more. */
  readonly gone?: boolean | undefined;
}

/** The later call in which somebody reached the caller of a missed call. */
export type Returned = Api.ReturnedView;

/** A stored call. */
export interface Call
  extends PopUp,
    Partial<
      Pick<Api.CallView, 'contactName' | 'agentName' | 'cost' | 'currency' | 'outcome' | 'hidden' | 'wrapUpToReplace'>
    > {
  /** Set only in a contact's calls, and in a single call. */
  readonly wrapUp?: WrapUp;
  /** Set only in a single call: what each agent recorded of it, the newest first. */
  readonly wrapUps?: readonly WrapUp[];
  /** Set only in a single call. */
  readonly contact?: Contact;
}

export type CallKey = Pick<PopUp, 'account' | 'callId'>;

/** Somebody whom the business talks with. */
export type Contact = MayLack<Api.Contact, 'createdAt' | 'updatedAt'>;

/** A contact who is perhaps the one that is being written down, and what they have in common, the surest first. */
export type Duplicate = Contact & Pick<Api.Duplicate, 'by'>;

/** Those contacts, and what the number that was asked for is read as. */
export interface Duplicates {
  readonly items: readonly Duplicate[];
  readonly phones: readonly ContactPhone[];
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
export type ContactPhone = Api.ContactPhone;

/** A contact as it is written: it replaces all that was stored. */
export type ContactInput = Pick<Contact, 'name' | 'numbers' | 'document' | 'email' | 'fields'>;

export type Requirement = 'note' | 'followUp' | 'charge' | 'promise';

/** A possible result of a call, as an administrator defines it. */
export type Outcome = Api.Outcome;

/** A field that the office adds to the wrap-up, as an administrator defines it. */
export type WrapUpField = Api.WrapUpField;

export type OutcomeList = Api.OutcomeList;

export type WrapUpFieldList = Api.WrapUpFieldList;

/** What an agent records about a call. */
export type WrapUpInput = Api.WrapUpInput;

export type WrapUp = Has<Api.WrapUp, 'etag'>;

/** What stands after a wrap-up was undone. */
export type UndoneWrapUp = Omit<Api.UndoneWrapUp, 'wrapUp'> & {
  /** The version before, a draft or sent; none where there was none. */
  readonly wrapUp?: WrapUp;
};

/** What the office asks of everybody at a desk. */
export type DeskRules = Api.DeskRules;

/** How long calls and raw events are kept; null is for ever. */
export type Retention = Omit<Api.RetentionView, 'lastRun'> & { readonly lastRun?: RetentionRun };

/** The nightly run that was begun last. */
export type RetentionRun = MayLack<Api.RetentionRun, 'startedAt' | 'failed'>;

/** A task after a call. */
export type FollowUp = MayLack<Api.FollowUp, 'kind' | 'agentId'>;

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

/** The open pop-ups, and what the office asks of everybody since it was last read. */
export type OpenPopUps = Api.OpenPopUps;

/** Something that waits for an agent. */
export type WorkEntry = Has<Api.WorkListEntry, 'callId' | 'account' | 'number' | 'agentId'>;

/** What became of a promise. */
export interface PromiseInput {
  readonly state: 'kept' | 'partly' | 'broken';
  /** What was paid, where it was a part. */
  readonly amount?: number;
}

/** How many earlier calls a request has tied, and where the next one goes on. */
export type TiedCalls = Api.TiedCalls;

export type Endpoint = MayLack<Api.MyEndpoint, 'label' | 'callerId' | 'private' | 'primary'>;

/** A colleague's phone that can be called. */
export type ColleaguePhone = Api.ColleagueView;

/** A call by another phone, as the agent notes it. */
export interface NotedCallInput {
  readonly direction: 'in' | 'out';
  /** Now, if it is missing. */
  readonly at?: string | undefined;
  readonly minutes?: number | undefined;
  readonly number?: string | undefined;
  readonly contactId?: string | undefined;
}

export type ClickInput = Api.ClickInput;

/** What a click on a number would lead to. */
export type NumberCheck = MayLack<Api.DialCheckView, 'number'>;

/** A click and its result. */
export type Dial = MayLack<Api.DialView, 'requestedAt'>;

export type Me = MayLack<
  Omit<Api.Me, 'roles' | 'endpoints' | 'host'>,
  'language' | 'timeZone' | 'currencies' | 'contactFields' | 'outcomeRequired' | 'presence'
> & {
  readonly roles: readonly string[];
  readonly endpoints: readonly Endpoint[];
  readonly host?: Host;
};

/** Whether an agent has paused. */
export type Presence = Api.PresenceView;

/** A reason for a pause, as an administrator defines it. */
export type PauseReason = Api.PauseReason;

export type PauseReasonList = Api.PauseReasonList;

export type ContactField = Api.ContactFieldView;

/** What the page needs to know about the host before sign-in. */
export type Host = MayLack<Api.HostView, 'signIn' | 'setUp'>;

export interface SetUp {
  readonly token: string;
  readonly agentId: string;
  readonly name: string;
  readonly password: string;
}

export type DemoCall = Api.DemoCaller;

/** True for who decides for the whole office. */
export const isAdmin = (me: Me): boolean => me.roles.some((role) => /^admin$/i.test(role));

/** True for who has a phone, or is there to take calls. */
export const takesCalls = (me: Me): boolean =>
  me.endpoints.length > 0 || me.roles.some((role) => /^agent$/i.test(role));

/** True if the user sees the calls of the whole team. */
export const seesTeam = (me: Me): boolean => me.roles.some((role) => /^(supervisor|admin)$/i.test(role));
