import { msg, str } from '@lit/localize';
import { formatLocale } from './locale.js';

const minute = 60_000;
const hour = 60 * minute;

/** The duration of a running call: `0:07`, `12:30`, `1:02:03`. */
export function elapsed(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(all / 60);
  return minutes < 60
    ? `${minutes}:${two(all % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(all % 60)}`;
}

/**
 * A duration in words that a screen reader reads correctly: `45 s`, `3 min 5 s`, `1 h 2 min`. No line ends between a
 * number and its unit.
 */
export function duration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const h = Math.floor(all / 3600);
  const min = Math.floor((all % 3600) / 60);
  const s = all % 60;
  if (h > 0) return min > 0 ? `${h}\u00a0h ${min}\u00a0min` : `${h}\u00a0h`;
  if (min > 0) return s > 0 ? `${min}\u00a0min ${s}\u00a0s` : `${min}\u00a0min`;
  return `${s}\u00a0s`;
}

/** The local time in the account's zone. */
export const clockTime = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, { hour: 'numeric', minute: '2-digit' }).format(at);

/** The same to the second. */
export const secondsTime = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, { hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(at);

/** Words as they stand before the full stop of a sentence: `9:00 a. m.` has one of its own. */
export const beforeStop = (words: string): string => words.replace(/\.$/, '');

/** A time as a person would say it: relative if it is recent, else the local time. */
export function when(at: number, now: number, timeZone: string): string {
  const ago = now - at;
  if (ago < minute) return msg('ahora');
  if (ago < hour) return msg(str`hace ${Math.floor(ago / minute)} min`);
  return clockTime(at, timeZone);
}

/** The day as a heading: `domingo 22 de noviembre`. */
export const dayName = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

/** A day of the calendar, `2026-11-27`, in a few words: `viernes, 27 nov`. */
export const calendarDay = (day: string): string =>
  formatter(formatLocale(), 'UTC', { weekday: 'long', day: 'numeric', month: 'short' }).format(
    Date.parse(`${day}T00:00Z`),
  );

/** The start of the day of `at` in a zone, even if the clock changes on that day. */
export function startOfDay(at: number, timeZone: string): Date {
  const day = wallClock(at, timeZone);
  const midnight = Math.floor(day / (24 * hour)) * 24 * hour;
  let start = midnight - (day - at);
  start = midnight - (wallClock(start, timeZone) - start);
  return new Date(start);
}

/** A time with its day, for other days than today: `lun, 23 nov, 9:00 a. m.`. */
export const dayAndTime = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);

/** A day: `23 nov 2026`. */
export const shortDay = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** How long ago the day was on which something was due. */
export const overdueWords = (days: number): string =>
  days === 1 ? msg('Venció ayer') : msg(str`Venció hace ${days} días`);

/** How many days lie between two times in a zone, however long the days are. */
export function daysBetween(from: number, to: number, timeZone: string): number {
  const start = (at: number) => startOfDay(at, timeZone).getTime();
  return Math.round((start(to) - start(from)) / (24 * hour));
}

/** An amount in the local format: `₡1 500,50`. */
export const money = (amount: number, currency: string): string => amountIn(amount, currency);

/** An amount in which less than a cent counts too, as a price by the minute: `USD 0,0125`. */
export const exactMoney = (amount: number, currency: string): string => amountIn(amount, currency, 6);

function amountIn(amount: number, currency: string, maximumFractionDigits?: number): string {
  try {
    // In any language the colón has its sign. Others keep what tells them apart: there are many dollars.
    const currencyDisplay = currency === 'CRC' ? 'narrowSymbol' : 'symbol';
    return new Intl.NumberFormat(formatLocale(), {
      style: 'currency',
      currency,
      currencyDisplay,
      maximumFractionDigits,
    }).format(amount);
  } catch {
    return `${currency} ${amount}`;
  }
}

/** A currency as amounts show it: `₡`, else its code. */
export const currencySign = (code: string): string => (code === 'CRC' ? '₡' : code);

/** The local time in a zone, in the format of a date and time field: `2026-11-23T09:00`. */
export const zonedTime = (at: number, timeZone: string): string =>
  new Date(wallClock(at, timeZone)).toISOString().slice(0, 16);

/** The instant of a date and time field in a zone; undefined if the text is no date. */
export function instantOf(zoned: string, timeZone: string): Date | undefined {
  const wall = Date.parse(`${zoned}Z`);
  if (Number.isNaN(wall)) return undefined;
  // The zone's offset near that time, then at that time: the clock may change in between.
  let at = wall - (wallClock(wall, timeZone) - wall);
  at = wall - (wallClock(at, timeZone) - at);
  return new Date(at);
}

/** The local time in a zone, as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = formatter('en-US', timeZone, {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((p) => p.type === type)?.value);
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) +
    (((at % 1000) + 1000) % 1000)
  );
}

const formatters = new Map<string, Intl.DateTimeFormat>();

// Making a formatter is slow, and each row of a list needs one.
function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  let known = formatters.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    formatters.set(key, known);
  }

  return known;
}
