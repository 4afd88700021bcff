export type RoleName = 'agent' | 'supervisor' | 'admin';

/** A person who works with the calls, as it is written. */
export interface PersonInput {
  readonly name: string;
  readonly signInName: string;
  readonly roles: readonly RoleName[];
  readonly team: string;
  readonly language: string;
}

/** A person who works with the calls. */
export interface Person {
  readonly agentId: string;
  readonly name: string;
  readonly signInName: string;
  readonly roles: readonly RoleName[];
  readonly team?: string | null;
  readonly language: string;
  readonly etag?: string;
}

/** How a person's account stands. */
export interface Account {
  readonly agentId: string;
  readonly state: 'none' | 'invited' | 'active';
  readonly lastSignInAt?: string;
  readonly lockedUntil?: string;
  readonly inviteExpiresAt?: string;
  /** The app roles that came with the last sign-in, where a directory signs in. */
  readonly directoryRoles?: readonly string[];
}

/** Somebody whom the directory lets in and who is not in the list. */
export interface Visitor {
  readonly signInName: string;
  readonly name?: string;
  readonly at: string;
}

export interface Accounts {
  readonly items: readonly Account[];
  readonly visitors: readonly Visitor[];
}

/** An invitation: its link is shown once. */
export interface Invite {
  readonly url: string;
  readonly expiresAt: string;
}

/** What somebody has that another would have to take. */
export interface Belongings {
  readonly phones: number;
  readonly followUps: number;
  readonly promises: number;
  readonly calls: number;
  readonly liveCalls: number;
}

/** What was moved from one person to another. */
export interface HandOver {
  readonly handOverId: string;
  readonly state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly phones: number;
  readonly followUps: number;
  readonly promises: number;
  readonly calls: number;
  readonly error?: string;
}
