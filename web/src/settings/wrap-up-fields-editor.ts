import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { Outcome, WrapUpField, WrapUpFieldList } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { SharedRules } from '../base/shared-rules.js';
import { choiceField, editorStyles, type SettingsEditor, savedWords, textField, tick } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { currentLocale } from '../i18n/locale.js';
import { type FieldRow, fieldOf, rowOf } from './field-rows.js';
import { choicesField, rowStyles, rowTools } from './row-tools.js';
import { keepCodes, RuleRows, rulesSection } from './rule-rows.js';

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
    keepCodes: keepCodes(({ key, stored }) => ({ key, stored })),
  });

  readonly #rows = new RuleRows(this, this.#rules, () => rowOf());

  get isDirty(): boolean {
    return this.#rules.isDirty;
  }

  protected override firstUpdated(): void {
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    return rulesSection({
      words: msg('Campos del resultado'),
      about: msg(
        'Datos propios que se piden junto a las notas. Al quitar un campo, lo que ya se guardó en las llamadas se conserva.',
      ),
      rules: this.#rules,
      saving: this.#saving,
      form: () => this.#form(),
      entries: ({ items }) => items.map(entryOf),
    });
  }

  #form(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#rows.submit}>
        ${this.#rules.typed.length === 0 ? html`<p>${msg('Todavía no hay campos.')}</p>` : nothing}
        <ol>
          ${this.#rules.typed.map((row, place) => this.#row(row, place))}
        </ol>
        <div class="actions">
          ${
            this.#rules.typed.length < mostFields
              ? html`<button type="button" class="add" @click=${this.#rows.add}>${msg('Agregar un campo')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          ${savedWords(this.#saving, this.isDirty)}
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
            move: (step) => this.#rows.move(place, place + step),
            remove: () => this.#rows.remove(place),
          })}
          <div class="row">
            ${textField({
              id: `es-${place}`,
              label: msg('Nombre en español'),
              value: row.es,
              maxLength: 80,
              fault: this.#saving.fault(`${at}.es`),
              change: (es) => this.#rows.change(place, { es }),
            })}
            ${textField({
              id: `en-${place}`,
              label: msg('Nombre en inglés'),
              value: row.en,
              maxLength: 80,
              fault: this.#saving.fault(`${at}.en`),
              change: (en) => this.#rows.change(place, { en }),
            })}
            ${choiceField({
              id: `kind-${place}`,
              label: msg('Tipo'),
              value: row.kind,
              choices: kinds.map((kind) => [kind, kindWords(kind)] as const),
              change: (kind) => this.#rows.change(place, { kind }),
            })}
            ${textField({
              id: `key-${place}`,
              label: msg('Clave (no cambia)'),
              value: row.key,
              maxLength: 64,
              readOnly: row.stored,
              fault: this.#saving.fault(`${at}.key`),
              change: (key) => this.#rows.change(place, { key }),
            })}
          </div>
          ${
            row.kind === 'choice'
              ? choicesField({
                  id: `choices-${place}`,
                  choices: row.choices,
                  fault: this.#saving.fault(`${at}.choices`),
                  change: (choices) => this.#rows.change(place, { choices }),
                })
              : nothing
          }
          ${tick(msg('Obligatorio'), row.required, (required) => this.#rows.change(place, { required }))}
          ${this.#outcomes(row, place, `${at}.outcomes`)}
        </fieldset>
      </li>
    `;
  }

  #outcomes(row: FieldRow, place: number, name: string): TemplateResult {
    const locale = currentLocale();
    const fault = this.#saving.fault(name);
    const turn = (code: string, on: boolean) =>
      this.#rows.change(place, { outcomes: on ? [...row.outcomes, code] : row.outcomes.filter((one) => one !== code) });
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
