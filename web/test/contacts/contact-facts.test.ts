import { expect, test } from 'vitest';
import type { ContactField } from '../../src/api/types.js';
import { balanceOf, candidateBalance, contactFacts } from '../../src/contacts/contact-facts.js';

const fields: readonly ContactField[] = [
  { key: 'balance', label: 'Saldo', type: 'money', currency: 'CRC' },
  { key: 'dueDate', label: 'Vence', type: 'date' },
  { key: 'days', label: 'Días', type: 'number' },
];
const facts = (own: Record<string, string>) =>
  contactFacts({ contactId: 'c', name: 'C', numbers: [], fields: own }, fields).map((fact) => [...fact]);

test('the fields of the settings come first, in their order and form', () => {
  const shown = facts({ zona: 'Sur', dueDate: '2026-11-30', balance: '18500.5' });

  expect(shown.map(([label]) => label)).toEqual(['Saldo', 'Vence', 'zona']);
  expect(shown[0]?.[1]).toMatch(/₡.*18.?500,50/u);
  expect(shown[1]?.[1]).toMatch(/30.*nov.*2026/u);
});

test('amounts are in the currency of their field, and numbers in the language of the page', () => {
  const dollars: ContactField = { key: 'debt', label: 'Deuda', type: 'money', currency: 'USD' };
  const own = { debt: '18500.5', days: '12500' };
  const shown = contactFacts({ contactId: 'c', name: 'C', numbers: [], fields: own }, [dollars, ...fields]);
  expect(shown[0]?.[1]).toMatch(/USD/);
  expect(shown[1]?.[1]).toMatch(/^12\s500$/u);
  expect(balanceOf({ contactId: 'c', name: 'C', numbers: [], fields: own }, [dollars])?.currency).toBe('USD');
});

test('a value that does not fit its type is shown as it is', () => {
  expect(facts({ balance: 'ver archivo', dueDate: '30/11/2026', days: '12' })).toEqual([
    ['Saldo', 'ver archivo'],
    ['Vence', '30/11/2026'],
    ['Días', '12'],
  ]);
});

test('empty fields are passed over', () => {
  expect(facts({ balance: '', otra: '' })).toEqual([]);
});

const owes = (own: Record<string, string>, of: readonly ContactField[] = fields) =>
  balanceOf({ contactId: 'c', name: 'C', numbers: [], fields: own }, of)?.amount;

test('a balance is the amount that is called so, else the only one', () => {
  const fee: ContactField = { key: 'fee', label: 'Cuota', type: 'money' };
  expect(owes({ balance: '18500.5', days: '3' })).toBe(18500.5);
  expect(owes({ fee: '10', balance: '20' }, [fee, ...fields])).toBe(20);
  expect(owes({ fee: '10' }, [fee])).toBe(10);
  expect(owes({ fee: '10', other: '20' }, [fee, { key: 'other', label: 'Mora', type: 'money' }])).toBeUndefined();
});

test.each(['', '0', '-5', 'ver archivo', '0.004', '1e5'])('with a balance of «%s» nothing is owed', (balance) =>
  expect(owes({ balance })).toBeUndefined(),
);

test('a day on which something was due says how long ago that is; a birthday does not', () => {
  const due = (value: string, label = 'Vence', today = '2026-11-30') =>
    contactFacts(
      { contactId: 'c', name: 'C', numbers: [], fields: { day: value } },
      [{ key: 'day', label, type: 'date' }],
      today,
    )[0]?.[1];

  expect(due('2026-11-20')).toMatch(/^Venció hace 10 días \(20.*nov.*2026\)$/u);
  expect(due('2026-11-29')).toMatch(/^Venció ayer/u);
  for (const day of ['2026-11-30', '2026-12-01']) expect(due(day)).not.toContain('Venció');
  expect(due('1980-11-20', 'Nacimiento')).not.toContain('Venció');
  expect(due('2026-11-20', 'Vence', '')).not.toContain('Venció');
});

test('a candidate’s balance has the name and form of its field', () => {
  expect(candidateBalance('1500.5', fields)).toMatch(/^Saldo ₡.*1.?500,50$/u);
  expect(candidateBalance(undefined, fields)).toBeUndefined();
  expect(candidateBalance('1', [])).toBeUndefined();
});
