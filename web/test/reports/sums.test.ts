import { expect, test } from 'vitest';
import { added, filled } from '../../src/reports/sums.js';
import { aRow } from './builders.js';

test('rows are added up, and their rate and cost are those of the sum', () => {
  const sum = added(
    '2026-11',
    'noviembre',
    [
      aRow({ in: 4, answered: 3, missed: 1, answeredRate: 0.75, talkSeconds: 60, cost: 0.1, documented: 1 }),
      aRow({ in: 1, answered: 0, missed: 1, answeredRate: 0, talkSeconds: 30, cost: 0.2, documented: 2 }),
    ],
    'CRC',
  );
  expect(sum).toMatchObject({
    key: '2026-11',
    in: 5,
    answered: 3,
    missed: 2,
    answeredRate: 0.6,
    talkSeconds: 90,
    cost: 0.3,
    documented: 3,
  });
  expect(sum.costPerOutcome).toBeCloseTo(0.1);
  expect(sum.amounts).toBeUndefined();
});

test('calls that came in and were neither answered nor missed lower no rate', () => {
  const sum = added('k', 'k', [aRow({ in: 10, answered: 3, missed: 1 }), aRow({ in: 2 })], 'CRC');
  expect(sum.answeredRate).toBe(0.75);
});

test('currencies are not added to each other', () => {
  const dollars = { currency: 'USD', cost: 0, charges: 5, promisedAmount: 0, paidAmount: 0 };
  const colones = { currency: 'CRC', cost: 7, charges: 0, promisedAmount: 0, paidAmount: 0 };
  const sum = added('k', 'k', [aRow({ cost: 7, amounts: [colones, dollars] }), aRow({ cost: 1, charges: 2 })], 'CRC');
  expect(sum.amounts).toEqual([
    { ...colones, cost: 8, charges: 2 },
    { ...dollars, charges: 5 },
  ]);
  expect([sum.cost, sum.charges]).toEqual([8, 2]);
});

test('a day without calls has a row too', () => {
  const rows = filled(
    [aRow({ key: '2026-11-26', in: 2 })],
    [
      { key: '2026-11-25', label: 'mié' },
      { key: '2026-11-26', label: 'jue' },
    ],
    ({ key }) => key,
    'CRC',
  );
  expect(rows.map(({ label, in: came, answeredRate }) => [label, came, answeredRate])).toEqual([
    ['mié', 0, null],
    ['jue', 2, null],
  ]);
});
