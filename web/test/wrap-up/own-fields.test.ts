import { expect, test } from 'vitest';
import type { Outcome, WrapUpField, WrapUpInput } from '../../src/api/types.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import {
  blank,
  faultsOf,
  inputOf,
  isBlank,
  sameInput,
  sameText,
  soundNumber,
  textOf,
} from '../../src/wrap-up/wrap-up-text.js';

const timeZone = 'America/Costa_Rica';
const when = { now: Date.parse('2026-03-02T15:00:00Z'), timeZone };
const field = (key: string, changes: Partial<WrapUpField> = {}): WrapUpField => ({
  key,
  es: key,
  en: key,
  kind: 'text',
  required: false,
  choices: [],
  outcomes: [],
  ...changes,
});
const fields = [
  field('reason', { kind: 'choice', required: true, choices: ['Precio', 'Otro'], outcomes: ['refused'] }),
  field('invoice', { kind: 'number' }),
  field('visit', { kind: 'date', outcomes: ['refused', 'paid'] }),
];
const outcome = (code: string): Outcome => ({ code, es: code, en: code, requires: {}, active: true });
const faults = (code: string, values: Record<string, string>, sent: Record<string, string> = {}) =>
  faultsOf({ ...blank, outcome: code, fields: values }, outcome(code), when, { ...blank, fields: sent }, fields);
const input = (code: string, values: Record<string, string>, draft: boolean): WrapUpInput =>
  inputOf({ ...blank, outcome: code, fields: values }, [], { draft, ...when, currency: 'CRC', fields });

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['refused', {}, { 'fields.reason': 'missing' }],
  ['refused', { reason: '  ' }, { 'fields.reason': 'missing' }],
  ['refused', { reason: 'Precio' }, {}],
  ['refused', { reason: 'Nada' }, { 'fields.reason': 'choice' }],
  ['paid', {}, {}],
  ['paid', { reason: 'Nada' }, {}],
  ['paid', { invoice: 'mil' }, { 'fields.invoice': 'number' }],
  ['paid', { invoice: '1 500,5', visit: '2026-11-30' }, {}],
  ['paid', { visit: '2026-02-30' }, { 'fields.visit': 'date' }],
  ['paid', { visit: 'mañana' }, { 'fields.visit': 'date' }],
  ['other', { visit: 'mañana', unknown: 'x' }, {}],
])('an outcome asks for its own fields: %s %j', (code, values, found) => {
  expect(faults(code, values)).toEqual(found);
});

test('what was sent before may stay', () => {
  expect(faults('refused', { reason: 'Nada' }, { reason: 'Nada' })).toEqual({});
  expect(faults('refused', {}, { reason: 'Nada' })).toEqual({ 'fields.reason': 'missing' });
});

test('a draft holds all that is typed; what is sent holds what its outcome asks for, and what no field has', () => {
  const values = { reason: 'Precio', invoice: ' 1.500,5 ', visit: '', crm: '7' };
  expect(input('paid', values, true).fields).toEqual({ reason: 'Precio', invoice: '1.500,5', crm: '7' });
  expect(input('paid', values, false).fields).toEqual({ invoice: '1500.5', crm: '7' });
  expect(input('refused', values, false).fields).toEqual({ reason: 'Precio', invoice: '1500.5', crm: '7' });
  expect(input('paid', {}, false).fields).toBeUndefined();
});

test.each([
  ['15', '15'],
  ['-15,50', '-15.50'],
  ['1.500', '1500'],
  ['-1,500', '-1500'],
  ['1.500,25', '1500.25'],
  ['0', '0'],
  ['3.14159', '3.14159'],
  ['mil', null],
  ['1-2', null],
  ['', null],
])('«%s» is the number %s', (typed, number) => expect(soundNumber(typed)).toBe(number));

test('fields count for what is written, in whatever order', () => {
  expect(isBlank({ ...blank, fields: { a: ' ' } })).toBe(true);
  expect(isBlank({ ...blank, fields: { a: '1' } })).toBe(false);
  expect(sameText({ ...blank, fields: { a: '1', b: '2' } }, { ...blank, fields: { b: '2 ', a: '1', c: '' } })).toBe(
    true,
  );
  expect(sameInput({ fields: { a: '1', b: '2' } }, { fields: { b: '2', a: '1' } })).toBe(true);
  expect(sameInput({ fields: { a: '1' } }, {})).toBe(false);
  expect(textOf({ fields: { a: '1' } }, timeZone).fields).toEqual({ a: '1' });
});

test('what was written is told by the fields’ names, in their order; what has no field by its key', async () => {
  const store = new OutcomesStore({
    outcomes: async () => ({
      items: [outcome('paid')],
      fields: [field('day', { kind: 'date', es: 'Visita' }), field('n', { kind: 'number', es: 'Factura' })],
    }),
  });
  await store.read();

  expect(store.fieldLines({ crm: 'x', n: '1500.5', day: '2026-11-30' })).toEqual([
    'Visita: 30 nov 2026',
    expect.stringMatching(/^Factura: 1.?500,5$/u),
    'crm: x',
  ]);
  expect(store.fieldLines(undefined)).toEqual([]);
  expect(store.fieldsOf('')).toEqual([]);
  expect(store.fieldsOf('paid')).toHaveLength(2);
});
