import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Delivery, DeliveryTry } from '../api/event-types.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { numberWords, timeWords } from '../i18n/times.js';
import { deliveryBadge, deliveryStateWords, eventWords } from './words.js';

/** An event that was sent, its tries and what was in it. It tells `replay` where it is to be sent again. */
@localized()
@customElement('cmw-delivery')
export class DeliveryRow extends LitElement {
  @property({ attribute: false }) delivery!: Delivery;
  @property({ attribute: false }) now = 0;
  @property() timeZone = '';

  protected override render(): TemplateResult {
    const { type, at, state, tries, tryCount, nextAt, callId, account, request, eventId } = this.delivery;
    const last = tries.at(-1);
    return html`
      <div class="head">
        <div class="bar">
          <strong>${eventWords(type)}</strong>
          <span class=${`badge ${deliveryBadge[state]}`}>${deliveryStateWords(state)}</span>
          <span class="quiet small">${this.#time(at)}</span>
        </div>
        <button
          aria-label=${`${msg('Enviar otra vez')}: ${eventWords(type)}, ${this.#time(at)}`}
          @click=${() => this.dispatchEvent(new Event('replay'))}
        >
          ${msg('Enviar otra vez')}
        </button>
      </div>
      ${last && state !== 'delivered' ? html`<p class="small">${last.why}</p>` : nothing}
      ${nextAt && tryCount > 0 ? html`<p class="quiet small">${msg(str`Se intenta otra vez: ${this.#time(nextAt)}`)}</p>` : nothing}
      <details>
        <summary>
          ${tryCount === 1 ? msg('Un intento') : msg(str`Intentos: ${tryCount}`)}<span class="visually-hidden">, ${eventWords(type)}, ${this.#time(at)}</span>
        </summary>
        <ol class="tries">
          ${tries.map((made) => html`<li>${this.#try(made)}</li>`)}
        </ol>
        <p class="small quiet">${msg('Código del evento:')} ${eventId}</p>
        ${
          callId && account
            ? html`<p class="small">
                <a href=${`/calls/${encodeURIComponent(account)}/${encodeURIComponent(callId)}/history`}>${msg('Ver la llamada')}</a>
              </p>`
            : nothing
        }
        <p class="small quiet">${msg('Lo que se envió:')}</p>
        <pre tabindex="0">${request ? pretty(request.body) : msg('Ya no se conserva.')}</pre>
      </details>
    `;
  }

  #try({ at, milliseconds, status, why, answer }: DeliveryTry): TemplateResult {
    return html`
      <p class="small">
        ${this.#time(at)} · ${status ?? '—'} · ${numberWords(milliseconds)} ms
        ${why ? html`<br />${why}` : nothing}
      </p>
      ${answer ? html`<pre tabindex="0">${answer}</pre>` : nothing}
    `;
  }

  #time(at: string): string {
    return timeWords(at, this.now, this.timeZone);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-1);
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-2);
      }

      .tries {
        display: grid;
        gap: var(--cmw-space-2);
        margin: var(--cmw-space-2) 0;
        padding-inline-start: var(--cmw-space-5);
      }
    `,
  ];
}

/** JSON with a line for each field; what is none, as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
