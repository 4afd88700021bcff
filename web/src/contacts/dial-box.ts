import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ColleaguePhone, Contact, Endpoint } from '../api/types.js';
import { Later } from '../base/later.js';
import { Watching } from '../base/observable.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import type { DialDesk } from './contact-desk.js';
import { contactDetails } from './contact-details.js';
import { nameOf } from './contact-name.js';
import { ContactSearch } from './contact-search.js';
import './contact-panel.js';
import { dialable } from '../dial/dialable.js';
import { NumberChecks } from '../dial/number-checks.js';
import { dialBoxStyles } from './dial-box-styles.js';

/** 911, 1022 and the like. */
const shortCode = /^\d{3,4}$/;

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'] as const;

/** What can be chosen: a number to call, a colleague to call, or a contact. */
type Option = string | ColleaguePhone | Contact;

const isColleague = (option: Option): option is ColleaguePhone => typeof option !== 'string' && 'endpointId' in option;

/**
 * One box for finding a contact by name, number or document, and for dialling a number or a colleague. An agent without
 * a phone can only find.
 */
@localized()
@customElement('cmw-dial-box')
export class DialBox extends LitElement {
  @property({ attribute: false }) desk!: DialDesk;
  @property({ attribute: false }) endpoints: readonly Endpoint[] = [];

  @state() private open = false;
  @state() private pad = false;
  @state() private active = -1;
  @state() private contact: Contact | undefined;
  /** The number of a call by another phone that the agent is noting. */
  @state() private noting: string | undefined;
  readonly #form = new Later(this, () => import('./note-call.js'));
  #search: ContactSearch | undefined;
  #numbers: NumberChecks | undefined;

  constructor() {
    super();
    new Watching(this, () => this.#found);
    new Watching(this, () => this.desk?.dialler);
    new Watching(this, () => this.#checks);
  }

  get #found(): ContactSearch | undefined {
    if (this.desk) this.#search ??= new ContactSearch({ api: this.desk.api, withColleagues: () => this.#dials });
    return this.#search;
  }

  get #checks(): NumberChecks | undefined {
    if (this.desk) this.#numbers ??= new NumberChecks(this.desk.api);
    return this.#numbers;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.#outside);
    super.disconnectedCallback();
  }

  override focus(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  protected override render(): TemplateResult {
    const search = this.#found;
    const text = search?.text ?? '';
    const listed = this.open && !this.contact && !this.noting && this.#options.length > 0;
    return html`
      <div class="box" @keydown=${this.#escape} @focusout=${this.#left}>
        <span class="glyph">${icons.search(18)}</span>
        <input
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-label=${this.#dials ? msg('Buscar un contacto o marcar un número') : msg('Buscar un contacto')}
          aria-keyshortcuts="/"
          placeholder=${this.#dials ? msg('Buscar o marcar') : msg('Buscar')}
          aria-expanded=${listed}
          aria-controls=${listed ? 'options' : nothing}
          aria-autocomplete="list"
          aria-activedescendant=${listed && this.active >= 0 && this.active < this.#options.length ? `option-${this.active}` : nothing}
          .value=${text}
          @input=${(event: Event) => this.#type((event.target as HTMLInputElement).value)}
          @focus=${() => (this.open = true)}
          @keydown=${this.#key}
        />
        ${this.#dials ? this.#padButton() : nothing}
        ${this.open && (this.pad || text.trim() !== '' || this.contact || this.noting) ? this.#panel(text) : nothing}
      </div>
    `;
  }

  #padButton(): TemplateResult {
    const words = msg('Teclado');
    return html`
      <button
        class="bare icon"
        aria-label=${words}
        title=${words}
        aria-expanded=${this.open && this.pad}
        @click=${this.#togglePad}
      >
        ${icons.keypad(18)}
      </button>
    `;
  }

