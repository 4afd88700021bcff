import type { Contact, ContactField } from '../api/types.js';
import { money } from '../i18n/format.js';
import { formatLocale } from '../i18n/locale.js';

/** A contact's own fields: first those of the settings, in their order and format, then the others by name. */
export function contactFacts(
  contact: Contact,
  fields: readonly ContactField[],
): readonly (readonly [string, string])[] {
  const own = Object.entries(contact.fields ?? {}).filter(([, value]) => value !== '');
  const known = fields.flatMap((field) => {
    const value = contact.fields?.[field.key];
    return value ? [[field.label, shown(value, field)] as const] : [];
  });
  return [...known, ...own.filter(([key]) => !fields.some((field) => field.key === key))];
}

// A value that does not fit its type is shown as the business wrote it.
function shown(value: string, field: ContactField): string {
  const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  if (field.type === 'money' && number !== undefined) return money(number, field.currency ?? 'CRC');
  if (field.type === 'number' && number !== undefined) return new Intl.NumberFormat(formatLocale()).format(number);
  // A day has no zone: it is the same everywhere.
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (field.type === 'date' && !Number.isNaN(day)) {
    return new Intl.DateTimeFormat(formatLocale(), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(day);
  }

  return value;
}
