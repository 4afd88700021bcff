import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { type ApiError, failureOf } from '../api/api-error.js';
import type { AuditApi } from '../api/audit-api.js';
import type { AuditQuery, AuditPage as Entries } from '../api/audit-types.js';
import type { HistoryApi } from '../api/history-api.js';
import type { TeamAgent } from '../api/history-types.js';
import { isAdmin, type Me } from '../api/types.js';
import { toFirstPage } from '../base/first-page.js';
import { Reading } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { olderWords } from '../design/found-list.js';
import * as icons from '../design/icons.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import './entry.js';
import { beforeStop, zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import { addressOf, changed, type FilterKey, filterOf, tokenOf } from './filter.js';
import { idWords, things, thingWords, whatWords } from './what-words.js';

type Choice = readonly [value: string, words: string];

/** Who changed what: by the filter and the page that the address says. */
@localized()
@customElement('cmw-audit-page')
export class AuditPage extends LitElement {
  @property({ attribute: false }) api!: Pick<AuditApi, 'entries' | 'file' | 'now'>;
  @property({ attribute: false }) people!: Pick<HistoryApi, 'agents'>;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';
  /** Stores the export. */
  @property({ attribute: false }) save: (file: Blob, name: string) => void = saveFile;

  @state() private exporting = false;
  @state() private exportError: ApiError | undefined;
  @state() private exported: string | undefined;

  readonly #entries = new Reading<Entries>(this, () => this.api.entries(this.#filter, tokenOf(this.search)));
  readonly #agents = new Reading<readonly TeamAgent[]>(this, () => this.people.agents());
  #filter: AuditQuery = {};
  #read: string | undefined;
  /** True while what is shown is that of an earlier filter or page. */
  #waits = false;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('search')) this.#filter = filterOf(this.search);
    if (!this.me || !isAdmin(this.me)) return;
    if (changes.has('me') && !this.#agents.value) void this.#agents.read();
    const key = addressOf(this.#filter, tokenOf(this.search));
    if (key === this.#read) return;
    const isTurned = this.#read !== undefined;
    this.#read = key;
    void this.#readPage(isTurned);
  }

  protected override render(): TemplateResult {
    const { me } = this;
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Auditoría')}</h1>
        ${me && isAdmin(me) ? this.#exportButton() : nothing}
      </div>
      ${me && !isAdmin(me) ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${me && isAdmin(me) ? this.#content() : nothing}
    `;
  }

  #content(): TemplateResult {
    return html`
      <p class="quiet">${msg('Quién cambió o exportó qué, cuándo y desde dónde. Nadie puede cambiar ni borrar estas anotaciones.')}</p>
      <section class="asked" aria-label=${msg('Filtros')}>
        ${this.#day('from', msg('Desde'))} ${this.#day('to', msg('Hasta'))}
        ${this.#select('who', msg('Quién'), msg('Todos'), this.#whoChoices)}
        ${this.#select('what', msg('Qué'), msg('Todo'), this.#whatChoices)}
        ${
          Object.keys(this.#filter).length > 0
            ? html`<button class="bare" @click=${() => this.#go({})}>${msg('Quitar filtros')}</button>`
            : nothing
        }
        ${
          this.#filter.id
            ? html`<button class="chip" @click=${() => this.#change({ id: '' })}>
                <span class="quiet">${msg('Solo:')}</span> ${idWords(this.#filter.id)}
                <span class="visually-hidden">(${msg('quitar este filtro')})</span> ${icons.close(16)}
              </button>`
            : nothing
        }
      </section>
      <h2 id="list" class="visually-hidden" tabindex="-1">${msg('Anotaciones')}</h2>
      ${this.#body()}
    `;
  }

  #body(): TemplateResult {
    const { value, error } = this.#entries;
    return html`
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>${
                Object.values(error.problem.errors ?? {})
                  .flat()
                  .join(' ') || `${msg('No se pudo leer la auditoría.')} ${plainWords(error)}`
              } ${olderWords(value?.items)}</p>
              <button @click=${() => this.#readPage(false)}>${msg('Intentar de nuevo')}</button>
            </div>`
          : nothing
      }
      ${
        value && !(error && value.items.length === 0)
          ? this.#list(value)
          : error
            ? nothing
            : html`<div class="panel skeletons" role="status" aria-label=${msg('Cargando')}>
                ${Array.from({ length: 6 }, () => html`<div class="skeleton"></div>`)}
              </div>`
      }
    `;
  }

  #list(page: Entries): TemplateResult {
    const { items, lookedUntil } = page;
    const context = {
      now: this.api.now(),
      timeZone: this.#timeZone,
      agentName: (id: string) => this.#agents.value?.find(({ agentId }) => agentId === id)?.name,
    };
    return html`
      <p class="visually-hidden" role="status">
        ${this.#waits ? msg('Cargando') : this.#entries.error ? nothing : msg(str`Anotaciones en esta página: ${items.length}`)}
      </p>
      ${
        items.length > 0
          ? html`<ol class=${`panel rows ${this.#waits || this.#entries.error ? 'waits' : ''}`} aria-labelledby="list" aria-busy=${this.#waits}>
              ${repeat(
                items,
                ({ entryId }) => entryId,
                (entry) => html`<li><cmw-audit-entry .entry=${entry} .context=${context}></cmw-audit-entry></li>`,
              )}
            </ol>`
          : lookedUntil
            ? nothing
            : this.#empty()
      }
      ${this.#pager(page)}
    `;
  }

  #empty(): TemplateResult {
    const isNarrowed = Object.keys(this.#filter).length > 0;
    return html`
      <div class="panel empty">
        <p>${isNarrowed ? msg('Ninguna anotación cumple estos filtros.') : msg('Todavía no hay anotaciones.')}</p>
        <p>
          ${isNarrowed ? msg('Quite un filtro, o elija más días.') : msg('Aquí aparece lo que alguien cambie o exporte de ahora en adelante.')}
        </p>
      </div>
    `;
  }

  #pager({ items, next, lookedUntil }: Entries): TemplateResult | typeof nothing {
    const isFirst = tokenOf(this.search) === undefined;
    if (isFirst && !next) return nothing;
    const until = lookedUntil ? timeWords(lookedUntil, this.api.now(), this.#timeZone) : '';
    return html`
      ${
        lookedUntil && next
          ? html`<div class="notice">
              <p>
                ${items.length > 0 ? msg(str`Se buscó hasta el ${beforeStop(until)}. Puede haber más, anteriores.`) : msg(str`Se buscó hasta el ${until}, y no se encontró ninguna. Puede haber anteriores.`)}
              </p>
              <a class="step" href=${addressOf(this.#filter, next)}>${msg('Seguir buscando')}</a>
            </div>`
          : nothing
      }
      <nav class="pager" aria-label=${msg('Páginas')}>
        ${isFirst ? nothing : html`<a class="step" href=${addressOf(this.#filter)}>${icons.left(18)}${msg('Las más nuevas')}</a>`}
        ${
          next && !lookedUntil
            ? html`<a class="step older" href=${addressOf(this.#filter, next)}>${msg('Más antiguas')}${icons.right(18)}</a>`
            : nothing
        }
      </nav>
    `;
  }

  #exportButton(): TemplateResult {
    const { exportError } = this;
    return html`
      <div class="export">
        <div role="status">
          ${this.exporting ? html`<p class="quiet small">${msg('Exportando…')}</p>` : nothing}
          ${this.exported ? html`<p class="quiet small">${msg(str`Se exportó: ${this.exported}`)}</p>` : nothing}
          ${exportError ? html`<p class="failed small">${msg('La exportación se cortó.')} ${plainWords(exportError)}</p>` : nothing}
        </div>
        <button aria-disabled=${this.exporting} @click=${this.#export}>${msg('Exportar CSV')}</button>
      </div>
    `;
  }

  #day(key: 'from' | 'to', words: string): TemplateResult {
    return html`
      <div class="field">
        <label for=${key}>${words}</label>
        <input
          id=${key}
          type="date"
          max=${zonedTime(this.api.now(), this.#timeZone).slice(0, 10)}
          .value=${live(this.#filter[key] ?? '')}
          @change=${(event: Event) => this.#dayChosen(key, (event.target as HTMLInputElement).value)}
        />
      </div>
    `;
  }

  #select(key: 'who' | 'what', words: string, all: string, choices: readonly Choice[]): TemplateResult {
    const chosen = this.#filter[key] ?? '';
    return html`
      <div class="field">
        <label for=${key}>${words}</label>
        <select id=${key} @change=${(event: Event) => this.#change({ [key]: (event.target as HTMLSelectElement).value })}>
          <option value="" ?selected=${chosen === ''}>${all}</option>
          ${choices.map(([value, name]) => html`<option value=${value} ?selected=${chosen === value}>${name}</option>`)}
        </select>
      </div>
    `;
  }

  /** An option that is drawn later can be the chosen one. */
  protected override updated(): void {
    for (const select of this.renderRoot.querySelectorAll('select')) {
      select.value = this.#filter[select.id as FilterKey] ?? '';
    }
  }

  get #whoChoices(): readonly Choice[] {
    return withChosen(
      (this.#agents.value ?? []).map(({ agentId, name }) => [agentId, name]),
      this.#filter.who,
    );
  }

  get #whatChoices(): readonly Choice[] {
    const { what } = this.#filter;
    return withChosen(
      things.map((thing): Choice => [thing, thingWords(thing)]).sort(([, one], [, other]) => one.localeCompare(other)),
      what,
      what ? whatWords({ what, before: null, after: null }) : '',
    );
  }

  /** While a year is typed the field holds years of long ago. */
  #dayChosen(key: 'from' | 'to', value: string): void {
    if (value === '' || value >= '2000') this.#change({ [key]: value });
  }

  #change(values: Partial<Record<FilterKey, string>>): void {
    this.#go(changed(this.#filter, values));
  }

  /** Goes to another filter, from whose first page on. The browser's Back leads here again. */
  #go(filter: AuditQuery): void {
    const address = addressOf(filter);
    if (address === addressOf(this.#filter, tokenOf(this.search))) return;
    history.pushState({}, '', address);
    this.search = location.search;
  }

  /** Where a page was turned, the focus goes to its beginning, but not from a field of the filter. */
  async #readPage(isTurned: boolean): Promise<void> {
    const read = this.#read;
    this.#waits = true;
    this.requestUpdate();
    await this.#entries.read();
    if (read !== this.#read) return;
    const first = toFirstPage(this.#entries.error);
    if (first !== undefined) {
      this.search = first;
      return;
    }

    this.#waits = false;
    this.requestUpdate();
    await this.updateComplete;
    if (isTurned && !this.renderRoot.querySelector('.asked :focus')) {
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
    }
  }

  async #export(): Promise<void> {
    if (this.exporting) return;
    this.exporting = true;
    this.exportError = undefined;
    this.exported = undefined;
    try {
      const name = `${msg('auditoria')}-${zonedTime(this.api.now(), this.#timeZone).slice(0, 10)}.csv`;
      this.save(await this.api.file(this.#filter), name);
      this.exported = name;
    } catch (error) {
      this.exportError = failureOf(error);
    } finally {
      this.exporting = false;
    }
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    css`
      .title {
        min-block-size: var(--cmw-control);
      }

      .export {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
        margin-inline-start: auto;
      }

      .failed {
        color: var(--cmw-bad);
      }

      .asked {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr));
        align-items: end;
        padding: var(--cmw-space-4);
      }

      .asked .bare {
        color: var(--cmw-accent);
      }

      .chip {
        grid-column: 1 / -1;
        justify-self: start;
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-3) var(--cmw-space-2);
        border-color: var(--cmw-accent);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-accent-ground);
        font: var(--cmw-type-label);
      }

      .rows {
        gap: 0;
      }

      .rows > li:first-child {
        padding-block-start: 0;
      }

      .waits {
        opacity: 0.55;
      }

      .skeletons .skeleton {
        min-block-size: 4.5rem;
      }

      h2 {
        scroll-margin-block-start: calc(var(--cmw-header, 4rem) + var(--cmw-space-4));
      }

      .pager {
        justify-content: space-between;
        border: 0;
      }

      .pager a,
      .notice a {
        border: 1px solid var(--cmw-line);
        padding-inline: var(--cmw-space-3);
        color: var(--cmw-text);
      }

      .older {
        margin-inline-start: auto;
      }

      @media (width < 40rem) {
        .asked {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }

        .asked input {
          padding-inline: var(--cmw-space-2);
        }
      }
    `,
  ];
}

/** What was chosen stays to be chosen, although it is offered no more. */
const withChosen = (choices: readonly Choice[], chosen: string | undefined, words = chosen ?? ''): readonly Choice[] =>
  chosen && !choices.some(([value]) => value === chosen) ? [...choices, [chosen, words]] : choices;
