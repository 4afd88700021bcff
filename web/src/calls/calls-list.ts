import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiError } from '../api/api-error.js';
import type { Call } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Ticking } from '../base/ticking.js';
import * as icons from '../design/icons.js';
import { listError, pagedList } from '../design/paged-list.js';
import { moveInRows, rowKeysHint } from '../design/row-keys.js';
import { base, buttons } from '../design/shared.js';
import { askToDial } from '../dial/dial-event.js';
import { dayName } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { keyOf } from './call-key.js';
import { callRow, type RowContext } from './call-row.js';
import { callsListStyles } from './calls-list-styles.js';
import type { CallsStore } from './calls-store.js';

/** More rows are drawn by a press: a list grows all day. */
const rowsAtOnce = 50;

type Filter = 'all' | 'missed' | 'live';

/** Today's calls, quietly; or the missed ones of the last days; or what goes on now in the team. */
@localized()
@customElement('cmw-calls-list')
export class CallsList extends LitElement {
  @property({ attribute: false }) all!: CallsStore;
  @property({ attribute: false }) missed!: CallsStore;
  @property({ attribute: false }) live!: CallsStore;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) now: () => number = Date.now;
  /** True for who sees the calls of the team: each row says whose it is. */
  @property({ type: Boolean }) team = false;
  /** True for who has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  /** Takes a call off the lists; returns why it is refused. */
  @property({ attribute: false }) takeOff: (call: Call) => Promise<ApiError | undefined> = async () => undefined;

  @state() private filter: Filter = 'all';
  @state() private refusal: ApiError | undefined;
  @state() private rows = rowsAtOnce;

  constructor() {
    super();
    new Watching(this, () => this.store);
    new Watching(this, () => this.outcomes);
    new Ticking(this, 20_000);
    new Ticking(this, 1000, () => this.store?.calls.some((call) => call.state !== 'ended'));
  }

  get store(): CallsStore {
    return { all: this.all, missed: this.missed, live: this.live }[this.filter];
  }

  protected override render(): TemplateResult {
    const { error, loaded } = this.store;
    const calls = this.store.calls.slice(0, this.rows);
    const now = this.now();
    const row: RowContext = {
      now,
      timeZone: this.all.timeZone,
      outcomes: this.outcomes,
      team: this.team,
      dials: this.dials,
      open: (call) => this.#open(call),
      dial: (click) => askToDial(this, click),
      takeOff: this.filter === 'all' ? undefined : (call) => void this.#takeOff(call),
    };
    const buttonsOf = `${this.dials ? 'dials' : ''} ${row.takeOff ? 'takes-off' : ''}`;
    return html`
      <section aria-labelledby="title" @keydown=${this.#key}>
        <header>
          <h2 id="title" tabindex="-1">${this.#title()}</h2>
          <span class="filters">
            ${this.team ? this.#filterButton('live', html`${icons.phone(16)} ${msg('En curso')}`) : nothing}
            ${this.#filterButton('missed', html`${icons.missed(16)} ${msg('Solo perdidas')}`)}
          </span>
          <p class="day">
            ${this.filter === 'missed' ? msg(str`Últimos ${this.missed.days} días`) : dayName(now, this.all.timeZone)}
          </p>
        </header>
        ${this.refusal ? html`<p class="refusal" role="alert">${plainWords(this.refusal)}</p>` : nothing}
        ${error ? listError(this.store, error, msg('No se pudieron cargar las llamadas.')) : nothing}
        ${
          !loaded && !error
            ? this.#skeleton()
            : calls.length > 0
              ? html`${rowKeysHint()}
                  <ol class=${buttonsOf} aria-labelledby="title" aria-describedby="row-keys">
                    ${repeat(calls, keyOf, (call) => callRow(row, call))}
                  </ol>`
              : error
                ? nothing
                : this.#empty()
        }
        ${this.#more()}
      </section>
    `;
  }

  #more(): TemplateResult | typeof nothing {
    const { more, loadingMore } = this.store;
    if (!more && this.store.calls.length <= this.rows) return nothing;
    return html`<button class="more" aria-disabled=${loadingMore} @click=${this.#showMore}>
      ${loadingMore ? msg('Cargando…') : msg('Ver más')}
    </button>`;
  }

  #showMore(): void {
    this.rows += rowsAtOnce;
    if (this.store.more && this.store.calls.length < this.rows) void this.store.readMore();
  }

  #title(): string {
    if (this.filter === 'missed') return this.team ? msg('Llamadas perdidas del equipo') : msg('Mis llamadas perdidas');
    if (this.filter === 'live') return msg('Llamadas en curso del equipo');
    return this.team ? msg('Llamadas de hoy del equipo') : msg('Mis llamadas de hoy');
  }

  #filterButton(filter: Filter, words: TemplateResult): TemplateResult {
    return html`<button class=${`filter bare ${filter}`} aria-pressed=${this.filter === filter} @click=${() => this.#choose(filter)}>
      ${words}
    </button>`;
  }

  #choose(filter: Filter): void {
    // Kept up to date as long as somebody looks.
    this.live.clear();
    this.filter = this.filter === filter ? 'all' : filter;
    this.refusal = undefined;
    this.rows = rowsAtOnce;
    this.store.timeZone = this.all.timeZone;
    if (this.filter !== 'all') void this.store.read();
  }

  async #takeOff(call: Call): Promise<void> {
    const place = this.store.calls.findIndex((other) => keyOf(other) === keyOf(call));
    this.refusal = await this.takeOff(call);
    if (this.refusal) return;
    await this.updateComplete;
    // The row is gone with its button. The focus goes to that of the next one.
    const rest = this.renderRoot.querySelectorAll<HTMLElement>('.take-off');
    (rest[Math.min(place, rest.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('h2'))?.focus();
  }

  #key(event: KeyboardEvent): void {
    if (moveInRows(event)) event.preventDefault();
  }

  #open(call: Call): void {
    this.dispatchEvent(new CustomEvent('open-call', { detail: call, bubbles: true, composed: true }));
  }

  #empty(): TemplateResult {
    if (this.filter !== 'all') {
      return html`<div class="empty">
        <p>${this.filter === 'live' ? msg('Nadie está en una llamada.') : msg('No hay llamadas perdidas.')}</p>
      </div>`;
    }

    return html`
      <div class="empty">
        <p>${msg('Hoy todavía no hay llamadas.')}</p>
        <p>${msg('Cada llamada que entre o salga quedará aquí, con su duración.')}</p>
      </div>
    `;
  }

  #skeleton(): TemplateResult {
    return html`
      <div class="skeleton" role="status" aria-label=${msg('Cargando las llamadas')}>
        ${Array.from({ length: 6 }, () => html`<span></span>`)}
      </div>
    `;
  }

  static override styles = [base, buttons, pagedList, callsListStyles];
}
