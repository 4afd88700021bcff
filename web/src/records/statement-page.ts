import { localized, msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Clue, Statement, StatementRoute } from '../api/record-types.js';
import { callAddress } from '../base/addresses.js';
import { saveFile } from '../base/save-file.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { monthWords } from '../i18n/days.js';
import { currencySign, exactMoney, money } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { numberWords, timeWords } from '../i18n/times.js';
import { soundAmount } from '../wrap-up/wrap-up-text.js';
import { AccountMonth } from './account-month.js';
import { framed } from './frame.js';
import { statementPath } from './paths.js';

/** So many routes have a bar of their own. */
const mostBars = 10;

/** What the calls of a month cost by route, to lay beside the operator's invoice. */
@localized()
@customElement('cmw-statement-page')
export class StatementPage extends AccountMonth<Statement> {
  /** The invoice's total as it is typed; undefined while nothing was typed. */
  @state() private typed: string | undefined;
  @state() private fault = '';
  @state() private error: ApiError | undefined;
  /** Why the file could not be fetched. */
  @state() private fileError: ApiError | undefined;
  @state() private busy = false;
  @state() private saved = false;

  protected override ask(account: string, month: string): Promise<Statement> {
    return this.api.statement(account, month);
  }

  protected override path(account: string, month: string): string {
    return statementPath(account, month);
  }

  protected override forget(): void {
    super.forget();
    this.typed = undefined;
    this.fault = '';
    this.error = undefined;
    this.fileError = undefined;
    this.saved = false;
  }

