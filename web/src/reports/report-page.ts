import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Report, ReportBy, ReportRow } from '../api/report-types.js';
import type { ReportsApi } from '../api/reports-api.js';
import { type Me, seesTeam } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { dayWords, monthOf, monthWords, periodWords, shortDayWords, shortestDay, shortestMonth } from '../i18n/days.js';
import { clockTime, zonedTime } from '../i18n/format.js';
import { currentLocale } from '../i18n/locale.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone, numberWords } from '../i18n/times.js';
import { type Asked, addressOf, allDays, askedOf, isByMonth, kinds, queryOf, type Range, ranges } from './asked.js';
import './desk-speed.js';
import { bars, chartStyles, columns, line, type Series } from './chart.js';
import { facts, shareWords, tableHead, tableRow, tableStyles } from './figures.js';
import { filled } from './sums.js';

/** A table shows so many rows more at each press, and at last refers to the file: a page stays quick. */
const moreRows = 50;
const mostRows = 200;
const mostBars = 10;

/** What the calls of some days add up to, as the address says: for a supervisor. */
@localized()
@customElement('cmw-report-page')
export class ReportPage extends LitElement {
  @property({ attribute: false }) api!: Pick<ReportsApi, 'report' | 'reportFile' | 'deskSpeed' | 'now'>;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  /** How many rows the table shows. */
  @state() private shown = moreRows;
  /** Why the file could not be fetched. */
  @state() private fileError: ApiError | undefined;
  /** True while what is shown is that of an earlier address. */
  @state() private waits = false;

