import { msg, str } from '@lit/localize';
import type { ApiError } from '../api/api-error.js';
import { money } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';

/** Why what somebody said of a promise was refused. Where another said before that it was paid, also how much. */
export function decidedWords(refusal: ApiError): string {
  const { paidAmount, currency } = refusal.problem.promise ?? {};
  const words = plainWords(refusal);
  if (paidAmount === undefined || currency === undefined) return words;
  const sum = money(paidAmount, currency);
  return msg(str`${words} Consta un pago de ${sum}.`);
}
