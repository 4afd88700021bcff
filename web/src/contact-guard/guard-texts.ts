import type { AddedHoliday, CallingHours, ContactGuard, GuardRules } from '../api/contact-guard-api.js';

export const limits = ['perDay', 'perWeek', 'gapMinutes'] as const;

export type Limit = (typeof limits)[number];

/** The rules as an administrator writes them. */
export interface GuardTexts extends Readonly<Record<Limit, string>> {
  readonly hasHours: boolean;
  /** Times as `08:00`. */
  readonly spans: readonly CallingHours[];
  readonly observed: boolean;
  readonly worked: readonly string[];
  readonly added: readonly AddedHoliday[];
}

/** The days of the week, Monday first, as an office here counts them. */
export const week: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

export const newSpan: CallingHours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' };

export function guardTexts({ hours, holidays, perDay, perWeek, gapMinutes }: ContactGuard): GuardTexts {
  const text = (limit: number | null | undefined) => (limit == null ? '' : String(limit));
  return {
    hasHours: hours != null,
    spans: (hours ?? [newSpan]).map(({ days, from, to }) => ({ days, from: from.slice(0, 5), to: to.slice(0, 5) })),
    observed: holidays.observed,
    worked: holidays.worked,
    added: holidays.added,
    perDay: text(perDay),
    perWeek: text(perWeek),
    gapMinutes: text(gapMinutes),
  };
}

/** What is sent. A limit that is no number goes as one that the API refuses beside its field. */
export function guardOf(texts: GuardTexts): GuardRules {
  const limit = (text: string) => {
    const typed = text.trim();
    return typed === '' ? null : /^\d{1,9}$/.test(typed) ? Number(typed) : -1;
  };
  return {
    hours: texts.hasHours ? texts.spans : null,
    holidays: { observed: texts.observed, added: texts.added, worked: texts.worked },
    perDay: limit(texts.perDay),
    perWeek: limit(texts.perWeek),
    gapMinutes: limit(texts.gapMinutes),
  };
}
