import { msg } from '@lit/localize';
import type { WrapUp } from '../api/types.js';
import { dayAndTime, money, shortDay } from '../i18n/format.js';
import type { WrapUpDraft } from './wrap-up-draft.js';
import type { Part } from './wrap-up-text.js';

export function partWords(part: Part): string {
  switch (part) {
    case 'promise':
      return msg('Promesa de pago');
    case 'followUp':
      return msg('Seguimiento');
    default:
      return msg('Cargo de gestión');
  }
}

/** The error of a field: the form's, else the API's. */
export function errorWords({ faults, error }: WrapUpDraft, name: string): string {
  switch (faults[name]) {
    case 'missing':
      return missingWords(name);
    case 'amount':
      return msg('Escriba un monto mayor que cero, con dos decimales como máximo.');
    case 'past':
      return name === 'promise.dueAt' ? msg('Elija una fecha de hoy en adelante.') : msg('Elija una hora futura.');
    case 'number':
      return msg('Escriba un número.');
    case 'date':
      return msg('Elija la fecha.');
    case 'choice':
      return msg('Elija una opción de la lista.');
    default:
      return error?.fieldError(name) ?? '';
  }
}

function missingWords(name: string): string {
  if (name.startsWith('fields.')) return msg('Este resultado necesita este dato.');
  switch (name) {
    case 'outcome':
      return msg('Elija un resultado.');
    case 'notes':
      return msg('Este resultado necesita una nota.');
    case 'promise.amount':
    case 'charge.amount':
      return msg('Escriba el monto.');
    case 'promise.dueAt':
      return msg('Elija la fecha.');
    case 'followUp.dueAt':
      return msg('Elija cuándo.');
    default:
      return msg('Escriba el concepto del cargo.');
  }
}

/** The content of a wrap-up besides its outcome, a line for each part. */
export function wrapUpLines({ notes, promise, followUp, charge }: WrapUp, timeZone: string): readonly string[] {
  return [
    notes,
    promise?.amount
      ? `${partWords('promise')}: ${money(promise.amount, promise.currency ?? 'CRC')}${promise.dueAt ? `, ${shortDay(Date.parse(promise.dueAt), timeZone)}` : ''}`
      : undefined,
    followUp?.dueAt
      ? `${partWords('followUp')}: ${dayAndTime(Date.parse(followUp.dueAt), timeZone)}${followUp.note ? `, ${followUp.note}` : ''}`
      : undefined,
    charge?.amount ? `${partWords('charge')}: ${money(charge.amount, charge.currency ?? 'CRC')}` : undefined,
  ].filter((line): line is string => !!line);
}
