import { expect, test } from 'vitest';
import type { Contact, ContactField } from '../../src/api/types.js';
import { contactDetails } from '../../src/contacts/contact-details.js';

const fields: readonly ContactField[] = [{ key: 'saldo', label: 'Saldo', type: 'money', currency: 'CRC' }];
const contact = (contactId: string, name: string): Contact => ({
  contactId,
  name,
  numbers: ['8888-1234'],
  document: '1-2',
  fields: { saldo: '5' },
});

test('contacts of one name differ by their balance too', () => {
  const found = [contact('a', 'José Mora'), contact('b', 'jose  mora'), contact('c', 'Ana')];

  expect(found.map((one) => contactDetails(one, found, fields))).toEqual([
    expect.stringMatching(/^8888-1234 · 1-2 · Saldo ₡5/u),
    expect.stringMatching(/^8888-1234 · 1-2 · Saldo ₡5/u),
    '8888-1234 · 1-2',
  ]);
});
