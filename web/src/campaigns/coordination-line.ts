import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Coordination } from '../api/campaign-types.js';
import type { Reading } from '../base/reading.js';
import { shortDay } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';

/** Whether the coordination is confirmed and still valid. */
export const isConfirmed = ({ confirmed, until }: Coordination, now: number): boolean =>
  confirmed && (!until || Date.parse(until) > now);

/**
 * Says to an administrator that no campaign can call, where the coordination with the operator is not confirmed. A
 * supervisor is told by the API when a campaign is started.
 */
export function coordinationLine(
  { value, error }: Reading<Coordination>,
  now: number,
  timeZone: string,
): TemplateResult | typeof nothing {
  if (error && !value) {
    return html`<div class="notice" role="alert">
      <p>${msg('No se pudo leer la coordinación con el operador.')} ${plainWords(error)}</p>
    </div>`;
  }

  if (!value) return nothing;
  if (!isConfirmed(value, now)) {
    return html`<div class="notice">
      <p>
        ${
          value.confirmed && value.until
            ? msg(
                str`La coordinación con el operador venció el ${shortDay(Date.parse(value.until), timeZone)}: ninguna campaña llama.`,
              )
            : msg('La coordinación con el operador no está confirmada: ninguna campaña llama.')
        }
      </p>
      <a class="step" href="/campaigns/coordination">${msg('Coordinación con el operador')}</a>
    </div>`;
  }

  return html`<p class="quiet small">
    ${
      value.until
        ? msg(
            str`Acordado con el operador: ${value.perMinute} llamadas por minuto entre todas las campañas, hasta el ${shortDay(Date.parse(value.until), timeZone)}.`,
          )
        : msg(str`Acordado con el operador: ${value.perMinute} llamadas por minuto entre todas las campañas.`)
    }
    <a href="/campaigns/coordination">${msg('Cambiar')}</a>
  </p>`;
}
