import type { CallQuery } from '../api/history-types.js';
import { addDays, type Days, dayPattern, daysOfPeriod, type Period, periods } from '../i18n/days.js';

/** Which calls the page shows: the API's query. */
export type Filter = CallQuery;

export type FilterKey = keyof Filter;

const choices: Partial<Record<FilterKey, RegExp>> = {
  from: dayPattern,
  to: dayPattern,
  direction: /^(in|out|internal)$/,
  state: /^(ringing|connected|ended|missed|answered)$/,
  followUp: /^open$/,
  tied: /^(true|false)$/,
};

const keys: readonly FilterKey[] = [
  'from',
  'to',
  'agent',
  'team',
  'contact',
  'number',
  'direction',
  'outcome',
  'state',
  'followUp',
  'tied',
];

export const isFilterKey = (field: string): field is FilterKey => (keys as readonly string[]).includes(field);

/** All but the days. */
export const narrowing = keys.filter((key) => key !== 'from' && key !== 'to');

/** The filter in an address's query. What means nothing is left out. */
export function filterOf(search: string): Filter {
  const parameters = new URLSearchParams(search);
  const set = keys.flatMap((key) => {
    const value = parameters.get(key)?.trim();
    return value && (choices[key]?.test(value) ?? true) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(set);
}

/** The token of the page that an address shows; none for the newest calls. */
export const tokenOf = (search: string): string | undefined => new URLSearchParams(search).get('next') || undefined;

/** The page's address with a filter, and the token of its page. */
export function addressOf(filter: Filter, next?: string): string {
  const query = new URLSearchParams({ ...only(filter), ...(next ? { next } : {}) }).toString();
  return query ? `/history?${query}` : '/history';
}

/** The filter without what has no value, in the order of its keys. */
const only = (filter: Filter): Record<string, string> =>
  Object.fromEntries(keys.flatMap((key) => (filter[key] ? [[key, filter[key]]] : [])));

/** The filter with other values; an empty one takes the old one away. */
export const changed = (filter: Filter, values: Partial<Record<FilterKey, string>>): Filter =>
  only({ ...filter, ...values });

/** The days that a filter shows. Without any it is the last week; without a first one the week until the last one. */
export function shownDays({ from, to }: Filter, today: string): Days {
  const last = to ?? today;
  return { from: from ?? addDays(last, -6), to: to ?? (from && from > today ? from : today) };
}

/** The period whose days these are. */
export const periodOf = (filter: Filter, today: string): Period | undefined => {
  const { from, to } = shownDays(filter, today);
  return periods.find((period) => {
    const days = daysOfPeriod(period, today);
    return days.from === from && days.to === to;
  });
};

/**
 * What is asked of the API: always with a first day. A last day in the future is no end, but where the first day is
 * there too: a first day after now needs one.
 */
export function queryOf(filter: Filter, today: string): CallQuery {
  const { from, to } = shownDays(filter, today);
  const { to: _, ...rest } = only(filter);
  return { ...rest, from, ...(to < today || from > today ? { to } : {}) };
}
