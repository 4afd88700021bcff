import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Contact } from '../api/types.js';
import { Watching } from '../base/observable.js';
import type { ContactDesk } from '../contacts/contact-desk.js';
import '../contacts/contact-file.js';
import { nameOf } from '../contacts/contact-name.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';

/** The file of a contact that the page asked for. Fires `close`. */
@localized()
@customElement('cmw-contact-view')
export class ContactView extends LitElement {
  @property({ attribute: false }) desk!: ContactDesk;
  @property({ attribute: false }) contact!: Contact;
  @property({ type: Boolean }) dials = false;

  constructor() {
    super();
    new Watching(this, () => this.desk);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const { contact, desk } = this;
    const close = msg('Cerrar');
    return html`
      <header>
        <h2 tabindex="-1">${nameOf(contact)}</h2>
        <button class="bare icon" aria-label=${close} title=${close} @click=${() => this.dispatchEvent(new Event('close'))}>
          ${icons.close(18)}
        </button>
      </header>
      <cmw-contact-file
        .api=${desk.api}
        .contactId=${contact.contactId}
        .dials=${this.dials}
        .agentId=${desk.agentId}
        .team=${desk.seesTeam}
        .outcomes=${desk.outcomes}
        .followUps=${desk.followUps}
        .timeZone=${desk.calls.timeZone}
        .now=${() => desk.api.now()}
        .fields=${desk.contactFields}
        .editable=${true}
        .use=${msg('Abrir')}
        @contact-saved=${(event: CustomEvent<Contact>) => (this.contact = event.detail)}
        @use-contact=${(event: CustomEvent<Contact>) => (this.contact = event.detail)}
      ></cmw-contact-file>
    `;
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        padding: var(--cmw-space-3) var(--cmw-space-4) var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        overflow-wrap: anywhere;
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-2);
      }

      h2 {
        font: var(--cmw-type-title);
        unicode-bidi: isolate;
      }
    `,
  ];
}
