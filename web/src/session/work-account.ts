import type { Bearer } from '../api/bearer.js';

/**
 * The account of the office that people sign in with, where they do so elsewhere: this page is left, and comes back.
 */
export interface WorkAccount extends Bearer {
  /** True where this tab has begun to sign in, and most likely is. */
  readonly hasBegun: boolean;
  /** The sign-in name of whoever came back, also of somebody who is no agent. */
  readonly name: string | undefined;
  /** Why nobody came back. */
  readonly refusal: Refusal | undefined;
  /** Leaves the page. With `another`, who is signed in there is asked for an account all the same. */
  signIn(another?: boolean): Promise<void>;
  /** Leaves the page. */
  signOut(): Promise<void>;
}

/** `code` is the one to give to whoever looks after the accounts. */
export interface Refusal {
  readonly kind: 'cancelled' | 'notAssigned' | 'failed';
  readonly code?: string;
}
