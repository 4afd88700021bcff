import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DeskSpeed, LatePart, Speed } from '../api/report-types.js';
import type { ReportsApi } from '../api/reports-api.js';
import { Reading } from '../base/reading.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { addDays, shortDayWords } from '../i18n/days.js';
import { numberWords } from '../i18n/times.js';
import { tableStyles } from './figures.js';

/** The API measures no more days. */
const mostDays = 31;
/** So many rows of agents are drawn. */
const mostRows = 50;

/** How soon calls were on the screens: of the days of the report, the last ones of many. */
@localized()
@customElement('cmw-desk-speed')
export class DeskSpeedTable extends LitElement {
  @property({ attribute: false }) api!: Pick<ReportsApi, 'deskSpeed'>;
  @property({ attribute: false }) from = '';
  @property({ attribute: false }) to = '';
  /** Changes where the report was read again: so are the times. */
  @property({ attribute: false }) asOf = '';

  /** True once the agents are to be seen. */
  @state() private opened = false;

  readonly #speed = new Reading<DeskSpeed>(this, () => this.api.deskSpeed(this.#from, this.to));
  #read = '';

  protected override willUpdate(_: PropertyValues<this>): void {
    const key = `${this.#from} ${this.to} ${this.asOf}`;
    if (key === this.#read || this.to === '') return;
    this.#read = key;
    void this.#speed.read();
  }

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="speed">
        <h2 id="speed">${msg('Qué tan rápido llegó la llamada a la pantalla')}</h2>
        <p class="quiet small">
          ${msg('Desde que el aviso llegó del operador hasta que la tarjeta se vio, en pantallas abiertas y a la vista.')}
          ${this.#from > this.from ? msg('Se muestran los últimos 31 días.') : nothing}
        </p>
        ${readingBody(this.#speed, msg('No se pudieron leer los tiempos.'), (speed) => this.#tables(speed))}
      </section>
    `;
  }

  #tables({ days, items }: DeskSpeed): TemplateResult {
    if (days.length === 0) return html`<p class="quiet">${msg('No hay mediciones de estos días.')}</p>`;
    return html`
      <div class="scroll" role="region" aria-label=${msg('Por día')} tabindex="0">
        <table>
          <thead>${head([msg('Día')])}</thead>
          <tbody>${days.map(({ date, speed }) => row([shortDayWords(date)], speed))}</tbody>
        </table>
      </div>
      <details @toggle=${(event: Event) => (this.opened = (event.target as HTMLDetailsElement).open)}>
        <summary>${msg('Por agente')}</summary>
        ${this.opened ? this.#agents(items) : nothing}
      </details>
    `;
  }

  /** Drawn when it is opened: there may be thousands of rows on the page already. */
  #agents(items: DeskSpeed['items']): TemplateResult {
    const rest = items.length - mostRows;
    return html`
        <div class="scroll" role="region" aria-label=${msg('Por agente')} tabindex="0">
          <table>
            <thead>${head([msg('Agente'), msg('Día')])}</thead>
            <tbody>
              ${items.slice(0, mostRows).map(({ date, agentName, speed }) => row([agentName, shortDayWords(date)], speed))}
            </tbody>
          </table>
        </div>
        ${
          rest > 0
            ? html`<p class="quiet small">
                ${rest === 1 ? msg('Hay 1 fila más: elija menos días.') : msg(str`Hay ${numberWords(rest)} filas más: elija menos días.`)}
              </p>`
            : nothing
        }
    `;
  }

  get #from(): string {
    const first = this.to === '' ? '' : addDays(this.to, 1 - mostDays);
    return this.from > first ? this.from : first;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    tableStyles,
    css`
      :host {
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      /* As narrow as the section: the table in it scrolls. */
      details {
        min-inline-size: 0;
      }

      /* On a phone the days and what was late break into lines, so that all columns are seen. */
      @media (width < 40rem) {
        tbody th {
          min-inline-size: 3.5rem;
        }

        td:last-child {
          white-space: normal;
        }
      }

      @media print {
        section {
          padding: 0.5rem 0;
          border: 0;
        }

        details {
          display: none;
        }
      }
    `,
  ];
}

const head = (first: readonly string[]): TemplateResult => html`
  <tr>
    ${first.map((words) => html`<th scope="col">${words}</th>`)}
    <th scope="col">${msg('Llamadas')}</th>
    <th scope="col">${msg('La mitad, en')}</th>
    <th scope="col">${msg('95 de cada 100, en')}</th>
    <th scope="col">${msg('Más de 1 s')}</th>
    <th scope="col">${msg('Lo que más tardó')}</th>
  </tr>
`;

const row = ([name, ...more]: readonly string[], speed: Speed): TemplateResult => html`
  <tr>
    <th scope="row">${name}</th>
    ${more.map((words) => html`<td>${words}</td>`)}
    <td>${numberWords(speed.count)}</td>
    <td>${msWords(speed.p50)}</td>
    <td>${msWords(speed.p95)}</td>
    <td>${numberWords(speed.overSecond)}</td>
    <td>${speed.lateMost ? `${partWords(speed.lateMost)} (${numberWords(speed.late[speed.lateMost])})` : '—'}</td>
  </tr>
`;

/** `240 ms`, `1,4 s`. */
const msWords = (ms: number): string =>
  ms < 1000 ? `${numberWords(ms)} ms` : `${numberWords(Math.round(ms / 100) / 10)} s`;

const partWords = (part: LatePart): string =>
  ({
    operator: msg('El operador'),
    queue: msg('El servidor'),
    channel: msg('La conexión'),
    browser: msg('El navegador'),
  })[part];
