import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Retention, RetentionRun } from '../api/types.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';

/** How long calls are kept: an administrator says so. What is to be deleted is asked twice. */
@localized()
@customElement('cmw-retention')
export class RetentionEditor extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'retention' | 'setRetention'>;

  @state() private stands: Retention | undefined;
  @state() private callDays = '';
  @state() private callAction: 'remove' | 'anonymize' = 'anonymize';
  @state() private eventDays = '';
  @state() private error: ApiError | undefined;
  @state() private asks = false;
  @state() private saved = false;
  @state() private busy = false;

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Cuánto tiempo se guardan las llamadas')}</h2>
        <p class="quiet">
          ${msg('Vacío es para siempre. Lo que pase de la fecha se procesa cada noche desde las 2 a. m.; los totales de los reportes y de las facturas se conservan.')}
        </p>
        ${this.stands ? this.#form() : nothing}
        <p class="done" aria-live="polite">${this.saved ? msg('Guardado') : nothing}</p>
        ${this.stands?.lastRun ? html`<p class="quiet">${runWords(this.stands.lastRun)}</p>` : nothing}
        ${this.error && !this.error.problem.errors ? this.#problem(this.error) : nothing}
      </section>
    `;
  }

  #form(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        <div class="row">
          ${this.#days('callDays', msg('Llamadas, en días'), this.callDays)}
          <div class="field">
            <label for="callAction">${msg('Después')}</label>
            <select id="callAction" ?disabled=${this.callDays.trim() === ''} @change=${this.#choose}>
              <option value="anonymize" ?selected=${this.callAction === 'anonymize'}>
                ${msg('Quitar los datos de la persona')}
              </option>
              <option value="remove" ?selected=${this.callAction === 'remove'}>${msg('Borrar la llamada')}</option>
            </select>
          </div>
          ${this.#days('eventDays', msg('Avisos del operador, en días'), this.eventDays)}
        </div>
        ${
          this.asks
            ? html`<div class="problem" role="alert">
                <p>${this.#warning()}</p>
                <div class="actions">
                  <button class="primary" @click=${this.#save} type="button">${msg('Guardar de todos modos')}</button>
                  <button type="button" @click=${this.#keep}>${msg('Cancelar')}</button>
                </div>
              </div>`
            : html`<div class="actions">
                <button class="primary" aria-disabled=${this.busy}>${msg('Guardar')}</button>
              </div>`
        }
      </form>
    `;
  }

  #days(id: 'callDays' | 'eventDays', words: string, value: string): TemplateResult {
    const fault = this.error?.fieldError(id) ?? '';
    return html`
      <div class="field">
        <label for=${id}>${words}</label>
        <input
          id=${id}
          inputmode="numeric"
          maxlength="5"
          autocomplete="off"
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.#type(id, (event.target as HTMLInputElement).value)}
        />
        <span class="field-error" id=${`${id}-error`}>${fault}</span>
      </div>
    `;
  }

  #warning(): string {
    return this.callAction === 'remove'
      ? msg(
          str`Desde esta noche se borran las llamadas de más de ${this.callDays} días, con sus notas y compromisos. No se pueden recuperar.`,
        )
      : msg(
          str`Desde esta noche las llamadas de más de ${this.callDays} días pierden el número, el contacto y las notas. No se pueden recuperar.`,
        );
  }

  #problem(error: ApiError): TemplateResult {
    return html`
      <div class="problem" role="alert">
        <p>${plainWords(error)}</p>
        <div class="actions"><button @click=${this.#read}>${msg('Leer de nuevo')}</button></div>
      </div>
    `;
  }

  #type(id: 'callDays' | 'eventDays', text: string): void {
    this.saved = false;
    this.asks = false;
    this[id] = text;
  }

  #choose(event: Event): void {
    this.saved = false;
    this.asks = false;
    this.callAction = (event.target as HTMLSelectElement).value === 'remove' ? 'remove' : 'anonymize';
  }

  async #keep(): Promise<void> {
    this.asks = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.primary')?.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { stands } = this;
    const days = numberOf(this.callDays);
    // Asked only where more goes than by the rules that stand.
    const goesFurther =
      days !== null &&
      (stands?.callDays == null || days < stands.callDays || this.callAction !== (stands.callAction ?? 'anonymize'));
    if (!goesFurther) {
      await this.#save();
      return;
    }

    this.asks = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.problem button:last-of-type')?.focus();
  }

  async #read(): Promise<void> {
    await this.#ask(() => this.api.retention());
  }

  async #save(): Promise<void> {
    const { stands } = this;
    if (!stands || this.busy) return;
    this.busy = true;
    const callDays = numberOf(this.callDays);
    const done = await this.#ask(() =>
      this.api.setRetention(
        {
          callDays,
          ...(callDays === null ? {} : { callAction: this.callAction }),
          eventDays: numberOf(this.eventDays),
        },
        stands.etag,
      ),
    );
    this.busy = false;
    this.asks = false;
    this.saved = done;
    await this.updateComplete;
    if (!done) this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], .problem button')?.focus();
  }

  async #ask(ask: () => Promise<Retention>): Promise<boolean> {
    this.saved = false;
    try {
      const read = await ask();
      this.stands = read;
      this.callDays = textOf(read.callDays);
      this.callAction = read.callAction ?? 'anonymize';
      this.eventDays = textOf(read.eventDays);
      this.error = undefined;
      return true;
    } catch (error) {
      this.error = asApiError(error);
      return false;
    }
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      section,
      form,
      .problem {
        display: grid;
        gap: var(--cmw-space-3);
      }

      section {
        padding: var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        overflow-wrap: anywhere;
      }

      h2 {
        font: var(--cmw-type-title);
      }

      .quiet {
        color: var(--cmw-quiet);
      }

      .row {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
        align-items: start;
        gap: var(--cmw-space-1) var(--cmw-space-3);
      }

      .field-error {
        min-block-size: 1.2em;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .done {
        min-block-size: 1.5em;
        color: var(--cmw-live);
      }

      .problem {
        color: var(--cmw-bad);
      }
    `,
  ];
}

/** What is no number goes to the server as it can't be, and comes back as an error beside the field. */
function numberOf(text: string): number | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : /^\d+$/.test(trimmed) ? Number(trimmed) : -1;
}

function textOf(days: number | null | undefined): string {
  return days == null ? '' : String(days);
}

function runWords(run: RetentionRun): string {
  return run.state === 'done'
    ? msg(str`La última vez se revisaron ${run.calls} llamadas y se cambiaron ${run.changed}.`)
    : run.state === 'failed'
      ? msg('La última vez no se pudo terminar. El registro del sistema dice por qué.')
      : msg(str`Ahora se procesan: van ${run.calls} llamadas.`);
}
