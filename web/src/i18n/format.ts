import { msg, str } from '@lit/localize';
import { formatLocale } from './locale.js';

const minute = 60_000;
const hour = 60 * minute;

/** A running call's time: `0:07`, `12:30`, `1:02:03`. */
export function elapsed(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(all / 60);
  return minutes < 60
    ? `${minutes}:${two(all % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(all % 60)}`;
}

/** A length in words that are also right when read aloud: `45 s`, `3 min 5 s`, `1 h 2 min`. */
export function duration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const h = Math.floor(all / 3600);
  const min = Math.floor((all % 3600) / 60);
  const s = all % 60;
  if (h > 0) return min > 0 ? `${h} h ${min} min` : `${h} h`;
  if (min > 0) return s > 0 ? `${min} min ${s} s` : `${min} min`;
  return `${s} s`;
}

/** The clock time in the account's zone. */
export const clockTime = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, { hour: 'numeric', minute: '2-digit' }).format(at);

/** A moment as a person would say it: relative while it is fresh, then the clock's. */
export function when(at: number, now: number, timeZone: string): string {
  const ago = now - at;
  if (ago < minute) return msg('ahora');
  if (ago < hour) return msg(str`hace ${Math.floor(ago / minute)} min`);
  return clockTime(at, timeZone);
}

/** The day as a heading: `domingo 22 de noviembre`. */
export const dayName = (at: number, timeZone: string): string =>
  formatter(formatLocale(), timeZone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

/** The instant that the day of `at` began in a zone, also where its clock changes that day. */
export function startOfDay(at: number, timeZone: string): Date {
  const day = wallClock(at, timeZone);
  const midnight = Math.floor(day / (24 * hour)) * 24 * hour;
  let start = midnight - (day - at);
  start = midnight - (wallClock(start, timeZone) - start);
  return new Date(start);
}

/** What the zone's clock shows, written as if it were UTC. */
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

// Making one is slow, and a list needs it for each row.
function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.keys(options).join()}`;
  let known = formatters.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    formatters.set(key, known);
  }

  return known;
}
