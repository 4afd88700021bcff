import type { Contact, ContactField, ContactPhone } from '../api/types.js';
import { contactFacts } from '../contacts/contact-facts.js';

/** What one contact of two holds, as the API joins them. */
export interface Joined {
  readonly contact: Contact;
  /** What only the merged contact's file says, and nobody will see. */
  readonly left: Contact;
}

/** The kept contact with the other one's numbers behind its own, and with what its own file leaves empty. */
export function joined(keep: Contact, merge: Contact): Joined {
  const [own, other] = [keep.fields ?? {}, merge.fields ?? {}];
  const lost = Object.entries(other).filter(([key, value]) => own[key] !== undefined && own[key] !== value);
  const differs = (mine: string | undefined, theirs: string | undefined) =>
    mine && theirs && mine !== theirs ? theirs : undefined;
  const [document, email] = [differs(keep.document, merge.document), differs(keep.email, merge.email)];
  return {
    contact: {
      contactId: keep.contactId,
      name: keep.name || merge.name,
      numbers: [...new Set([...keep.numbers, ...merge.numbers])],
      phones: joinedPhones(phonesOf(keep), phonesOf(merge)),
      ...((keep.document ?? merge.document) ? { document: keep.document ?? merge.document ?? '' } : {}),
      ...((keep.email ?? merge.email) ? { email: keep.email ?? merge.email ?? '' } : {}),
      fields: { ...other, ...own },
    },
    left: {
      contactId: merge.contactId,
      name: differs(keep.name, merge.name) ?? '',
      numbers: [],
      ...(document ? { document } : {}),
      ...(email ? { email } : {}),
      fields: Object.fromEntries(lost),
    },
  };
}

/** A number that both have is there once, in whatever way it is written. */
function joinedPhones(own: readonly ContactPhone[], other: readonly ContactPhone[]): readonly ContactPhone[] {
  const isSame = (one: ContactPhone, another: ContactPhone) =>
    one.text === another.text || (one.e164 !== undefined && one.e164 === another.e164);
  return [...own, ...other.filter((phone) => !own.some((known) => isSame(known, phone)))];
}

export const phonesOf = ({ phones, numbers }: Contact): readonly ContactPhone[] =>
  phones ?? numbers.map((text) => ({ text, kind: 'number', display: text }));

/** A contact's file in lines: how each is called, and what it says. */
export function linesOf(
  contact: Contact,
  fields: readonly ContactField[],
  words: { readonly name: string; readonly numbers: string; readonly document: string; readonly email: string },
): readonly (readonly [string, string])[] {
  const numbers = phonesOf(contact).map(({ kind, display, text }) => (kind === 'number' ? display : text));
  const all: readonly (readonly [string, string])[] = [
    [words.name, contact.name],
    [words.numbers, numbers.join(' · ')],
    [words.document, contact.document ?? ''],
    [words.email, contact.email ?? ''],
    ...contactFacts(contact, fields),
  ];
  return all.filter(([, value]) => value !== '');
}
