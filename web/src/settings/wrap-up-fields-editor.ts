import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { Outcome, WrapUpField, WrapUpFieldList } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { editorStyles, formSkeleton, refusalNotice, type SettingsEditor, textField, tick } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { currentLocale } from '../i18n/locale.js';
import { differences } from './differences.js';
import { choicesOf, type FieldRow, fieldOf, moved, rowOf } from './field-rows.js';
import { rowStyles, rowTools } from './row-tools.js';
import { SharedRules } from './shared-rules.js';

const kinds: readonly WrapUpField['kind'][] = ['text', 'number', 'date', 'choice'];
const mostFields = 30;

/** The fields that the office adds to the wrap-up: an administrator adds, orders and removes them. */
@localized()
@customElement('cmw-wrap-up-fields')
export class WrapUpFieldsEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'wrapUpFields' | 'setWrapUpFields' | 'outcomes'>;

  @state() private outcomes: readonly Outcome[] = [];

  readonly #saving = new Saving(this);
  readonly #rules = new SharedRules<WrapUpFieldList, readonly FieldRow[]>(this.#saving, {
    read: () => this.#read(),
    write: (rows, etag) =>
      this.api.setWrapUpFields({ items: rows.map((row) => fieldOf(row, rows)), ...(etag ? { etag } : {}) }),
    typedOf: ({ items }) => items.map(rowOf),
  });

  get isDirty(): boolean {
    return this.#rules.isDirty;
  }

  protected override firstUpdated(): void {
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    const { stands, theirs } = this.#rules;
    return html`
      <section aria-label=${msg('Campos del resultado')}>
        <p class="quiet">
          ${msg('Datos propios que se piden junto a las notas. Al quitar un campo, lo que ya se guardó en las llamadas se conserva.')}
        </p>
        ${stands ? this.#form() : this.#saving.error ? nothing : formSkeleton()}
        <p class="done" aria-live="polite">${this.#saving.saved ? msg('Guardado') : nothing}</p>
        ${refusalNotice(this.#saving, {
          again: stands ? this.#rules.save : this.#rules.read,
          keepMine: this.#rules.keepMine,
          useOther: this.#rules.useTheirs,
          changes: theirs && stands ? differences(stands.items.map(entryOf), theirs.items.map(entryOf)) : [],
        })}
      </section>
    `;
  }

  #form(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.#rules.typed.length === 0 ? html`<p>${msg('Todavía no hay campos.')}</p>` : nothing}
        <ol>
          ${this.#rules.typed.map((row, place) => this.#row(row, place))}
        </ol>
        <div class="actions">
          ${
            this.#rules.typed.length < mostFields
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
          ${rowTools({
            name,
            place,
            count: this.#rules.typed.length,
            move: (step) => this.#move(place, step),
            remove: () => this.#remove(place),
          })}
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
          ${tick(msg('Obligatorio'), row.required, (required) => this.#change(place, { required }))}
          ${this.#outcomes(row, place, `${at}.outcomes`)}
        </fieldset>
      </li>
    `;
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
          ${this.outcomes.map((outcome) =>
            tick(outcome[locale], row.outcomes.includes(outcome.code), (on) => turn(outcome.code, on)),
          )}
        </div>
        <span class="field-error">${fault}</span>
      </details>
    `;
  }

  #change(place: number, changes: Partial<FieldRow>): void {
    this.#rules.change(this.#rules.typed.map((row, other) => (other === place ? { ...row, ...changes } : row)));
  }

  async #add(): Promise<void> {
    this.#rules.change([...this.#rules.typed, rowOf()]);
    await this.#focus(`es-${this.#rules.typed.length - 1}`);
  }

  #move(place: number, step: number): void {
    this.#rules.rearrange(moved(this.#rules.typed, place, step));
    void this.#focus(`${step < 0 ? 'up' : 'down'}-${place + step}`);
  }

  #remove(place: number): void {
    this.#rules.rearrange(this.#rules.typed.filter((_, other) => other !== place));
    const { length } = this.#rules.typed;
    void this.#focus(length > 0 ? `remove-${Math.min(place, length - 1)}` : undefined);
  }

  async #focus(id: string | undefined): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(id ? `[id="${id}"]` : '.add')?.focus();
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#rules.save();
  }

  async #read(): Promise<WrapUpFieldList> {
    const [list, outcomes] = await Promise.all([this.api.wrapUpFields(), this.api.outcomes()]);
    this.outcomes = outcomes.items;
    return list;
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    rowStyles,
    css`
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
    `,
  ];
}

const entryOf = (field: WrapUpField) => ({ key: field.key, name: field.es, content: field });

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
