import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Agreement, CampaignOptions } from '../api/campaign-types.js';
import type { Reading } from '../base/reading.js';
import { shortDay } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';

/** An agreement, as who supervises or who changes it reads it. */
type Agreed = Pick<Agreement, 'confirmed'> & { readonly until?: string | undefined };

/** Whether the coordination is confirmed and still valid. */
export const isConfirmed = ({ confirmed, until }: Agreed, now: number): boolean =>
  confirmed && (!until || Date.parse(until) > now);

/** Who looks, and when. */
interface Looking {
  readonly now: number;
  readonly timeZone: string;
  /** True for an administrator, who can change it. The others are told whom to ask. */
  readonly changes: boolean;
}

const callsWords = (calls: number): string => (calls === 1 ? msg('1 llamada') : msg(str`${calls} llamadas`));

/** The last day on which an agreement is valid, whose end is the first instant of the next one. */
const lastDay = (until: string, timeZone: string): string => shortDay(Date.parse(until) - 1, timeZone);

/** What was agreed with the operator, or that no campaign can call. */
export function coordinationLine(
  { value, error }: Reading<CampaignOptions>,
  { now, timeZone, changes }: Looking,
): TemplateResult | typeof nothing {
  if (error && !value) {
    return html`<div class="notice" role="alert">
      <p>${msg('No se pudo leer la coordinación con el operador.')} ${plainWords(error)}</p>
    </div>`;
  }

  if (!value) return html`<p class="quiet small"> </p>`;
  const { confirmed, until, perMinute } = value.coordination;
  if (!isConfirmed(value.coordination, now)) {
    return html`<div class="notice">
      <p>
        ${
          confirmed && until
            ? msg(str`La coordinación con el operador venció el ${lastDay(until, timeZone)}: ninguna campaña llama.`)
            : msg('La coordinación con el operador no está confirmada: ninguna campaña llama.')
        }
        ${changes ? nothing : msg('Pídale a un administrador que la confirme.')}
      </p>
      ${changes ? html`<a class="step" href="/campaigns/coordination">${msg('Coordinación con el operador')}</a>` : nothing}
    </div>`;
  }

  return html`<p class="quiet small">
    ${
      until
        ? msg(
            str`Acordado con el operador: ${callsWords(perMinute)} por minuto entre todas las campañas, hasta el ${lastDay(until, timeZone)}.`,
          )
        : msg(str`Acordado con el operador: ${callsWords(perMinute)} por minuto entre todas las campañas.`)
    }
    ${changes ? html`<a href="/campaigns/coordination">${msg('Cambiar')}</a>` : nothing}
  </p>`;
}
