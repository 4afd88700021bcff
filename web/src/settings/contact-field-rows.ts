import type { ContactFieldDefinition } from '../api/settings-types.js';
import { choicesOf, keyOfName } from './field-rows.js';

/** A contact's field as an administrator writes it. */
export interface ContactFieldRow {
  readonly key: string;
  readonly es: string;
  readonly en: string;
  readonly kind: ContactFieldDefinition['kind'];
  /** One in each line. */
  readonly choices: string;
  readonly required: boolean;
  readonly currency: string;
  /** True where it is stored already: contacts may hold values under its key. */
  readonly stored: boolean;
}

export const contactRowOf = (field?: ContactFieldDefinition): ContactFieldRow => ({
  key: field?.key ?? '',
  es: field?.label.es ?? '',
  en: field?.label.en ?? '',
  kind: field?.kind ?? 'text',
  choices: field?.choices?.join('\n') ?? '',
  required: field?.required ?? false,
  currency: field?.currency ?? '',
  stored: field !== undefined,
});

/** What is sent. A field whose key is left empty gets one by its Spanish name that no other row has. */
export function contactFieldOf(row: ContactFieldRow, rows: readonly ContactFieldRow[]): ContactFieldDefinition {
  const { es, en, kind, required } = row;
  const currency = row.currency.trim();
  return {
    key: row.key.trim() || newKey(row, rows),
    label: { es: es.trim(), en: en.trim() },
    kind,
    ...(kind === 'choice' ? { choices: choicesOf(row) } : {}),
    required,
    ...(kind === 'amount' && currency ? { currency } : {}),
  };
}

function newKey(row: ContactFieldRow, rows: readonly ContactFieldRow[]): string {
  const taken = new Set(rows.map(({ key }) => key.trim()));
  for (const other of rows) {
    const key = other.key.trim() ? '' : keyOfName(other.es.trim(), taken, 60);
    if (other === row) return key;
    taken.add(key);
  }

  return '';
}
