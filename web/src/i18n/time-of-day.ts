import { msg } from '@lit/localize';
import { clockTime } from './format.js';

/** A time of the day, `08:00` or `08:00:00`, as the language writes it: `8:00 a. m.`. */
export const timeOfDay = (time: string): string => clockTime(Date.parse(`1970-01-01T${time.slice(0, 5)}Z`), 'UTC');

/** The same of a time at which hours end: `00:00` is the end of the day. */
export const endOfHours = (time: string): string => (time.startsWith('00:00') ? msg('la medianoche') : timeOfDay(time));
