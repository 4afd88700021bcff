import type { AuditQuery } from '../api/audit-types.js';
import { dayPattern } from '../i18n/days.js';

export type FilterKey = keyof AuditQuery;

const keys: readonly FilterKey[] = ['from', 'to', 'who', 'what', 'id'];

/** The filter in an address's query. What means nothing is left out. */
export function filterOf(search: string): AuditQuery {
  const parameters = new URLSearchParams(search);
  return only(
    Object.fromEntries(
      keys.map((key) => {
        const value = parameters.get(key)?.trim() ?? '';
        return [key, (key === 'from' || key === 'to') && !dayPattern.test(value) ? '' : value];
      }),
    ),
  );
}

/** The token of the page that an address shows; none for the newest entries. */
export const tokenOf = (search: string): string | undefined => new URLSearchParams(search).get('next') || undefined;

/** The page's address with a filter, and the token of its page. */
export function addressOf(filter: AuditQuery, next?: string): string {
  const query = new URLSearchParams({ ...only(filter), ...(next ? { next } : {}) }).toString();
  return query ? `/audit?${query}` : '/audit';
}

/** The filter with other values; an empty one takes the old one away. Of two days the other follows. */
export function changed(filter: AuditQuery, values: Partial<Record<FilterKey, string>>): AuditQuery {
  const all = { ...filter, ...values };
  if (all.from && all.to && all.from > all.to) {
    Object.assign(all, values.from ? { to: all.from } : { from: all.to });
  }

  return only(all);
}

const only = (filter: Partial<Record<FilterKey, string>>): AuditQuery =>
  Object.fromEntries(keys.flatMap((key) => (filter[key] ? [[key, filter[key]]] : [])));
