import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Call, NotedCallInput } from '../api/types.js';
import { base, buttons, fields } from '../design/shared.js';
import { instantOf, zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';

type Field = 'at' | 'minutes' | 'number';

/**
 * Notes a call by another phone, such as the agent's cell phone. Fires `noted` with the call, which then has a card and
 * a wrap-up like the others, and `cancel`.
 */
@localized()
@customElement('cmw-note-call')
export class NoteCall extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'noteCall' | 'now'>;
  /** The contact that the call was with, if one is known. */
  @property({ attribute: false }) contactId: string | undefined;
  /** The numbers to choose from, the likeliest first. */
  @property({ attribute: false }) numbers: readonly string[] = [];
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';

  @state() private direction: 'in' | 'out' = 'out';
  @state() private error: ApiError | undefined;
  @state() private sending = false;
  #now = '';
  #sent = '';
  #key = '';

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override willUpdate(): void {
    this.#now ||= zonedTime(this.api.now(), this.timeZone);
  }

  protected override render(): TemplateResult {
    return html`
      <form novalidate class=${this.sending ? 'sending' : ''} @submit=${this.#submit}>
        <h4>${msg('Anotar una llamada por otro teléfono')}</h4>
        <div class="directions" role="radiogroup" aria-label=${msg('Quién llamó')}>
          ${this.#choice('out', msg('Llamé yo'))} ${this.#choice('in', msg('Me llamaron'))}
        </div>
        ${this.#field(
          'at',
          msg('Cuándo'),
          html`<input
            id="at"
            type="datetime-local"
            .value=${this.#now}
            max=${this.#now}
            aria-invalid=${this.#fault('at') !== ''}
            aria-describedby="at-error"
          />`,
        )}
        <div class="row">
          ${this.#field(
            'minutes',
            msg('Minutos (opcional)'),
            html`<input
              id="minutes"
              inputmode="numeric"
              maxlength="4"
              autocomplete="off"
              aria-invalid=${this.#fault('minutes') !== ''}
              aria-describedby="minutes-error"
            />`,
          )}
          ${this.#field(
            'number',
            this.contactId ? msg('Número (opcional)') : msg('Número'),
            html`<input
                id="number"
                type="tel"
                maxlength="64"
                autocomplete="off"
                list="numbers"
                .value=${this.contactId ? '' : (this.numbers[0] ?? '')}
                aria-invalid=${this.#fault('number') !== ''}
                aria-describedby="number-error"
              /><datalist id="numbers">${this.numbers.map((number) => html`<option value=${number}></option>`)}</datalist>`,
          )}
        </div>
        ${this.error && !this.#isAtField ? html`<p class="field-error" role="alert">${plainWords(this.error)}</p>` : nothing}
        <p class="hint">${msg('Después escriba el resultado, como en cualquier llamada.')}</p>
        <div class="end">
          <button type="button" class="bare" @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>${msg('Cancelar')}</button>
          <button class="primary" aria-disabled=${this.sending}>${msg('Anotar')}</button>
        </div>
      </form>
    `;
  }

  #choice(value: 'in' | 'out', words: string): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="direction"
        value=${value}
        .checked=${this.direction === value}
        @change=${() => (this.direction = value)}
      />
      ${words}
    </label>`;
  }

  #field(name: Field, words: string, input: TemplateResult): TemplateResult {
    const fault = this.#fault(name);
    return html`<div class="field">
      <label for=${name}>${words}</label>
      ${input}
      <p class="field-error" id=${`${name}-error`} ?hidden=${fault === ''}>${fault}</p>
    </div>`;
  }

  #fault(name: Field): string {
    return this.error?.fieldError(name) ?? '';
  }

  get #isAtField(): boolean {
    return (['at', 'minutes', 'number'] as const).some((name) => this.#fault(name) !== '');
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.sending) return;
    const typed = (name: Field) => this.renderRoot.querySelector<HTMLInputElement>(`#${name}`)?.value.trim() ?? '';
    const minutes = typed('minutes');
    const input: NotedCallInput = {
      direction: this.direction,
      // Where the agent leaves the time as it is, the server's is the better one.
      at: typed('at') === this.#now ? undefined : instantOf(typed('at'), this.timeZone)?.toISOString(),
      // What is no whole number is refused at its field.
      minutes: minutes === '' ? undefined : /^\d+$/.test(minutes) ? Number(minutes) : -1,
      number: typed('number') || undefined,
      contactId: this.contactId,
    };
    const text = JSON.stringify(input);
    // The same call that is sent again, because no answer came, is noted once.
    if (text !== this.#sent) [this.#sent, this.#key] = [text, crypto.randomUUID()];
    this.sending = true;
    try {
      const call = await this.api.noteCall(input, this.#key);
      this.dispatchEvent(new CustomEvent<Call>('noted', { detail: call, bubbles: true, composed: true }));
    } catch (error) {
      this.error = asApiError(error);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    } finally {
      this.sending = false;
    }
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }

      /* It keeps its room until the answer is there: the second click of a double click must not meet what is below. */
      .sending .field-error {
        visibility: hidden;
      }

      h4 {
        margin: 0;
        font: var(--cmw-type-label);
      }

      .directions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2) var(--cmw-space-5);
      }

      .directions label {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        min-block-size: 2rem;
        font: var(--cmw-type-body);
        cursor: pointer;
      }

      .directions input {
        inline-size: 1.125rem;
        min-block-size: 1.125rem;
        accent-color: var(--cmw-accent);
      }

      .row {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr));
        align-items: start;
        gap: var(--cmw-space-3);
      }

      .end {
        display: flex;
        justify-content: end;
        gap: var(--cmw-space-2);
      }
    `,
  ];
}

declare global {
  interface GlobalEventHandlersEventMap {
    noted: CustomEvent<Call>;
  }
}
