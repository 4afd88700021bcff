import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Contact } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { Watching } from '../base/observable.js';
import { singleKeys } from '../base/single-keys.js';
import { isTyping } from '../base/typing.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import type { ContactDesk } from './contact-desk.js';
import type { ContactFile } from './contact-file.js';
import { nameOf } from './contact-name.js';

/**
 * A contact that was found: the file and the numbers, and a call by another phone to note. Fires `back`, `dial` for a
 * number, and `noted`.
 */
@localized()
@customElement('cmw-contact-panel')
export class ContactPanel extends LitElement {
  @property({ attribute: false }) desk!: ContactDesk;
  @property({ attribute: false }) contact!: Contact;
  /** True if the agent has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  // Calls need this code too, so it is probably loaded.
  readonly #file = new Later(this, () => import('./contact-file.js'));
  readonly #form = new Later(this, () => import('./note-call.js'));

  @state() private noting = false;

  constructor() {
    super();
    new Watching(this, () => this.desk);
    this.addEventListener('keydown', this.#key);
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
      ${this.noting ? this.#noteForm() : html`<button class="note" @click=${this.#note}>${icons.pencil(18)} ${msg('Anotar una llamada')}</button>`}
      ${this.#file.notice}
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
        @use-contact=${this.#openOther}
      ></cmw-contact-file>
    `;
  }

  #noteForm(): TemplateResult {
    const { contact, desk } = this;
    return html`
      ${this.#form.notice}
      <cmw-note-call
        .api=${desk.api}
        .contactId=${contact.contactId}
        .numbers=${contact.numbers}
        .timeZone=${desk.calls.timeZone}
        @cancel=${this.#stopNoting}
      ></cmw-note-call>
    `;
  }

  async #openOther(event: CustomEvent<Contact>): Promise<void> {
    this.contact = event.detail;
    await this.updateComplete;
    this.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event) || !singleKeys.on) return;
    if (this.renderRoot.querySelector<ContactFile>('cmw-contact-file')?.edit?.()) event.preventDefault();
  }

  async #note(): Promise<void> {
    this.noting = true;
    await this.#form.fetch();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('cmw-note-call')?.focus();
  }

  async #stopNoting(): Promise<void> {
    this.noting = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('button.note')?.focus();
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

      cmw-note-call {
        inline-size: 100%;
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
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
