import { msg } from '@lit/localize';
import { formatLocale } from '../i18n/locale.js';

/** A day of the calendar, `2026-11-27`, as an instant that has the same day in UTC. */
const instantOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

const textOf = (instant: Date): string => instant.toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => {
  const instant = instantOf(day);
  instant.setUTCDate(instant.getUTCDate() + days);
  return textOf(instant);
};

/** The month of a day: `2026-11`. */
export const monthOf = (day: string): string => day.slice(0, 7);

export const addMonths = (month: string, months: number): string => {
  const instant = instantOf(`${month}-01`);
  instant.setUTCMonth(instant.getUTCMonth() + months);
  return monthOf(textOf(instant));
};

/** All days of a month. */
export function daysOf(month: string): readonly string[] {
  const first = `${month}-01`;
  const length = Number(addDays(`${addMonths(month, 1)}-01`, -1).slice(8));
  return Array.from({ length }, (_, place) => addDays(first, place));
}

/** A day as an address may have it. */
export const dayPattern = /^2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Some days on end, the first and the last included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Days that are asked for often. */
export type Period = 'today' | 'yesterday' | 'week' | 'month';

export const periods: readonly Period[] = ['today', 'yesterday', 'week', 'month'];

/** The days of a period, which ends today at the latest. */
export function daysOfPeriod(period: Period, today: string): Days {
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    default:
      return { from: `${monthOf(today)}-01`, to: today };
  }
}

export function periodWords(period: Period): string {
  switch (period) {
    case 'today':
      return msg('Hoy');
    case 'yesterday':
      return msg('Ayer');
    case 'week':
      return msg('7 días');
    default:
      return msg('Este mes');
  }
}

/** The place of a day in its week, which begins on a Monday. */
export const weekPlace = (day: string): number => (instantOf(day).getUTCDay() + 6) % 7;

/** The names of the days of the week, Monday first. */
export const weekdays = (): readonly string[] =>
  // 2024 began on a Monday.
  [1, 2, 3, 4, 5, 6, 7].map((day) => weekdayWords(`2024-01-0${day}`));

/** `vie`. */
export const weekdayWords = (day: string): string => words(day, { weekday: 'short' });

/** `noviembre de 2026`. */
export const monthWords = (month: string): string => words(`${month}-01`, { month: 'long', year: 'numeric' });

/** `viernes, 27 de noviembre de 2026`. */
export const dayWords = (day: string): string =>
  words(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** `vie, 27 nov`. */
export const shortDayWords = (day: string): string => words(day, { weekday: 'short', day: 'numeric', month: 'short' });

/** `27/11`. */
export const shortestDay = (day: string): string => words(day, { day: 'numeric', month: 'numeric' });

/** `nov`. */
export const shortestMonth = (month: string): string => words(`${month}-01`, { month: 'short' });

const words = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(formatLocale(), { timeZone: 'UTC', ...options }).format(instantOf(day));
