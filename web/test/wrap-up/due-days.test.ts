import { expect, test } from 'vitest';
import { dueDays } from '../../src/wrap-up/due-days.js';

const costaRica = 'America/Costa_Rica';

test.each([
  // A Thursday in the second half of a month.
  ['2026-11-26T20:00:00Z', costaRica, '2026-11-27', '2026-11-27', '2026-11-30', '2026-11-30', '2026-12-03'],
  // A Friday: the Friday of next week.
  ['2026-11-27T20:00:00Z', costaRica, '2026-11-28', '2026-12-04', '2026-11-30', '2026-11-30', '2026-12-04'],
  ['2026-11-14T20:00:00Z', costaRica, '2026-11-15', '2026-11-20', '2026-11-15', '2026-11-30', '2026-11-21'],
  // On the 15th the next pay day is the month's last day, and on that the 15th.
  ['2026-11-15T20:00:00Z', costaRica, '2026-11-16', '2026-11-20', '2026-11-30', '2026-11-30', '2026-11-22'],
  ['2026-11-29T20:00:00Z', costaRica, '2026-11-30', '2026-12-04', '2026-11-30', '2026-11-30', '2026-12-06'],
  ['2026-11-30T20:00:00Z', costaRica, '2026-12-01', '2026-12-04', '2026-12-15', '2026-12-31', '2026-12-07'],
  ['2026-12-31T20:00:00Z', costaRica, '2027-01-01', '2027-01-01', '2027-01-15', '2027-01-31', '2027-01-07'],
  ['2027-01-31T20:00:00Z', costaRica, '2027-02-01', '2027-02-05', '2027-02-15', '2027-02-28', '2027-02-07'],
  // February of a leap year, of a year that is none, and of 2000.
  ['2028-02-20T20:00:00Z', costaRica, '2028-02-21', '2028-02-25', '2028-02-29', '2028-02-29', '2028-02-27'],
  ['2028-02-28T20:00:00Z', costaRica, '2028-02-29', '2028-03-03', '2028-02-29', '2028-02-29', '2028-03-06'],
  ['2028-02-29T20:00:00Z', costaRica, '2028-03-01', '2028-03-03', '2028-03-15', '2028-03-31', '2028-03-07'],
  ['2027-02-28T20:00:00Z', costaRica, '2027-03-01', '2027-03-05', '2027-03-15', '2027-03-31', '2027-03-07'],
  ['2000-02-16T20:00:00Z', costaRica, '2000-02-17', '2000-02-18', '2000-02-29', '2000-02-29', '2000-02-23'],
  // The zone decides which day it is.
  ['2026-12-01T05:59:59Z', costaRica, '2026-12-01', '2026-12-04', '2026-12-15', '2026-12-31', '2026-12-07'],
  ['2026-12-01T06:00:00Z', costaRica, '2026-12-02', '2026-12-04', '2026-12-15', '2026-12-31', '2026-12-08'],
  ['2026-11-30T11:00:00Z', 'Pacific/Auckland', '2026-12-02', '2026-12-04', '2026-12-15', '2026-12-31', '2026-12-08'],
  // Around a change of the clocks, where a day has 23 or 25 hours.
  ['2026-03-28T23:30:00Z', 'Europe/Madrid', '2026-03-30', '2026-04-03', '2026-03-31', '2026-03-31', '2026-04-05'],
  ['2026-03-28T22:30:00Z', 'Europe/Madrid', '2026-03-29', '2026-04-03', '2026-03-31', '2026-03-31', '2026-04-04'],
  ['2026-10-24T22:15:00Z', 'Europe/Madrid', '2026-10-26', '2026-10-30', '2026-10-31', '2026-10-31', '2026-11-01'],
  ['2026-10-25T22:59:00Z', 'Europe/Madrid', '2026-10-26', '2026-10-30', '2026-10-31', '2026-10-31', '2026-11-01'],
  ['2026-11-01T04:30:00Z', 'America/New_York', '2026-11-02', '2026-11-06', '2026-11-15', '2026-11-30', '2026-11-08'],
  // A zone whose clocks change at midnight.
  ['2026-03-28T22:30:00Z', 'Asia/Beirut', '2026-03-30', '2026-04-03', '2026-03-31', '2026-03-31', '2026-04-05'],
])('at %s in %s', (time, zone, tomorrow, friday, payday, monthEnd, inAWeek) => {
  expect(dueDays(Date.parse(time), zone)).toEqual({ tomorrow, friday, payday, monthEnd, inAWeek });
});

test('each day of four years has days that come after it, and the nearest of their kind', () => {
  for (let at = Date.parse('2025-01-01T18:00Z'); at < Date.parse('2029-01-01T00:00Z'); at += 86_400_000) {
    const today = new Date(at).toISOString().slice(0, 10);
    const after = (wanted: (day: Date) => boolean) => {
      let day = at;
      do day += 86_400_000;
      while (!wanted(new Date(day)));
      return new Date(day).toISOString().slice(0, 10);
    };
    const isEnd = (day: Date) => new Date(day.getTime() + 86_400_000).getUTCDate() === 1;
    expect([today, dueDays(at, costaRica)]).toEqual([
      today,
      {
        tomorrow: after(() => true),
        friday: after((day) => day.getUTCDay() === 5),
        payday: after((day) => day.getUTCDate() === 15 || isEnd(day)),
        monthEnd: after(isEnd),
        inAWeek: new Date(at + 7 * 86_400_000).toISOString().slice(0, 10),
      },
    ]);
  }
});
