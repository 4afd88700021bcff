import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PullState } from '../api/record-types.js';
import type { RecordsApi } from '../api/records-api.js';
import { isAdmin, type Me } from '../api/types.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { duration } from '../i18n/format.js';
import './aside-records.js';
import './backfills.js';
import { Reading, Repeating } from '../base/reading.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';
import { framed } from './frame.js';

const everyMs = 15_000;

/** How the pull of the operator's records goes, what was set aside, and the reading of a range once more. */
@localized()
@customElement('cmw-pull-page')
export class PullPage extends LitElement {
  @property({ attribute: false }) api!: RecordsApi;
  @property({ attribute: false }) me: Me | undefined;

  readonly #states = new Reading(this, () => this.api.states());

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.me !== undefined && isAdmin(this.me),
      () => this.#states.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.me && isAdmin(this.me) && !this.#states.value) void this.#states.read();
  }

  protected override render(): TemplateResult {
    const timeZone = this.me?.timeZone ?? defaultZone;
    return framed(
      this.me,
      'records',
      msg('Registros de llamada'),
      () => html`
        <p class="quiet">
          ${msg('El operador guarda un registro de cada llamada, con su duración y su costo. Aquí se ve hasta cuándo se han leído.')}
        </p>
        <div>
          ${readingBody(this.#states, msg('No se pudo leer el estado de los registros.'), (states) =>
            states.length > 0
              ? html`<ul class="accounts-state">${states.map((state) => this.#state(state, timeZone))}</ul>`
              : html`<div class="panel empty">
                  <p>${msg('No hay cuentas del operador')}</p>
                  <p>${msg('Agregue una en la configuración, con su usuario y su contraseña (CallMyWay:Accounts).')}</p>
                </div>`,
          )}
        </div>
        <cmw-backfills .api=${this.api} .states=${this.#states.value ?? []} .timeZone=${timeZone}></cmw-backfills>
        <cmw-aside-records .api=${this.api} .timeZone=${timeZone}></cmw-aside-records>
      `,
    );
  }

  #state(pull: PullState, timeZone: string): TemplateResult {
    const now = this.api.now();
    const time = (at: string) => html`<time datetime=${at}>${timeWords(at, now, timeZone)}</time>`;
    return html`
      <li class="panel">
        <div class="bar">
          <h2>${pull.account}</h2>
          ${badge(pull.state)}
        </div>
        ${this.#sentence(pull, time)}
        ${
          pull.lastError?.answer
            ? html`<details>
                <summary>${msg('Lo que respondió el operador')}</summary>
                <pre tabindex="0">${pull.lastError.answer}</pre>
              </details>`
            : nothing
        }
        ${pull.state === 'off' || pull.state === 'waiting' ? nothing : this.#facts(pull, time)}
      </li>
    `;
  }

  #sentence(pull: PullState, time: (at: string) => TemplateResult): unknown {
    switch (pull.state) {
      case 'failing':
        return html`
          ${pull.lastError ? html`<p class="lead">${pull.lastError.title}</p>` : nothing}
          ${pull.failingSince ? html`<p class="bad">${msg('Con falla desde:')} ${time(pull.failingSince)}</p>` : nothing}
          ${pull.lastError ? html`<p>${pull.lastError.detail}</p>` : nothing}
        `;
      case 'off':
        return html`<p>
          ${msg('No se leen registros de esta cuenta: en la configuración falta su contraseña, o la lectura está apagada (CallRecords:Enabled).')}
        </p>`;
      case 'waiting':
        return html`<p>${msg('La primera lectura empieza en un minuto.')}</p>`;
      default:
        return html`
          <p class="lead">${msg('Leído hasta:')} ${pull.watermark ? time(pull.watermark) : '—'}</p>
          ${
            pull.state === 'catchingUp' && pull.secondsBehind
              ? html`<p>${msg(str`Faltan ${duration(pull.secondsBehind)} por leer.`)}</p>`
              : nothing
          }
        `;
    }
  }

  #facts(pull: PullState, time: (at: string) => TemplateResult): TemplateResult {
    return html`
      <dl class="facts">
        ${
          pull.state === 'failing'
            ? html`<div><dt>${msg('Leído hasta')}</dt><dd>${pull.watermark ? time(pull.watermark) : '—'}</dd></div>`
            : nothing
        }
        <div><dt>${msg('Última lectura correcta')}</dt><dd>${pull.lastSuccessAt ? time(pull.lastSuccessAt) : '—'}</dd></div>
        ${
          pull.perDay
            ? html`<div><dt>${msg('Registros por día')}</dt><dd>${msg(str`unos ${numberWords(pull.perDay)}`)}</dd></div>`
            : nothing
        }
        <div><dt>${msg('Registros apartados')}</dt><dd>${numberWords(pull.aside)}</dd></div>
      </dl>
    `;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .accounts-state {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--cmw-space-4);
      }

      .accounts-state .bar {
        justify-content: space-between;
      }

      .lead {
        font: var(--cmw-type-strong);
      }

      p.bad {
        color: var(--cmw-bad);
      }
    `,
  ];
}

function badge(state: PullState['state']): TemplateResult {
  switch (state) {
    case 'upToDate':
      return html`<span class="badge good">${icons.check(14)}${msg('Al día')}</span>`;
    case 'catchingUp':
      return html`<span class="badge warn">${icons.clock(14)}${msg('Poniéndose al día')}</span>`;
    case 'failing':
      return html`<span class="badge bad">${icons.alert(14)}${msg('Con falla')}</span>`;
    case 'waiting':
      return html`<span class="badge">${icons.clock(14)}${msg('Por empezar')}</span>`;
    default:
      return html`<span class="badge">${icons.close(14)}${msg('Apagado')}</span>`;
  }
}
