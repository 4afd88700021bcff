import type { NumberView } from '../api/types.js';

/** What is to be done with somebody. */
interface OfPerson {
  readonly contactId?: string | null | undefined;
  readonly number: NumberView;
}

/** Whom a call would reach: the contact, else the number. Empty where neither is known. */
export const personOf = ({ contactId, number }: OfPerson): string => contactId ?? number.e164 ?? '';

/** True if one of these is with the same person. */
export const hasPersonOf = (one: OfPerson, items: readonly OfPerson[]): boolean =>
  items.some((item) => personOf(item) !== '' && personOf(item) === personOf(one));
