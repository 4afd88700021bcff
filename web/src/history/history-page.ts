import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { HistoryApi } from '../api/history-api.js';
import type { CallsPage, PastCall, TeamAgent } from '../api/history-types.js';
import { type Call, type Contact, isAdmin, type Me, seesTeam } from '../api/types.js';
import { toFirstPage } from '../base/first-page.js';
import { Watching } from '../base/observable.js';
import { Reading } from '../base/reading.js';
import { keyOf } from '../calls/call-key.js';
import { compareVersions } from '../calls/call-order.js';
import { nameOf } from '../contacts/contact-name.js';
import { olderWords } from '../design/found-list.js';
import * as icons from '../design/icons.js';
import { pageFrame } from '../design/page-frame.js';
import { moveInRows, rowKeysHint } from '../design/row-keys.js';
import { base, buttons } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { beforeStop, zonedTime } from '../i18n/format.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import {
  addressOf,
  changed,
  type Filter,
  type FilterKey,
  filterOf,
  narrowing,
  queryOf,
  shownDays,
  tokenOf,
} from './filter.js';
import './export-button.js';
import './filter-bar.js';
import { keyWords, refusalWords, valueWords } from './filter-words.js';
import { historyHead, historyRow, historyRows } from './history-row.js';
import { isNews } from './news.js';

