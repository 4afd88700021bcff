// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { timeWords } from '../../src/i18n/times.js';

const zone = 'America/Costa_Rica';
const now = Date.parse('2026-11-27T16:00:00Z');

test.each([
  ['2026-11-27T06:00:00Z', /^12:00.a/],
  ['2026-11-28T05:59:00Z', /^11:59.p/],
  ['2026-11-27T05:59:00Z', /26 nov.*11:59/],
  ['2026-11-28T06:00:00Z', /28 nov.*12:00/],
  ['2025-11-28T15:00:00Z', /2025.*9:00/],
  ['2027-11-28T15:00:00Z', /2027.*9:00/],
])('a time of another day has its day, before and after: %s', (at, words) => {
  expect(timeWords(at, now, zone)).toMatch(words);
});
