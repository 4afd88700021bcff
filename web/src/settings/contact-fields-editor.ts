import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { ContactFieldDefinition, ContactFieldList } from '../api/settings-types.js';
import { Saving } from '../base/saving.js';
import { SharedRules } from '../base/shared-rules.js';
import { choiceField, editorStyles, type SettingsEditor, savedWords, textField, tick } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { type ContactFieldRow, contactFieldOf, contactRowOf } from './contact-field-rows.js';
import { choicesField, rowStyles, rowTools } from './row-tools.js';
import { keepCodes, RuleRows, rulesSection } from './rule-rows.js';

const mostFields = 30;

/** What the office keeps of its contacts besides their names and numbers: an administrator adds, orders and removes. */
@localized()
@customElement('cmw-contact-fields')
export class ContactFieldsEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'contactFields' | 'setContactFields'>;

  readonly #saving = new Saving(this);
  readonly #rules = new SharedRules<ContactFieldList, readonly ContactFieldRow[]>(this.#saving, {
    read: () => this.api.contactFields(),
    write: (rows, etag) =>
      this.api.setContactFields({
        fields: rows.map((row) => contactFieldOf(row, rows)),
        ...(etag ? { etag } : {}),
      }),
    typedOf: ({ fields }) => fields.map(contactRowOf),
    keepCodes: keepCodes(({ key, stored }) => ({ key, stored })),
  });

  readonly #rows = new RuleRows(this, this.#rules, () => contactRowOf());

  get isDirty(): boolean {
    return this.#rules.isDirty;
  }

  protected override firstUpdated(): void {
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    return rulesSection({
      words: msg('Campos de los contactos'),
      about: msg(
        'Datos que la oficina guarda de cada contacto: se ven en la llamada, en este orden, y se pueden importar. Al quitar un campo, lo que ya se guardó se conserva.',
      ),
      rules: this.#rules,
      saving: this.#saving,
      form: () => this.#form(),
      entries: ({ fields }) => fields.map(entryOf),
    });
  }

  #form(): TemplateResult {
    const rows = this.#rules.typed;
    return html`
      <form novalidate @submit=${this.#rows.submit}>
        ${rows.length === 0 ? html`<p>${msg('Todavía no hay campos.')}</p>` : nothing}
        <ol>
          ${rows.map((row, place) => this.#row(row, place))}
        </ol>
        <div class="actions">
          ${
            rows.length < mostFields
              ? html`<button type="button" class="add" @click=${this.#rows.add}>${msg('Agregar un campo')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          ${savedWords(this.#saving, this.isDirty)}
        </div>
      </form>
    `;
  }

  #row(row: ContactFieldRow, place: number): TemplateResult {
    const name = row.es || row.en || row.key || msg(str`Campo ${place + 1}`);
    const at = `fields[${place}]`;
    const fault = (field: string) => this.#saving.fault(`${at}.${field}`);
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
              fault: fault('label.es'),
              change: (es) => this.#rows.change(place, { es }),
            })}
            ${textField({
              id: `en-${place}`,
              label: msg('Nombre en inglés'),
              value: row.en,
              maxLength: 80,
              fault: fault('label.en'),
              change: (en) => this.#rows.change(place, { en }),
            })}
            ${choiceField({
              id: `kind-${place}`,
              label: msg('Tipo'),
              value: row.kind,
              choices: kinds(),
              fault: fault('kind'),
              change: (kind) => this.#rows.change(place, { kind }),
            })}
            ${textField({
              id: `key-${place}`,
              label: msg('Clave (no cambia)'),
              value: row.key,
              maxLength: 64,
              readOnly: row.stored,
              fault: fault('key'),
              change: (key) => this.#rows.change(place, { key }),
            })}
            ${
              row.kind === 'amount'
                ? textField({
                    id: `currency-${place}`,
                    label: msg('Moneda (vacío: la de la cuenta)'),
                    value: row.currency,
                    maxLength: 3,
                    fault: fault('currency'),
                    change: (currency) => this.#rows.change(place, { currency: currency.toUpperCase() }),
                  })
                : nothing
            }
          </div>
          ${
            row.kind === 'choice'
              ? choicesField({
                  id: `choices-${place}`,
                  choices: row.choices,
                  fault: fault('choices'),
                  change: (choices) => this.#rows.change(place, { choices }),
                })
              : nothing
          }
          ${tick(msg('Obligatorio'), row.required, (required) => this.#rows.change(place, { required }))}
        </fieldset>
      </li>
    `;
  }

  static override styles = [base, buttons, fields, editorStyles, rowStyles];
}

const entryOf = (field: ContactFieldDefinition) => ({ key: field.key, name: field.label.es, content: field });

const kinds = (): readonly (readonly [ContactFieldDefinition['kind'], string])[] => [
  ['text', msg('Texto')],
  ['number', msg('Número')],
  ['amount', msg('Monto')],
  ['date', msg('Fecha')],
  ['choice', msg('Opciones')],
];
