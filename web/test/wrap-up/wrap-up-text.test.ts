import { expect, test } from 'vitest';
import type { Outcome } from '../../src/api/types.js';
import {
  blank,
  faultsOf,
  inputOf,
  sameInput,
  shownParts,
  soundAmount,
  textOf,
} from '../../src/wrap-up/wrap-up-text.js';

const timeZone = 'America/Costa_Rica';
const now = Date.parse('2026-03-02T15:00:00Z');
const outcome = (requires: Outcome['requires'] = {}): Outcome => ({
  code: 'any',
  es: 'Cualquiera',
  en: 'Any',
  requires,
  active: true,
});
const faults = (text: Partial<typeof blank>, requires: Outcome['requires'] = {}) =>
  faultsOf({ ...blank, outcome: 'any', ...text }, outcome(requires), { now, timeZone });
const input = (text: Partial<typeof blank>, draft: boolean) => {
  const whole = { ...blank, outcome: 'any', ...text };
  return inputOf(whole, shownParts(whole, outcome()), { draft, now, timeZone, currency: 'CRC' });
};

test.each([
  ['1500', 1500],
  ['1500,5', 1500.5],
  ['1500.50', 1500.5],
  ['1 500,50', 1500.5],
  ['1.500,50', 1500.5],
  ['1,500.50', 1500.5],
  ['1.500', 1500],
  ['₡ 1.500.000', 1_500_000],
  ['0,05', 0.05],
])('%s is the amount %d', (typed, amount) => expect(soundAmount(typed)).toBe(amount));

test.each(['', '0', '0,00', '-5', 'mil', '1.5.2', '10,1234', '12.34,56', '1,50.000', '5,', '9999999999999999'])(
  '«%s» is no amount',
  (typed) => expect(soundAmount(typed)).toBeNull(),
);

test('without an outcome it can’t be sent', () => {
  expect(faultsOf(blank, undefined, { now, timeZone })).toEqual({ outcome: 'missing' });
});

test('an outcome without requirements needs no other field', () => {
  expect(faults({})).toEqual({});
});

test('the requirements of an outcome are reported field by field', () => {
  expect(faults({ notes: '  ' }, { note: true })).toEqual({ notes: 'missing' });
  expect(faults({}, { followUp: true })).toEqual({ 'followUp.dueAt': 'missing' });
  expect(faults({}, { promise: true })).toEqual({ 'promise.amount': 'missing', 'promise.dueAt': 'missing' });
  expect(faults({}, { charge: true })).toEqual({ 'charge.amount': 'missing', 'charge.concept': 'missing' });
});

test('a part that was added and left empty is not required, and not sent', () => {
  expect(faults({ parts: ['charge'] })).toEqual({});
  expect(input({ parts: ['charge'] }, false).charge).toBeUndefined();
});

test('a part that was partly filled in must be completed', () => {
  expect(faults({ parts: ['charge'], chargeAmount: '10' })).toEqual({ 'charge.concept': 'missing' });
});

test('invalid and past values are reported', () => {
  expect(
    faults(
      { promiseAmount: 'mucho', promiseDay: '2026-03-01', followUpAt: '2026-03-02T08:59' },
      { promise: true, followUp: true },
    ),
  ).toEqual({ 'promise.amount': 'amount', 'promise.dueAt': 'past', 'followUp.dueAt': 'past' });
});

test('a promise for today is valid, by the account’s day', () => {
  expect(faults({ promiseAmount: '10', promiseDay: '2026-03-02' }, { promise: true })).toEqual({});
});

test('a promise for today stays one in the evening, when it is another day in UTC', () => {
  const evening = Date.parse('2026-03-03T03:00:00Z');
  const text = { ...blank, outcome: 'any', promiseAmount: '10', promiseDay: '2026-03-02' };
  const promises = outcome({ promise: true });
  expect(faultsOf(text, promises, { now: evening, timeZone })).toEqual({});
  // Noon is over, and the day is not.
  const options = { draft: true, now: evening, timeZone, currency: 'CRC' };
  expect(inputOf(text, shownParts(text, promises), options).promise?.dueAt).toBe('2026-03-02T18:00:00.000Z');
  const late = { promise: { amount: 10, currency: 'CRC', dueAt: '2026-03-03T03:00:00Z' } };
  expect(textOf(late, timeZone).promiseDay).toBe('2026-03-02');
});

test('amounts are in the currency that was chosen, else in the account’s', () => {
  const parts = ['promise', 'charge'] as const;
  const amounts = { parts, promiseAmount: '10', chargeAmount: '5', chargeConcept: 'x' };
  const currencies = ({ promise, charge }: ReturnType<typeof input>) => [promise?.currency, charge?.currency];
  expect(currencies(input({ ...amounts, promiseCurrency: 'USD', chargeCurrency: 'EUR' }, false))).toEqual([
    'USD',
    'EUR',
  ]);
  expect(currencies(input(amounts, false))).toEqual(['CRC', 'CRC']);
});

