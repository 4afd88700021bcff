import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Call, Contact } from '../api/types.js';
import { contactFacts } from '../contacts/contact-facts.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { dayAndTime } from '../i18n/format.js';
import { directionShort, stateWords } from '../pop-ups/call-words.js';
import { askToDial } from './dial-event.js';

/** A contact that was found: how to reach them, and what was last spoken. Fires `back`, and `dial` for a number. */
@localized()
@customElement('cmw-contact-panel')
export class ContactPanel extends LitElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) contact!: Contact;

  @state() private calls: readonly Call[] | undefined;
  #of: string | undefined;

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { contactId } = this.contact;
    if (contactId === this.#of) return;
    this.#of = contactId;
    this.calls = undefined;
    void this.#read(contactId);
  }

  protected override render(): TemplateResult {
    const { contact } = this;
    const facts = [
      ...contactFacts(contact, this.desk.contactFields).map((fact) => fact.join(': ')),
      contact.document,
      contact.email,
    ].filter(Boolean);
    return html`
      <button class="link" @click=${() => this.dispatchEvent(new CustomEvent('back'))}>${msg('Volver a la búsqueda')}</button>
      <h3 tabindex="-1">${contact.name}</h3>
      ${facts.length > 0 ? html`<p class="quiet">${facts.join(' · ')}</p>` : nothing}
      <ul>
        ${contact.numbers.map(
          (number) => html`
            <li>
              <button
                aria-label=${msg(str`Llamar a ${contact.name} al ${number}`)}
                @click=${() => askToDial(this, { number, contactId: contact.contactId, who: contact.name })}
              >
                ${icons.outgoing(18)} <span>${number}</span>
              </button>
            </li>
          `,
        )}
      </ul>
      ${
        this.calls && this.calls.length > 0
          ? html`<h4>${msg('Últimas llamadas')}</h4>
              <ol>${this.calls.slice(0, 3).map((call) => this.#call(call))}</ol>`
          : nothing
      }
    `;
  }

  #call(call: Call): TemplateResult {
    const { timeZone } = this.desk.calls;
    const outcome = call.outcome ? this.desk.outcomes.label(call.outcome) : '';
    return html`
      <li class="quiet">
        ${dayAndTime(Date.parse(call.startedAt), timeZone)} · ${directionShort(call.direction)} · ${outcome || stateWords(call)}
      </li>
    `;
  }

  async #read(contactId: string): Promise<void> {
    try {
      const calls = await this.desk.api.contactCalls(contactId);
      if (contactId === this.#of) this.calls = calls;
    } catch {
      // The numbers are what counts here; the file is on the call's card.
      if (contactId === this.#of) this.calls = [];
    }
  }

  static override styles = [
    base,
    buttons,
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

      h4 {
        margin: var(--cmw-space-2) 0 0;
        font: var(--cmw-type-label);
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      ul button {
        font-variant-numeric: tabular-nums;
      }

      .quiet {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
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
