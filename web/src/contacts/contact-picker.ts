import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { Contact, ContactField, ContactInput, PopUp } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { memory } from '../base/memory.js';
import { keyOf } from '../calls/call-key.js';
import { base, buttons, fields } from '../design/shared.js';
import { ContactEditor } from './contact-editor.js';
import type { ContactForm } from './contact-form.js';
import { ContactOptions, contactOptionStyles } from './contact-options.js';

/** Stores who a call is with. */
export interface CallContact {
  choose(popUp: PopUp, contactId: string): Promise<void>;
  /** Throws if the API refuses it. */
  create(popUp: PopUp, contact: ContactInput): Promise<void>;
  ignore(popUp: PopUp): Promise<void>;
}

/**
 * Lets the agent say who a call is with: an existing contact, a new one, or nobody. Then fires `picked`. Escape fires
 * `leave-search`, where the search is to be closed.
 */
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

  /** The new contact that is being written. */
  @state() private editor: ContactEditor | undefined;
  readonly #later = new Later(this, () => import('./contact-form.js'));
  readonly #options = new ContactOptions(this, {
    api: () => this.api,
    fields: () => this.fields,
    pick: (contact) => this.#pick(contact),
  });

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('#search')?.focus();
  }

  protected override render(): TemplateResult {
    return this.editor ? this.#form(this.editor) : this.#box();
  }

  #box(): TemplateResult {
    return html`
      <div class="field" @keydown=${this.#key}>${this.#options.input('search', msg('Buscar en los contactos'))}</div>
      ${this.#options.list()} ${this.#options.said()}
      <div class="actions">
        <button type="button" @click=${this.#create}>${msg('Crear contacto')}</button>
        ${
          this.popUp.ignored
            ? nothing
            : html`<button type="button" class="bare" @click=${this.#ignore}>${msg('No asociar a un contacto')}</button>`
        }
      </div>
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

  /** The first Escape empties the field, and does not come up to here. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.dispatchEvent(new Event('leave-search', { bubbles: true, composed: true }));
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
    this.#options.clear();
    this.dispatchEvent(new CustomEvent('picked', { bubbles: true, composed: true }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    later,
    contactOptionStyles,
    css`
      ul {
        margin-block-start: var(--cmw-space-2);
        background: var(--cmw-surface);
      }

      p.hint {
        min-block-size: 1.45em;
        margin-block: var(--cmw-space-1);
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }
    `,
  ];
}
