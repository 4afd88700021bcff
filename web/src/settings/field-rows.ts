import type { WrapUpField } from '../api/types.js';
import { folded } from '../i18n/search-words.js';

/** A field as an administrator writes it. */
export interface FieldRow extends Omit<WrapUpField, 'choices'> {
  /** One in each line. */
  readonly choices: string;
  /** True where it is stored already: wrap-ups may hold values under its key. */
  readonly stored: boolean;
}

export const rowOf = (field?: WrapUpField): FieldRow =>
  field
    ? { ...field, choices: field.choices.join('\n'), stored: true }
    : { key: '', es: '', en: '', kind: 'text', required: false, choices: '', outcomes: [], stored: false };

export const choicesOf = ({ choices }: { readonly choices: string }): readonly string[] =>
  choices
    .split('\n')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '');

/** What is sent. A field whose key is left empty gets one by its Spanish name that no other row has. */
export function fieldOf(row: FieldRow, rows: readonly FieldRow[]): WrapUpField {
  const { stored: _, ...field } = row;
  const es = row.es.trim();
  return {
    ...field,
    es,
    en: row.en.trim(),
    key: row.key.trim() || keyOf(es, rows.slice(0, rows.indexOf(row)), rows),
    choices: row.kind === 'choice' ? choicesOf(row) : [],
  };
}

function keyOf(es: string, before: readonly FieldRow[], rows: readonly FieldRow[]): string {
  const taken = new Set([
    ...rows.map(({ key }) => key.trim()),
    ...before.filter(({ key }) => key.trim() === '').map((row) => fieldOf(row, rows).key),
  ]);
  return keyOfName(es, taken, 60);
}

/** A key in plain letters by a name, which is none of those that are taken; empty for an empty name. */
export function keyOfName(name: string, taken: ReadonlySet<string>, longest = 36): string {
  const plain = folded(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longest);
  if (plain === '') return '';
  for (let number = 1; ; number++) {
    const key = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(key)) return key;
  }
}

/** The rows with one of them a place further up or down. */
export function moved<Row>(rows: readonly Row[], place: number, step: number): readonly Row[] {
  const [row] = rows.slice(place, place + 1);
  const others = rows.filter((_, other) => other !== place);
  return row ? [...others.slice(0, place + step), row, ...others.slice(place + step)] : rows;
}
