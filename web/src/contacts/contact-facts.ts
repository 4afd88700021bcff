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

/** What a contact owes. */
export interface Balance {
  readonly label: string;
  readonly amount: number;
  readonly currency: string;
}

/**
 * What a contact owes, where a field tells: the amount that is called a balance, else the only amount that there is.
 * None where nothing is owed.
 */
export function balanceOf(contact: Contact | undefined, fields: readonly ContactField[]): Balance | undefined {
  const amounts = fields.filter((field) => field.type === 'money');
  const named = amounts.find(({ key, label }) => /saldo|balance/i.test(`${key} ${label}`));
  const field = named ?? (amounts.length === 1 ? amounts[0] : undefined);
  const value = field && contact?.fields?.[field.key];
  if (!field || !value || !isNumber(value)) return undefined;
  const amount = Math.round(Number(value) * 100) / 100;
  return amount > 0 ? { label: field.label, amount, currency: field.currency ?? 'CRC' } : undefined;
}

const isNumber = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value);

// A value that does not fit its type is shown as the business wrote it.
function shown(value: string, field: ContactField): string {
  const number = isNumber(value) ? Number(value) : undefined;
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
