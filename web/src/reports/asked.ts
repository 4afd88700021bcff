import type { ReportBy } from '../api/report-types.js';
import type { ReportQuery } from '../api/reports-api.js';
import { addDays, addMonths, dayPattern, daysOf, daysOfPeriod, monthOf, type Period, periods } from '../i18n/days.js';

/** Days that are asked for often. */
export type Range = Period | 'lastMonth' | 'year';

export const ranges: readonly Range[] = [...periods, 'lastMonth', 'year'];

export const kinds: readonly ReportBy[] = ['day', 'hour', 'agent', 'team', 'outcome', 'contact'];

/** What an address asks for: a range by its name, or days. */
export interface Asked {
  readonly range?: Range | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by?: ReportBy | undefined;
}

/** More days than these are shown by month. */
const mostDays = 92;

/** What the query of an address asks for; what it does not say, or says wrongly, is left out. */
export function askedOf(search: string): Asked {
  const parameters = new URLSearchParams(search);
  const given = (key: string) => parameters.get(key)?.trim() ?? '';
  const date = (key: string) => (dayPattern.test(given(key)) ? given(key) : undefined);
  const [from, to] = [date('from'), date('to')];
  return {
    range: from || to ? undefined : ranges.find((range) => range === given('range')),
    from,
    to,
    by: kinds.find((by) => by === given('by')),
  };
}

/** The page's address for it. */
export function addressOf({ range, from, to, by }: Asked): string {
  const query = new URLSearchParams();
  if (range) query.set('range', range);
  if (from) query.set('from', from);
  if (to) query.set('to', to);
  if (by) query.set('by', by);
  return query.size > 0 ? `/reports?${query}` : '/reports';
}

/** The days of a range, which ends today at the latest. */
export function daysOfRange(range: Range, today: string): { from: string; to: string } {
  const month = monthOf(today);
  switch (range) {
    case 'lastMonth':
      return { from: `${addMonths(month, -1)}-01`, to: addDays(`${month}-01`, -1) };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    default:
      return daysOfPeriod(range, today);
  }
}

/** The report that is shown: of this month where nothing is asked for, and of one day by its hours. */
export function queryOf(asked: Asked, today: string): ReportQuery {
  const { from, to } =
    asked.from || asked.to
      ? {
          from: asked.from ?? asked.to ?? today,
          to: asked.to ?? (asked.from && asked.from > today ? asked.from : today),
        }
      : daysOfRange(asked.range ?? 'month', today);
  return { from, to, by: asked.by ?? (from === to ? 'hour' : 'day') };
}

/** All days from one to another, both included. */
export function allDays(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = addMonths(month, 1)) {
    days.push(...daysOf(month).filter((one) => one >= from && one <= to));
  }

  return days;
}

/** True where the days are so many that they are shown by month. */
export const isByMonth = (from: string, to: string): boolean => addDays(from, mostDays) <= to;
