import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import type { Outcome, WrapUpField, WrapUpFieldList } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice, textField } from '../design/editor.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { currentLocale } from '../i18n/locale.js';
import { choicesOf, type FieldRow, fieldOf, moved, rowOf } from './field-rows.js';

const kinds: readonly WrapUpField['kind'][] = ['text', 'number', 'date', 'choice'];
const mostFields = 30;

/** The fields that the office adds to the wrap-up: an administrator adds, orders and removes them. */
@localized()
@customElement('cmw-wrap-up-fields')
export class WrapUpFieldsEditor extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'wrapUpFields' | 'setWrapUpFields' | 'outcomes'>;

  @state() private list: WrapUpFieldList | undefined;
  @state() private rows: readonly FieldRow[] = [];
  @state() private outcomes: readonly Outcome[] = [];

  readonly #saving = new Saving(this);

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Campos del resultado')}</h2>
        <p class="quiet">
          ${msg('Datos propios que se piden junto a las notas. Al quitar un campo, lo que ya se guardó en las llamadas se conserva.')}
        </p>
        ${this.list ? this.#form() : nothing}
        <p class="done" aria-live="polite">${this.#saving.saved ? msg('Guardado') : nothing}</p>
        ${refusalNotice(this.#saving, {
          again: this.list ? this.#save : this.#read,
          keepMine: this.#keepMine,
          useOther: this.#read,
        })}
      </section>
    `;
  }

  #form(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.rows.length === 0 ? html`<p>${msg('Todavía no hay campos.')}</p>` : nothing}
        <ol>
          ${this.rows.map((row, place) => this.#row(row, place))}
        </ol>
        <div class="actions">
          ${
            this.rows.length < mostFields
              ? html`<button type="button" class="add" @click=${this.#add}>${msg('Agregar un campo')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
        </div>
      </form>
    `;
  }

  #row(row: FieldRow, place: number): TemplateResult {
    const name = row.es || row.en || row.key || msg(str`Campo ${place + 1}`);
    const at = `items[${place}]`;
    return html`
      <li>
        <fieldset>
          <legend>${name}</legend>
          <div class="tools">
            ${this.#tool(msg(str`Subir: ${name}`), '↑', place > 0, () => this.#move(place, -1), `up-${place}`)}
            ${this.#tool(msg(str`Bajar: ${name}`), '↓', place < this.rows.length - 1, () => this.#move(place, 1), `down-${place}`)}
            ${this.#tool(msg(str`Quitar: ${name}`), icons.close(16), true, () => this.#remove(place), `remove-${place}`)}
          </div>
          <div class="row">
            ${textField({
              id: `es-${place}`,
              label: msg('Nombre en español'),
              value: row.es,
              maxLength: 80,
              fault: this.#saving.fault(`${at}.es`),
              change: (es) => this.#change(place, { es }),
            })}
            ${textField({
              id: `en-${place}`,
              label: msg('Nombre en inglés'),
              value: row.en,
              maxLength: 80,
              fault: this.#saving.fault(`${at}.en`),
              change: (en) => this.#change(place, { en }),
            })}
            <div class="field">
              <label for=${`kind-${place}`}>${msg('Tipo')}</label>
              <select
                id=${`kind-${place}`}
                @change=${(event: Event) => this.#change(place, { kind: (event.target as HTMLSelectElement).value as FieldRow['kind'] })}
              >
                ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === row.kind}>${kindWords(kind)}</option>`)}
              </select>
            </div>
            ${textField({
              id: `key-${place}`,
              label: msg('Clave (no cambia)'),
              value: row.key,
              maxLength: 64,
              readOnly: row.stored,
              fault: this.#saving.fault(`${at}.key`),
              change: (key) => this.#change(place, { key }),
            })}
          </div>
          ${row.kind === 'choice' ? this.#choices(row, place, `${at}.choices`) : nothing}
          <label class="check">
            <input
              type="checkbox"
              .checked=${live(row.required)}
              @change=${(event: Event) => this.#change(place, { required: (event.target as HTMLInputElement).checked })}
            />
            ${msg('Obligatorio')}
          </label>
          ${this.#outcomes(row, place, `${at}.outcomes`)}
        </fieldset>
      </li>
    `;
  }

  #tool(words: string, sign: unknown, can: boolean, run: () => void, id: string): TemplateResult {
    return html`<button
      type="button"
      class="bare icon"
      id=${id}
      aria-label=${words}
      title=${words}
      aria-disabled=${!can}
      @click=${() => can && run()}
    >
      ${sign}
    </button>`;
  }

  #choices(row: FieldRow, place: number, name: string): TemplateResult {
    const fault = this.#saving.fault(name);
    const id = `choices-${place}`;
    return html`
      <div class="field">
        <label for=${id}>${msg('Opciones, una por línea')}</label>
        <textarea
          id=${id}
          rows="3"
          .value=${live(row.choices)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.#change(place, { choices: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
        <span class=${fault ? 'field-error' : 'hint'} id=${`${id}-error`}>${fault || choicesWords(choicesOf(row).length)}</span>
      </div>
    `;
  }

  #outcomes(row: FieldRow, place: number, name: string): TemplateResult {
    const locale = currentLocale();
    const fault = this.#saving.fault(name);
    const turn = (code: string, on: boolean) =>
      this.#change(place, { outcomes: on ? [...row.outcomes, code] : row.outcomes.filter((one) => one !== code) });
    return html`
      <details ?open=${row.outcomes.length > 0 || fault !== ''}>
        <summary>
          ${outcomesWords(row.outcomes.length)}
        </summary>
        <div class="outcomes" role="group" aria-label=${msg('Resultados que lo piden; ninguno es todos')}>
          ${this.outcomes.map(
            (outcome) => html`
              <label class="check">
                <input
                  type="checkbox"
                  .checked=${live(row.outcomes.includes(outcome.code))}
                  @change=${(event: Event) => turn(outcome.code, (event.target as HTMLInputElement).checked)}
                />
                ${outcome[locale]}
              </label>
            `,
          )}
        </div>
        <span class="field-error">${fault}</span>
      </details>
    `;
  }

  #change(place: number, changes: Partial<FieldRow>): void {
    this.#saving.typed();
    this.rows = this.rows.map((row, other) => (other === place ? { ...row, ...changes } : row));
  }

  async #add(): Promise<void> {
    this.#saving.typed();
    this.rows = [...this.rows, rowOf()];
    await this.#focus(`es-${this.rows.length - 1}`);
  }

  #move(place: number, step: number): void {
    this.#saving.rearranged();
    this.rows = moved(this.rows, place, step);
    void this.#focus(`${step < 0 ? 'up' : 'down'}-${place + step}`);
  }

  #remove(place: number): void {
    this.#saving.rearranged();
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

  readonly #read = async (): Promise<void> => {
    await this.#saving.ask(async () => {
      const [list, outcomes] = await Promise.all([this.api.wrapUpFields(), this.api.outcomes()]);
      this.outcomes = outcomes.items;
      this.#take(list);
    });
  };

  readonly #save = async (): Promise<void> => {
    const { list, rows } = this;
    if (!list) return;
    const { etag } = list;
    await this.#saving.save(async () => {
      this.#take(
        await this.api.setWrapUpFields({ items: rows.map((row) => fieldOf(row, rows)), ...(etag ? { etag } : {}) }),
      );
    });
  };

  /** Saves one's own list in the place of the one that somebody else has stored meanwhile. */
  readonly #keepMine = async (): Promise<void> => {
    const read = await this.#saving.ask(async () => {
      const { etag } = await this.api.wrapUpFields();
      this.list = { items: this.list?.items ?? [], ...(etag ? { etag } : {}) };
    });
    if (read) await this.#save();
  };

  #take(list: WrapUpFieldList): void {
    this.list = list;
    this.rows = list.items.map(rowOf);
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      ol,
      fieldset {
        display: grid;
        gap: var(--cmw-space-3);
      }

      fieldset {
        position: relative;
        min-inline-size: 0;
        margin: 0;
        padding: var(--cmw-space-3);
        border: 0;
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      legend {
        float: inline-start;
        padding: 0;
        padding-inline-end: 7rem;
        font: var(--cmw-type-strong);
      }

      .tools {
        position: absolute;
        inset-block-start: var(--cmw-space-1);
        inset-inline-end: var(--cmw-space-1);
        display: flex;
      }

      .check {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        min-block-size: 2rem;
      }

      .check input {
        inline-size: 1.125rem;
        min-block-size: 1.125rem;
        flex: none;
        margin: 0;
        accent-color: var(--cmw-accent);
      }

      .outcomes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
      }

      summary {
        inline-size: fit-content;
        padding-block: var(--cmw-space-1);
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
        cursor: pointer;
      }

      input[readonly] {
        background: none;
        color: var(--cmw-quiet);
      }
    `,
  ];
}

function choicesWords(count: number): string {
  return count === 1 ? msg('1 opción') : msg(str`${count} opciones`);
}

function outcomesWords(count: number): string {
  if (count === 0) return msg('Se pide con todos los resultados');
  return count === 1 ? msg('Se pide con 1 resultado') : msg(str`Se pide con ${count} resultados`);
}

function kindWords(kind: WrapUpField['kind']): string {
  switch (kind) {
    case 'number':
      return msg('Número');
    case 'date':
      return msg('Fecha');
    case 'choice':
      return msg('Opciones');
    default:
      return msg('Texto');
  }
}
