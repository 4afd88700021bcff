import type { CallQuery } from '../api/history-types.js';
import { addDays, monthOf } from '../i18n/days.js';

/** Which calls the page shows: the API's query. */
export type Filter = CallQuery;

export type FilterKey = keyof Filter;

/** Days that are asked for often. */
export type Period = 'today' | 'yesterday' | 'week' | 'month';

export const periods: readonly Period[] = ['today', 'yesterday', 'week', 'month'];

/** The days of a list, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const day = /^2\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const choices: Partial<Record<FilterKey, RegExp>> = {
  from: day,
  to: day,
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

export function daysOf(period: Period, today: string): Days {
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

/** The days that a filter shows. Without any it is the last week; without a first one the week until the last one. */
export function shownDays({ from, to }: Filter, today: string): Days {
  const last = to ?? today;
  return { from: from ?? addDays(last, -6), to: to ?? (from && from > today ? from : today) };
}

/** The period whose days these are. */
export const periodOf = (filter: Filter, today: string): Period | undefined => {
  const { from, to } = shownDays(filter, today);
  return periods.find((period) => {
    const days = daysOf(period, today);
    return days.from === from && days.to === to;
  });
};

/** What is asked of the API: always with a first day. A last day in the future is no end. */
export function queryOf(filter: Filter, today: string): CallQuery {
  const { from, to } = shownDays(filter, today);
  const { to: _, ...rest } = only(filter);
  return { ...rest, from, ...(to < today ? { to } : {}) };
}
