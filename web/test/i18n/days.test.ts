// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { addDays, addMonths, daysOf, weekPlace } from '../../src/i18n/days.js';

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
