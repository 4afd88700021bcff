import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { PauseReason, PauseReasonList } from '../api/types.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { keyOfName } from './field-rows.js';

const mostReasons = 30;

/** The reasons for which agents can pause: an administrator names them, and adds and removes some. */
@localized()
@customElement('cmw-pause-reasons')
export class PauseReasonsEditor extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'pauseReasons' | 'setPauseReasons'>;

  @state() private list: PauseReasonList | undefined;
  @state() private rows: readonly PauseReason[] = [];
  @state() private error: ApiError | undefined;
  @state() private saved = false;
  @state() private busy = false;

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { error } = this;
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Motivos de pausa')}</h2>
        <p class="quiet">
          ${msg('Un agente en pausa sigue recibiendo llamadas; su supervisor ve el motivo. Quite de la lista lo que ya no se usa.')}
        </p>
        ${this.list ? this.#form() : nothing}
        <p class="done" aria-live="polite">${this.saved ? msg('Guardado') : nothing}</p>
        ${
          error && !(error.status === 400 && error.problem.errors)
            ? html`<div class="problem" role="alert">
                <p>${plainWords(error)}</p>
                <div class="actions">
                  ${
                    error.status === 412
                      ? html`<button @click=${this.#keepMine}>${msg('Conservar mi versión')}</button>
                          <button @click=${this.#read}>${msg('Usar la otra')}</button>`
                      : html`<button @click=${this.list ? this.#save : this.#read}>${msg('Intentar de nuevo')}</button>`
                  }
                </div>
              </div>`
            : nothing
        }
      </section>
    `;
  }

  #form(): TemplateResult {
    const fault = this.error?.fieldError('items') ?? '';
    return html`
      <form novalidate @submit=${this.#submit}>
        <ol>
          ${this.rows.map((row, place) => this.#row(row, place))}
        </ol>
        <span class="field-error">${fault}</span>
        <div class="actions">
          ${
            this.rows.length < mostReasons
              ? html`<button type="button" class="add" @click=${this.#add}>${msg('Agregar un motivo')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.busy}>${msg('Guardar')}</button>
        </div>
      </form>
    `;
  }

  #row(row: PauseReason, place: number): TemplateResult {
    const name = row.es || row.en || msg(str`Motivo ${place + 1}`);
    const words = msg(str`Quitar: ${name}`);
    return html`
      <li>
        <div class="reason" role="group" aria-label=${name}>
        ${this.#text(place, 'es', msg('Nombre en español'), row.es)}
        ${this.#text(place, 'en', msg('Nombre en inglés'), row.en)}
        <button
          type="button"
          class="bare icon"
          id=${`remove-${place}`}
          aria-label=${words}
          title=${words}
          @click=${() => this.#remove(place)}
        >
          ${icons.close(16)}
        </button>
        </div>
      </li>
    `;
  }

  #text(place: number, what: 'es' | 'en', words: string, value: string): TemplateResult {
    const fault = this.error?.fieldError(`items[${place}].${what}`) ?? '';
    const id = `${what}-${place}`;
    return html`
      <div class="field">
        <label for=${id}>${words}</label>
        <input
          id=${id}
          maxlength="80"
          autocomplete="off"
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.#change(place, { [what]: (event.target as HTMLInputElement).value })}
        />
        <span class="field-error" id=${`${id}-error`}>${fault}</span>
      </div>
    `;
  }

  #change(place: number, changes: Partial<PauseReason>): void {
    this.saved = false;
    this.rows = this.rows.map((row, other) => (other === place ? { ...row, ...changes } : row));
  }

  async #add(): Promise<void> {
    this.saved = false;
    this.rows = [...this.rows, { code: '', es: '', en: '', active: true }];
    await this.#focus(`es-${this.rows.length - 1}`);
  }

  #remove(place: number): void {
    this.saved = false;
    this.error = undefined;
    this.rows = this.rows.filter((_, other) => other !== place);
    void this.#focus(this.rows.length > 0 ? `remove-${Math.min(place, this.rows.length - 1)}` : undefined);
  }

  async #focus(id: string | undefined): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(id ? `[id="${id}"]` : '.add')?.focus();
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#save();
  }

  async #read(): Promise<void> {
    await this.#ask(async () => this.#take(await this.api.pauseReasons()));
  }

  async #save(): Promise<void> {
    const { list, rows } = this;
    if (!list || this.busy) return;
    const { etag } = list;
    this.busy = true;
    const done = await this.#ask(async () => {
      this.#take(await this.api.setPauseReasons({ items: coded(rows), ...(etag ? { etag } : {}) }));
    });
    this.busy = false;
    this.saved = done;
    await this.updateComplete;
    if (!done) this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], .problem button')?.focus();
  }

  /** Saves one's own list in the place of the one that somebody else has stored meanwhile. */
  async #keepMine(): Promise<void> {
    const read = await this.#ask(async () => {
      const { etag } = await this.api.pauseReasons();
      this.list = { items: this.list?.items ?? [], ...(etag ? { etag } : {}) };
    });
    if (read) await this.#save();
  }

  #take(list: PauseReasonList): void {
    this.list = list;
    this.rows = list.items;
  }

  async #ask(ask: () => Promise<void>): Promise<boolean> {
    this.saved = false;
    try {
      await ask();
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
      ol,
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

      .reason {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
        align-items: start;
        gap: var(--cmw-space-2);
      }

      .reason .icon {
        margin-block-start: 1.4rem;
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
        justify-items: start;
        color: var(--cmw-bad);
      }
    `,
  ];
}

/** What is sent. A reason that is new gets a code by its Spanish name that no other has: pauses store it. */
function coded(rows: readonly PauseReason[]): readonly PauseReason[] {
  const taken = new Set(rows.map(({ code }) => code));
  return rows.map((row) => {
    const reason = { ...row, es: row.es.trim(), en: row.en.trim() };
    if (row.code) return reason;
    const code = keyOfName(reason.es, taken);
    taken.add(code);
    return { ...reason, code };
  });
}