test('times are in the account’s zone', () => {
  const sent = input(
    {
      parts: ['promise', 'followUp'],
      followUpAt: '2026-03-03T09:00',
      promiseAmount: '15.000,50',
      promiseDay: '2026-03-06',
    },
    false,
  );
  expect(sent.followUp?.dueAt).toBe('2026-03-03T15:00:00.000Z');
  expect(sent.promise).toEqual({ amount: 15000.5, currency: 'CRC', dueAt: '2026-03-06T18:00:00.000Z' });
  const again = textOf(sent, timeZone);
  expect(again).toMatchObject({
    followUpAt: '2026-03-03T09:00',
    promiseAmount: '15000.5',
    promiseDay: '2026-03-06',
    parts: ['promise', 'followUp'],
  });
});

test('a draft leaves out fields for which the server would refuse all of it', () => {
  const draft = input(
    {
      notes: 'Sí',
      parts: ['charge', 'followUp'],
      chargeAmount: 'mil',
      followUpAt: '2020-01-01T00:00',
      followUpNote: 'x',
    },
    true,
  );
  expect(draft).toMatchObject({
    notes: 'Sí',
    charge: { amount: undefined },
    followUp: { dueAt: undefined, note: 'x' },
  });
});

test('the same words are the same wrap-up, however the times are written', () => {
  const one = { outcome: 'any', followUp: { dueAt: '2026-03-03T15:00:00Z' } };
  expect(sameInput(one, { outcome: 'any', followUp: { dueAt: '2026-03-03T09:00:00-06:00' } })).toBe(true);
  expect(sameInput(one, { outcome: 'any' })).toBe(false);
});

test('a correction may keep the date that was sent, but no other past date', () => {
  const sent = {
    ...blank,
    parts: ['followUp', 'promise'] as const,
    followUpAt: '2020-01-01T09:00',
    promiseDay: '2020-01-01',
    promiseAmount: '5',
  };
  const corrected = (changes: Partial<typeof blank>) =>
    faultsOf({ ...sent, outcome: 'any', ...changes }, outcome(), { now, timeZone }, sent);
  expect(corrected({ notes: 'otra cosa' })).toEqual({});
  expect(corrected({ followUpAt: '2020-01-01T09:30', promiseDay: '2020-01-02' })).toEqual({
    'followUp.dueAt': 'past',
    'promise.dueAt': 'past',
  });
});

test.each([
  ['outcome', { outcome: 'other' }],
  ['notes', { notes: 'otra cosa' }],
  ['the note of the follow-up', { followUp: { dueAt: '2026-03-03T15:00:00Z', note: 'otra' } }],
  ['the time of the follow-up', { followUp: { dueAt: '2026-03-03T16:00:00Z', note: 'nota' } }],
  ['the amount that was promised', { promise: { amount: 11, currency: 'CRC', dueAt: '2026-03-03T18:00:00Z' } }],
  ['the currency that was promised', { promise: { amount: 10, currency: 'USD', dueAt: '2026-03-03T18:00:00Z' } }],
  ['the day that was promised', { promise: { amount: 10, currency: 'CRC', dueAt: '2026-03-04T18:00:00Z' } }],
  ['the amount of the charge', { charge: { amount: 6, currency: 'CRC', concept: 'x' } }],
  ['the currency of the charge', { charge: { amount: 5, currency: 'USD', concept: 'x' } }],
  ['the concept of the charge', { charge: { amount: 5, currency: 'CRC', concept: 'y' } }],
])('a wrap-up of which only %s is another is another', (_, changes) => {
  const one = {
    outcome: 'any',
    notes: 'una cosa',
    followUp: { dueAt: '2026-03-03T15:00:00Z', note: 'nota' },
    promise: { amount: 10, currency: 'CRC', dueAt: '2026-03-03T18:00:00Z' },
    charge: { amount: 5, currency: 'CRC', concept: 'x' },
  };
  expect(sameInput(one, { ...one })).toBe(true);
  expect(sameInput(one, { ...one, ...changes })).toBe(false);
});

test('a follow-up for this very minute is past', () => {
  const followUp = { parts: ['followUp'] as const, followUpAt: '2026-03-02T09:00' };
  expect(faults(followUp)).toEqual({ 'followUp.dueAt': 'past' });
  expect(faults({ ...followUp, followUpAt: '2026-03-02T09:01' })).toEqual({});
});

test('an outcome that means a promise shows the promise, and does not require it', () => {
  const promise: Outcome = { ...outcome(), means: 'promise' };
  expect(shownParts(blank, promise)).toEqual(['promise']);
  expect(faultsOf({ ...blank, outcome: 'any' }, promise, { now, timeZone })).toEqual({});
});
