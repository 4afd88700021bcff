import { msg, str } from '@lit/localize';
import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import type { Contact, ContactField } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { plainWords } from '../i18n/plain-words.js';
import { contactDetails } from './contact-details.js';
import { nameOf } from './contact-name.js';
import { ContactSearch } from './contact-search.js';

export interface ContactOptionsOptions {
  /** None before the component has one. */
  readonly api: () => Pick<ApiClient, 'contacts'> | undefined;
  /** The contacts' own fields of the settings. */
  readonly fields: () => readonly ContactField[];
  readonly pick: (contact: Contact) => void;
}

/** A field in which a contact is looked for, and the contacts to pick from. A component has one, and places its parts. */
export class ContactOptions {
  #active = -1;
  #search: ContactSearch | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: ContactOptionsOptions,
  ) {
    new Watching(host, () => this.search);
  }

  get search(): ContactSearch | undefined {
    const api = this.options.api();
    if (api) this.#search ??= new ContactSearch({ api });
    return this.#search;
  }

  clear(): void {
    this.#typed('');
  }

  input(id: string, label: string): TemplateResult {
    const some = this.#found.length > 0;
    return html`
      <label for=${id}>${label}</label>
      <input
        id=${id}
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${msg('Nombre, número o cédula')}
        aria-expanded=${some}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${this.#active >= 0 && some ? `option-${this.#active}` : nothing}
        .value=${this.search?.text ?? ''}
        @input=${this.#type}
        @keydown=${this.#key}
      />
    `;
  }

  list(): TemplateResult {
    const found = this.#found;
    return html`
      <ul id="found" role="listbox" aria-label=${msg('Contactos encontrados')} ?hidden=${found.length === 0}>
        ${found.map((contact, place) => this.#option(contact, place))}
      </ul>
    `;
  }

  /** What came of the search: to be seen where nothing is listed, else only to be heard. */
  said(): TemplateResult {
    const { answered, error } = this.search ?? {};
    const count = this.#found.length;
    const seen = error ? plainWords(error) : answered !== undefined && count === 0 ? nobody(answered) : '';
    return html`
      <p class=${seen ? 'hint seen' : 'hint'} role="status">
        ${seen || (count > 0 ? html`<span class="visually-hidden">${countWords(count)}</span>` : nothing)}
      </p>
    `;
  }

  get #found(): readonly Contact[] {
    return this.search?.found ?? [];
  }

  #option(contact: Contact, place: number): TemplateResult {
    return html`
      <li
        role="option"
        id=${`option-${place}`}
        aria-selected=${place === this.#active}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.options.pick(contact)}
      >
        <strong>${nameOf(contact)}</strong>
        <span class="hint">${contactDetails(contact, this.#found, this.options.fields())}</span>
      </li>
    `;
  }

  readonly #type = (event: InputEvent): void => this.#typed((event.target as HTMLInputElement).value);

  #typed(text: string): void {
    this.#activate(-1);
    this.search?.type(text);
  }

  readonly #key = (event: KeyboardEvent): void => {
    // Contacts for an older text are still visible, but a key can't pick them.
    const found = this.search?.current ? this.#found : [];
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#activate((this.#active + step + (this.#active < 0 && step < 0 ? 1 : 0) + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const contact = found[this.#active] ?? (found.length === 1 ? found[0] : undefined);
      if (contact) this.options.pick(contact);
    } else if (event.key === 'Escape' && this.search?.text) {
      event.stopPropagation();
      this.clear();
    }
  };

  #activate(place: number): void {
    this.#active = place;
    this.host.requestUpdate();
  }
}

const nobody = (text: string): string => msg(str`Nadie coincide con «${text}».`);

const countWords = (count: number): string => (count === 1 ? msg('1 contacto') : msg(str`${count} contactos`));

/** What the field and the contacts look like. Where the list stands is up to the component. */
export const contactOptionStyles = css`
  ul {
    max-block-size: 17rem;
    overflow-y: auto;
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-m);
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
`;
