import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { Contact, ContactField, ContactInput, PopUp } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { memory } from '../base/memory.js';
import { Watching } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { contactDetails } from './contact-details.js';
import { ContactEditor } from './contact-editor.js';
import type { ContactForm } from './contact-form.js';
import { nameOf } from './contact-name.js';
import { ContactSearch } from './contact-search.js';

/** Stores who a call is with. */
export interface CallContact {
  choose(popUp: PopUp, contactId: string): Promise<void>;
  /** Throws if the API refuses it. */
  create(popUp: PopUp, contact: ContactInput): Promise<void>;
  ignore(popUp: PopUp): Promise<void>;
}

/** Lets the agent say who a call is with: an existing contact, a new one, or nobody. Then fires `picked`. */
@localized()
@customElement('cmw-contact-picker')
export class ContactPicker extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) popUps!: CallContact;
  @property({ attribute: false }) popUp!: PopUp;
  /** The signed-in agent: what was typed is theirs. */
  @property({ attribute: false }) agentId: string | undefined;
  /** The contacts' own fields of the settings. */
  @property({ attribute: false }) fields: readonly ContactField[] = [];

  @state() private active = -1;
  /** The new contact that is being written. */
  @state() private editor: ContactEditor | undefined;
  readonly #later = new Later(this, () => import('./contact-form.js'));
  #search: ContactSearch | undefined;

  constructor() {
    super();
    new Watching(this, () => this.#found);
  }

  get #found(): ContactSearch | undefined {
    if (this.api) this.#search ??= new ContactSearch({ api: this.api });
    return this.#search;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('#search')?.focus();
  }

  protected override render(): TemplateResult {
    return this.editor ? this.#form(this.editor) : this.#box();
  }

  #box(): TemplateResult {
    const search = this.#found;
    const found = search?.found ?? [];
    const nobody = search?.answered !== undefined && found.length === 0;
    return html`
      <div class="field">
        <label for="search">${msg('Buscar en los contactos')}</label>
        <input
          id="search"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          placeholder=${msg('Nombre, número o cédula')}
          aria-expanded=${found.length > 0}
          aria-controls="found"
          aria-autocomplete="list"
          aria-activedescendant=${this.active >= 0 && found.length > 0 ? `option-${this.active}` : nothing}
          .value=${search?.text ?? ''}
          @input=${this.#type}
          @keydown=${this.#key}
        />
      </div>
      <ul id="found" role="listbox" aria-label=${msg('Contactos encontrados')} ?hidden=${found.length === 0}>
        ${found.map((contact, place) => this.#option(contact, place))}
      </ul>
      <p class="hint" role="status">
        ${
          search?.error
            ? plainWords(search.error)
            : nobody
              ? msg(str`Nadie coincide con «${search?.answered ?? ''}».`)
              : found.length > 0
                ? html`<span class="visually-hidden">${found.length === 1 ? msg('1 contacto') : msg(str`${found.length} contactos`)}</span>`
                : nothing
        }
      </p>
      <div class="actions">
        <button type="button" @click=${this.#create}>${msg('Crear contacto')}</button>
        ${
          !this.popUp.contactId && !this.popUp.ignored
            ? html`<button type="button" class="bare" @click=${this.#ignore}>${msg('No asociar a un contacto')}</button>`
            : nothing
        }
      </div>
    `;
  }

  #option(contact: Contact, place: number): TemplateResult {
    const details = contactDetails(contact, this.#found?.found ?? [], this.fields);
    return html`
      <li
        role="option"
        id=${`option-${place}`}
        aria-selected=${place === this.active}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.#pick(contact)}
      >
        <strong>${nameOf(contact)}</strong>
        <span class="hint">${details}</span>
      </li>
    `;
  }

  #form(editor: ContactEditor): TemplateResult {
    return html`
      ${this.#later.notice}
      <cmw-contact-form
        .api=${this.api}
        .editor=${editor}
        .fields=${this.fields}
        .action=${msg('Crear y elegir')}
        .use=${msg('Usar este contacto')}
        @saved=${this.#created}
        @use=${(event: CustomEvent<Contact>) => this.#use(event.detail)}
        @cancel=${this.#cancel}
      ></cmw-contact-form>
    `;
  }

  #type(event: InputEvent): void {
    this.active = -1;
    this.#found?.type((event.target as HTMLInputElement).value);
  }

  #key(event: KeyboardEvent): void {
    // Contacts for an older text are still visible, but a key can't pick them.
    const found = (this.#found?.current && this.#found.found) || [];
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.active = (this.active + step + (this.active < 0 && step < 0 ? 1 : 0) + found.length) % found.length;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const contact = found[this.active] ?? (found.length === 1 ? found[0] : undefined);
      if (contact) this.#pick(contact);
    } else if (event.key === 'Escape' && this.#found?.text) {
      event.stopPropagation();
      this.active = -1;
      this.#found.type('');
    }
  }

  #pick(contact: Contact): void {
    void this.popUps.choose(this.popUp, contact.contactId);
    this.#done();
  }

  #ignore(): void {
    void this.popUps.ignore(this.popUp);
    this.#done();
  }

  async #create(): Promise<void> {
    const { popUp } = this;
    const { number } = popUp;
    const place = `contact.${this.agentId ?? ''}|new|${keyOf(popUp)}`;
    this.editor = new ContactEditor({
      initial: {
        // Not what was searched for: that may be anything, and would be stored unseen.
        name: '',
        numbers: [number.kind === 'number' || number.kind === 'extension' ? number.display : ''],
      },
      store: async (contact) => {
        await this.popUps.create(popUp, contact);
        return undefined;
      },
      memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
    });
    await this.#later.fetch();
    await this.updateComplete;
    const form = this.renderRoot.querySelector<ContactForm>('cmw-contact-form');
    await form?.updateComplete;
    form?.focus();
  }

  async #cancel(): Promise<void> {
    this.editor = undefined;
    await this.updateComplete;
    this.focus();
  }

  #created(): void {
    this.editor = undefined;
    this.#done();
  }

  #use(contact: Contact): void {
    this.editor = undefined;
    this.#pick(contact);
  }

  #done(): void {
    this.active = -1;
    this.#found?.type('');
    this.dispatchEvent(new CustomEvent('picked', { bubbles: true, composed: true }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    later,
    css`
      ul {
        max-block-size: 17rem;
        overflow-y: auto;
        margin-block-start: var(--cmw-space-2);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-surface);
      }

      li {
        display: grid;
        padding: var(--cmw-space-2) var(--cmw-space-3);
        cursor: pointer;
        overflow-wrap: anywhere;
      }

      li + li {
        border-block-start: 1px solid var(--cmw-line);
      }

      li:hover,
      li[aria-selected='true'] {
        background: var(--cmw-hover);
      }

      li[aria-selected='true'] {
        box-shadow: inset 3px 0 var(--cmw-accent);
      }

      strong {
        font-weight: 600;
        unicode-bidi: isolate;
      }

      p.hint {
        min-block-size: 1.45em;
        margin-block: var(--cmw-space-1);
      }

      ::placeholder {
        color: var(--cmw-quiet);
        opacity: 1;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }
    `,
  ];
}
