import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  type Deliveries,
  type Delivery,
  type DeliveryQuery,
  type EventEndpoint,
  eventTypes,
} from '../api/event-types.js';
import type { EventsApi } from '../api/events-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { toFirstPage } from '../base/first-page.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { dayPattern } from '../i18n/days.js';
import { beforeStop, zonedTime } from '../i18n/format.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import './delivery-row.js';
import { deliveryStateWords, eventWords } from './words.js';

type FilterKey = keyof DeliveryQuery;

const keys: readonly FilterKey[] = ['state', 'type', 'from', 'to'];

const everyMs = 15_000;

/** What is sent again waits for its turn no longer than this, where the endpoint answers. */
const replayMs = 60_000;

/** What was sent to one endpoint and what it answered, by a filter that the address says. */
@localized()
@customElement('cmw-deliveries-page')
export class DeliveriesPage extends LitElement {
  @property({ attribute: false }) api!: EventsApi;
  @property({ attribute: false }) me: Me | undefined;
  @property() endpointId = '';
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  @state() private said = '';

  readonly #deliveries = new Reading<Deliveries>(this, () =>
    this.api.deliveries(this.endpointId, this.#filter, tokenOf(this.search)),
  );
  readonly #endpoints = new Reading<readonly EventEndpoint[]>(this, () => this.api.endpoints());
  readonly #saving = new Saving(this);
  #filter: DeliveryQuery = {};
  #read: string | undefined;
  #replayedAt: number | undefined;

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#changes,
      () => this.#readAgain(),
    );
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('search')) this.#filter = filterOf(this.search);
    if (!this.#isAllowed || !this.endpointId) return;
    if (!this.#endpoints.value && changes.has('me')) void this.#endpoints.read();
    const key = `${this.endpointId}${this.search}`;
    if (key === this.#read) return;
    this.#read = key;
    void this.#readPage();
  }

  async #readPage(): Promise<void> {
    await this.#deliveries.read();
    this.search = toFirstPage(this.#deliveries.error) ?? this.search;
  }

  protected override render(): TemplateResult {
    const endpoint = this.#endpoints.value?.find(({ endpointId }) => endpointId === this.endpointId);
    return html`
      <p><a href="/events">${msg('Eventos hacia su sistema')}</a></p>
      <h1 tabindex="-1">${msg('Envíos de eventos')}</h1>
      <p class="quiet">${endpoint ? `${endpoint.description ?? ''} ${endpoint.url}` : '\u00a0'}</p>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#isAllowed ? this.#content() : nothing}
    `;
  }

  #content(): TemplateResult {
    const { from, to } = this.#filter;
    return html`
      <section class="asked" aria-label=${msg('Filtros')}>
        ${this.#day('from', msg('Desde'))} ${this.#day('to', msg('Hasta'))}
        ${this.#select(
          'state',
          msg('Estado'),
          (['delivered', 'waiting', 'failed'] as const).map((its) => [its, deliveryStateWords(its)]),
        )}
        ${this.#select(
          'type',
          msg('Evento'),
          [...eventTypes, 'test'].map((type) => [type, eventWords(type)]),
        )}
        ${
          Object.keys(this.#filter).length > 0
            ? html`<button class="bare" @click=${() => this.#go({})}>${msg('Quitar filtros')}</button>`
            : nothing
        }
      </section>
      <div class="bar">
        <button aria-disabled=${!from || !to || this.#saving.busy} aria-describedby="span" @click=${this.#replaySpan}>
          ${msg('Enviar otra vez lo de estos días')}
        </button>
        <p class="quiet small" id="span">
          ${
            from && to
              ? msg('Llegan con el mismo código que la primera vez, para que su sistema no los tome dos veces.')
              : msg('Elija desde y hasta qué día para enviar otra vez lo de esos días.')
          }
        </p>
      </div>
      <p class="said" role="status">${this.said}</p>
      ${refusalNotice(this.#saving, { again: () => this.#deliveries.read() })}
      <h2 id="list" class="visually-hidden" tabindex="-1">${msg('Envíos')}</h2>
      ${readingBody(this.#deliveries, msg('No se pudieron leer los envíos.'), (page) => this.#list(page))}
    `;
  }

  #list({ items, next, lookedUntil }: Deliveries): TemplateResult {
    const isFirst = tokenOf(this.search) === undefined;
    return html`
      ${
        items.length > 0
          ? html`<ol class="panel rows" aria-labelledby="list">
              ${repeat(
                items,
                ({ deliveryId }) => deliveryId,
                (delivery) =>
                  html`<li>
                    <cmw-delivery
                      .delivery=${delivery}
                      .now=${this.api.now()}
                      .timeZone=${this.#timeZone}
                      @replay=${() => this.#replay(delivery)}
                    ></cmw-delivery>
                  </li>`,
              )}
            </ol>`
          : lookedUntil
            ? nothing
            : html`<div class="panel empty">
              <p>${msg('No hay envíos.')}</p>
              <p>${msg('Aquí aparece cada evento que se envía, lo que contestó su sistema y cuándo se intenta otra vez.')}</p>
            </div>`
      }
      ${
        lookedUntil && next
          ? html`<div class="notice">
              <p>${msg(str`Se buscó hasta el ${beforeStop(timeWords(lookedUntil, this.api.now(), this.#timeZone))}. Puede haber más, anteriores.`)}</p>
              <a class="step" href=${this.#address(this.#filter, next)}>${msg('Seguir buscando')}</a>
            </div>`
          : nothing
      }
      ${
        isFirst && !next
          ? nothing
          : html`<nav class="pager" aria-label=${msg('Páginas')}>
              ${isFirst ? nothing : html`<a class="step" href=${this.#address(this.#filter)}>${msg('Las más nuevas')}</a>`}
              ${next && !lookedUntil ? html`<a class="step older" href=${this.#address(this.#filter, next)}>${msg('Más antiguas')}</a>` : nothing}
            </nav>`
      }
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

  #select(key: 'state' | 'type', words: string, choices: readonly (readonly [string, string])[]): TemplateResult {
    const chosen = this.#filter[key] ?? '';
    return html`
      <div class="field">
        <label for=${key}>${words}</label>
        <select id=${key} @change=${(event: Event) => this.#change({ [key]: (event.target as HTMLSelectElement).value })}>
          <option value="" ?selected=${chosen === ''}>${msg('Todos')}</option>
          ${choices.map(([value, name]) => html`<option value=${value} ?selected=${chosen === value}>${name}</option>`)}
        </select>
      </div>
    `;
  }

  /** While a year is typed the field holds years of long ago. */
  #dayChosen(key: 'from' | 'to', value: string): void {
    if (value === '' || value >= '2000') this.#change({ [key]: value });
  }

  #change(values: Partial<Record<FilterKey, string>>): void {
    const all = only({ ...this.#filter, ...values });
    // Of two days the other follows.
    const [from, to] = [all.from, all.to];
    this.#go(from && to && from > to ? { ...all, ...(values.from ? { to: from } : { from: to }) } : all);
  }

  /** Goes to another filter. The browser's Back leads here again. */
  #go(filter: DeliveryQuery): void {
    history.pushState({}, '', this.#address(filter));
    this.search = location.search;
    this.said = '';
  }

  #address(filter: DeliveryQuery, next?: string): string {
    const query = new URLSearchParams({ ...only(filter), ...(next ? { next } : {}) }).toString();
    return `/events/${encodeURIComponent(this.endpointId)}${query ? `?${query}` : ''}`;
  }

  async #replay({ deliveryId, type }: Delivery): Promise<void> {
    await this.#saving.save(async () => {
      await this.api.replay(this.endpointId, { deliveryId });
      this.#replayedAt = this.api.now();
      this.said = msg(str`Se envía otra vez: ${eventWords(type)}.`);
      await this.#deliveries.read();
    });
  }

  readonly #replaySpan = async (): Promise<void> => {
    const { from, to, state: its } = this.#filter;
    if (!from || !to) return;
    await this.#saving.save(async () => {
      await this.api.replay(this.endpointId, { from, to, ...(its ? { state: its } : {}) });
      this.#replayedAt = this.api.now();
      this.said = msg('Se están enviando otra vez.');
    });
  };

  /** True where what is shown is about to change by itself: a try is due, or something was just sent again. */
  get #changes(): boolean {
    // A date that is being typed would be replaced.
    if (!this.#isAllowed || this.#focused?.localName === 'input') return false;
    const now = this.api.now();
    if (this.#replayedAt !== undefined && now - this.#replayedAt < replayMs) return true;
    const { enabled = true } = this.#endpoints.value?.find(({ endpointId }) => endpointId === this.endpointId) ?? {};
    // A delivery of an endpoint that is paused has no next try.
    return (
      enabled &&
      this.#deliveries.value?.items.some(({ nextAt }) => nextAt && Date.parse(nextAt) < now + everyMs) === true
    );
  }

  /** Reads again. If the row with the focus leaves the list, the list has the focus. */
  async #readAgain(): Promise<void> {
    const before = this.#focused;
    await this.#deliveries.read();
    await this.updateComplete;
    if (before?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('#list')?.focus();
  }

  get #focused(): Element | null {
    return this.shadowRoot?.activeElement ?? null;
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    editorStyles,
    css`
      .asked {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr));
        align-items: end;
        padding: var(--cmw-space-4);
      }

      .asked .bare {
        color: var(--cmw-accent);
      }

      .bar p {
        flex: 1 1 16rem;
      }

      .said {
        color: var(--cmw-live);
      }

      .pager {
        justify-content: space-between;
        border: 0;
      }

      .pager a {
        border: 1px solid var(--cmw-line);
        padding-inline: var(--cmw-space-3);
        color: var(--cmw-text);
      }

      .older {
        margin-inline-start: auto;
      }
    `,
  ];
}

/** The filter in an address's query. What means nothing is left out. */
export function filterOf(search: string): DeliveryQuery {
  const parameters = new URLSearchParams(search);
  return only(
    Object.fromEntries(
      keys.map((key) => {
        const value = parameters.get(key)?.trim() ?? '';
        return [key, (key === 'from' || key === 'to') && !dayPattern.test(value) ? '' : value];
      }),
    ),
  );
}

const tokenOf = (search: string): string | undefined => new URLSearchParams(search).get('next') || undefined;

const only = (filter: Partial<Record<FilterKey, string | undefined>>): DeliveryQuery =>
  Object.fromEntries(keys.flatMap((key) => (filter[key] ? [[key, filter[key]]] : [])));
