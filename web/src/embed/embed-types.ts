import type { Direction, NumberView } from '../api/types.js';

/** What the page's server got from `POST /api/embed-tokens`. */
export interface EmbedToken {
  readonly token: string;
  /** ISO 8601. Without it, the token counts as one of fifteen minutes from the moment that the page gave it. */
  readonly expiresAt?: string;
}

/** Gives a new token each time that it is asked. */
export type TokenSource = () => EmbedToken | string | Promise<EmbedToken | string>;

/** A contact, where its record in the page's own system is known. */
export interface EmbedContact {
  readonly contactId: string;
  readonly name?: string;
  readonly external?: { readonly source: string; readonly id: string; readonly link?: string };
}

/** A call as the events tell it. Times are ISO 8601, in UTC. */
export interface EmbedCall {
  readonly account: string;
  readonly callId: string;
  readonly direction: Direction;
  readonly number: NumberView;
  readonly endpointId?: string;
  /** The number that others see of that phone, where it has one. */
  readonly line?: string;
  readonly startedAt: string;
  readonly connectedAt?: string;
  readonly endedAt?: string;
  readonly durationSeconds?: number;
  /** The click that began the call. */
  readonly dialId?: string;
  readonly contact?: EmbedContact;
}

export interface EmbedError {
  readonly code: EmbedErrorCode;
  /** A sentence in the phone's language. */
  readonly message: string;
  /** HTTP; 0 where no answer came. */
  readonly status: number;
}

export type EmbedErrorCode =
  /** The page gave no token. */
  | 'token-missing'
  /** The token has ended, was revoked, or is none. */
  | 'token-refused'
  /** The page's origin is not among those that the server answers. */
  | 'origin-not-allowed'
  /** The server does not answer: of a call by click it is not known whether it calls. */
  | 'unreachable'
  /** The phone's code could not be loaded. */
  | 'not-loaded'
  /** A call by click was refused. */
  | 'dial-refused'
  /** Anything else that the server refuses. */
  | 'refused';

/** The events of the phone, each with the `detail` that it has. */
export interface EmbedEvents {
  ready: { readonly agentId: string; readonly name: string; readonly language?: string };
  'token-needed': {
    readonly reason: 'first' | 'renewal' | 'refused';
    /** Answers the event, if the page has set no `tokenSource`. */
    readonly provide: (token: EmbedToken | string | Promise<EmbedToken | string>) => void;
  };
  'call-started': EmbedCall;
  'call-answered': EmbedCall;
  'contact-chosen': EmbedCall & { readonly contact: EmbedContact };
  /** Over for the agent: a colleague may have taken it, which is said where it is known by then. */
  'call-ended': EmbedCall & { readonly answeredBy?: { readonly agentId: string; readonly name: string } };
  'wrap-up-saved': {
    readonly account: string;
    readonly callId: string;
    readonly contactId?: string;
    readonly outcome?: string;
    readonly outcomeLabel?: string;
    readonly notes?: string;
    readonly followUp?: { readonly dueAt?: string; readonly note?: string };
    readonly promise?: { readonly amount?: number; readonly currency?: string; readonly dueAt?: string };
  };
  /** A save was taken back, and none stands before it. */
  'wrap-up-undone': { readonly account: string; readonly callId: string; readonly contactId?: string };
  'presence-changed': EmbedPresence;
  error: EmbedError;
}

export type EmbedEventName = keyof EmbedEvents;

/** What becomes of an agent's presence. */
export interface EmbedPresence {
  readonly paused: boolean;
  /** The code of a reason of `GET /api/pause-reasons`. */
  readonly reason?: string;
}

/** What a page can do with a phone, of whatever kind. */
export interface EmbedMethods {
  /** Calls. Resolves once the server has accepted the call, and rejects with an {@link EmbedFailure}. */
  dial(number: string): Promise<{ readonly dialId: string }>;
  /** Shows a contact's file in the phone. */
  showContact(contactId: string): Promise<void>;
  setPresence(presence: EmbedPresence): Promise<void>;
}

/** Why a method did not do what it was asked: an `Error` with the name `EmbedFailure`. */
export type EmbedFailure = Error & EmbedError;
