import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { Contact, ContactField } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { contactDetails } from '../contacts/contact-details.js';
import { nameOf } from '../contacts/contact-name.js';
import { ContactSearch } from '../contacts/contact-search.js';
import { base, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';

/** A field in which a contact is looked for. Fires `picked` with the contact. */
@localized()
@customElement('cmw-contact-choice')
export class ContactChoice extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'contacts'>;
  /** The contacts' own fields of the settings. */
  @property({ attribute: false }) fields: readonly ContactField[] = [];

  @state() private active = -1;
  #search: ContactSearch | undefined;

  constructor() {
    super();
    new Watching(this, () => this.#found);
  }

  get #found(): ContactSearch | undefined {
    if (this.api) this.#search ??= new ContactSearch({ api: this.api });
    return this.#search;
  }

  protected override render(): TemplateResult {
    const search = this.#found;
    const found = search?.found ?? [];
    return html`
      <div class="field" @focusout=${this.#left}>
        <label for="contact">${msg('Contacto')}</label>
        <input
          id="contact"
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
        <ul id="found" role="listbox" aria-label=${msg('Contactos encontrados')} ?hidden=${found.length === 0}>
          ${found.map((contact, place) => this.#option(contact, place))}
        </ul>
        <p class=${search?.error || (search?.answered !== undefined && found.length === 0) ? 'hint said' : 'visually-hidden'} role="status">
          ${this.#said()}
        </p>
      </div>
    `;
  }

  #said(): string {
    const search = this.#found;
    const count = search?.found.length ?? 0;
    if (search?.error) return plainWords(search.error);
    if (search?.answered === undefined) return '';
    if (count === 0) return msg(str`Nadie coincide con «${search.answered}».`);
    return count === 1 ? msg('1 contacto') : msg(str`${count} contactos`);
  }

  #option(contact: Contact, place: number): TemplateResult {
    return html`
      <li
        role="option"
        id=${`option-${place}`}
        aria-selected=${place === this.active}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.#pick(contact)}
      >
        <strong>${nameOf(contact)}</strong>
        <span class="hint">${contactDetails(contact, this.#found?.found ?? [], this.fields)}</span>
      </li>
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
      this.#clear();
    }
  }

  #left(event: FocusEvent): void {
    if (event.relatedTarget !== null && this.renderRoot.contains(event.relatedTarget as Node)) return;
    this.#clear();
  }

  #pick(contact: Contact): void {
    this.#clear();
    this.dispatchEvent(new CustomEvent<Contact>('picked', { detail: contact }));
  }

  #clear(): void {
    this.active = -1;
    this.#found?.type('');
  }

  static override styles = [
    base,
    fields,
    css`
      .field {
        position: relative;
      }

      ul,
      .said {
        position: absolute;
        inset-block-start: 100%;
        inset-inline: 0;
        z-index: 5;
        max-block-size: 17rem;
        overflow-y: auto;
        margin-block-start: var(--cmw-space-1);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
      }

      .said {
        padding: var(--cmw-space-2) var(--cmw-space-3);
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

      ::placeholder {
        color: var(--cmw-quiet);
        opacity: 1;
      }
    `,
  ];
}
