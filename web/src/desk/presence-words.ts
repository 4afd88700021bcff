import { msg } from '@lit/localize';
import type { PauseReason } from '../api/types.js';
import { currentLocale } from '../i18n/locale.js';

/** A pause by its reason's name in the page's language. */
export function pauseWords(code: string | undefined, reasons: readonly PauseReason[]): string {
  const reason = reasons.find((one) => one.code === code);
  return reason ? reason[currentLocale()] : (code ?? msg('En pausa'));
}
