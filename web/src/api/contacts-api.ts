import type { ApiClient } from './api-client.js';
import { filledPage } from './filled-page.js';
import type * as Api from './generated/api.js';
import type { PastCall } from './history-types.js';
import type { Contact, ContactInput, Duplicate, DuplicateQuestion, FollowUp, Page, PromiseInput } from './types.js';

/** A hundred thousand contacts over an office's line. */
const longestExportMs = 10 * 60_000;

/** Rows of a page: few enough to be drawn at once. */
export const contactsPageSize = 50;

/** An open promise to pay. */
export type OpenPromise = Pick<
  Api.PromiseToPay,
  'promiseId' | 'agentId' | 'agentName' | 'callId' | 'account' | 'dueAt' | 'amount' | 'currency' | 'state' | 'etag'
>;

/** A charge that an agent noted of a call. */
export type Charge = Api.ContactCharge;

/** A contact that was merged into another one. */
export type ContactMerge = Omit<Api.ContactMergeView, 'merged'> & {
  /** As it was. */
  readonly merged: Contact;
};

export type MergeUndone = Api.MergeUndone;

const pathOf = (contactId: string): string => `/api/contacts/${encodeURIComponent(contactId)}`;

const condition = (etag: string | undefined): Readonly<Record<string, string>> =>
  etag === undefined ? {} : { 'If-Match': `"${etag}"` };

/** The part of the API that the contacts' pages know. */
export class ContactsApi {
  constructor(private readonly client: ApiClient) {}

  /** A page of contacts: by name, or those who are found. */
  contacts(by: { readonly query?: string; readonly phone?: string }, next?: string): Promise<Page<Contact>> {
    const ask = (from?: string): Promise<Page<Contact>> => {
      const query = { take: String(contactsPageSize), ...(from ? { next: from } : {}), ...by };
      return this.client.read(`/api/contacts?${new URLSearchParams(query)}`);
    };
    return filledPage(ask, { next });
  }

  /** When there was a call with each of these contacts the last time. */
  async latestCalls(contactIds: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
    const query = new URLSearchParams({ contacts: contactIds.join(',') });
    const found = await this.client.read<Page<{ contactId: string; at?: string }>>(`/api/latest-calls?${query}`);
    return new Map(found.items.map(({ contactId, at }) => [contactId, at]));
  }

  /** All contacts as a file for a spreadsheet. */
  file(): Promise<Blob> {
    return this.client.file('/api/exports/contacts.csv', longestExportMs);
  }

  create(contact: ContactInput): Promise<Contact> {
    return this.client.change('/api/contacts', { method: 'POST', body: contact });
  }

  contact(contactId: string): Promise<Contact> {
    return this.client.contact(contactId);
  }

  save(contactId: string, contact: ContactInput, etag: string | undefined): Promise<Contact> {
    return this.client.saveContact(contactId, contact, etag);
  }

  remove(contactId: string, etag: string | undefined): Promise<void> {
    return this.client.change(pathOf(contactId), { method: 'DELETE', headers: condition(etag) });
  }

  /** All that is kept of a person, as a file. */
  personalData(contactId: string): Promise<Blob> {
    return this.client.file(`/api/personal-data/${encodeURIComponent(contactId)}`, longestExportMs);
  }

  /** Begins to erase all that is kept of a person. */
  erase(contactId: string, reference: string, etag: string | undefined): Promise<unknown> {
    const query = new URLSearchParams({ reference, confirmed: 'true' });
    return this.client.change(`/api/personal-data/${encodeURIComponent(contactId)}?${query}`, {
      method: 'DELETE',
      headers: condition(etag),
    });
  }

  /** The calls with a contact, the newest first. */
  calls(contactId: string, next?: string): Promise<Page<PastCall>> {
    return this.client.contactCalls(contactId, 20, next);
  }

  /** The open follow-ups, whoever noted them, the earliest first. */
  followUps(contactId: string): Promise<readonly FollowUp[]> {
    return this.client.contactFollowUps(contactId);
  }

  closeFollowUp(followUpId: string): Promise<void> {
    return this.client.closeFollowUp(followUpId);
  }

  /** The promises of which nobody has said what became of them, the earliest first. */
  async promises(contactId: string): Promise<readonly OpenPromise[]> {
    const query = new URLSearchParams({ contact: contactId, take: '50' });
    return (await this.client.read<Page<OpenPromise>>(`/api/promises?${query}`)).items;
  }

  decidePromise(promiseId: string, input: PromiseInput, etag: string | undefined): Promise<void> {
    return this.client.decidePromise(promiseId, input, etag);
  }

  /** The charges of a page of calls, the newest first. */
  charges(contactId: string, next?: string): Promise<Page<Charge>> {
    const query = new URLSearchParams({ take: '200', ...(next ? { next } : {}) });
    return this.client.read(`${pathOf(contactId)}/charges?${query}`);
  }

  async duplicates(question: DuplicateQuestion): Promise<readonly Duplicate[]> {
    return (await this.client.duplicates(question)).items;
  }

  async merges(contactId: string): Promise<readonly ContactMerge[]> {
    const query = new URLSearchParams({ contact: contactId });
    return (await this.client.read<Page<ContactMerge>>(`/api/contact-merges?${query}`)).items;
  }

  /** Makes one contact of two. The API answers 412 if one of them has changed. */
  merge(keep: Contact, merge: Contact): Promise<ContactMerge> {
    return this.client.change('/api/contact-merges', {
      method: 'POST',
      body: { keep: keep.contactId, merge: merge.contactId, keepEtag: keep.etag, mergeEtag: merge.etag },
    });
  }

  /** Finishes a merge that broke off. */
  finishMerge({ contactId, merged }: ContactMerge): Promise<ContactMerge> {
    return this.client.change('/api/contact-merges', {
      method: 'POST',
      body: { keep: contactId, merge: merged.contactId },
    });
  }

  undoMerge(mergeId: string): Promise<MergeUndone> {
    return this.client.change(`/api/contact-merges/${encodeURIComponent(mergeId)}/undo`, { method: 'POST' });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, ContactsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function contactsApi(client: ApiClient): ContactsApi {
  const api = apis.get(client) ?? new ContactsApi(client);
  apis.set(client, api);
  return api;
}
