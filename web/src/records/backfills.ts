import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ApiError, asApiError } from '../api/api-error.js';
import type { Backfill, PullState } from '../api/record-types.js';
import type { RecordsApi } from '../api/records-api.js';
import { Reading, Repeating } from '../base/reading.js';
import * as icons from '../design/icons.js';
import { pageFrame, pagePart, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { addDays, monthOf } from '../i18n/days.js';
import { duration, shortDay, zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';

const everyMs = 4_000;

type BackfillsApi = Pick<RecordsApi, 'backfills' | 'startBackfill' | 'cancelBackfill' | 'now'>;

/** Reads the records of a range of days once more: the form, and how far each such reading is. */
@localized()
@customElement('cmw-backfills')
export class Backfills extends LitElement {
  @property({ attribute: false }) api!: BackfillsApi;
  @property({ attribute: false }) states: readonly PullState[] = [];
  @property({ attribute: false }) timeZone = defaultZone;

  @state() private account = '';
  @state() private from = '';
  @state() private to = '';
  @state() private error: ApiError | undefined;
  @state() private busy = false;
  @state() private said = '';

  readonly #list = new Reading(this, () => this.api.backfills());

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#list.value?.items.some(isUnderWay) === true,
      () => this.#list.read(),
    );
  }

  protected override firstUpdated(): void {
    void this.#list.read();
  }

  protected override willUpdate(): void {
    // Yesterday is over. Before it, the month that it is in: that is what a statement is of.
    if (!this.to) {
      this.to = addDays(zonedTime(this.api.now(), this.timeZone).slice(0, 10), -1);
      this.from = `${monthOf(this.to)}-01`;
    }

    if (!this.states.some(({ account }) => account === this.account)) this.account = this.states[0]?.account ?? '';
  }

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Volver a leer días anteriores')}</h2>
        <p class="quiet">
          ${msg('Pide de nuevo al operador los registros de los días que usted elija. Lo que ya está no se duplica.')}
        </p>
        ${this.#form()}
        <p class="said" role="status">${this.said}</p>
        ${readingBody(this.#list, msg('No se pudieron ver las lecturas.'), ({ items }) =>
          items.length > 0
            ? html`<ul class="rows">${items.map((backfill) => this.#row(backfill))}</ul>`
            : html`<div class="empty">
                <p>${msg('Todavía no hay lecturas')}</p>
                <p>${msg('Elija los días y presione «Leer estos días», por ejemplo cuando falta una llamada.')}</p>
              </div>`,
        )}
      </section>
    `;
  }

  #form(): TemplateResult {
    const accountFault = this.error?.fieldError('account') ?? '';
    const hasFields = this.error?.problem.errors !== undefined;
    return html`
      <form novalidate @submit=${this.#submit}>
        <div class="row">
          ${
            this.states.length > 1 || accountFault
              ? html`<div class="field">
                  <label for="account">${msg('Cuenta')}</label>
                  <select
                    id="account"
                    aria-invalid=${accountFault !== ''}
                    aria-describedby="account-error"
                    @change=${(event: Event) => {
                      this.account = (event.target as HTMLSelectElement).value;
                    }}
                  >
                    ${this.states.map(({ account }) => html`<option ?selected=${account === this.account}>${account}</option>`)}
                  </select>
                  <span class="field-error" id="account-error">${accountFault}</span>
                </div>`
              : nothing
          }
          ${this.#day('from', msg('Desde'), this.from)} ${this.#day('to', msg('Hasta, ese día incluido'), this.to)}
          <button class="primary" aria-disabled=${this.busy || !this.account}>${msg('Leer estos días')}</button>
        </div>
        <p class="hint">${this.#estimate()}</p>
        ${this.error && !hasFields ? html`<p class="alert" role="alert">${plainWords(this.error)}</p>` : nothing}
      </form>
    `;
  }

  #day(name: 'from' | 'to', words: string, value: string): TemplateResult {
    const fault = this.error?.fieldError(name) ?? '';
    return html`
      <div class="field">
        <label for=${name}>${words}</label>
        <input
          id=${name}
          type="date"
          required
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${name}-error`}
          @change=${(event: Event) => {
            this[name] = (event.target as HTMLInputElement).value;
          }}
        />
        <span class="field-error" id=${`${name}-error`}>${fault}</span>
      </div>
    `;
  }

  /** How much it will be. How long it takes the API says once it is begun: it can be cancelled then. */
  #estimate(): string {
    const days = Math.round((Date.parse(this.to) - Date.parse(this.from)) / 86_400_000) + 1;
    if (!(days > 0)) return '';
    const perDay = this.states.find(({ account }) => account === this.account)?.perDay;
    const long = days === 1 ? msg('1 día') : msg(str`${numberWords(days)} días`);
    return perDay
      ? msg(str`${long}, unos ${numberWords(Number((perDay * days).toPrecision(2)))} registros.`)
      : `${long}.`;
  }

  #row(backfill: Backfill): TemplateResult {
    const { from, to, records, state: stands, error } = backfill;
    const days = daysWords(backfill, this.timeZone);
    const share = shareOf(backfill);
    return html`
      <li>
        <div class="bar">
          <strong>${days}</strong>
          ${badge(stands)}
          ${this.states.length > 1 ? html`<span class="quiet">${backfill.account}</span>` : nothing}
          ${
            isUnderWay(backfill)
              ? html`<button class="cancel" aria-label=${msg(str`Cancelar la lectura: ${days}`)} @click=${() => this.#cancel(backfill)}>
                  ${msg('Cancelar')}
                </button>`
              : nothing
          }
        </div>
        ${
          isUnderWay(backfill)
            ? html`<progress max="1" .value=${share} aria-label=${msg(str`Avance de la lectura: ${days}`)}>${Math.round(share * 100)} %</progress>`
            : nothing
        }
        <span class="quiet small">
          ${[
            isUnderWay(backfill) && backfill.estimatedSeconds > 0
              ? msg(str`${Math.floor(share * 100)} %, faltan unos ${duration(backfill.estimatedSeconds)}`)
              : undefined,
            stands === 'cancelled' || stands === 'failed'
              ? backfill.reachedAt === from
                ? msg('no se llegó a leer nada')
                : backfill.reachedAt < to
                  ? msg(str`leído hasta ${timeWords(backfill.reachedAt, this.api.now(), this.timeZone)}`)
                  : undefined
              : undefined,
            records === 1 ? msg('1 registro') : msg(str`${numberWords(records)} registros`),
            msg(str`pedida ${timeWords(backfill.createdAt, this.api.now(), this.timeZone)}`),
          ]
            .filter((part) => part)
            .join(' · ')}
        </span>
        ${error ? html`<span class=${stands === 'failed' ? 'bad' : 'warn'}>${error}</span>` : nothing}
      </li>
    `;
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#start();
  }

  async #start(): Promise<void> {
    if (this.busy || !this.account) return;
    const fault = this.#fault();
    if (fault) {
      this.error = fault;
    } else {
      this.busy = true;
      this.error = undefined;
      try {
        const { account, from, to } = this;
        const { estimatedSeconds } = await this.api.startBackfill({ account, from, to });
        this.said =
          estimatedSeconds > 0
            ? msg(str`La lectura empezó. Toma unos ${duration(estimatedSeconds)}; puede cerrar esta página.`)
            : msg('La lectura empezó. Puede cerrar esta página.');
        await this.#list.read();
      } catch (error) {
        this.said = '';
        this.error = asApiError(error);
      }
      this.busy = false;
    }

    await this.updateComplete;
    if (this.error) this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** What is wrong before the API is asked. */
  #fault(): ApiError | undefined {
    const fault = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, [words]]));
    const missing = (['from', 'to'] as const).filter((name) => !this[name]);
    const words = missing.length > 0 ? msg('Elija un día.') : msg('Debe ser antes del último día.');
    if (missing.length > 0) return new ApiError(400, { errors: fault(...missing) });
    return this.from > this.to ? new ApiError(400, { errors: fault('from') }) : undefined;
  }

  async #cancel({ backfillId }: Backfill): Promise<void> {
    this.error = undefined;
    try {
      await this.api.cancelBackfill(backfillId);
      this.said = msg('La lectura se canceló. Lo que ya se leyó queda guardado.');
    } catch (error) {
      this.error = asApiError(error);
    }

    await this.#list.read();
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    pagePart,
    css`
      form,
      .row {
        display: grid;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .row {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), max-content));
        align-items: start;
      }

      .row button {
        /* Beside the fields, below the height of their labels. */
        margin-block-start: calc(0.8125rem * 1.45 + var(--cmw-space-1));
      }

      .hint:empty {
        display: none;
      }

      .said {
        color: var(--cmw-live);
      }

      .cancel {
        margin-inline-start: auto;
      }

      progress {
        inline-size: 100%;
        block-size: 0.5rem;
        accent-color: var(--cmw-accent);
      }

      .bad {
        color: var(--cmw-bad);
      }

      .warn {
        color: var(--cmw-warn);
      }

      @media (width < 40rem) {
        .row {
          grid-template-columns: minmax(0, 1fr);
        }

        .row button {
          margin-block-start: 0;
        }
      }
    `,
  ];
}

