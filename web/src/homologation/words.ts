import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import * as icons from '../design/icons.js';
import { beforeStop } from '../i18n/format.js';
import type { Case, CaseGroup, CaseState, RunItem } from './run.js';

export function groupWords(group: CaseGroup): string {
  switch (group) {
    case 'reach':
      return msg('Conexión con el operador');
    case 'records':
      return msg('Registros de llamada');
    case 'notifications':
      return msg('Avisos del operador');
    case 'clicks':
      return msg('Llamadas por clic');
    case 'phones':
      return msg('Teléfonos y grupos');
    case 'callers':
      return msg('Quién llama');
    case 'comparison':
      return msg('Avisos contra registros');
  }
}

export function stateWords(state: CaseState): string {
  switch (state) {
    case 'open':
      return msg('Pendiente');
    case 'passed':
      return msg('Pasó');
    case 'failed':
      return msg('Falló');
    case 'skipped':
      return msg('Omitida');
  }
}

/** A verdict as a word and a symbol. */
export function stateBadge(state: CaseState): TemplateResult {
  const words = stateWords(state);
  switch (state) {
    case 'open':
      return html`<span class="badge">${icons.clock(14)}${words}</span>`;
    case 'passed':
      return html`<span class="badge good">${icons.check(14)}${words}</span>`;
    case 'failed':
      return html`<span class="badge bad">${icons.close(14)}${words}</span>`;
    case 'skipped':
      return html`<span class="badge warn">${icons.right(14)}${words}</span>`;
  }
}

/** How many cases of a run stand how, in words. */
export const countsWords = ({ passed, failed, skipped, open }: RunItem): string =>
  [
    passed === 1 ? msg('1 pasó') : msg(str`${passed} pasaron`),
    failed === 1 ? msg('1 falló') : msg(str`${failed} fallaron`),
    skipped === 1 ? msg('1 omitida') : msg(str`${skipped} omitidas`),
    open === 1 ? msg('1 pendiente') : msg(str`${open} pendientes`),
  ].join(' · ');

export const progressWords = (done: number, of: number): string => msg(str`${done} de ${of} pruebas resueltas`);

export function workWords({ what }: NonNullable<Case['working']>, time: string): string {
  const until = beforeStop(time);
  switch (what) {
    case 'waiting':
      return msg(str`Esperando lo que llegue, hasta las ${until}. Haga ahora los pasos.`);
    case 'requesting':
      return msg(str`Consultando los registros en el turno de la cuenta, hasta las ${until}.`);
    case 'dialling':
      return msg(str`Llamando. Conteste los teléfonos; se espera hasta las ${until}.`);
  }
}

/** What a tester confirms before telephones ring. It names both, so that nobody confirms it unread. */
export function dialWords(number: string, phone: string): string {
  const [to, from] = [number.trim() || '—', phone || '—'];
  return msg(str`Se llamará a ${to} desde el teléfono ${from}. La llamada se cobra.`);
}