  #panel(text: string): TemplateResult {
    const search = this.#found;
    const options = this.#options;
    const nobody = search?.answered !== undefined && options.length === 0;
    return html`
      <div class="panel" @noted=${this.#close}>
        ${
          this.noting
            ? html`${this.#form.notice}<cmw-note-call
                  .api=${this.desk.api}
                  .numbers=${[this.noting]}
                  .timeZone=${this.desk.calls.timeZone}
                  @cancel=${this.#back}
                ></cmw-note-call>`
            : this.contact
              ? html`<cmw-contact-panel
                .desk=${this.desk}
                .contact=${this.contact}
                .dials=${this.#dials}
                @back=${this.#back}
                @dial=${this.#close}
              ></cmw-contact-panel>`
              : html`
                <ul id="options" role="listbox" aria-label=${msg('Lo que se encontró')} ?hidden=${options.length === 0}>
                  ${options.map((option, place) => this.#option(option, place))}
                </ul>
                <p class="hint said" role="status">${
                  search?.error
                    ? plainWords(search.error)
                    : this.#shortCode(text)
                      ? this.#shortCode(text)
                      : nobody
                        ? msg(str`Nadie coincide con «${search?.answered ?? ''}».`)
                        : nothing
                }</p>
                ${this.#noteButton(text)} ${this.pad ? this.#keypad(text) : nothing}
              `
        }
        ${this.#dials && !this.noting ? this.#from() : nothing}
      </div>
    `;
  }

  get #dials(): boolean {
    return this.endpoints.length > 0;
  }

  /** What is to be known of a number that no click calls, such as 911. */
  #shortCode(text: string): string {
    const digits = text.trim();
    return this.#dials && shortCode.test(digits) ? (this.#checks?.of(digits)?.message ?? '') : '';
  }

  /** The text as a number to call; undefined if it can't be one. */
  #number(text: string): string | undefined {
    return this.#dials ? dialable(text) : undefined;
  }

  get #options(): readonly Option[] {
    const search = this.#found;
    const number = this.#number(search?.text ?? '');
    return [...(number ? [number] : []), ...(search?.colleagues ?? []), ...(search?.found ?? [])];
  }

  #option(option: Option, place: number): TemplateResult {
    const [title, detail] =
      typeof option === 'string'
        ? [msg(str`Llamar al ${option}`), this.#checks?.of(option)?.message ?? '']
        : isColleague(option)
          ? [
              msg(str`Llamar a ${option.name}`),
              [msg('Colega'), ...new Set([option.label, option.endpointId])].join(' · '),
            ]
          : [nameOf(option), contactDetails(option, this.#found?.found ?? [], this.desk.contactFields)];
    return html`
      <li
        role="option"
        id=${`option-${place}`}
        aria-selected=${place === this.active}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.#take(option)}
      >
        <span class="glyph">
          ${typeof option === 'string' || isColleague(option) ? icons.outgoing(18) : icons.person(18)}
        </span>
        <strong>${title}</strong>
        <span class="hint">${detail}</span>
      </li>
    `;
  }

  #noteButton(text: string): TemplateResult | typeof nothing {
    const number = this.#number(text);
    return number
      ? html`<button class="bare note" @click=${() => this.#note(number)}>
          ${icons.pencil(18)} ${msg('Anotar una llamada por otro teléfono')}
        </button>`
      : nothing;
  }

  async #note(number: string): Promise<void> {
    this.noting = number;
    await this.#form.fetch();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('cmw-note-call')?.focus();
  }

  #keypad(text: string): TemplateResult {
    const number = this.#number(text);
    return html`
      <div class="keypad">
        ${keys.map((key) => html`<button @click=${() => this.#type(text + key)}>${key}</button>`)}
        <button aria-label=${msg('Borrar el último')} @click=${() => this.#type(text.slice(0, -1))}>${icons.erase(20)}</button>
        <button class="primary" aria-disabled=${number === undefined} @click=${() => number && this.#take(number)}>
          ${icons.outgoing(18)} ${msg('Llamar')}
        </button>
      </div>
    `;
  }

  /** The choice of the phone, and of who is called first. */
  #from(): TemplateResult {
    const { dialler } = this.desk;
    const chosen = dialler.endpointId ?? '';
    return html`
      <div class="from">
        ${
          this.endpoints.length > 1
            ? html`<label>
                ${msg('Llamar desde')}
                <select @change=${(event: Event) => (dialler.endpointId = (event.target as HTMLSelectElement).value || undefined)}>
                  <option value="" ?selected=${chosen === ''}>${msg('El último que usó')}</option>
                  ${this.endpoints.map(
                    (endpoint) =>
                      html`<option value=${endpoint.endpointId} ?selected=${chosen === endpoint.endpointId}>
                        ${endpoint.label ?? endpoint.endpointId}${endpoint.private ? ` · ${msg('número oculto')}` : endpoint.callerId ? ` · ${endpoint.callerId}` : ''}
                      </option>`,
                  )}
                </select>
              </label>`
            : nothing
        }
        <label class="first">
          <input
            type="checkbox"
            .checked=${dialler.contactFirst}
            @change=${(event: Event) => (dialler.contactFirst = (event.target as HTMLInputElement).checked)}
          />
          ${msg('Llamar primero al contacto')}
        </label>
      </div>
    `;
  }

  #type(text: string): void {
    this.active = this.#number(text) ? 0 : -1;
    this.contact = undefined;
    this.noting = undefined;
    this.open = true;
    this.#found?.type(text);
    const number = this.#number(text) ?? (shortCode.test(text.trim()) ? text.trim() : undefined);
    if (number && this.#dials) this.#checks?.ask(number);
  }

  #key(event: KeyboardEvent): void {
    // Who was found for an older text is still visible, but a key can't pick them.
    const options = this.#options.filter((option) => typeof option === 'string' || this.#found?.current);
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.active = (this.active + step + (this.active < 0 && step < 0 ? 1 : 0) + options.length) % options.length;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const only = options.length === 1 ? options[0] : undefined;
      // A name that was typed to find a contact must not call a colleague.
      const option = options[this.active] ?? (only && !isColleague(only) ? only : undefined);
      if (option) void this.#take(option);
    }
  }

  async #take(option: Option): Promise<void> {
    if (typeof option === 'string' || isColleague(option)) {
      void this.desk.dialler.call(
        typeof option === 'string'
          ? { number: option, who: option }
          : { colleagueEndpointId: option.endpointId, who: option.name },
      );
      this.#close();
      return;
    }

    this.contact = option;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('cmw-contact-panel')?.focus();
  }

  #togglePad(): void {
    this.pad = !(this.open && this.pad);
    this.open = true;
    this.contact = undefined;
    this.noting = undefined;
    if (this.pad) this.#input?.focus();
  }

  #back(): void {
    this.contact = undefined;
    this.noting = undefined;
    this.#input?.focus();
  }

  #close(): void {
    this.open = false;
    this.pad = false;
    this.contact = undefined;
    this.noting = undefined;
    this.active = -1;
    this.#found?.type('');
    this.#input?.blur();
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (this.contact || this.noting) this.#back();
    else this.#close();
  }

  #left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && !this.renderRoot.contains(to)) this.open = false;
  }

  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  static override styles = [base, buttons, fields, dialBoxStyles];
}
