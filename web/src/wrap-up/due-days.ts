import { zonedTime } from '../i18n/format.js';

const dayMs = 86_400_000;
const friday = 5;

/** A day that a promise or a follow-up is often for. */
export type DueDay = 'tomorrow' | 'friday' | 'payday' | 'monthEnd' | 'inAWeek';

/**
 * The days as they are in the account's zone at `now`, as `2026-11-27`. All are after today: on a Friday, the Friday of
 * next week. The pay days of Costa Rica are the 15th and the last day of a month.
 */
export function dueDays(now: number, timeZone: string): Readonly<Record<DueDay, string>> {
  // A calendar's days, which no change of the clock makes longer or shorter.
  const today = Date.parse(`${zonedTime(now, timeZone).slice(0, 10)}T00:00Z`);
  const after = (days: number) => today + days * dayMs;
  const date = new Date(today);
  const isEnd = endOfMonth(today) === today;
  const monthEnd = isEnd ? endOfMonth(after(1)) : endOfMonth(today);
  const middle = (of: number) => of - (new Date(of).getUTCDate() - 15) * dayMs;
  const payday = date.getUTCDate() < 15 ? middle(today) : isEnd ? middle(after(1)) : monthEnd;
  return {
    tomorrow: day(after(1)),
    friday: day(after((friday - date.getUTCDay() + 7) % 7 || 7)),
    payday: day(payday),
    monthEnd: day(monthEnd),
    inAWeek: day(after(7)),
  };
}

function endOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0);
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
