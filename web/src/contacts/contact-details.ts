import type { Contact, ContactField } from '../api/types.js';
import { folded } from '../i18n/search-words.js';
import { balanceWords } from './contact-facts.js';
import { mainNumber, nameOf } from './contact-name.js';

/** What stands beside a contact that was found. Where others have the same name, it says what sets them apart. */
export function contactDetails(contact: Contact, found: readonly Contact[], fields: readonly ContactField[]): string {
  const name = plain(nameOf(contact));
  const isShared = found.some((other) => other.contactId !== contact.contactId && plain(nameOf(other)) === name);
  const balance = isShared ? balanceWords(contact.fields, fields) : undefined;
  return [mainNumber(contact), contact.document, balance].filter(Boolean).join(' · ');
}

const plain = (name: string): string => folded(name).replace(/\s+/g, ' ').trim();
