import type { Contact, ContactField } from '../api/types.js';
import { money, overdueWords } from '../i18n/format.js';
import { formatLocale } from '../i18n/locale.js';

/**
 * A contact's own fields: first those of the settings, in their order and format, then the others by name. A day on which
 * something was due says how long ago that is: `today` is `2026-11-30`.
 */
export function contactFacts(
  contact: Contact,
  fields: readonly ContactField[],
  today = '',
): readonly (readonly [string, string])[] {
  const own = Object.entries(contact.fields ?? {}).filter(([, value]) => value !== '');
  const known = fields.flatMap((field) => {
    const value = contact.fields?.[field.key];
    return value ? [[field.label, shown(value, field, today)] as const] : [];
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
  const field = balanceField(fields);
  const value = field && contact?.fields?.[field.key];
  if (!field || !value || !isNumber(value)) return undefined;
  const amount = Math.round(Number(value) * 100) / 100;
  return amount > 0 ? { label: field.label, amount, currency: field.currency ?? 'CRC' } : undefined;
}

/** The balance in words, such as `Saldo ₡1 500`; undefined where the contact has none. */
export function balanceWords(
  own: Readonly<Record<string, string>> | undefined,
  fields: readonly ContactField[],
): string | undefined {
  const field = balanceField(fields);
  const value = field && own?.[field.key];
  return field && value ? `${field.label} ${shown(value, field, '')}` : undefined;
}

/** The field that tells what a contact owes. */
export function balanceField(fields: readonly ContactField[]): ContactField | undefined {
  const amounts = fields.filter((field) => field.type === 'money');
  const named = amounts.find(({ key, label }) => /saldo|balance/i.test(`${key} ${label}`));
  return named ?? (amounts.length === 1 ? amounts[0] : undefined);
}

/** A candidate's balance in words, as the call tells it. */
export function candidateBalance(balance: string | undefined, fields: readonly ContactField[]): string | undefined {
  const field = balanceField(fields);
  return field && balance ? balanceWords({ [field.key]: balance }, fields) : undefined;
}

// A birthday is no day on which something was due.
const isDue = ({ key, label }: ContactField): boolean => /venc|\bdue|due(date|day)/i.test(`${key} ${label}`);

const isNumber = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value);

// A value that does not fit its type is shown as the business wrote it.
function shown(value: string, field: ContactField, today: string): string {
  const number = isNumber(value) ? Number(value) : undefined;
  if (field.type === 'money' && number !== undefined) return money(number, field.currency ?? 'CRC');
  if (field.type === 'number' && number !== undefined) return new Intl.NumberFormat(formatLocale()).format(number);
  // A day has no zone: it is the same everywhere.
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (field.type === 'date' && !Number.isNaN(day)) {
    const date = new Intl.DateTimeFormat(formatLocale(), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(day);
    const days = Math.round((Date.parse(`${today}T00:00:00Z`) - day) / 86_400_000);
    return days > 0 && isDue(field) ? `${overdueWords(days)} (${date})` : date;
  }

  return value;
}
