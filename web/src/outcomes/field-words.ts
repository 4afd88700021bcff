import type { WrapUpField } from '../api/types.js';
import { formatLocale } from '../i18n/locale.js';

/** True if a wrap-up with this outcome has the field. */
export const isOf = ({ outcomes }: WrapUpField, outcome: string): boolean =>
  outcomes.length === 0 || outcomes.includes(outcome);

/** A value as it is shown. What does not fit its kind is shown as it is. */
export function fieldValue(value: string, kind: WrapUpField['kind'] | undefined): string {
  if (kind === 'number' && /^-?\d+(\.\d+)?$/.test(value)) {
    return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 6 }).format(Number(value));
  }

  // A day has no zone: it is the same everywhere.
  const day = kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day)) return value;
  return new Intl.DateTimeFormat(formatLocale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(day);
}
