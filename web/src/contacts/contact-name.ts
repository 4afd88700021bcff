import type { Contact } from '../api/types.js';

type Named = Pick<Contact, 'name' | 'numbers' | 'phones'>;

/** The main number as numbers are written here; as it was typed where it is not one number. */
export function mainNumber({ numbers, phones }: Omit<Named, 'name'>): string {
  const [first = ''] = numbers;
  const [phone] = phones ?? [];
  return phone?.kind === 'number' && phone.text === first ? phone.display : first;
}

/** What people call the contact: the name, or the main number if only that is known. */
export const nameOf = (contact: Named): string => contact.name || mainNumber(contact);
