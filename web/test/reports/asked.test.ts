import { expect, test } from 'vitest';
import { addressOf, allDays, askedOf, daysOfRange, isByMonth, queryOf, ranges } from '../../src/reports/asked.js';

const today = '2026-03-02';

test.each([
  ['', '2026-03-01', '2026-03-02', 'day'],
  ['?range=today', '2026-03-02', '2026-03-02', 'hour'],
  ['?range=yesterday&by=agent', '2026-03-01', '2026-03-01', 'agent'],
  ['?range=week', '2026-02-24', '2026-03-02', 'day'],
  ['?range=lastMonth', '2026-02-01', '2026-02-28', 'day'],
  ['?range=year&by=contact', '2026-01-01', '2026-03-02', 'contact'],
  ['?from=2026-01-05&to=2026-01-06', '2026-01-05', '2026-01-06', 'day'],
  ['?from=2026-01-05', '2026-01-05', '2026-03-02', 'day'],
  ['?to=2026-01-05', '2026-01-05', '2026-01-05', 'hour'],
  ['?from=2026-04-05', '2026-04-05', '2026-04-05', 'hour'],
  // What means nothing is left out.
  ['?range=century&by=week', '2026-03-01', '2026-03-02', 'day'],
  ['?from=2026-2-30&range=today', '2026-03-02', '2026-03-02', 'hour'],
])('%s asks for %s to %s by %s', (search, from, to, by) => {
  expect(queryOf(askedOf(search), today)).toEqual({ from, to, by });
});

test('days in an address count more than a range beside them, which is not kept', () => {
  expect(askedOf('?range=year&from=2026-01-05&to=2026-01-06')).toEqual({ from: '2026-01-05', to: '2026-01-06' });
});

test('an address leads back to what it says', () => {
  for (const address of ['/reports', '/reports?range=year&by=team', '/reports?from=2026-01-05&to=2026-01-06&by=hour']) {
    expect(addressOf(askedOf(address.replace('/reports', '')))).toBe(address);
  }
});

test('no range ends after today', () => {
  for (const range of ranges) expect(daysOfRange(range, today).to <= today).toBe(true);
});

test('all days of a span are there, over months and years', () => {
  expect(allDays('2025-12-30', '2026-01-02')).toEqual(['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']);
  expect(allDays('2026-01-02', '2026-01-02')).toEqual(['2026-01-02']);
  expect(isByMonth('2026-01-01', '2026-04-02')).toBe(false);
  expect(isByMonth('2026-01-01', '2026-04-03')).toBe(true);
});