  readonly #report = new Reading<Report>(this, () => this.api.report(queryOf(this.#asked, this.#today)));
  #asked: Asked = {};
  #read = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('search')) this.#asked = askedOf(this.search);
    if (!this.me || !seesTeam(this.me)) return;
    // The names of rows come in the language of the request.
    const key = `${this.me.id} ${currentLocale()} ${this.#today} ${addressOf(this.#asked)}`;
    if (key === this.#read) return;
    this.#read = key;
    void this.#readReport();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // A day that was typed and not asked for would stand beside the figures of other days.
    if (!changed.has('search')) return;
    const { from, to } = queryOf(this.#asked, this.#today);
    for (const [id, day] of Object.entries({ from, to })) {
      const input = this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
      if (input) input.value = day;
    }
  }

  protected override render(): TemplateResult {
    const mayRead = this.me !== undefined && seesTeam(this.me);
    return html`
      <h1 tabindex="-1">${msg('Reportes')}</h1>
      ${this.me && !mayRead ? html`<p>${msg('Esta página es de quien supervisa.')}</p>` : nothing}
      ${mayRead ? html`${this.#choices()} ${this.#body()}` : nothing}
    `;
  }

  #choices(): TemplateResult {
    const query = queryOf(this.#asked, this.#today);
    const { range, from, to, by } = this.#asked;
    const shown = from || to ? undefined : (range ?? 'month');
    return html`
      <section class="asked" aria-label=${msg('Qué se muestra')}>
        <div class="links" role="group" aria-label=${msg('Días')}>
          ${ranges.map((one) => this.#link({ range: one, by }, rangeWords(one), one === shown))}
        </div>
        <form @submit=${this.#submit}>
          <div class="field">
            <label for="from">${msg('Desde')}</label>
            <input id="from" type="date" required .value=${query.from} />
          </div>
          <div class="field">
            <label for="to">${msg('Hasta, ese día incluido')}</label>
            <input id="to" type="date" required .value=${query.to} />
          </div>
          <button>${msg('Mostrar')}</button>
        </form>
        <div class="links" role="group" aria-label=${msg('Filas')}>
          ${kinds.map((one) => this.#link({ ...this.#asked, by: one }, capital(byWords(one)), one === query.by))}
        </div>
      </section>
    `;
  }

  #link(asked: Asked, words: string, isHere: boolean): TemplateResult {
    return html`<a href=${addressOf(asked)} aria-current=${isHere ? 'true' : nothing} @click=${this.#follow}>${words}</a>`;
  }

  #body(): TemplateResult {
    const { value, error } = this.#report;
    const faults = Object.entries(error?.problem.errors ?? {}).map(([field, words]) =>
      [fieldWords(field), words.join(' ')].filter(Boolean).join(': '),
    );
    return html`
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>${faults.length > 0 ? faults.join(' ') : `${msg('No se pudo leer el reporte.')} ${plainWords(error)}`}</p>
              <button @click=${() => this.#readReport()}>${msg('Intentar de nuevo')}</button>
            </div>`
          : nothing
      }
      ${
        value
          ? html`<div class=${this.waits ? 'report waits' : 'report'} aria-busy=${this.waits}>${this.#shownReport(value)}</div>`
          : error
            ? nothing
            : html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
      }
    `;
  }

  #shownReport(report: Report): TemplateResult {
    const { totals } = report;
    const isEmpty = totals.in + totals.out === 0 && report.items.length === 0;
    return html`
      <section aria-labelledby="totals">
        <div class="bar">
          <h2 id="totals" class="capital">${spanWords(report.from, report.to)}</h2>
          <span class="quiet small">${msg(str`Al día a las ${clockTime(Date.parse(report.asOf), this.#timeZone)}`)}</span>
          <span class="actions">
            <button @click=${() => this.#readReport()}>${msg('Actualizar')}</button>
            <button @click=${() => print()}>${msg('Imprimir')}</button>
            <button @click=${() => this.#download(report)}>${msg('Descargar CSV')}</button>
          </span>
        </div>
        ${this.fileError ? html`<p class="alert" role="alert">${plainWords(this.fileError)}</p>` : nothing}
        ${
          report.pending > 0
            ? html`<p class="warn" role="status">
                ${
                  report.pending === 1
                    ? msg('Falta recalcular 1 hora con cambios: las cifras pueden variar.')
                    : msg(
                        str`Falta recalcular ${numberWords(report.pending)} horas con cambios: las cifras pueden variar.`,
                      )
                }
              </p>`
            : nothing
        }
        ${isEmpty ? html`<p class="quiet">${msg('No hay llamadas en estos días.')}</p>` : facts(totals)}
      </section>
      ${isEmpty ? nothing : html`${this.#charts(report)} ${this.#table(report)}`}
      <cmw-desk-speed .api=${this.api} .from=${report.from} .to=${report.to} .asOf=${report.asOf}></cmw-desk-speed>
    `;
  }

  #charts(report: Report): TemplateResult {
    const rows = rowsOf(report);
    const isByTime = report.by === 'day' || report.by === 'hour';
    const shown = isByTime ? rows : rows.slice(0, mostBars);
    const names = shown.map(({ key, label }) =>
      report.by === 'day' ? dayMark(key) : report.by === 'hour' ? String(Number(key)) : label,
    );
    const what = `${byWords(report.by)}, ${small(spanWords(report.from, report.to))}`;
    const calls: readonly Series[] = [
      { name: msg('Contestadas'), tone: 'answered', values: shown.map(({ answered }) => answered) },
      { name: msg('Perdidas'), tone: 'missed', values: shown.map(({ missed }) => missed) },
      { name: msg('Salientes'), tone: 'out', values: shown.map(({ out }) => out) },
    ];
    const callsLabel = msg(str`Llamadas ${what}. Las cifras están en la tabla.`);
    if (!isByTime) {
      return html`<section aria-labelledby="calls">
        <h2 id="calls">${msg('Llamadas')}</h2>
        ${bars({ label: callsLabel, names, series: calls, words: (value) => numberWords(value) })}
        ${rows.length > shown.length ? html`<p class="quiet small">${moreWords(rows.length - shown.length)}</p>` : nothing}
      </section>`;
    }

    const minutes = (value: number) => numberWords(Math.round(value));
    return html`
      <section aria-labelledby="calls">
        <h2 id="calls">${msg('Llamadas')}</h2>
        ${columns({ label: callsLabel, names, series: calls, words: (value) => numberWords(value) })}
      </section>
      <div class="pair">
        <section aria-labelledby="rate">
          <h2 id="rate">${msg('Tasa de contestación')}</h2>
          ${line(
            msg(str`Tasa de contestación ${what}. Las cifras están en la tabla.`),
            names,
            shown.map(({ answeredRate }) => answeredRate),
            shareWords,
          )}
        </section>
        <section aria-labelledby="talk">
          <h2 id="talk">${msg('Minutos de conversación')}</h2>
          ${columns({
            label: msg(str`Minutos de conversación ${what}. Las cifras están en la tabla.`),
            names,
            series: [{ name: msg('Minutos'), tone: 'talk', values: shown.map(({ talkSeconds }) => talkSeconds / 60) }],
            words: minutes,
          })}
        </section>
      </div>
    `;
  }

  #table(report: Report): TemplateResult {
    const rows = rowsOf(report).filter((row) => row.in + row.out + row.promisesMade + row.wrapUps > 0);
    const most = Math.min(this.shown, mostRows);
    const rest = rows.length - most;
    const left = report.left + Math.max(0, rows.length - mostRows);
    return html`
      <section>
        <h2 id="table">${byHead(report)}</h2>
        <div class="scroll" role="region" aria-labelledby="table" tabindex="0">
          <table>
            <thead>${tableHead(firstColumn(report))}</thead>
            <tbody>${rows.slice(0, most).map(tableRow)}</tbody>
            <tfoot>${tableRow(report.totals)}</tfoot>
          </table>
        </div>
        ${
          report.by === 'agent' || report.by === 'team'
            ? html`<p class="quiet small">
                ${msg('Una llamada perdida o pasada a otra persona está en la fila de cada quien; el total la cuenta una vez.')}
              </p>`
            : nothing
        }
        ${
          rest > 0 && most < mostRows
            ? html`<button class="more" @click=${() => (this.shown += moreRows)}>
                ${msg(str`Mostrar ${numberWords(Math.min(moreRows, rest))} más`)}
              </button>`
            : left > 0
              ? html`<p class="quiet small">
                  ${left === 1 ? msg('Hay 1 fila más, con menos llamadas.') : msg(str`Hay ${numberWords(left)} filas más, con menos llamadas.`)}
                </p>`
              : nothing
        }
      </section>
    `;
  }

  /** Goes to another address without another page, so that what is shown stays until the new report is there. */
  readonly #follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.#go((event.currentTarget as HTMLAnchorElement).getAttribute('href') ?? '/reports');
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const value = (id: string) => this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
    this.#go(addressOf({ from: value('from'), to: value('to'), by: this.#asked.by }));
  };

  #go(address: string): void {
    if (address === addressOf(this.#asked)) return;
    history.pushState({}, '', address);
    this.search = location.search;
  }

  async #readReport(): Promise<void> {
    const read = this.#read;
    this.waits = true;
    this.fileError = undefined;
    await this.#report.read();
    if (read !== this.#read) return;
    this.waits = false;
    this.shown = moreRows;
  }

  async #download({ from, to, by }: Report): Promise<void> {
    this.fileError = undefined;
    try {
      saveFile(await this.api.reportFile({ from, to, by }), `${by}-${from}-${to}.csv`);
    } catch (error) {
      this.fileError = asApiError(error);
    }
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  get #today(): string {
    return zonedTime(this.api.now(), this.#timeZone).slice(0, 10);
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    chartStyles,
    tableStyles,
    css`
      .facts dd.small {
        font: var(--cmw-type-small);
      }

      .asked {
        gap: var(--cmw-space-3) var(--cmw-space-5);
        padding: var(--cmw-space-4);
      }

      .links {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-1);
      }

      .links a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--cmw-control);
        padding-inline: var(--cmw-space-3);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-surface);
        color: var(--cmw-text);
        font: var(--cmw-type-strong);
        text-decoration: none;
      }

      .links a:hover {
        background: var(--cmw-hover);
      }

      .links a[aria-current] {
        border-color: var(--cmw-accent);
        background: var(--cmw-accent-ground);
        color: var(--cmw-accent);
      }

      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .report {
        display: grid;
        gap: var(--cmw-space-4);
        min-inline-size: 0;
      }

      .waits {
        opacity: 0.6;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
        margin-inline-start: auto;
      }

      .alert,
      .warn {
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-radius: var(--cmw-radius-s);
      }

      .alert {
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }

      .warn {
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: var(--cmw-space-4);
      }

      .skeleton {
        min-block-size: 32rem;
      }

      .more {
        justify-self: start;
      }

      @media (width < 40rem) {
        .actions {
          margin-inline-start: 0;
        }
      }

      @media print {
        :host {
          max-inline-size: none;
          padding: 0;
        }

        .asked,
        .actions,
        .more {
          display: none;
        }

        section {
          padding: 0.5rem 0;
          border: 0;
          break-inside: avoid;
        }

        section:has(table) {
          break-inside: auto;
        }
      }
    `,
  ];
}

/** The field that a fault is of; empty for none of the page's. */
const fieldWords = (field: string): string => (field === 'from' ? msg('Desde') : field === 'to' ? msg('Hasta') : '');

/** What the page shows: every day, and where they are very many, every month. */
function rowsOf({ items, by, from, to, totals }: Report): readonly ReportRow[] {
  switch (by) {
    case 'day': {
      const days = allDays(from, to);
      return isByMonth(from, to)
        ? filled(
            items,
            [...new Set(days.map(monthOf))].map((month) => ({ key: month, label: monthWords(month) })),
            ({ key }) => monthOf(key),
            totals.currency,
          )
        : filled(
            items,
            days.map((day) => ({ key: day, label: shortDayWords(day) })),
            ({ key }) => key,
            totals.currency,
          );
    }
    case 'hour': {
      // From the first hour with a call to the last.
      const hours = items.map(({ key }) => Number(key));
      const first = Math.min(...hours);
      const some =
        hours.length === 0 ? [] : Array.from({ length: Math.max(...hours) - first + 1 }, (_, at) => first + at);
      return filled(
        items,
        some.map((hour) => ({ key: String(hour).padStart(2, '0'), label: `${hour}:00` })),
        ({ key }) => key,
        totals.currency,
      );
    }
    default:
      return items;
  }
}

const rangeWords = (range: Range): string =>
  range === 'lastMonth' ? msg('Mes pasado') : range === 'year' ? msg('Este año') : periodWords(range);

const byWords = (by: ReportBy): string =>
  ({
    day: msg('por día'),
    hour: msg('por hora'),
    agent: msg('por agente'),
    team: msg('por equipo'),
    outcome: msg('por resultado'),
    contact: msg('por contacto'),
  })[by];

const byHead = ({ by, from, to }: Report): string =>
  by === 'day' && isByMonth(from, to) ? msg('Por mes') : capital(byWords(by));

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A day or a month below its column: `26/11`, `nov`. */
const dayMark = (key: string): string => (key.length > 7 ? shortestDay(key) : shortestMonth(key));

const small = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

const firstColumn = ({ by, from, to }: Report): string =>
  by === 'day' && isByMonth(from, to)
    ? msg('Mes')
    : {
        day: msg('Día'),
        hour: msg('Hora'),
        agent: msg('Agente'),
        team: msg('Equipo'),
        outcome: msg('Resultado'),
        contact: msg('Contacto'),
      }[by];

const spanWords = (from: string, to: string): string =>
  from === to ? dayWords(from) : msg(str`Del ${shortWords(from)} al ${shortWords(to)}`);

const shortWords = (day: string): string => dayWords(day).replace(/^[^,]*, /, '');

const moreWords = (left: number): string =>
  left === 1
    ? msg('Hay 1 fila más, con menos llamadas: está en la tabla.')
    : msg(str`Hay ${numberWords(left)} filas más, con menos llamadas: están en la tabla.`);
