import type { OutcomeMeaning } from '../api/settings-types.js';
import type { Outcome, Requirement } from '../api/types.js';
import { keyOfName } from './field-rows.js';

/** An outcome as an administrator writes it. */
export interface OutcomeRow {
  readonly code: string;
  readonly es: string;
  readonly en: string;
  readonly requires: Readonly<Partial<Record<Requirement, boolean>>>;
  readonly means: OutcomeMeaning;
  readonly active: boolean;
  /** True where it is stored already: calls may have it. */
  readonly stored: boolean;
}

export const outcomeRowOf = (outcome?: Outcome): OutcomeRow => ({
  code: outcome?.code ?? '',
  es: outcome?.es ?? '',
  en: outcome?.en ?? '',
  requires: outcome?.requires ?? {},
  means: outcome?.means ?? 'nothing',
  active: outcome?.active ?? true,
  stored: outcome !== undefined,
});

/** What is sent. An outcome that is new gets a code by its Spanish name that no other has: calls store it. */
export function outcomesOf(rows: readonly OutcomeRow[]): readonly Outcome[] {
  const taken = new Set(rows.map(({ code }) => code.trim()));
  return rows.map(({ stored: _, ...row }) => {
    const es = row.es.trim();
    const code = row.code.trim() || keyOfName(es, taken);
    taken.add(code);
    return { ...row, code, es, en: row.en.trim() };
  });
}
