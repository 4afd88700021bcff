import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Contact } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { Watching } from '../base/observable.js';
import { base, buttons } from '../design/shared.js';
import type { ContactDesk } from './contact-desk.js';
import { nameOf } from './contact-name.js';

/** A contact that was found: the file and the numbers. Fires `back`, and `dial` for a number. */
@localized()
@customElement('cmw-contact-panel')
export class ContactPanel extends LitElement {
  @property({ attribute: false }) desk!: ContactDesk;
  @property({ attribute: false }) contact!: Contact;
  /** True if the agent has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  // Calls need this code too, so it is probably loaded.
  readonly #file = new Later(this, () => import('./contact-file.js'));

  constructor() {
    super();
    new Watching(this, () => this.desk);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  protected override firstUpdated(): void {
    void this.#file.fetch();
  }

  protected override render(): TemplateResult {
    const { contact, desk } = this;
    return html`
      <button class="link" @click=${() => this.dispatchEvent(new CustomEvent('back'))}>${msg('Volver a la búsqueda')}</button>
      <h3 tabindex="-1">${nameOf(contact)}</h3>
      ${this.#file.notice}
      <cmw-contact-file
        .api=${desk.api}
        .contactId=${contact.contactId}
        .dials=${this.dials}
        .agentId=${desk.agentId}
        .outcomes=${desk.outcomes}
        .followUps=${desk.followUps}
        .timeZone=${desk.calls.timeZone}
        .now=${() => desk.api.now()}
        .fields=${desk.contactFields}
      ></cmw-contact-file>
    `;
  }

  static override styles = [
    base,
    buttons,
    later,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-2);
        overflow-wrap: anywhere;
      }

      h3 {
        font: var(--cmw-type-title);
        unicode-bidi: isolate;
      }

      cmw-contact-file {
        display: block;
        inline-size: 100%;
        min-block-size: 10rem;
      }

      button.link {
        min-block-size: 0;
        padding: 0;
        border: 0;
        background: none;
        color: var(--cmw-accent);
        font: var(--cmw-type-small);
        text-decoration: underline;
        text-underline-offset: 0.15em;
      }
    `,
  ];
}
