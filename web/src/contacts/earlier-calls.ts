import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';

/** Offers to tie the earlier calls of a number to the contact that it has got. Fires `tied` once they are. */
@localized()
@customElement('cmw-earlier-calls')
export class EarlierCalls extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'earlierCalls' | 'tieEarlierCalls'>;
  @property({ attribute: false }) contactId!: string;
  /** The number whose calls are meant: the contact may have others. */
  @property({ attribute: false }) number!: string;

  @state() private found = 0;
  @state() private more = false;
  @state() private tied: number | undefined;
  @state() private busy = false;
  @state() private error: ApiError | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('contactId') || changed.has('number')) void this.#read();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.tied !== undefined) return html`<p role="status" tabindex="-1">${tiedWords(this.tied)}</p>`;
    if (this.found === 0) return nothing;
    return html`
      <button class="tonal" aria-disabled=${this.busy} @click=${this.#tie}>${this.#words()}</button>
      ${this.error ? html`<p class="error" role="alert">${plainWords(this.error)}</p>` : nothing}
    `;
  }

  #words(): string {
    const { found, more } = this;
    if (more) return msg(str`Asociar también las llamadas anteriores de este número: son más de ${found}`);
    return found === 1
      ? msg('Asociar también 1 llamada anterior de este número')
      : msg(str`Asociar también ${found} llamadas anteriores de este número`);
  }

  async #read(): Promise<void> {
    const { contactId, number } = this;
    this.found = 0;
    this.tied = undefined;
    this.error = undefined;
    // An offer: where it can't be read, there is none.
    const page = await this.api.earlierCalls(contactId, number).catch(() => undefined);
    if (!page || contactId !== this.contactId || number !== this.number) return;
    this.found = page.items.length;
    this.more = page.next != null;
  }

  async #tie(): Promise<void> {
    if (this.busy) return;
    const { contactId, number } = this;
    this.busy = true;
    this.error = undefined;
    let tied = 0;
    try {
      let next: string | undefined;
      do {
        const page = await this.api.tieEarlierCalls(contactId, number, next);
        tied += page.tied;
        next = page.next ?? undefined;
      } while (next);
      if (contactId === this.contactId) this.tied = tied;
    } catch (error) {
      if (contactId === this.contactId) this.error = asApiError(error);
    } finally {
      this.busy = false;
    }

    await this.updateComplete;
    // The pressed button disappears; the focus stays here.
    this.renderRoot.querySelector<HTMLElement>('[role=status]')?.focus();
    if (tied > 0) this.dispatchEvent(new CustomEvent('tied'));
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
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      p.error {
        margin-block-start: var(--cmw-space-2);
        color: var(--cmw-bad);
      }
    `,
  ];
}

function tiedWords(tied: number): string {
  if (tied === 0) return msg('No quedaba ninguna llamada anterior por asociar.');
  return tied === 1 ? msg('Se asoció 1 llamada anterior.') : msg(str`Se asociaron ${tied} llamadas anteriores.`);
}
