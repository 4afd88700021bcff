// @vitest-environment happy-dom
import { render } from 'lit';
import { expect, test } from 'vitest';
import { amountWords, facts, meanWords, shareWords, talkWords } from '../../src/reports/figures.js';
import { aRow } from './builders.js';

const plain = (words: string): string => words.replace(/\s/gu, ' ');

test('a share of none is a dash, and one of nothing is zero', () => {
  expect([null, 0, 0.874, 1].map((share) => plain(shareWords(share)))).toEqual(['—', '0%', '87%', '100%']);
});

test('a mean is of those that there were', () => {
  expect([meanWords(0, 0), meanWords(90, 2), meanWords(0, 3)]).toEqual(['—', '45\u00a0s', '0\u00a0s']);
});

test('long times are in hours and minutes', () => {
  expect([59, 3599, 3629, 3630].map(talkWords)).toEqual([
    '59\u00a0s',
    '59\u00a0min 59\u00a0s',
    '1\u00a0h',
    '1\u00a0h 1\u00a0min',
  ]);
});

test('amounts of several currencies are not added up', () => {
  const amounts = { cost: 0, charges: 0, promisedAmount: 0, paidAmount: 0 };
  const both = aRow({
    cost: 3,
    amounts: [
      { ...amounts, currency: 'CRC', cost: 1500 },
      { ...amounts, currency: 'USD', cost: 2.5 },
      { ...amounts, currency: 'EUR', charges: 1 },
    ],
  });
  expect(plain(amountWords(both, ({ cost }) => cost))).toBe('₡1 500,00 + USD 2,50');
  expect(plain(amountWords(aRow({ cost: 3, currency: 'USD' }), ({ cost }) => cost))).toBe('USD 3,00');
  expect(plain(amountWords(aRow({ currency: 'USD' }), ({ cost }) => cost))).toBe('USD 0,00');
});

test('the totals say what was paid of what was promised, and the mean time of a missed call’s return', () => {
  const place = document.createElement('div');
  render(
    facts(
      aRow({ missed: 4, returned: 2, callBackSeconds: 180, promisesMade: 2, promisedAmount: 500, paidAmount: 200 }),
    ),
    place,
  );
  const words = plain(place.textContent ?? '');
  expect(words).toContain('2 devueltas, en 1 min 30 s');
  expect(words).toContain('₡200,00 de ₡500,00');
});
