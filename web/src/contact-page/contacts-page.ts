import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ContactsApi } from '../api/contacts-api.js';
import { type Contact, isAdmin, type Me, type Page, seesTeam } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { toFirstPage } from '../base/first-page.js';
import { followLink } from '../base/follow-link.js';
import { memory } from '../base/memory.js';
import { Reading } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { ContactEditor } from '../contacts/contact-editor.js';
import { balanceField, balanceOf } from '../contacts/contact-facts.js';
import type { ContactForm } from '../contacts/contact-form.js';
import '../contacts/contact-form.js';
import { mainNumber, nameOf } from '../contacts/contact-name.js';
import { foundList, olderWords } from '../design/found-list.js';
import * as icons from '../design/icons.js';
import { pageFrame } from '../design/page-frame.js';
import { moveInRows, rowKeysHint } from '../design/row-keys.js';
import { base, buttons, fields } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { callButton } from '../dial/call-button.js';
import { money } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import { type Asked, addressOf, askedOf, longestQuery, mayBeNumber } from './asked.js';
import { contactRows } from './contact-rows.js';
import { phonesOf } from './joined.js';

const pauseMs = 250;

/** The contacts: all by name, or those who are looked for. What is looked for and the page stand in the address. */
@localized()
@customElement('cmw-contacts-page')
export class ContactsPage extends LitElement {
  @property({ attribute: false }) api!: ContactsApi;
  @property({ attribute: false }) desk!: Pick<Desk, 'api' | 'contactFields'>;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  /** Stores the file. */
  @property({ attribute: false }) store: (file: Blob, name: string) => void = saveFile;

