import type { DialRules } from '../api/settings-types.js';

export const limits = ['perAgentHour', 'perAgentDay', 'totalHour', 'totalDay'] as const;

export type Limit = (typeof limits)[number];

/** The dial rules as an administrator writes them. */
export interface DialRuleTexts extends Readonly<Record<Limit, string>> {
  readonly enabled: boolean;
  /** One prefix in each line. */
  readonly allowed: string;
  readonly denied: string;
  readonly hasHours: boolean;
  /** `07:00`. */
  readonly from: string;
  readonly to: string;
  /** Of the week, from 0 (Sunday). */
  readonly days: readonly number[];
}

export function dialRuleTexts(rules: DialRules): DialRuleTexts {
  const { hours } = rules;
  const text = (limit: number | null | undefined) => (limit == null ? '' : String(limit));
  return {
    enabled: rules.enabled,
    allowed: rules.allowedPrefixes.join('\n'),
    denied: rules.deniedPrefixes.join('\n'),
    perAgentHour: text(rules.perAgentHour),
    perAgentDay: text(rules.perAgentDay),
    totalHour: text(rules.totalHour),
    totalDay: text(rules.totalDay),
    hasHours: hours != null,
    from: hours?.from.slice(0, 5) ?? '07:00',
    to: hours?.to.slice(0, 5) ?? '20:00',
    days: hours ? (hours.days?.length ? hours.days : everyDay) : workdays,
  };
}

export const everyDay: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

const workdays: readonly number[] = [1, 2, 3, 4, 5, 6];

export const prefixesOf = (text: string): readonly string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is sent. A limit that is no number goes as one that the API refuses beside its field. */
export function dialRulesOf(texts: DialRuleTexts): Omit<DialRules, 'etag'> {
  const limit = (text: string) => {
    const typed = text.trim();
    return typed === '' ? null : /^\d{1,9}$/.test(typed) ? Number(typed) : -1;
  };
  return {
    enabled: texts.enabled,
    allowedPrefixes: prefixesOf(texts.allowed),
    deniedPrefixes: prefixesOf(texts.denied),
    perAgentHour: limit(texts.perAgentHour),
    perAgentDay: limit(texts.perAgentDay),
    totalHour: limit(texts.totalHour),
    totalDay: limit(texts.totalDay),
    hours: texts.hasHours
      ? { from: texts.from, to: texts.to, days: texts.days.length === everyDay.length ? null : texts.days }
      : null,
  };
}
