import { msg } from '@lit/localize';
import type { NextAction } from '../api/history-types.js';
import { dayAndTime, daysBetween, money, overdueWords, shortDay } from '../i18n/format.js';

/** What is to be done next, in words, and how late it is. */
export interface ActionWords {
  readonly what: string;
  readonly due: string;
  /** Set once it is overdue. */
  readonly late?: string;
}

/** A follow-up is overdue from its time on, and a promise from the day after. */
export function actionWords(action: NextAction, now: number, timeZone: string): ActionWords {
  const at = Date.parse(action.dueAt);
  const days = daysBetween(at, now, timeZone);
  const isLate = action.kind === 'promise' ? days > 0 : at < now;
  return {
    what: whatWords(action),
    due: action.kind === 'promise' ? shortDay(at, timeZone) : dayAndTime(at, timeZone),
    ...(isLate ? { late: days > 0 ? overdueWords(days) : msg('Vencido') } : {}),
  };
}

function whatWords({ kind, amount, currency, note }: NextAction): string {
  if (kind === 'promise') {
    return amount === undefined ? msg('Promesa') : `${msg('Promesa')} ${money(amount, currency ?? 'CRC')}`;
  }

  return note ?? msg('Seguimiento');
}