  /** A new contact while it is written. */
  @state() private editor: ContactEditor | undefined;
  /** What was saved last. */
  @state() private saved: Contact | undefined;
  /** When there was a call with each contact the last time. */
  @state() private latest: ReadonlyMap<string, string | undefined> = new Map();
  readonly #contacts = new Reading<Page<Contact>>(this, () => this.#ask());
  readonly #export = new Saving(this);
  #asked: Asked = { query: '', next: undefined };
  /** What stands in the field. */
  #typed = '';
  #read = '';
  #waits = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('search')) this.#takeAddress();
    if (!this.me) return;
    const key = `${this.me.id} ${addressOf(this.#asked)}`;
    if (key === this.#read) return;
    const isTurned = this.#read !== '' && this.#asked.next !== undefined;
    this.#read = key;
    void this.#readPage(isTurned);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar top">
        <h1 tabindex="-1">${msg('Contactos')}</h1>
        <span class="bar ways">
          ${this.me && isAdmin(this.me) ? html`<a class="step" href="/contact-imports">${msg('Importar contactos')}</a>` : nothing}
          ${
            this.me && seesTeam(this.me)
              ? html`<a class="step" href="/do-not-call">${msg('No llamar')}</a>
                  <button aria-disabled=${this.#export.busy} @click=${this.#saveFile}>${msg('Exportar CSV')}</button>`
              : nothing
          }
          <button class="primary new" aria-expanded=${this.editor !== undefined} @click=${this.#create}>${msg('Nuevo contacto')}</button>
        </span>
      </div>
      ${
        this.#export.error
          ? html`<p class="notice" role="alert">${msg('No se pudieron exportar los contactos.')} ${plainWords(this.#export.error)}</p>`
          : nothing
      }
      ${this.editor ? this.#form(this.editor) : nothing} ${this.#done()}
      <form class="search" role="search" @submit=${this.#submit}>
        <label class="visually-hidden" for="query">${msg('Buscar en los contactos')}</label>
        ${icons.search(20)}
        <input
          id="query"
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength=${longestQuery}
          placeholder=${msg('Nombre, número o cédula')}
          .value=${live(this.#typed)}
          @input=${this.#type}
        />
      </form>
      <h2 id="list" class="visually-hidden" tabindex="-1">${msg('Contactos')}</h2>
      ${this.#body()}
    `;
  }

  #form(editor: ContactEditor): TemplateResult {
    return html`
      <section aria-labelledby="new">
        <h2 id="new">${msg('Nuevo contacto')}</h2>
        <cmw-contact-form
          .api=${this.desk.api}
          .editor=${editor}
          .fields=${this.desk.contactFields}
          .use=${msg('Abrir')}
          @saved=${(event: CustomEvent<Contact>) => this.#open(event.detail)}
          @use=${(event: CustomEvent<Contact>) => this.#open(event.detail)}
          @cancel=${this.#close}
        ></cmw-contact-form>
      </section>
    `;
  }

  #done(): TemplateResult | typeof nothing {
    const { saved } = this;
    if (!saved) return nothing;
    return html`<p class="notice" role="status">
      <a class="saved" href=${contactAddress(saved.contactId)}>${msg(str`Abrir la ficha de ${nameOf(saved)}`)}</a>
    </p>`;
  }

  #body(): TemplateResult {
    const { value, error } = this.#contacts;
    return html`
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>${msg('No se pudieron cargar los contactos.')} ${plainWords(error)} ${olderWords(value?.items)}</p>
              <button @click=${() => this.#readPage(false)}>${msg('Intentar de nuevo')}</button>
            </div>`
          : nothing
      }
      ${
        value && !(error && value.items.length === 0)
          ? html`<div class=${this.#waits || error ? 'waits' : ''} aria-busy=${this.#waits}>${this.#found(value)}</div>
              ${this.#pager(value)}`
          : error
            ? nothing
            : this.#skeleton()
      }
    `;
  }

  #found(page: Page<Contact>): TemplateResult {
    const { items } = page;
    const dials = (this.me?.endpoints.length ?? 0) > 0;
    const count = this.#contacts.error ? '' : countWords(items.length);
    const said = this.#waits ? msg('Cargando los contactos') : count;
    return html`
      <p class="visually-hidden" role="status">${said}</p>
      ${
        items.length > 0
          ? html`<div class="list" @keydown=${this.#key}>
              <div class="head" aria-hidden="true">
                <span>${msg('Nombre')}</span>
                <span>${msg('Teléfono')}</span>
                <span>${msg('Cédula o identificación')}</span>
                <span class="amount">${balanceField(this.desk.contactFields)?.label}</span>
                <span>${msg('Última llamada')}</span>
              </div>
              ${dials ? rowKeysHint() : nothing}
              <ol aria-labelledby="list" aria-describedby=${dials ? 'row-keys' : nothing}>
                ${repeat(
                  items,
                  ({ contactId }) => contactId,
                  (contact) => this.#row(contact),
                )}
              </ol>
            </div>`
          : this.#empty(page)
      }
    `;
  }

  #row(contact: Contact): TemplateResult {
    const balance = balanceOf(contact, this.desk.contactFields);
    const number = contact.name ? mainNumber(contact) : '';
    const more = phonesOf(contact).length - 1;
    return html`
      <li>
        <span class="who"><a href=${contactAddress(contact.contactId)}>${nameOf(contact)}</a></span>
        <span class="phone number">
          ${number}${number && more > 0 ? html` <span class="quiet" title=${more === 1 ? msg('1 teléfono más') : msg(str`${more} teléfonos más`)}>+${more}</span>` : nothing}
        </span>
        <span class="document">${
          contact.document
            ? html`<span class="visually-hidden">${msg('Cédula o identificación')}: </span>${contact.document}`
            : nothing
        }</span>
        <span class="amount">${
          balance
            ? html`<span class="visually-hidden">${balance.label}: </span>${money(balance.amount, balance.currency)}`
            : nothing
        }</span>
        <span class="at">${this.#latestOf(contact)}</span>
        ${this.#dialOf(contact)}
      </li>
    `;
  }

  #latestOf({ contactId }: Contact): TemplateResult | typeof nothing {
    const at = this.latest.get(contactId);
    return at
      ? html`<span class="visually-hidden">${msg('Última llamada')}: </span
          ><time datetime=${at}>${timeWords(at, this.api.now(), this.#timeZone)}</time>`
      : nothing;
  }

  #dialOf(contact: Contact): TemplateResult | typeof nothing {
    if (!this.me?.endpoints.length) return nothing;
    const first = phonesOf(contact).find(({ kind }) => kind === 'number');
    return first
      ? callButton(this, { number: first.text, contactId: contact.contactId, who: nameOf(contact) })
      : html`<span></span>`;
  }

  #empty({ next }: Page<Contact>): TemplateResult {
    const { query } = this.#asked;
    if (query && next)
      return html`
        <div class="list empty">
          <p>${msg(str`Todavía no se encuentra a nadie con «${query}».`)}</p>
          <p>${msg('Hay muchísimos contactos: presione «Siguientes» para seguir buscando, o escriba más del nombre.')}</p>
        </div>
      `;
    return html`
      <div class="list empty">
        <p>${query ? msg(str`Nadie coincide con «${query}».`) : msg('Todavía no hay contactos.')}</p>
        <p>${query ? msg('Busque por otra parte del nombre, o por el número.') : msg('Cree el primero, o importe una lista.')}</p>
      </div>
    `;
  }

  #pager({ next }: Page<Contact>): TemplateResult | typeof nothing {
    const { query, next: here } = this.#asked;
    if (!next && !here) return nothing;
    return html`
      <nav class="pager" aria-label=${msg('Páginas')}>
        ${here ? html`<a class="step" href=${addressOf({ query, next: undefined })}>${icons.left(18)}${msg('Al principio')}</a>` : nothing}
        ${next ? html`<a class="step" href=${addressOf({ query, next })}>${msg('Siguientes')}${icons.right(18)}</a>` : nothing}
      </nav>
    `;
  }

  #skeleton(): TemplateResult {
    return html`<div class="list waiting" role="status" aria-label=${msg('Cargando los contactos')}>
      ${Array.from({ length: 12 }, () => html`<span></span>`)}
    </div>`;
  }

  /** A number is looked for as one too: it is found however it is written. */
  async #ask(): Promise<Page<Contact>> {
    const { query, next } = this.#asked;
    if (!query || next || !mayBeNumber(query)) return this.api.contacts(query ? { query } : {}, next);
    const [byPhone, found] = await Promise.all([this.api.contacts({ phone: query }), this.api.contacts({ query })]);
    const all = new Map([...byPhone.items, ...found.items].map((contact) => [contact.contactId, contact]));
    return { items: [...all.values()], next: found.next ?? null };
  }

  async #readPage(isTurned: boolean): Promise<void> {
    const read = this.#read;
    this.#waits = true;
    this.requestUpdate();
    await this.#contacts.read();
    if (read !== this.#read) return;
    const first = toFirstPage(this.#contacts.error);
    if (first !== undefined) {
      this.search = first;
      return;
    }

    this.#waits = false;
    this.requestUpdate();
    await this.updateComplete;
    if (isTurned) this.renderRoot.querySelector<HTMLElement>('#list')?.focus();
    await this.#readLatest(read);
  }

  /** What can't be read is not shown: the list does not wait for it. */
  async #readLatest(read: string): Promise<void> {
    const ids = this.#contacts.value?.items.map(({ contactId }) => contactId) ?? [];
    if (ids.length === 0) return;
    const latest = await this.api.latestCalls(ids.slice(0, 100)).catch(() => undefined);
    if (latest && read === this.#read) this.latest = latest;
  }

  #takeAddress(): void {
    this.#asked = askedOf(this.search);
    // The space after a first name stays for the second.
    if (this.#asked.query !== this.#typed.trim()) this.#typed = this.#asked.query;
  }

  readonly #type = (event: InputEvent): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(this.#typed), pauseMs);
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#look(this.#typed);
  };

  /** What is typed replaces the address: Back leads to the page before, not to each letter. */
  #look(query: string): void {
    const address = addressOf({ query: query.trim(), next: undefined });
    if (address === addressOf(this.#asked)) return;
    history.replaceState(history.state, '', address);
    this.search = location.search;
  }

  readonly #saveFile = (): Promise<void> =>
    this.#export.save(async () => this.store(await this.api.file(), msg('contactos.csv')));

  readonly #create = async (): Promise<void> => {
    const place = `new-contact.${this.me?.id ?? ''}`;
    const { query } = this.#asked;
    this.saved = undefined;
    this.editor ??= new ContactEditor({
      initial: mayBeNumber(query) ? { numbers: [query] } : { name: query },
      store: (input) => this.api.create(input),
      memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
    });
    await this.updateComplete;
    const form = this.renderRoot.querySelector<ContactForm>('cmw-contact-form');
    await form?.updateComplete;
    form?.focus();
  };

  readonly #close = async (): Promise<void> => {
    this.editor = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('button.new')?.focus();
  };

  /** Goes to the contact. */
  async #open(contact: Contact): Promise<void> {
    this.editor = undefined;
    this.saved = contact;
    await this.updateComplete;
    followLink(this.renderRoot.querySelector<HTMLElement>('a.saved'));
  }

  #key(event: KeyboardEvent): void {
    if (moveInRows(event)) event.preventDefault();
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    contactRows,
    foundList,
    css`
      .top {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
      }

      h2 {
        scroll-margin-block-start: calc(var(--cmw-header, 4rem) + var(--cmw-space-4));
      }
    `,
  ];
}

const countWords = (count: number): string => (count === 1 ? msg('1 contacto') : msg(str`${count} contactos`));
