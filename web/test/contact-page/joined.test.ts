import { expect, test } from 'vitest';
import type { Contact } from '../../src/api/types.js';
import { joined } from '../../src/contact-page/joined.js';

const keep: Contact = {
  contactId: 'a',
  name: 'José Rodríguez',
  numbers: ['8888-1234'],
  phones: [{ text: '8888-1234', kind: 'number', display: '8888-1234', e164: '+50688881234' }],
  document: '1-0400-0100',
  fields: { balance: '100' },
};

const merge: Contact = {
  contactId: 'b',
  name: 'Jose Rodriguez',
  numbers: ['2222-7788', '88881234'],
  phones: [
    { text: '2222-7788', kind: 'number', display: '2222-7788', e164: '+50622227788' },
    { text: '88881234', kind: 'number', display: '8888-1234', e164: '+50688881234' },
  ],
  document: '1-0987-0654',
  email: 'jose@example.com',
  fields: { balance: '7', expediente: 'E-1' },
};

test('the kept contact goes before, and gets what its file leaves empty', () => {
  const { contact } = joined(keep, merge);

  expect(contact).toMatchObject({
    contactId: 'a',
    name: 'José Rodríguez',
    document: '1-0400-0100',
    email: 'jose@example.com',
    fields: { balance: '100', expediente: 'E-1' },
  });
  expect(contact.phones?.map(({ text }) => text)).toEqual(['8888-1234', '2222-7788']);
});

test('what only the other file says, and differs, is told', () => {
  expect(joined(keep, merge).left).toMatchObject({
    name: 'Jose Rodriguez',
    document: '1-0987-0654',
    fields: { balance: '7' },
  });
  expect(joined(keep, { contactId: 'c', name: '', numbers: [] }).left).toEqual({
    contactId: 'c',
    name: '',
    numbers: [],
    fields: {},
  });
});

test('what only one of them has is lost in neither direction', () => {
  const { contact, left } = joined({ contactId: 'c', name: '', numbers: ['7000-0001'] }, keep);
  expect(contact).toMatchObject({ name: 'José Rodríguez', document: '1-0400-0100', fields: { balance: '100' } });
  expect(left).toEqual({ contactId: 'a', name: '', numbers: [], fields: {} });
});
