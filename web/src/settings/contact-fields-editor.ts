import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { ContactFieldDefinition, ContactFieldList } from '../api/settings-types.js';
import { Saving } from '../base/saving.js';
import {
  choiceField,
  editorStyles,
  formSkeleton,
  refusalNotice,
  type SettingsEditor,
  textField,
  tick,
} from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { type ContactFieldRow, contactFieldOf, contactRowOf } from './contact-field-rows.js';
import { differences } from './differences.js';
import { choicesOf, moved } from './field-rows.js';
import { rowStyles, rowTools } from './row-tools.js';
import { SharedRules } from './shared-rules.js';

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
      <section aria-label=${msg('Campos de los contactos')}>
        <p class="quiet">
          ${msg('Datos que la oficina guarda de cada contacto: se ven en la llamada, en este orden, y se pueden importar. Al quitar un campo, lo que ya se guardó se conserva.')}
        </p>
        ${stands ? this.#form() : this.#saving.error ? nothing : formSkeleton()}
        <p class="done" aria-live="polite">${this.#saving.saved ? msg('Guardado') : nothing}</p>
        ${refusalNotice(this.#saving, {
          again: stands ? this.#rules.save : this.#rules.read,
          keepMine: this.#rules.keepMine,
          useOther: this.#rules.useTheirs,
          changes: theirs && stands ? differences(stands.fields.map(entryOf), theirs.fields.map(entryOf)) : [],
        })}
      </section>
    `;
  }

  #form(): TemplateResult {
    const rows = this.#rules.typed;
    return html`
      <form novalidate @submit=${this.#submit}>
        ${rows.length === 0 ? html`<p>${msg('Todavía no hay campos.')}</p>` : nothing}
        <ol>
          ${rows.map((row, place) => this.#row(row, place))}
        </ol>
        <div class="actions">
          ${
            rows.length < mostFields
              ? html`<button type="button" class="add" @click=${this.#add}>${msg('Agregar un campo')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
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
            move: (step) => this.#move(place, step),
            remove: () => this.#remove(place),
          })}
          <div class="row">
            ${textField({
              id: `es-${place}`,
              label: msg('Nombre en español'),
              value: row.es,
              maxLength: 80,
              fault: fault('label.es'),
              change: (es) => this.#change(place, { es }),
            })}
            ${textField({
              id: `en-${place}`,
              label: msg('Nombre en inglés'),
              value: row.en,
              maxLength: 80,
              fault: fault('label.en'),
              change: (en) => this.#change(place, { en }),
            })}
            ${choiceField({
              id: `kind-${place}`,
              label: msg('Tipo'),
              value: row.kind,
              choices: kinds(),
              fault: fault('kind'),
              change: (kind) => this.#change(place, { kind }),
            })}
            ${textField({
              id: `key-${place}`,
              label: msg('Clave (no cambia)'),
              value: row.key,
              maxLength: 64,
              readOnly: row.stored,
              fault: fault('key'),
              change: (key) => this.#change(place, { key }),
            })}
            ${
              row.kind === 'amount'
                ? textField({
                    id: `currency-${place}`,
                    label: msg('Moneda (vacío: la de la cuenta)'),
                    value: row.currency,
                    maxLength: 3,
                    fault: fault('currency'),
                    change: (currency) => this.#change(place, { currency: currency.toUpperCase() }),
                  })
                : nothing
            }
          </div>
          ${row.kind === 'choice' ? this.#choices(row, place, fault('choices')) : nothing}
          ${tick(msg('Obligatorio'), row.required, (required) => this.#change(place, { required }))}
        </fieldset>
      </li>
    `;
  }

  #choices(row: ContactFieldRow, place: number, fault: string): TemplateResult {
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
        <span class=${fault ? 'field-error' : 'hint'} id=${`${id}-error`}>${fault || choiceCount(choicesOf(row).length)}</span>
      </div>
    `;
  }

  #change(place: number, changes: Partial<ContactFieldRow>): void {
    this.#rules.change(this.#rules.typed.map((row, other) => (other === place ? { ...row, ...changes } : row)));
  }

  async #add(): Promise<void> {
    this.#rules.change([...this.#rules.typed, contactRowOf()]);
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

  static override styles = [base, buttons, fields, editorStyles, rowStyles];
}

const entryOf = (field: ContactFieldDefinition) => ({ key: field.key, name: field.label.es, content: field });

const choiceCount = (count: number): string => (count === 1 ? msg('1 opción') : msg(str`${count} opciones`));

const kinds = (): readonly (readonly [ContactFieldDefinition['kind'], string])[] => [
  ['text', msg('Texto')],
  ['number', msg('Número')],
  ['amount', msg('Monto')],
  ['date', msg('Fecha')],
  ['choice', msg('Opciones')],
];
