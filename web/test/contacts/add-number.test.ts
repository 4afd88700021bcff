// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, Contact, ContactInput, NumberView } from '../../src/api/types.js';
import { type AddNumber, addNumber, hasNumber, numberToAdd } from '../../src/contacts/add-number.js';
import { aPopUp } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const number: NumberView = { e164: '+50688881234', display: '8888-1234', kind: 'number' };
const maria: Contact = {
  contactId: 'c1',
  name: 'María',
  numbers: ['2222-0001'],
  phones: [],
  etag: '1',
  fields: { a: '1' },
};
const chosen = { candidates: [{ contactId: 'c1', name: 'María', reason: 'chosen' as const }] };

test.each<[string, Partial<Call>, boolean]>([
  ['an unknown caller whom the agent tied', chosen, true],
  [
    'a contact who was dialled at another number',
    { candidates: [{ contactId: 'c1', name: 'M', reason: 'dialled' }] },
    true,
  ],
  ['one whom only the last digits found', { candidates: [{ contactId: 'c1', name: 'M', reason: 'lastDigits' }] }, true],
  ['a number of the file', {}, false],
  ['no contact', { ...chosen, contactId: undefined }, false],
  ['a private caller', { ...chosen, number: { display: '', kind: 'private' } }, false],
  ['a short code', { ...chosen, number: { display: '911', kind: 'number' } }, false],
  ['an extension', { ...chosen, number: { display: '1002', kind: 'extension' } }, false],
  ['a call inside the office', { ...chosen, direction: 'internal' }, false],
])('the number is offered only where the contact may lack it: %s', (_, call, offered) => {
  expect(numberToAdd(aPopUp(call)) !== undefined).toBe(offered);
});

test('a number that the file has in another form is not offered', () => {
  expect(hasNumber({ ...maria, phones: [{ ...number, text: '(506) 88881234' }] }, '+50688881234')).toBe(true);
  expect(hasNumber(maria, '+50688881234')).toBe(false);
});

test('it is added to the contact as it stands, once more where somebody else was faster', async () => {
  const read = [maria, { ...maria, numbers: ['2222-0001', '7000-0001'], email: 'a@b.cr', etag: '2' }];
  const stored: [ContactInput, string | undefined][] = [];
  const added = await addNumber(
    {
      contact: async () => read.shift() as Contact,
      saveContact: async (contactId, input, etag) => {
        stored.push([input, etag]);
        if (stored.length === 1) throw new ApiError(412);
        return { ...input, contactId, etag: '3' };
      },
    },
    'c1',
    number,
  );

  expect(stored[1]).toEqual([
    { name: 'María', numbers: ['2222-0001', '7000-0001', '8888-1234'], email: 'a@b.cr', fields: { a: '1' } },
    '2',
  ]);
  expect(added.etag).toBe('3');
});

test('a number that somebody else has added meanwhile is not added again', async () => {
  const full = { ...maria, phones: [{ ...number, text: '88881234' }] };
  const api = { contact: async () => full, saveContact: () => Promise.reject(new Error('not asked')) };
  expect(await addNumber(api, 'c1', number)).toBe(full);
});

test('what can’t be added is said, and can be pressed again', async () => {
  const offer = await mount<AddNumber>('cmw-add-number', {
    api: { contact: async () => maria, saveContact: () => Promise.reject(new ApiError(0)) },
    contact: maria,
    number,
  });
  button(offer, 'Agregar 8888-1234 a María').click();
  await drawn(offer);
  await drawn(offer);
  expect(textOf(offer)).toContain('No hay conexión');
  expect(button(offer, 'Agregar').getAttribute('aria-disabled')).toBe('false');
  offer.remove();
});
