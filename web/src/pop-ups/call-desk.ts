import type { ContactDesk } from '../contacts/contact-desk.js';
import type { Drafts } from '../wrap-up/drafts.js';
import type { PopUpStore } from './pop-up-store.js';

/** What a call's card needs from the desk. */
export interface CallDesk extends ContactDesk {
  readonly popUps: PopUpStore;
  readonly drafts: Drafts;
  readonly currencies: readonly string[];
  /** True where a call that was talked is closed only with an outcome. */
  readonly outcomeRequired: boolean;
}
