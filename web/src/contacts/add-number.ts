import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Contact, NumberView, PopUp } from '../api/types.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { nameOf } from './contact-name.js';
import { inputOf, textOf } from './contact-text.js';

const mostTries = 4;

/** The reasons for which the number is in the contact's file. */
const ofTheFile: readonly string[] = ['mainNumber', 'otherNumber', 'nationalNumber'];

/** The number of a call that its contact may lack: none of a colleague, or of a caller who hides it. */
export function numberToAdd(call: PopUp): NumberView | undefined {
  const { contactId, candidates, direction, number } = call;
  const reason = candidates.find((candidate) => candidate.contactId === contactId)?.reason;
  const isWhole = number.kind === 'number' && number.e164 !== undefined;
  return contactId && direction !== 'internal' && isWhole && !(reason && ofTheFile.includes(reason))
    ? number
    : undefined;
}

/** True if the whole number is in the contact's file. */
export const hasNumber = (contact: Contact, e164: string): boolean =>
  contact.phones?.some((phone) => phone.e164 === e164) === true;

/**
 * Adds the number to the contact as it stands, and again where somebody else changes the contact meanwhile. Throws what
 * the API refuses.
 */
export async function addNumber(
  api: Pick<ApiClient, 'contact' | 'saveContact'>,
  contactId: string,
  number: NumberView,
): Promise<Contact> {
  for (let tries = 1; ; tries++) {
    const contact = await api.contact(contactId);
    if (number.e164 && hasNumber(contact, number.e164)) return contact;
    const input = inputOf(textOf(contact));
    try {
      return await api.saveContact(contactId, { ...input, numbers: [...input.numbers, number.display] }, contact.etag);
    } catch (error) {
      if (asApiError(error).status !== 412 || tries === mostTries) throw error;
    }
  }
}

/** Offers to add the number of a call to its contact. Fires `added` with the contact. */
@localized()
@customElement('cmw-add-number')
export class AddNumber extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'contact' | 'saveContact'>;
  @property({ attribute: false }) contact!: Contact;
  @property({ attribute: false }) number!: NumberView;

  @state() private busy = false;
  @state() private error: ApiError | undefined;

  protected override render(): TemplateResult {
    return html`
      <button class="tonal" aria-disabled=${this.busy} @click=${this.#add}>
        ${msg(str`Agregar ${this.number.display} a ${nameOf(this.contact)}`)}
      </button>
      ${this.error ? html`<p role="alert">${refusalWords(this.error)}</p>` : nothing}
    `;
  }

  async #add(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    try {
      const added = await addNumber(this.api, this.contact.contactId, this.number);
      this.dispatchEvent(new CustomEvent('added', { detail: added }));
    } catch (error) {
      this.error = asApiError(error);
    } finally {
      this.busy = false;
    }
  }

  static override styles = [
    base,
    buttons,
    css`
      button {
        block-size: auto;
        padding-block: var(--cmw-space-2);
        text-align: start;
      }

      p {
        margin-block-start: var(--cmw-space-2);
        color: var(--cmw-bad);
        font: var(--cmw-type-small);
      }
    `,
  ];
}

/** The contact may lack what is required by now: the fields that are wrong are not shown here. */
const refusalWords = (error: ApiError): string =>
  Object.values(error.problem.errors ?? {})
    .flat()
    .join(' ') || plainWords(error);
