import type { Bearer } from '../api/bearer.js';

/** The office's account to sign in with, if the sign-in is elsewhere: it leaves this page and returns. */
export interface WorkAccount extends Bearer {
  /** True if a sign-in was started in this tab, so that the user is probably signed in. */
  readonly hasBegun: boolean;
  /** The sign-in name of the user who returned, even if they are no agent. */
  readonly name: string | undefined;
  /** Why the sign-in failed. */
  readonly refusal: Refusal | undefined;
  /** Leaves the page. With `another`, it asks for an account even if one is signed in. */
  signIn(another?: boolean): Promise<void>;
  /** Leaves the page. */
  signOut(): Promise<void>;
}

/** `code` is the error code for whoever manages the accounts. */
export interface Refusal {
  readonly kind: 'cancelled' | 'notAssigned' | 'failed';
  readonly code?: string;
}