/** The calls that were: by the filter and the page that the address says. */
@localized()
@customElement('cmw-history-page')
export class HistoryPage extends LitElement {
  @property({ attribute: false }) api!: Pick<HistoryApi, 'calls' | 'agents' | 'export' | 'now'>;
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  readonly #calls = new Reading<CallsPage>(this, () =>
    this.api.calls(queryOf(this.#filter, this.#today), tokenOf(this.search)),
  );
  readonly #agents = new Reading<readonly TeamAgent[]>(this, () => this.api.agents());
  readonly #contact = new Reading<Contact>(this, () => this.desk.api.contact(this.#filter.contact ?? ''));
  #filter: Filter = {};
  #asked: string | undefined;
  #read: string | undefined;
  #readAt = 0;
  /** True while what is shown is that of an earlier filter or page. */
  #waits = false;

  constructor() {
    super();
    new Watching(this, () => this.desk?.calls);
    new Watching(this, () => this.desk?.outcomes);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('search')) this.#filter = filterOf(this.search);
    if (!this.me) return;
    if (changes.has('me')) {
      void this.desk.outcomes.read();
      if (seesTeam(this.me) && !this.#agents.value) void this.#agents.read();
    }

    const key = `${this.me.id} ${addressOf(this.#filter, tokenOf(this.search))}`;
    if (key === this.#read) return;
    const filter = addressOf(this.#filter);
    const isTurned = filter === this.#asked;
    this.#asked = filter;
    this.#read = key;
    this.#nameContact();
    void this.#readPage(isTurned);
  }

  get #token(): string | undefined {
    return tokenOf(this.search);
  }

  protected override render(): TemplateResult {
    const { me } = this;
    const team = me !== undefined && seesTeam(me);
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Historial de llamadas')}</h1>
        ${
          team
            ? html`<cmw-history-export
                .api=${this.api}
                .query=${queryOf(this.#filter, this.#today)}
                .days=${shownDays(this.#filter, this.#today)}
                .most=${me?.host?.exportDays}
              ></cmw-history-export>`
            : nothing
        }
      </div>
      <section class=${me ? 'asked' : 'asked unknown'} aria-label=${msg('Filtros')}>
        <cmw-history-filter
          .api=${this.desk.api}
          .filter=${this.#filter}
          .outcomes=${this.desk.outcomes}
          .allTeams=${me !== undefined && isAdmin(me)}
          .agents=${team ? (this.#agents.value ?? []) : undefined}
          .agentName=${this.#agentName}
          .fields=${this.desk.contactFields}
          .today=${this.#today}
          @filter=${(event: CustomEvent<Filter>) => this.#go(event.detail)}
        ></cmw-history-filter>
        ${
          this.#agents.error && !this.#agents.value
            ? html`<div class="notice" role="alert">
                <p>${msg('No se pudieron leer los nombres de los agentes.')}</p>
                <button @click=${() => this.#agents.read()}>${msg('Intentar de nuevo')}</button>
              </div>`
            : nothing
        }
        ${this.#chips()}
      </section>
      <div class="bar heading">
        <h2 id="list" tabindex="-1">${msg('Llamadas')}</h2>
        <div role="status">${this.#calls.value ? this.#news(this.#calls.value) : nothing}</div>
      </div>
      ${this.#body(me, team)}
    `;
  }

  #chips(): TemplateResult | typeof nothing {
    const set = narrowing.filter((key) => this.#filter[key]);
    if (set.length === 0) return nothing;
    return html`
      <ul class="chips" aria-label=${msg('Filtros puestos')}>
        ${set.map((key) => this.#chip(key, this.#filter[key] ?? ''))}
        <li><button class="bare" @click=${this.#withoutFilters}>${msg('Quitar filtros')}</button></li>
      </ul>
    `;
  }

  #chip(key: FilterKey, value: string): TemplateResult {
    const name = keyWords(key);
    const words = valueWords(key, value, {
      outcomes: this.desk.outcomes,
      agent: this.#agentName,
      contact: this.#contactName,
    });
    return html`<li>
      <button class="chip" aria-label=${msg(str`Quitar el filtro ${name}: ${words}`)} @click=${() => this.#change({ [key]: '' })}>
        <span class="quiet">${name}:</span> ${words} ${icons.close(16)}
      </button>
    </li>`;
  }

  #body(me: Me | undefined, team: boolean): TemplateResult {
    const { value, error } = this.#calls;
    return html`
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>${refusalWords(error, msg('No se pudieron cargar las llamadas.'))} ${olderWords(value?.items)}</p>
              ${error.status === 400 || error.status === 403 ? nothing : html`<button @click=${() => this.#readPage(false)}>${msg('Intentar de nuevo')}</button>`}
            </div>`
          : nothing
      }
      ${
        value && !(error && value.items.length === 0)
          ? html`<div>
                <p class="visually-hidden" role="status">
                  ${this.#waits ? msg('Cargando las llamadas') : error ? nothing : countWords(value.items.length)}
                </p>
                <div class=${this.#waits || error ? 'waits' : ''} aria-busy=${this.#waits}>${this.#found(value, team)}</div>
              </div>
              ${this.#pager(value)}`
          : error
            ? nothing
            : me
              ? this.#skeleton()
              : nothing
      }
    `;
  }

  #found({ items, lookedUntil }: CallsPage, team: boolean): TemplateResult {
    const rows = {
      host: this,
      now: this.api.now(),
      timeZone: this.#timeZone,
      outcomes: this.desk.outcomes,
      team,
      dials: (this.me?.endpoints.length ?? 0) > 0,
    };
    const told = new Map(this.desk.calls.calls.map((call) => [keyOf(call), call]));
    return html`
      ${
        items.length > 0
          ? html`<div class=${`list${team ? ' team' : ''}${rows.dials ? '' : ' no-dials'}`} @keydown=${this.#key}>
              ${historyHead(team)}
              ${rows.dials ? rowKeysHint() : nothing}
              <ol aria-labelledby="list" aria-describedby=${rows.dials ? 'row-keys' : nothing}>
                ${repeat(items, keyOf, (call) => historyRow(rows, fresher(call, told.get(keyOf(call)))))}
              </ol>
            </div>`
          : lookedUntil
            ? nothing
            : this.#empty()
      }
    `;
  }

  #empty(): TemplateResult {
    const isNarrowed = narrowing.some((key) => this.#filter[key]);
    return html`
      <div class="list empty">
        <p>${isNarrowed ? msg('Ninguna llamada cumple estos filtros.') : msg('No hay llamadas en estos días.')}</p>
        <p>${isNarrowed ? msg('Quite un filtro, o elija más días.') : msg('Elija otros días, arriba.')}</p>
        ${isNarrowed ? html`<p><button @click=${this.#withoutFilters}>${msg('Quitar filtros')}</button></p>` : nothing}
      </div>
    `;
  }

  #news({ items }: CallsPage): TemplateResult | typeof nothing {
    const shown = new Set(items.map(keyOf));
    const day = queryOf(this.#filter, this.#today);
    const fresh =
      this.#token === undefined && day.to === undefined && !this.#waits
        ? this.desk.calls.calls.filter((call) => !shown.has(keyOf(call)) && isNews(call, this.#filter, this.#readAt))
        : [];
    return fresh.length > 0
      ? html`<button class="tonal" @click=${() => this.#readPage(true)}>
          ${icons.mended(18)} ${msg('Hay llamadas nuevas: mostrarlas')}
        </button>`
      : nothing;
  }

  #pager({ items, next, previous, lookedUntil }: CallsPage): TemplateResult | typeof nothing {
    const newest = this.#token !== undefined;
    if (!newest && !next && !lookedUntil) return nothing;
    const until = lookedUntil ? timeWords(lookedUntil, this.api.now(), this.#timeZone) : '';
    return html`
      ${
        lookedUntil && next
          ? html`<div class="notice looked">
              <p>
                ${items.length > 0 ? msg(str`Se buscó hasta el ${beforeStop(until)}. Puede haber más, anteriores.`) : msg(str`Se buscó hasta el ${until}, y no se encontró ninguna. Puede haber anteriores.`)}
              </p>
              <a class="step" href=${addressOf(this.#filter, next)}>${msg('Seguir buscando')}</a>
            </div>`
          : nothing
      }
      <nav class="pager" aria-label=${msg('Páginas')}>
        ${
          previous
            ? html`<a class="step" href=${addressOf(this.#filter, previous)}>${icons.left(18)}${msg('Más recientes')}</a>`
            : nothing
        }
        ${newest ? html`<a class="step" href=${addressOf(this.#filter)}>${msg('Las más nuevas')}</a>` : nothing}
        ${
          next && !lookedUntil
            ? html`<a class="step older" href=${addressOf(this.#filter, next)}>${msg('Más antiguas')}${icons.right(18)}</a>`
            : nothing
        }
      </nav>
    `;
  }

  #skeleton(): TemplateResult {
    return html`<div class="list skeleton" role="status" aria-label=${msg('Cargando las llamadas')}>
      ${Array.from({ length: 12 }, () => html`<span></span>`)}
    </div>`;
  }

  readonly #withoutFilters = (): void => this.#change(Object.fromEntries(narrowing.map((key) => [key, ''])));

  #change(values: Partial<Record<FilterKey, string>>): void {
    this.#go(changed(this.#filter, values));
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  /** Goes to another filter, from whose first page on. The browser's Back leads here again. */
  #go(filter: Filter): void {
    const address = addressOf(filter);
    if (address === addressOf(this.#filter, this.#token)) return;
    history.pushState({}, '', address);
    this.search = location.search;
  }

  /** Where a page was turned, the focus goes to its beginning. */
  async #readPage(isTurned: boolean): Promise<void> {
    const read = this.#read;
    this.#waits = true;
    this.requestUpdate();
    const readAt = this.api.now();
    await this.#calls.read();
    if (read !== this.#read) return;
    const first = toFirstPage(this.#calls.error);
    if (first !== undefined) {
      this.search = first;
      return;
    }

    this.#waits = false;
    this.#readAt = readAt;
    this.requestUpdate();
    await this.updateComplete;
    if (isTurned) this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  #nameContact(): void {
    const { contact } = this.#filter;
    if (contact === this.#contact.value?.contactId) return;
    this.#contact.clear();
    if (contact) void this.#contact.read();
  }

  /** By the list of those who may be asked for, else by a call that is shown. */
  get #agentName(): string | undefined {
    const { agent } = this.#filter;
    const [agents, calls] = [this.#agents.value, this.#calls];
    const known =
      (agent === this.me?.id ? this.me?.name : undefined) ??
      agents?.find(({ agentId }) => agentId === agent)?.name ??
      calls.value?.items.find(({ agentId, agentName }) => agentId === agent && agentName)?.agentName;
    if (known || this.#waits) return known;
    const isRefused = calls.error?.status === 403;
    if (!agents) return isRefused ? msg('Otra persona') : undefined;
    // Of those whose calls the reader may see, who is not in the list has left.
    return isRefused ? msg('Agente de otro equipo') : msg('Agente eliminado');
  }

  get #contactName(): string | undefined {
    if (this.#contact.value) return nameOf(this.#contact.value);
    return this.#contact.error?.status === 404 ? msg('Contacto eliminado') : undefined;
  }

  #key(event: KeyboardEvent): void {
    if (moveInRows(event)) event.preventDefault();
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
    pageFrame,
    historyRows,
    css`
      :host {
        max-inline-size: 84rem;
      }

      cmw-history-export {
        margin-inline-start: auto;
      }

      .title {
        min-block-size: var(--cmw-control);
      }

      /* Which fields there are is known with the agent. */
      .unknown {
        visibility: hidden;
      }

      .asked {
        padding: var(--cmw-space-4);
      }

      h2 {
        scroll-margin-block-start: calc(var(--cmw-header, 4rem) + var(--cmw-space-4));
      }

      .chips {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2);
      }

      .chip {
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-3) var(--cmw-space-2);
        gap: var(--cmw-space-1);
        border-color: var(--cmw-accent);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-accent-ground);
        font: var(--cmw-type-label);
        overflow-wrap: anywhere;
      }

      .chips .bare {
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-2);
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
      }

      .waits {
        opacity: 0.55;
      }

      /* The news have their place before they come: no row moves. */
      .heading {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
        margin-block-end: calc(-1 * var(--cmw-space-2));
      }

      /* Where both don't fit beside each other, the news take the heading's place. */
      @media (width < 40rem) {
        .heading:has(button) h2 {
          position: absolute;
          clip-path: inset(50%);
        }
      }

      .empty {
        padding-block: var(--cmw-space-7);
      }

      .empty button {
        margin-block-start: var(--cmw-space-2);
      }

      .skeleton span {
        display: flex;
        align-items: center;
        min-block-size: 3.75rem;
        padding-inline: var(--cmw-space-4);
      }

      .skeleton {
        background: var(--cmw-surface);
      }

      .skeleton span::before {
        content: '';
        inline-size: 55%;
        block-size: 0.75rem;
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
      }

      .skeleton span:nth-child(even)::before {
        inline-size: 40%;
      }

      nav.pager {
        justify-content: end;
        gap: var(--cmw-space-2);
        border-block-end: 0;
      }

      nav.pager .step,
      .looked .step {
        padding-block: 0;
        border: 1px solid var(--cmw-line);
        background: var(--cmw-surface);
        color: var(--cmw-text);
      }
    `,
  ];
}

/** The call as a message told it since, where that is newer. */
const fresher = (call: PastCall, told: Call | undefined): PastCall =>
  told && compareVersions(told, call) > 0 ? { ...call, ...told } : call;

function countWords(count: number): string {
  return count === 1 ? msg('1 llamada') : msg(str`${count} llamadas`);
}
