import type { ApiClient } from '../api/api-client.js';
import type { ContactField } from '../api/types.js';
import type { Watchable } from '../base/observable.js';
import type { Dialler } from '../dial/dialler.js';
import type { FollowUpsStore } from '../follow-ups/follow-ups-store.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';

/** What a contact's file needs from the desk. */
export interface ContactDesk extends Watchable {
  readonly api: ApiClient;
  readonly agentId: string | undefined;
  /** True for who sees the calls of others. */
  readonly seesTeam: boolean;
  readonly outcomes: OutcomesStore;
  readonly followUps: FollowUpsStore;
  readonly calls: { readonly timeZone: string };
  readonly contactFields: readonly ContactField[];
}

/** The same with calling. */
export interface DialDesk extends ContactDesk {
  readonly dialler: Dialler;
}