const isUnderWay = ({ state: stands }: Backfill): boolean => stands === 'queued' || stands === 'running';

/** How much of the range is read. */
function shareOf({ from, to, reachedAt }: Backfill): number {
  const [begin, end, reached] = [from, to, reachedAt].map((at) => Date.parse(at)) as [number, number, number];
  return end > begin ? Math.min(1, Math.max(0, (reached - begin) / (end - begin))) : 0;
}

/** The days of a range, whose end is not in it. */
function daysWords({ from, to }: Backfill, timeZone: string): string {
  const first = shortDay(Date.parse(from), timeZone);
  const last = shortDay(Date.parse(to) - 1, timeZone);
  return first === last ? first : msg(str`${first} a ${last}`);
}

function badge(stands: Backfill['state']): TemplateResult {
  switch (stands) {
    case 'queued':
      return html`<span class="badge">${icons.clock(14)}${msg('En espera')}</span>`;
    case 'running':
      return html`<span class="badge mended">${icons.clock(14)}${msg('Leyendo')}</span>`;
    case 'done':
      return html`<span class="badge good">${icons.check(14)}${msg('Terminada')}</span>`;
    case 'cancelled':
      return html`<span class="badge">${icons.close(14)}${msg('Cancelada')}</span>`;
    default:
      return html`<span class="badge bad">${icons.alert(14)}${msg('Falló')}</span>`;
  }
}
