import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { Contact, ContactField } from '../api/types.js';
import { ContactOptions, contactOptionStyles } from '../contacts/contact-options.js';
import { base, fields } from '../design/shared.js';

/** A field in which a contact is looked for. Fires `picked` with the contact. */
@localized()
@customElement('cmw-contact-choice')
export class ContactChoice extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'contacts'>;
  /** The contacts' own fields of the settings. */
  @property({ attribute: false }) fields: readonly ContactField[] = [];

  readonly #options = new ContactOptions(this, {
    api: () => this.api,
    fields: () => this.fields,
    pick: (contact) => this.#pick(contact),
  });

  protected override render(): TemplateResult {
    return html`
      <div class="field" @focusout=${this.#left}>
        ${this.#options.input('contact', msg('Contacto'))} ${this.#options.list()} ${this.#options.said()}
      </div>
    `;
  }

  #left(event: FocusEvent): void {
    if (event.relatedTarget !== null && this.renderRoot.contains(event.relatedTarget as Node)) return;
    this.#options.clear();
  }

  #pick(contact: Contact): void {
    this.#options.clear();
    this.dispatchEvent(new CustomEvent<Contact>('picked', { detail: contact }));
  }

  static override styles = [
    base,
    fields,
    contactOptionStyles,
    css`
      .field {
        position: relative;
      }

      /* They lie over what is below, and move nothing. */
      ul,
      p {
        position: absolute;
        inset-block-start: 100%;
        inset-inline: 0;
        z-index: 5;
        margin-block-start: var(--cmw-space-1);
      }

      ul,
      .seen {
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
      }

      .seen {
        max-block-size: 17rem;
        overflow-y: auto;
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
      }
    `,
  ];
}
