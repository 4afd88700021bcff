import { expect, test } from 'vitest';
import {
  blank,
  type ContactText,
  fieldKeys,
  inputOf,
  merge,
  numberField,
  sameText,
  textOf,
} from '../../src/contacts/contact-text.js';

const maria: ContactText = {
  name: 'María Rojas',
  numbers: ['8888-1234', '2222-0001'],
  document: '1-0400-0100',
  email: '',
  fields: { saldo: '100', zona: 'Sur' },
};

test('nothing that is empty is sent', () => {
  expect(inputOf(blank)).toEqual({ name: '', numbers: [] });
  expect(inputOf({ ...blank, name: ' Ana ', numbers: ['', ' 8888-1234 ', ' '], fields: { a: ' 1 ', b: ' ' } })).toEqual(
    {
      name: 'Ana',
      numbers: ['8888-1234'],
      fields: { a: '1' },
    },
  );
});

test('a contact without a number has a row for one', () => {
  expect(textOf({ name: 'Ana', numbers: [] })).toEqual({ ...blank, name: 'Ana' });
});

test('texts are the same whatever is empty, and in whatever order the fields come', () => {
  expect(
    sameText(maria, {
      ...maria,
      numbers: ['8888-1234', '', '2222-0001 '],
      fields: { zona: 'Sur', saldo: '100', x: '' },
    }),
  ).toBe(true);
  expect(sameText(maria, { ...maria, numbers: ['2222-0001', '8888-1234'] })).toBe(false);
});

test('an error of a number belongs to the row that was sent', () => {
  const text = { ...blank, numbers: ['', '8888-1234', '', 'x'] };
  expect(text.numbers.map((_, row) => numberField(text, row))).toEqual([
    'numbers[0]',
    'numbers[0]',
    'numbers[1]',
    'numbers[1]',
  ]);
});

test('the fields of the settings come first', () => {
  const saldo = { key: 'zona', label: 'Zona', type: 'text' } as const;
  expect(fieldKeys(maria, [saldo])).toEqual(['zona', 'saldo']);
});

test.each<[string, Partial<ContactText>, Partial<ContactText>, Partial<ContactText>, string[]]>([
  [
    'different fields',
    { email: 'a@b.cr' },
    { name: 'María Rojas Mora' },
    { email: 'a@b.cr', name: 'María Rojas Mora' },
    [],
  ],
  ['the same change', { name: 'Ana' }, { name: 'Ana' }, { name: 'Ana' }, []],
  ['the same field', { name: 'Ana' }, { name: 'Rosa' }, { name: 'Ana' }, ['name']],
  [
    'own fields',
    { fields: { saldo: '100', zona: 'Norte' } },
    { fields: { saldo: '90', zona: 'Sur' } },
    { fields: { saldo: '90', zona: 'Norte' } },
    [],
  ],
  [
    'one own field',
    { fields: { saldo: '80', zona: 'Sur' } },
    { fields: { zona: 'Sur' } },
    { fields: { saldo: '80', zona: 'Sur' } },
    ['fields.saldo'],
  ],
  [
    'numbers added by both',
    { numbers: [...maria.numbers, '7000-0001'] },
    { numbers: ['6000-0001', ...maria.numbers] },
    { numbers: ['6000-0001', ...maria.numbers, '7000-0001'] },
    [],
  ],
  [
    'a number that one removed and the other kept',
    { numbers: ['8888-1234'] },
    { numbers: [...maria.numbers, '6000-0001'] },
    { numbers: ['8888-1234', '6000-0001'] },
    [],
  ],
  [
    'another main number',
    { numbers: ['2222-0001', '8888-1234'] },
    { name: 'Rosa' },
    { numbers: ['2222-0001', '8888-1234'], name: 'Rosa' },
    [],
  ],
  [
    'a number corrected by both alike',
    { numbers: ['8888-1235', '2222-0001'] },
    { numbers: ['8888-1235', '2222-0001'] },
    { numbers: ['8888-1235', '2222-0001'] },
    [],
  ],
])('what two people changed is joined: %s', (_, mine, theirs, joined, collisions) => {
  const merged = merge(maria, { ...maria, ...mine }, { ...maria, ...theirs });

  expect(merged.mine).toEqual({ ...maria, ...joined });
  expect(merged.collisions.map(({ field }) => field)).toEqual(collisions);
});

test('of what collides each side can be taken, and the other changes stay', () => {
  const merged = merge(maria, { ...maria, name: 'Ana', email: 'a@b.cr' }, { ...maria, name: 'Rosa', document: '' });

  expect(merged.collisions).toEqual([{ field: 'name', mine: 'Ana', theirs: 'Rosa' }]);
  expect(merged.mine).toEqual({ ...maria, name: 'Ana', email: 'a@b.cr', document: '' });
  expect(merged.theirs).toEqual({ ...maria, name: 'Rosa', email: 'a@b.cr', document: '' });
});
