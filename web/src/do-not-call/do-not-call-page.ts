import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DoNotCall, DoNotCallApi } from '../api/do-not-call-api.js';
import { type Me, type Page, seesTeam } from '../api/types.js';
import { callAddress, contactAddress } from '../base/addresses.js';
import { toFirstPage } from '../base/first-page.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { foundList, olderWords } from '../design/found-list.js';
import * as icons from '../design/icons.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { shortDay } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone } from '../i18n/times.js';
import './add-form.js';
import type { DoNotCallForm } from './add-form.js';

const pauseMs = 250;
const longestQuery = 40;

/** Which numbers the address asks for. */
interface Asked {
  readonly query: string;
  /** The token of the page; undefined for the first one. */
  readonly next: string | undefined;
}

/** The numbers that must not be called: why, since when and by whom. What is looked for stands in the address. */
@localized()
@customElement('cmw-do-not-call-page')
export class DoNotCallPage extends LitElement {
  @property({ attribute: false }) api!: DoNotCallApi;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  @state() private adding = false;
  /** The number whose removal is asked about. */
  @state() private asked: string | undefined;
  /** What was done last. */
  @state() private said = '';

  readonly #list = new Reading<Page<DoNotCall>>(this, () => this.api.list(this.#asks.query, this.#asks.next));
  readonly #removal = new Saving(this);
  #asks: Asked = { query: '', next: undefined };
  #read = '';
  #waits = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('search')) this.#asks = askedOf(this.search);
    if (!this.me || !this.#isAllowed) return;
    const key = `${this.me.id} ${addressOf(this.#asks)}`;
    if (key === this.#read) return;
    const isTurned = this.#read !== '' && this.#asks.next !== undefined;
    this.#read = key;
    void this.#readPage(isTurned);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar top">
        <h1 tabindex="-1">${msg('No llamar')}</h1>
        ${
          this.#isAllowed
            ? html`<button class="primary add" aria-expanded=${this.adding} @click=${this.#add}>
                ${msg('Agregar números')}
              </button>`
            : nothing
        }
      </div>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de quien supervisa.')}</p>` : nothing}
      ${this.#isAllowed ? this.#body() : nothing}
    `;
  }

  #body(): TemplateResult {
    return html`
      <p class="quiet about">
        ${msg('A estos números no se llama: ni con un clic, ni en una campaña. Un resultado también puede poner aquí el número de la llamada, como «Pidió no ser llamado».')}
      </p>
      ${
        this.adding
          ? html`<div class="panel">
              <cmw-do-not-call-form
                .add=${(number: string, reason: string) => this.api.add(number, reason)}
                @added=${() => this.#list.read()}
                @closed=${this.#close}
              ></cmw-do-not-call-form>
            </div>`
          : nothing
      }
      <p class="said" role="status">${this.said}</p>
      <form class="search" role="search" @submit=${this.#submit}>
        <label class="visually-hidden" for="query">${msg('Buscar un número')}</label>
        ${icons.search(20)}
        <input
          id="query"
          type="search"
          inputmode="tel"
          autocomplete="off"
          spellcheck="false"
          maxlength=${longestQuery}
          placeholder=${msg('Un número, o como empieza')}
          .value=${this.#asks.query}
          @input=${this.#type}
        />
      </form>
      <h2 id="list" class="visually-hidden" tabindex="-1">${msg('Números')}</h2>
      ${this.#found()}
    `;
  }

  /** That a number is not on the list is said only once it is known: it may be called then. */
  #found(): TemplateResult {
    const { value, error } = this.#list;
    const wrong = error?.fieldError('query');
    if (wrong) return html`<p class="notice" role="alert">${wrong}</p>`;
    return html`
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>${msg('No se pudo leer la lista.')} ${plainWords(error)} ${olderWords(value?.items)}</p>
              <button @click=${() => this.#readPage(false)}>${msg('Intentar de nuevo')}</button>
            </div>`
          : nothing
      }
      ${
        value && !((error || this.#waits) && value.items.length === 0)
          ? html`<div class=${this.#waits || error ? 'waits' : ''} aria-busy=${this.#waits}>${this.#rows(value)}</div>
              ${this.#pager(value)}`
          : error
            ? nothing
            : html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
      }
    `;
  }

  #rows({ items }: Page<DoNotCall>): TemplateResult {
    const { query } = this.#asks;
    return html`
      <p class="visually-hidden" role="status">${this.#waits ? msg('Cargando') : this.#list.error ? nothing : countWords(items.length)}</p>
      ${
        items.length > 0
          ? html`<section aria-labelledby="list">
              <ol class="rows">${repeat(items, ({ number }) => number, this.#row)}</ol>
            </section>`
          : html`<div class="panel empty">
              <p>${query ? msg(str`No hay ningún «${query}» en la lista.`) : msg('La lista está vacía.')}</p>
              <p>${query ? msg('Por esta lista, se puede llamar.') : msg('Aquí quedan los números de quienes pidieron que no se les llame.')}</p>
            </div>`
      }
    `;
  }

  readonly #row = (entry: DoNotCall): TemplateResult => html`
    <li>
      <div class="bar line">
        <h3 class="number">${entry.display}</h3>
        <button
          class="remove"
          data-number=${entry.number}
          aria-label=${msg(str`Quitar: ${entry.display}`)}
          aria-expanded=${this.asked === entry.number}
          @click=${() => this.#askRemoval(entry.number)}
        >
          ${msg('Quitar')}
        </button>
      </div>
      <p>${entry.reason ?? msg('Los datos de la persona se borraron. Queda el número, para no llamarla.')}</p>
      <p class="quiet small bar">
        <span>${this.#since(entry)}</span>
        ${entry.callId && entry.account ? html`<a href=${callAddress({ callId: entry.callId, account: entry.account })}>${msg('Ver la llamada')}</a>` : nothing}
        ${entry.contactId ? html`<a href=${contactAddress(entry.contactId)}>${msg('Ver el contacto')}</a>` : nothing}
      </p>
      ${this.asked === entry.number ? this.#question(entry) : nothing}
    </li>
  `;

  #question(entry: DoNotCall): TemplateResult {
    return html`
      <div class="notice" role="group" aria-label=${msg('Confirmar')}>
        <p tabindex="-1" class="sure">
          ${msg(str`Se podrá volver a llamar al ${entry.display}. Quítelo solo si la persona lo acepta o si fue un error.`)}
        </p>
        <span class="bar">
          <button @click=${this.#keep}>${msg('Cancelar')}</button>
          <button class="danger" aria-disabled=${this.#removal.busy} @click=${this.#remove}>
            ${msg('Quitar de la lista')}
          </button>
        </span>
        ${refusalNotice(this.#removal, { again: this.#remove })}
      </div>
    `;
  }

  #since({ addedAt, addedBy, addedByName, source }: DoNotCall): string {
    const day = shortDay(Date.parse(addedAt), this.me?.timeZone ?? defaultZone);
    const who = addedByName ?? addedBy;
    return source === 'outcome'
      ? msg(str`Desde el ${day}, por el resultado que puso ${who}`)
      : msg(str`Desde el ${day}, lo agregó ${who}`);
  }

  #pager({ next }: Page<DoNotCall>): TemplateResult | typeof nothing {
    const { query, next: here } = this.#asks;
    if (!next && !here) return nothing;
    return html`
      <nav class="pager" aria-label=${msg('Páginas')}>
        ${here ? html`<a class="step" href=${addressOf({ query, next: undefined })}>${icons.left(18)}${msg('Al principio')}</a>` : nothing}
        ${next ? html`<a class="step" href=${addressOf({ query, next })}>${msg('Siguientes')}${icons.right(18)}</a>` : nothing}
      </nav>
    `;
  }

  async #readPage(isTurned: boolean): Promise<void> {
    const read = this.#read;
    this.#waits = true;
    this.requestUpdate();
    await this.#list.read();
    if (read !== this.#read) return;
    const first = toFirstPage(this.#list.error);
    if (first !== undefined) {
      this.search = first;
      return;
    }

    this.#waits = false;
    this.requestUpdate();
    await this.updateComplete;
    if (isTurned) this.renderRoot.querySelector<HTMLElement>('#list')?.focus();
  }

  readonly #type = (event: InputEvent): void => {
    const query = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(query), pauseMs);
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#look(this.renderRoot.querySelector<HTMLInputElement>('#query')?.value ?? '');
  };

  /** What is typed replaces the address: Back leads to the page before, not to each digit. */
  #look(query: string): void {
    const address = addressOf({ query: query.trim(), next: undefined });
    if (address === addressOf(this.#asks)) return;
    this.said = '';
    this.asked = undefined;
    history.replaceState(history.state, '', address);
    this.search = location.search;
  }

  readonly #add = async (): Promise<void> => {
    const form = (): DoNotCallForm | null => this.renderRoot.querySelector('cmw-do-not-call-form');
    this.adding = !this.adding || form()?.isAdding === true;
    await this.updateComplete;
    form()?.focus();
  };

  readonly #close = async (): Promise<void> => {
    this.adding = false;
    await this.#focus('button.add');
  };

  async #askRemoval(number: string): Promise<void> {
    this.#removal.rearranged();
    this.asked = this.asked === number ? undefined : number;
    if (this.asked) await this.#focus('.sure');
  }

  readonly #keep = async (): Promise<void> => {
    const { asked } = this;
    this.asked = undefined;
    await this.#focus(`[data-number="${asked}"]`);
  };

  readonly #remove = async (): Promise<void> => {
    const { asked } = this;
    const entry = this.#list.value?.items.find(({ number }) => number === asked);
    if (!entry) return;
    await this.#removal.save(() => this.api.remove(entry.number));
    if (!this.#removal.saved) return;
    this.asked = undefined;
    this.said = msg(str`${entry.display} ya no está en la lista.`);
    await this.#list.read();
    await this.#focus('#list');
  };

  async #focus(what: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(what)?.focus();
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && seesTeam(this.me);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    foundList,
    css`
      :host {
        max-inline-size: 56rem;
      }

      .top,
      .line {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
      }

      .about {
        max-inline-size: 44rem;
      }

      .rows > li:first-child {
        padding-block-start: 0;
      }

      h3 {
        font-variant-numeric: tabular-nums;
      }

      .notice .bar {
        flex-wrap: wrap;
      }
    `,
  ];
}

function askedOf(search: string): Asked {
  const values = new URLSearchParams(search);
  return { query: (values.get('query') ?? '').trim().slice(0, longestQuery), next: values.get('next') || undefined };
}

function addressOf({ query, next }: Asked): string {
  const values = new URLSearchParams({ ...(query ? { query } : {}), ...(next ? { next } : {}) }).toString();
  return values ? `/do-not-call?${values}` : '/do-not-call';
}

const countWords = (count: number): string => (count === 1 ? msg('1 número') : msg(str`${count} números`));