  protected override render(): TemplateResult {
    const account = this.shownAccount;
    return framed(this.me, 'statement', msg(str`Estado de cuenta de ${monthWords(this.shownMonth)}`), () =>
      account === undefined
        ? readingBody(this.accounts, msg('No se pudieron leer las cuentas.'), () => this.noAccount())
        : html`
              ${this.steps(
                account,
                html`<button @click=${() => print()}>${msg('Imprimir')}</button>
                  <button @click=${() => this.#download(account)}>${msg('Descargar CSV')}</button>`,
              )}
              ${this.fileError ? html`<p class="alert" role="alert">${plainWords(this.fileError)}</p>` : nothing}
              ${readingBody(this.content, msg('No se pudo leer el estado de cuenta.'), (statement) =>
                this.#statement(statement),
              )}
            `,
    );
  }

  #statement(statement: Statement): TemplateResult {
    const { totals, currency } = statement;
    if (totals.calls === 0) {
      return html`
        <div class="panel empty">
          <p>${msg('No hay registros de este mes')}</p>
          <p>
            ${msg('Si hubo llamadas, lea de nuevo los días del mes en «Registros de llamada».')}
            <a href="/call-records">${msg('Ir a los registros')}</a>
          </p>
        </div>
        ${this.#invoice(statement)}
      `;
    }

    return html`
      <section aria-label=${msg('Total del mes')}>
        <div class="bar">
          <p class="total">${money(totals.total, currency)}</p>
          <span class="quiet">${msg(str`Cuenta ${statement.account}`)}</span>
          ${statement.isOver ? nothing : html`<span class="badge warn">${icons.clock(14)}${msg('El mes no ha terminado')}</span>`}
        </div>
        <dl class="facts">
          <div><dt>${msg('Llamadas')}</dt><dd>${numberWords(totals.calls)}</dd></div>
          <div><dt>${msg('Contestadas')}</dt><dd>${numberWords(totals.connected)}</dd></div>
          <div><dt>${msg('Minutos')}</dt><dd>${numberWords(totals.minutes)}</dd></div>
          <div><dt>${msg('Costo')}</dt><dd>${money(totals.cost, currency)}</dd></div>
          <div><dt>${msg('Cargos de acceso')}</dt><dd>${money(totals.accessFees, currency)}</dd></div>
        </dl>
        ${
          statement.costIncludesAccessFee
            ? html`<p class="quiet small">${msg('El costo ya incluye los cargos de acceso.')}</p>`
            : nothing
        }
        ${
          totals.withoutCost > 0
            ? html`<p class="warn">${
                totals.withoutCost === 1
                  ? msg('1 llamada contestada no trae costo en su registro.')
                  : msg(str`${numberWords(totals.withoutCost)} llamadas contestadas no traen costo en su registro.`)
              }</p>`
            : nothing
        }
      </section>
      ${this.#invoice(statement)} ${this.#chart(statement)} ${this.#table(statement)}
    `;
  }

  #invoice(statement: Statement): TemplateResult {
    const { invoice, currency } = statement;
    const value = this.typed ?? (invoice ? numberWords(invoice.total, 2) : '');
    const fault = this.fault || (this.error?.fieldError('invoiceTotal') ?? '');
    return html`
      <section aria-labelledby="invoice-title">
        <h2 id="invoice-title">${msg('La factura del operador')}</h2>
        <form novalidate @submit=${this.#submit}>
          <div class="field">
            <label for="invoice">${msg(str`Total de la factura (${currencySign(currency)})`)}</label>
            <input
              id="invoice"
              inputmode="decimal"
              autocomplete="off"
              .value=${live(value)}
              aria-invalid=${fault !== ''}
              aria-describedby="invoice-error"
              @input=${(event: InputEvent) => {
                this.typed = (event.target as HTMLInputElement).value;
                this.saved = false;
              }}
            />
            <span class=${fault ? 'field-error' : 'hint'} id="invoice-error">${fault || msg('Déjelo vacío para quitarlo.')}</span>
          </div>
          <button class="primary" aria-disabled=${this.busy}>${msg('Guardar')}</button>
        </form>
        <p class="done said" role="status">${this.saved ? msg('Guardado') : nothing}</p>
        ${this.error && !fault ? html`<p class="alert" role="alert">${this.#errorWords(this.error, statement)}</p>` : nothing}
        ${
          invoice
            ? html`<p class="printed">${msg('Total de la factura:')} <b>${money(invoice.total, currency)}</b></p>`
            : nothing
        }
        ${invoice ? this.#difference(statement) : html`<p class="quiet">${msg('Escriba el total de la factura para ver si coincide con las llamadas.')}</p>`}
      </section>
    `;
  }

  #errorWords(error: ApiError, { invoice, currency }: Statement): string {
    if (error.status !== 412) return plainWords(error);
    return invoice
      ? msg(str`Otra persona guardó ${money(invoice.total, currency)}. Para poner su total, guarde de nuevo.`)
      : msg('Otra persona quitó el total. Para poner el suyo, guarde de nuevo.');
  }

  #difference({ difference, currency, clues, account }: Statement): TemplateResult {
    const amount = difference ?? 0;
    if (amount === 0) {
      return html`<p class="badge good">${icons.check(14)}${msg('La factura coincide con las llamadas')}</p>`;
    }

    // Only an API's client enters an invoice with parts of a cent.
    const much = (Math.abs(amount) < 0.005 ? exactMoney : money)(Math.abs(amount), currency);
    return html`
      <p class="difference">
        ${icons.alert(18)}
        <span>${
          amount > 0
            ? msg(str`La factura cobra ${much} más que los registros.`)
            : msg(str`La factura cobra ${much} menos que los registros.`)
        }</span>
      </p>
      ${
        clues && clues.length > 0
          ? html`<h3>${msg('Qué podría explicarlo')}</h3>
              <ul class="rows">${clues.map((clue) => this.#clue(clue, account, currency))}</ul>`
          : html`<p class="quiet">${msg('Ninguna llamada de este mes lo explica. Revise si la factura trae otros cargos.')}</p>`
      }
    `;
  }

  #clue(clue: Clue, account: string, currency: string): TemplateResult {
    const now = this.api.now();
    const rest = clue.count - clue.calls.length;
    return html`
      <li>
        <div class="bar">
          <span class="clue">${clue.text}</span>
          ${clue.isExact ? html`<span class="badge mended">${icons.check(14)}${msg('Es exactamente la diferencia')}</span>` : nothing}
        </div>
        <span class="quiet small">
          ${[
            clue.route ? routeName(clue.route) : undefined,
            clue.count === 1 ? msg('1 llamada') : msg(str`${numberWords(clue.count)} llamadas`),
            typeof clue.amount === 'number' ? money(clue.amount, currency) : undefined,
          ]
            .filter((part) => part)
            .join(' · ')}
        </span>
        ${
          clue.calls.length > 0
            ? html`<details ?open=${clue.isExact && clue.calls.length < 4}>
                <summary>${msg('Ver las llamadas')}</summary>
                <ul class="calls">
                  ${clue.calls.map(
                    (call) => html`<li>
                      <a href=${callAddress({ account, callId: call.callId })}>${timeWords(call.at, now, this.timeZone)}</a>
                      ${typeof call.amount === 'number' ? html`<span>${money(call.amount, currency)}</span>` : nothing}
                    </li>`,
                  )}
                  ${rest > 0 ? html`<li class="quiet">${msg(str`Y ${numberWords(rest)} más.`)}</li>` : nothing}
                </ul>
              </details>`
            : nothing
        }
      </li>
    `;
  }

  /** A bar for each of the dearest routes, whose length is its share of the dearest one's. */
  #chart({ routes, currency }: Statement): TemplateResult | typeof nothing {
    const dear = routes.filter((route) => route.total > 0);
    const most = dear[0]?.total ?? 0;
    if (dear.length < 2 || most <= 0) return nothing;
    const rest = dear.slice(mostBars).reduce((sum, route) => sum + route.total, 0);
    const bars = [
      ...dear.slice(0, mostBars).map((route) => [barName(route, dear, currency), route.total] as const),
      ...(rest > 0 ? [[msg('Los demás'), rest] as const] : []),
    ];
    const longest = Math.max(most, rest);
    return html`
      <section aria-labelledby="chart">
        <h2 id="chart">${msg('Costo por destino')}</h2>
        <ul class="chart">
          ${bars.map(
            ([name, amount]) => html`
              <li>
                <span class="name">${name}</span>
                <svg class="length" aria-hidden="true" focusable="false">
                  <rect width=${`${Math.max(0.5, (100 * amount) / longest)}%`} height="100%" rx="3"></rect>
                </svg>
                <span class="amount">${money(amount, currency)}</span>
              </li>
            `,
          )}
        </ul>
      </section>
    `;
  }

  #table({ routes, totals, currency }: Statement): TemplateResult {
    return html`
      <section aria-labelledby="routes">
        <h2 id="routes">${msg('Por destino')}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Destino')}</th>
              <th scope="col" class="wide">${msg('Tarifa por minuto')}</th>
              <th scope="col">${msg('Llamadas')}</th>
              <th scope="col" class="wide">${msg('Minutos')}</th>
              <th scope="col" class="wide">${msg('Costo')}</th>
              <th scope="col" class="wide">${msg('Cargos de acceso')}</th>
              <th scope="col">${msg('Total')}</th>
            </tr>
          </thead>
          <tbody>
            ${routes.map(
              (route) => html`
                <tr>
                  <th scope="row">
                    ${routeName(route)}
                    ${route.name && route.pattern ? html`<span class="quiet small">${route.pattern}</span>` : nothing}
                    <span class="narrow quiet small">
                      ${msg(str`${numberWords(route.minutes)} min · costo ${money(route.cost, currency)} · acceso ${money(route.accessFees, currency)}`)}
                    </span>
                  </th>
                  <td class="wide">${typeof route.rate === 'number' ? exactMoney(route.rate, currency) : '—'}</td>
                  <td>${numberWords(route.calls)}</td>
                  <td class="wide">${numberWords(route.minutes)}</td>
                  <td class="wide">${money(route.cost, currency)}</td>
                  <td class="wide">${money(route.accessFees, currency)}</td>
                  <td>${money(route.total, currency)}</td>
                </tr>
              `,
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">${msg('Total')}</th>
              <td class="wide"></td>
              <td>${numberWords(totals.calls)}</td>
              <td class="wide">${numberWords(totals.minutes)}</td>
              <td class="wide">${money(totals.cost, currency)}</td>
              <td class="wide">${money(totals.accessFees, currency)}</td>
              <td>${money(totals.total, currency)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
    `;
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#save();
  }

  async #save(): Promise<void> {
    const { value: statement } = this.content;
    if (!statement || this.busy) return;
    const { account, month, etag } = statement;
    const typed = (this.typed ?? (statement.invoice ? String(statement.invoice.total) : '')).trim();
    const total = typed === '' ? null : totalOf(typed);
    this.fault = total === undefined ? msg('Escriba un monto, por ejemplo 125 000,50.') : '';
    this.error = undefined;
    if (total !== undefined) {
      this.busy = true;
      try {
        const answer = await this.api.setInvoice(account, month, total, etag ?? undefined);
        // Somebody may have gone on to another month meanwhile.
        if (this.content.value === statement) {
          this.content.take(answer);
          this.typed = undefined;
          this.saved = true;
        }
      } catch (error) {
        const refusal = asApiError(error);
        // What was typed stays, and the next press replaces what is there now.
        if (refusal.status === 412) await this.content.read();
        this.error = refusal;
      }
      this.busy = false;
    }

    await this.updateComplete;
    if (this.fault || this.error) this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  async #download(account: string): Promise<void> {
    const month = this.shownMonth;
    this.fileError = undefined;
    try {
      saveFile(await this.api.statementFile(account, month), `${account}-${month}.csv`);
    } catch (error) {
      this.fileError = asApiError(error);
    }
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    css`
      form {
        display: grid;
        grid-template-columns: minmax(0, 16rem) auto;
        justify-content: start;
        align-items: start;
        gap: var(--cmw-space-3);
      }

      form button {
        margin-block-start: calc(0.8125rem * 1.45 + var(--cmw-space-1));
      }

      .total {
        font: 600 2rem / 1.2 var(--cmw-font);
        font-variant-numeric: tabular-nums;
      }

      .done {
        color: var(--cmw-live);
      }

      .warn {
        color: var(--cmw-warn);
      }

      .difference {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        color: var(--cmw-bad);
        font: var(--cmw-type-strong);
      }

      .clue {
        flex: 1 1 18rem;
      }

      .calls li {
        display: flex;
        gap: var(--cmw-space-3);
        padding-block: var(--cmw-space-1);
        font-variant-numeric: tabular-nums;
      }

      .chart {
        display: grid;
        grid-template-columns: minmax(0, max-content) minmax(4rem, 1fr) max-content;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .chart li {
        display: contents;
      }

      .name {
        max-inline-size: 16rem;
      }

      .length {
        inline-size: 100%;
        block-size: 1.25rem;
        fill: var(--cmw-accent);
      }

      .amount {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--cmw-space-2);
        border-block-end: 1px solid var(--cmw-line);
        text-align: end;
        vertical-align: top;
      }

      th:first-child {
        padding-inline-start: 0;
        text-align: start;
      }

      th:last-child,
      td:last-child {
        padding-inline-end: 0;
      }

      td,
      thead th {
        overflow-wrap: normal;
      }

      td {
        white-space: nowrap;
      }

      thead th {
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      tbody th {
        font: var(--cmw-type-body);
      }

      tbody th span {
        display: block;
      }

      tfoot th,
      tfoot td {
        border-block-end: 0;
        font: var(--cmw-type-strong);
      }

      tbody th .narrow {
        display: none;
      }

      /* The form shows it on the screen. */
      @media not print {
        .printed {
          display: none;
        }
      }

      @media (width < 40rem) {
        .wide {
          display: none;
        }

        tbody th .narrow {
          display: block;
        }

        thead th {
          font-size: 0.75rem;
        }

        th,
        td {
          padding-inline: var(--cmw-space-1);
        }

        form {
          grid-template-columns: minmax(0, 1fr) auto;
        }

        .chart {
          grid-template-columns: minmax(0, 1fr);
        }

        .chart li {
          display: grid;
          grid-template-columns: minmax(0, 1fr) max-content;
          gap: 0 var(--cmw-space-3);
        }

        .length {
          grid-column: 1 / -1;
          order: 1;
          block-size: 0.5rem;
        }
      }

      @media print {
        :host {
          max-inline-size: none;
          padding: 0;
        }

        nav,
        .steps,
        form,
        .done,
        details {
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

        tr {
          break-inside: avoid;
        }
      }
    `,
  ];
}

/** The name of a bar: the route's; beside others that are called so also what tells it apart. */
function barName(route: StatementRoute, all: readonly StatementRoute[], currency: string): string {
  const longer = (of: StatementRoute): string => (of.name && of.pattern ? `${of.name} ${of.pattern}` : routeName(of));
  const isAlone = (nameOf: (of: StatementRoute) => string): boolean =>
    !all.some((other) => other !== route && nameOf(other) === nameOf(route));
  if (isAlone(routeName)) return routeName(route);
  return !isAlone(longer) && typeof route.rate === 'number'
    ? `${longer(route)} · ${exactMoney(route.rate, currency)}`
    : longer(route);
}

/** How a route is called; records of calls that came in have none. */
const routeName = ({ name, pattern }: StatementRoute): string => name || pattern || msg('Sin destino (entrantes)');

/** The number of a typed total; undefined if it is none. */
const totalOf = (typed: string): number | undefined =>
  soundAmount(typed) ?? (/^0+([.,]0*)?$/.test(typed) ? 0 : undefined);
