import type { Contact } from '../api/types.js';

/** What people call the contact: the name, or the first number if only that is known. */
export const nameOf = ({ name, numbers }: Pick<Contact, 'name' | 'numbers'>): string => name || (numbers[0] ?? '');
