import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { contactsApi } from '../api/contacts-api.js';
import type { Contact, NumberView } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { Later, later } from '../base/later.js';
import { memory } from '../base/memory.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { addNumber } from '../contacts/add-number.js';
import type { ContactDesk } from '../contacts/contact-desk.js';
import { ContactEditor } from '../contacts/contact-editor.js';
import type { ContactForm } from '../contacts/contact-form.js';
import { nameOf } from '../contacts/contact-name.js';
import { refusalNotice } from '../design/editor.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';

/**
 * Whose the number of a card may be, where it is not one contact's: several have it, or nobody does. Then the agent can
 * write down who it is. Fires `contact-made`.
 */
@localized()
@customElement('cmw-card-contact')
export class CardContact extends LitElement {
  @property({ attribute: false }) desk!: ContactDesk;
  @property({ attribute: false }) number!: NumberView;

  @state() private editor: ContactEditor | undefined;
  readonly #form = new Later(this, () => import('../contacts/contact-form.js'));
  readonly #found = new Reading<readonly Contact[]>(this, () =>
    this.desk.api.contacts('phone', this.number.e164 ?? this.number.display),
  );
  readonly #adding = new Saving(this);
  #again: () => unknown = () => {};

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('number');
    if (!changed.has('number') || before?.e164 === this.number.e164) return;
    this.editor = undefined;
    this.#found.clear();
    void this.#found.read();
  }

  protected override render(): TemplateResult {
    const { value, error } = this.#found;
    return html`
      ${
        value && value.length > 0
          ? html`<p>${msg('Este número puede ser de:')}</p>
              <ul>${value.map((contact) => html`<li><a href=${contactAddress(contact.contactId)}>${nameOf(contact)}</a></li>`)}</ul>`
          : html`<p class="quiet">${value ? msg('Este número no es de ningún contacto.') : error ? `${msg('No se pudo buscar de quién es este número.')} ${plainWords(error)}` : '\u00a0'}</p>`
      }
      ${this.editor ? this.#writing(this.editor) : html`<div><button @click=${this.#write}>${msg('Crear contacto')}</button></div>`}
      ${refusalNotice(this.#adding, { again: () => this.#again() })}
    `;
  }

  #writing(editor: ContactEditor): TemplateResult {
    const { desk } = this;
    return html`
      ${this.#form.notice}
      <cmw-contact-form
        .api=${desk.api}
        .editor=${editor}
        .fields=${desk.contactFields}
        .use=${msg('Agregarle este número')}
        @saved=${this.#made}
        @use=${(event: CustomEvent<Contact>) => this.#use(event.detail)}
        @cancel=${this.#close}
      ></cmw-contact-form>
    `;
  }

  async #write(): Promise<void> {
    const { desk, number } = this;
    const place = `contact.${desk.agentId ?? ''}|new|${number.e164 ?? number.display}`;
    this.editor = new ContactEditor({
      initial: { numbers: [number.display] },
      store: (contact) => contactsApi(desk.api).create(contact),
      memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
    });
    await this.#form.fetch();
    await this.updateComplete;
    const form = this.renderRoot.querySelector<ContactForm>('cmw-contact-form');
    await form?.updateComplete;
    form?.focus();
  }

  /** Somebody who exists already has this number too. */
  async #use(contact: Contact): Promise<void> {
    this.#again = () => this.#use(contact);
    await this.#adding.save(async () => {
      await addNumber(this.desk.api, contact.contactId, this.number);
      this.#made();
    });
  }

  #made(): void {
    this.editor = undefined;
    void this.#found.read();
    this.dispatchEvent(new CustomEvent('contact-made'));
  }

  async #close(): Promise<void> {
    this.editor = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('button')?.focus();
  }

  static override styles = [
    base,
    buttons,
    later,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-2);
      }

      .quiet {
        color: var(--cmw-quiet);
      }

      cmw-contact-form {
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }
    `,
  ];
}
