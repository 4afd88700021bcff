// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import {
  beforeStop,
  clockTime,
  dayName,
  duration,
  elapsed,
  exactMoney,
  instantOf,
  money,
  startOfDay,
  when,
} from '../../src/i18n/format.js';
import { useLocale } from '../../src/i18n/locale.js';

const costaRica = 'America/Costa_Rica';
const at = Date.parse('2026-03-02T20:35:00Z');

test.each([
  [0, '0:00'],
  [-5_000, '0:00'],
  [7_900, '0:07'],
  [750_000, '12:30'],
  [3_723_000, '1:02:03'],
])('%i ms have run as %s', (ms, words) => expect(elapsed(ms)).toBe(words));

test.each([
  [0, '0\u00a0s'],
  [45, '45\u00a0s'],
  [60, '1\u00a0min'],
  [185, '3\u00a0min 5\u00a0s'],
  [3600, '1\u00a0h'],
  [3725, '1\u00a0h 2\u00a0min'],
])('%i s are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

test('a recent time is relative, an older one is the local time', () => {
  expect(when(at, at + 20_000, costaRica)).toBe('ahora');
  expect(when(at, at - 2_000, costaRica)).toBe('ahora');
  expect(when(at, at + 61_000, costaRica)).toBe('hace 1 min');
  expect(when(at, at + 59 * 60_000, costaRica)).toBe('hace 59 min');
  expect(when(at, at + 60 * 60_000, costaRica)).toBe(clockTime(at, costaRica));
});

test('local times are in the account’s zone', () => {
  expect(clockTime(at, costaRica)).toMatch(/^2:35\sp\.\sm\.$/u);
  expect(clockTime(at, 'Europe/Madrid')).toMatch(/^9:35\sp\.\sm\.$/u);
});

test('a time at the end of a sentence has one full stop', () => {
  expect(`Hasta las ${beforeStop(clockTime(at, costaRica))}.`).toMatch(/2:35\sp\.\sm\.$/u);
  expect(beforeStop('2:35 PM')).toBe('2:35 PM');
});

test('days are in the account’s zone', () => {
  expect(dayName(Date.parse('2026-03-03T05:59:00Z'), costaRica)).toContain('2 de marzo');
  expect(dayName(Date.parse('2026-03-03T06:00:00Z'), costaRica)).toContain('3 de marzo');
});

test.each([
  ['2026-03-02T20:35:12.345Z', costaRica, '2026-03-02T06:00:00.000Z'],
  ['2026-03-02T05:59:59.999Z', costaRica, '2026-03-01T06:00:00.000Z'],
  ['2026-03-02T06:00:00.000Z', costaRica, '2026-03-02T06:00:00.000Z'],
  // The clocks change in the night at the beginning of this day, in both directions.
  ['2026-03-29T20:00:00Z', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25T20:00:00Z', 'Europe/Madrid', '2026-10-24T22:00:00.000Z'],
  ['2026-03-02T20:00:00Z', 'Asia/Kolkata', '2026-03-02T18:30:00.000Z'],
])('the day of %s in %s began at %s', (time, zone, start) =>
  expect(startOfDay(Date.parse(time), zone).toISOString()).toBe(start),
);

test.each([
  ['2026-03-02T09:00', costaRica, '2026-03-02T15:00:00.000Z'],
  // An hour before and after a clock change, in both directions.
  ['2026-03-29T01:30', 'Europe/Madrid', '2026-03-29T00:30:00.000Z'],
  ['2026-03-29T03:30', 'Europe/Madrid', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T01:30', 'Europe/Madrid', '2026-10-24T23:30:00.000Z'],
  ['2026-10-25T03:30', 'Europe/Madrid', '2026-10-25T02:30:00.000Z'],
  ['2026-03-08T01:30', 'America/New_York', '2026-03-08T06:30:00.000Z'],
  ['2026-03-08T03:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
])('%s in %s is %s', (zoned, zone, instant) => expect(instantOf(zoned, zone)?.toISOString()).toBe(instant));

test('colones have their sign in both languages, and dollars say whose they are', async () => {
  expect(money(18_500, 'CRC')).toMatch(/^₡18.?500,00$/u);
  expect(money(18_500, 'USD')).toMatch(/^USD.18.?500,00$/u);
  expect(exactMoney(0.0125, 'USD')).toMatch(/^USD.0,0125$/u);
  expect(exactMoney(6.5, 'CRC')).toBe('₡6,50');
  await useLocale('en');
  expect(money(18_500, 'CRC')).toBe('₡18,500.00');
  await useLocale('es');
});
