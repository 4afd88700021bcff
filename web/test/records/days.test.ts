// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { addDays, addMonths, daysOf, weekPlace } from '../../src/records/days.js';
import { callIdOf, callPath, dayPath, partOf } from '../../src/records/paths.js';

test('days and months go over the ends of years and of February', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(daysOf('2028-02')).toHaveLength(29);
  expect(daysOf('2026-11').at(-1)).toBe('2026-11-30');
});

test('a week begins on a Monday', () => {
  expect([weekPlace('2026-11-23'), weekPlace('2026-11-29')]).toEqual([0, 6]);
});

test.each(['1001', 'a/5', '..', '~x', 'año 1', 'logo.png'])(
  'the id %s of a call comes back from its address',
  (callId) => {
    const parts = new URL(callPath('of/icina', callId), 'http://x').pathname.split('/');
    expect(parts).toHaveLength(5);
    expect([partOf(parts[2]), callIdOf(parts[3])]).toEqual(['of/icina', callId]);
  },
);

test('an account of odd characters is one part of an address', () => {
  expect(dayPath('a b/c', '2026-11-05')).toBe('/reconciliation/a%20b%2Fc/2026-11-05');
});
