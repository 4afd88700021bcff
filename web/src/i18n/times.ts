import { clockTime, dayAndTime, daysBetween, shortDay } from '../i18n/format.js';
import { formatLocale } from '../i18n/locale.js';

/** A time of today by the clock, another one with its day, and one that is far away with its year. */
export function timeWords(at: string, now: number, timeZone: string): string {
  const instant = Date.parse(at);
  if (daysBetween(now, instant, timeZone) === 0) return clockTime(instant, timeZone);
  const isFar = Math.abs(now - instant) > 300 * 24 * 3_600_000;
  return isFar ? `${shortDay(instant, timeZone)}, ${clockTime(instant, timeZone)}` : dayAndTime(instant, timeZone);
}

/** A count or an amount without a currency. */
export const numberWords = (value: number, decimals = 0): string =>
  new Intl.NumberFormat(formatLocale(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.max(decimals, 4),
  }).format(value);

/** Where an account's day can't be asked of anybody else. */
export const defaultZone = 'America/Costa_Rica';
