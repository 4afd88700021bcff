import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ContactMerge, ContactsApi } from '../api/contacts-api.js';
import type { Contact, ContactField } from '../api/types.js';
import { nameOf } from '../contacts/contact-name.js';
import { fact, pageFrame } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { joined, linesOf } from './joined.js';

/**
 * Two contacts side by side: which one stays, what one will hold, and what nobody will see any more. Fires `merged` with
 * the merge, and `cancel`.
 */
@localized()
@customElement('cmw-merge-compare')
export class MergeCompare extends LitElement {
  @property({ attribute: false }) api!: Pick<ContactsApi, 'merge' | 'contact'>;
  @property({ attribute: false }) one!: Contact;
  @property({ attribute: false }) other!: Contact;
  @property({ attribute: false }) fields: readonly ContactField[] = [];

  /** True where the second one stays. */
  @state() private turned = false;
  @state() private busy = false;
  @state() private error: ApiError | undefined;
  /** True where somebody has changed one of them, and both were read again. */
  @state() private changed = false;

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const { one, other } = this;
    const [keep, merge] = this.turned ? [other, one] : [one, other];
    const { contact, left } = joined(keep, merge);
    const lost = this.#lines(left);
    return html`
      <h2 tabindex="-1">${msg('Unir dos contactos en uno')}</h2>
      <fieldset>
        <legend>${msg('Elija cuál queda')}</legend>
        ${this.#choice(one, !this.turned, false)} ${this.#choice(other, this.turned, true)}
      </fieldset>
      <div class="result">
        <h3>${msg('Así queda')}</h3>
        <dl class="facts">${this.#lines(contact).map(([words, value]) => fact(words, whole(value)))}</dl>
        ${
          lost.length > 0
            ? html`<p class="lost">
                ${msg('De la otra ficha ya no se verá')}: ${lost.map(([words, value]) => `${words}: ${value}`).join(' · ')}
              </p>`
            : nothing
        }
        <p>
          ${msg('Las llamadas, los seguimientos, las promesas y los cargos de los dos quedan juntos. Durante un día se puede deshacer.')}
        </p>
      </div>
      ${
        this.changed
          ? html`<p class="lost" role="alert">${msg('Otra persona cambió uno de los dos. Revise cómo quedaría y vuelva a unirlos.')}</p>`
          : nothing
      }
      ${this.error ? html`<p class="alert" role="alert">${plainWords(this.error)}</p>` : nothing}
      <p class="bar">
        <button class="primary" aria-disabled=${this.busy} @click=${() => this.#merge(keep, merge)}>${msg('Unir contactos')}</button>
        <button class="bare" @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>${msg('Cancelar')}</button>
      </p>
    `;
  }

  #choice(contact: Contact, stays: boolean, turned: boolean): TemplateResult {
    const lines = this.#lines(contact);
    return html`
      <label class=${stays ? 'file stays' : 'file'}>
        <span class="bar">
          <input type="radio" name="stays" .checked=${stays} @change=${() => this.#turn(turned)} />
          <strong>${nameOf(contact)}</strong>
          <span class=${stays ? 'badge mended' : 'badge'}>${stays ? msg('Queda') : msg('Se une')}</span>
        </span>
        <span class="lines">
          ${lines.map(([words, value]) => html`<span><span class="quiet">${words}:</span> ${whole(value)}</span>`)}
        </span>
      </label>
    `;
  }

  #lines(contact: Contact): readonly (readonly [string, string])[] {
    return linesOf(contact, this.fields, {
      name: msg('Nombre'),
      numbers: msg('Teléfonos'),
      document: msg('Cédula o identificación'),
      email: msg('Correo'),
    });
  }

  #turn(turned: boolean): void {
    this.turned = turned;
    this.error = undefined;
  }

  async #merge(keep: Contact, merge: Contact): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    this.changed = false;
    try {
      const merged = await this.api.merge(keep, merge);
      this.dispatchEvent(new CustomEvent<ContactMerge>('merged', { detail: merged, bubbles: true, composed: true }));
    } catch (error) {
      await this.#refused(asApiError(error));
    } finally {
      this.busy = false;
    }
  }

  /** Where one of them has changed, both are read again: what is confirmed is what is seen. */
  async #refused(error: ApiError): Promise<void> {
    if (error.status !== 412) {
      this.error = error;
      return;
    }

    try {
      [this.one, this.other] = await Promise.all([
        this.api.contact(this.one.contactId),
        this.api.contact(this.other.contactId),
      ]);
      this.changed = true;
    } catch (reason) {
      this.error = asApiError(reason);
    }
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      :host {
        gap: var(--cmw-space-3);
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      fieldset {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: var(--cmw-space-3);
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        margin-block-end: var(--cmw-space-2);
        padding: 0;
        font: var(--cmw-type-label);
      }

      .file {
        display: grid;
        align-content: start;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-3);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-surface);
        cursor: pointer;
      }

      .stays {
        border-color: var(--cmw-accent);
        box-shadow: inset 0 0 0 1px var(--cmw-accent);
      }

      .file input {
        inline-size: 1.125rem;
        block-size: 1.125rem;
        margin: 0;
        accent-color: var(--cmw-accent);
      }

      /* Only what is short is kept whole. */
      .number {
        max-inline-size: 100%;
      }

      .lines {
        display: grid;
        gap: var(--cmw-space-1);
        font: var(--cmw-type-small);
      }

      .result {
        display: grid;
        gap: var(--cmw-space-3);
      }

      h2:focus-visible {
        outline: none;
      }

      h3 {
        font: var(--cmw-type-label);
      }

      .lost {
        color: var(--cmw-warn);
      }

      .alert {
        color: var(--cmw-bad);
      }
    `,
  ];
}

/** Several numbers in a line: none is broken. */
function whole(value: string): unknown {
  const parts = value.split(' · ');
  if (parts.length === 1) return value;
  return parts.map((part, place) => html`${place > 0 ? ' · ' : nothing}<span class="number">${part}</span>`);
}
