import type { Contact, ContactField, ContactInput } from '../api/types.js';

/** A contact's form as it is typed. Everything is text, so that unfinished input is not lost. */
export interface ContactText {
  readonly name: string;
  /** A row of the form each; at least one, which can be empty. */
  readonly numbers: readonly string[];
  readonly document: string;
  readonly email: string;
  readonly fields: Readonly<Record<string, string>>;
}

export const blank: ContactText = { name: '', numbers: [''], document: '', email: '', fields: {} };

export const textOf = (contact: Contact | ContactInput): ContactText => ({
  name: contact.name,
  numbers: contact.numbers.length > 0 ? contact.numbers : [''],
  document: contact.document ?? '',
  email: contact.email ?? '',
  fields: contact.fields ?? {},
});

/** What is sent: nothing that is empty. */
export function inputOf(text: ContactText): ContactInput {
  const fields = Object.fromEntries(
    Object.entries(text.fields)
      .map(([key, value]) => [key, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
  return {
    name: text.name.trim(),
    numbers: text.numbers.map((number) => number.trim()).filter((number) => number !== ''),
    ...(text.document.trim() ? { document: text.document.trim() } : {}),
    ...(text.email.trim() ? { email: text.email.trim() } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}

export const sameText = (one: ContactText, other: ContactText): boolean =>
  plain(inputOf(one)) === plain(inputOf(other));

/** The API's name of a row of numbers. Empty rows are not sent, and so don't count. */
export const numberField = (text: ContactText, row: number): string =>
  `numbers[${text.numbers.slice(0, row).filter((number) => number.trim() !== '').length}]`;

/** The keys of the contacts' own fields: those of the settings, in their order, then the contact's others. */
export const fieldKeys = (text: ContactText, fields: readonly ContactField[]): readonly string[] => [
  ...new Set([...fields.map(({ key }) => key), ...Object.keys(text.fields)]),
];

/** What two people have written differently: `name`, `document`, `email`, or `fields.` and a key. */
export interface Collision {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface Merged {
  /** Both changes; of what collides, mine. */
  readonly mine: ContactText;
  /** Both changes; of what collides, theirs. */
  readonly theirs: ContactText;
  readonly collisions: readonly Collision[];
}

/**
 * Joins what was changed here and elsewhere since `base`. Only the same field with two new values collides: numbers
 * that were added or removed by either are so in the end.
 */
export function merge(base: ContactText, mine: ContactText, theirs: ContactText): Merged {
  const [before, here, there] = [valuesOf(base), valuesOf(mine), valuesOf(theirs)];
  const collisions: Collision[] = [];
  const values: Record<'mine' | 'theirs', Record<string, string>> = { mine: {}, theirs: {} };
  for (const field of new Set([...Object.keys(before), ...Object.keys(here), ...Object.keys(there)])) {
    const [was, own, other] = [before[field] ?? '', here[field] ?? '', there[field] ?? ''];
    const collides = own !== was && other !== was && own !== other;
    if (collides) collisions.push({ field, mine: own, theirs: other });
    values.mine[field] = own === was ? other : own;
    values.theirs[field] = collides || own === was ? other : own;
  }

  const numbers = mergedNumbers(base, mine, theirs);
  return { mine: textFrom(values.mine, numbers), theirs: textFrom(values.theirs, numbers), collisions };
}

function mergedNumbers(base: ContactText, mine: ContactText, theirs: ContactText): readonly string[] {
  const [before, here, there] = [inputOf(base).numbers, inputOf(mine).numbers, inputOf(theirs).numbers];
  if (plain(there) === plain(before)) return here;
  const added = here.filter((number) => !before.includes(number) && !there.includes(number));
  const removed = before.filter((number) => !here.includes(number));
  return [...there.filter((number) => !removed.includes(number)), ...added];
}

const valuesOf = (text: ContactText): Readonly<Record<string, string>> => {
  const { name, document = '', email = '', fields = {} } = inputOf(text);
  return {
    name,
    document,
    email,
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`fields.${key}`, value])),
  };
};

const textFrom = (values: Readonly<Record<string, string>>, numbers: readonly string[]): ContactText => ({
  name: values.name ?? '',
  numbers: numbers.length > 0 ? numbers : [''],
  document: values.document ?? '',
  email: values.email ?? '',
  fields: Object.fromEntries(
    Object.entries(values)
      .filter(([field, value]) => field.startsWith('fields.') && value !== '')
      .map(([field, value]) => [field.slice('fields.'.length), value]),
  ),
});

// The keys of fields come in any order.
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
