import type { ApiClient } from '../api/api-client.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import { page as desk } from '../desk/page.js';

/** What the frame offers to its pages. */
export interface Place {
  readonly api: ApiClient;
  readonly desk: Desk;
  /** Undefined while it is only likely that an agent is signed in: then a page shows its outline. */
  readonly me: Me | undefined;
  readonly demo: boolean;
}

export type FetchPage = () => Promise<{ readonly page: Page<Place> }>;

/**
 * A page by its path, in the syntax of https://developer.mozilla.org/docs/Web/API/URL_Pattern_API: the page itself, or
 * the function that loads it.
 */
export type PageEntry = readonly [path: string, page: Page<Place> | FetchPage];

// A month or a day that there is not leads to the page that says so.
const month = '\\d{4}-(?:0[1-9]|1[0-2])';
const day = `${month}-(?:0[1-9]|[12]\\d|3[01])`;

export const pages: readonly PageEntry[] = [
  ['/{index.html}?', desk],
  ['/supervision', () => import('../supervision/page.js')],
  ['/first-steps', () => import('../first-steps/page.js')],
  ['/administration', () => import('../administration/page.js')],
  ['/phones', () => import('../phones/page.js')],
  ['/contacts', () => import('../contact-page/page.js')],
  ['/contacts/:contactId', () => import('../contact-page/contact.js')],
  ['/contact-imports', () => import('../imports/page.js')],
  ['/contact-imports/:importId', () => import('../imports/import.js')],
  ['/contact-guard', () => import('../contact-guard/page.js')],
  ['/do-not-call', () => import('../do-not-call/page.js')],
  ['/people', () => import('../people/page.js')],
  ['/settings', () => import('../settings/page.js')],
  ['/settings/:part', () => import('../settings/page.js')],
  ['/history', () => import('../history/page.js')],
  ['/calls/:account/:callId/history', () => import('../history/call.js')],
  ['/reports', () => import('../reports/page.js')],
  ['/campaigns/:campaign?', () => import('../campaigns/page.js')],
  ['/campaign-work', () => import('../campaigns/work.js')],
  ['/backups', () => import('../backups/page.js')],
  ['/personal-data', () => import('../personal-data/page.js')],
  ['/homologation', () => import('../homologation/page.js')],
  ['/homologation/:runId', () => import('../homologation/run-entry.js')],
  ['/homologation/:runId/compared-with/:otherId', () => import('../homologation/comparison.js')],
  ['/homologation/:runId/report', () => import('../homologation/report.js')],
  ['/applications', () => import('../applications/page.js')],
  ['/contact-lookup', () => import('../contact-lookup/page.js')],
  ['/events', () => import('../events/page.js')],
  ['/events/:endpointId', () => import('../events/deliveries.js')],
  ['/help/:guide?', () => import('../help/page.js')],
  ['/audit', () => import('../audit/page.js')],
  ['/status', () => import('../status/page.js')],
  // What an older link says.
  ['/calls/:account/:callId/record', () => import('../history/call.js')],
  ['/call-records', () => import('../records/call-records.js')],
  ['/reconciliation', () => import('../records/reconciliation.js')],
  [`/reconciliation/:account/:month(${month})`, () => import('../records/reconciliation.js')],
  [`/reconciliation/:account/:day(${day})`, () => import('../records/reconciliation-day.js')],
  ['/statements', () => import('../records/statements.js')],
  [`/statements/:account/:month(${month})`, () => import('../records/statements.js')],
];

export const noSuchPage: FetchPage = () => import('./no-such-page.js');
