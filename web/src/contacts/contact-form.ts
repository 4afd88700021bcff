import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import type { Contact, ContactField, Duplicate } from '../api/types.js';
import { Watching } from '../base/observable.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import type { ContactEditor } from './contact-editor.js';
import { contactFormStyles } from './contact-form-styles.js';
import { type ContactText, fieldKeys, numberField } from './contact-text.js';
import { DuplicateWatch } from './duplicate-watch.js';

const mostNumbers = 20;
const mostDuplicates = 3;

/**
 * Creates a contact or changes one. Fires `saved` with the contact, `use` with one that exists already and that the
 * agent takes instead, and `cancel`.
 */
@localized()
@customElement('cmw-contact-form')
export class ContactForm extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'duplicates'>;
  @property({ attribute: false }) editor!: ContactEditor;
  /** The contacts' own fields of the settings. */
  @property({ attribute: false }) fields: readonly ContactField[] = [];
  /** What the main button says; «Guardar» if it is missing. */
  @property({ attribute: false }) action = '';
  /** What the button of somebody who exists already says. */
  @property({ attribute: false }) use = '';

  #known: DuplicateWatch | undefined;

  constructor() {
    super();
    new Watching(this, () => this.editor);
    new Watching(this, () => this.#duplicates);
  }

  get #duplicates(): DuplicateWatch | undefined {
    if (this.api) this.#known ??= new DuplicateWatch({ api: this.api });
    return this.#known;
  }

  override focus(): void {
    const { renderRoot } = this;
    const what =
      renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      renderRoot.querySelector<HTMLElement>('.clash button');
    (what ?? renderRoot.querySelector<HTMLElement>('#name'))?.focus();
  }

  override disconnectedCallback(): void {
    this.#known?.stop();
    super.disconnectedCallback();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.#duplicates?.look(this.editor.text, this.editor.base);
  }

  protected override render(): TemplateResult {
    const { editor } = this;
    const { text, clash, merged, error } = editor;
    return html`
      <form novalidate @submit=${this.#submit} @keydown=${this.#key}>
        ${editor.resumed ? html`<p class="hint" role="status">${msg('Esto se escribió antes y no se guardó.')}</p>` : nothing}
        ${this.#field('name', msg('Nombre'), text.name, 'name', (name) => ({ name }), 200)}
        <div class="row">
          ${text.numbers.map((number, row) => this.#number(number, row))}
          ${this.#field('document', msg('Cédula o identificación'), text.document, 'document', (document) => ({ document }), 64)}
          ${this.#field('email', msg('Correo'), text.email, 'email', (email) => ({ email }), 254, 'email')}
        </div>
        ${this.#existing()} ${this.#ownFields(text)}
        ${error && !this.#isBeside ? html`<p class="alert" role="alert">${plainWords(error)}</p>` : nothing}
        ${clash ? this.#clash() : nothing} ${merged ? this.#merged(merged) : nothing}
        <div class="actions">
          <button class="primary" type="submit" aria-disabled=${editor.busy || clash !== undefined || merged !== undefined}>${this.action || msg('Guardar')}</button>
          <button type="button" class="bare" @click=${this.#cancel}>${msg('Cancelar')}</button>
        </div>
      </form>
    `;
  }

  #field(
    id: string,
    words: string,
    value: string,
    name: string,
    change: (value: string) => Partial<ContactText>,
    most: number,
    type = 'text',
    mode?: 'decimal',
    hint = '',
  ): TemplateResult {
    const fault = this.#fault(name);
    return html`
      <div class="field">
        <label for=${id}>${words}</label>
        <input
          id=${id}
          type=${type}
          inputmode=${mode ?? nothing}
          maxlength=${most}
          autocomplete="off"
          spellcheck="false"
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.editor.change(change((event.target as HTMLInputElement).value))}
        />
        <span class=${hint && !fault ? 'hint' : 'field-error'} id=${`${id}-error`}>${fault || hint}</span>
      </div>
    `;
  }

  #number(number: string, row: number): TemplateResult {
    const { numbers } = this.editor.text;
    const change = (value: string) => ({ numbers: numbers.map((other, place) => (place === row ? value : other)) });
    const words =
      numbers.length === 1 ? msg('Teléfono') : row === 0 ? msg('Teléfono principal') : msg(str`Teléfono ${row + 1}`);
    // It stops nobody: what was written down is kept as it is.
    const hint = this.#known?.isUnread(number) ? msg('No se entiende como teléfono: se guarda así y no se marca.') : '';
    const name = numberField(this.editor.text, row);
    return html`
      <div class="number text">
        ${this.#field(`number-${row}`, words, number, name, change, 64, 'tel', undefined, hint)}
        ${
          numbers.length > 1
            ? html`<button
                type="button"
                class="bare icon"
                aria-label=${msg(str`Quitar: ${words}`)}
                title=${msg('Quitar')}
                @click=${() => this.#removeNumber(row)}
              >
                ${icons.close(16)}
              </button>`
            : nothing
        }
        ${
          row === numbers.length - 1 && numbers.length < mostNumbers
            ? html`<button type="button" class="bare add" @click=${this.#addNumber}>+ ${msg('Otro teléfono')}</button>`
            : nothing
        }
      </div>
    `;
  }

  #ownFields(text: ContactText): TemplateResult | typeof nothing {
    const keys = fieldKeys(text, this.fields);
    if (keys.length === 0) return nothing;
    const isFilled = keys.some((key) => text.fields[key]);
    const isWrong = keys.some((key) => this.#fault(`fields.${key}`) !== '');
    const isNeeded = this.fields.some((field) => field.required);
    return html`
      <details ?open=${isFilled || isWrong || isNeeded}>
        <summary>${msg('Más datos')}</summary>
        <div class="row">${keys.map((key, place) => this.#ownField(key, place, text.fields[key] ?? ''))}</div>
      </details>
    `;
  }

  #ownField(key: string, place: number, value: string): TemplateResult {
    const known = this.fields.find((field) => field.key === key);
    const isDay = known?.type === 'date' && /^(\d{4}-\d{2}-\d{2})?$/.test(value);
    const isNumber = known?.type === 'money' || known?.type === 'number';
    const change = (typed: string) => ({ fields: { ...this.editor.text.fields, [key]: typed } });
    const label = known?.label ?? key;
    const words = known?.required ? msg(str`${label} (obligatorio)`) : label;
    if (known?.type === 'choice') return this.#choice(`own-${place}`, words, known, value, change);
    return this.#field(
      `own-${place}`,
      words,
      value,
      `fields.${key}`,
      change,
      500,
      isDay ? 'date' : 'text',
      isNumber ? 'decimal' : undefined,
    );
  }

  /** A value that is none of the choices stays until another one is chosen. */
  #choice(
    id: string,
    words: string,
    { key, choices = [] }: ContactField,
    value: string,
    change: (value: string) => Partial<ContactText>,
  ): TemplateResult {
    const fault = this.#fault(`fields.${key}`);
    const all = ['', ...(value && !choices.includes(value) ? [value] : []), ...choices];
    return html`
      <div class="field">
        <label for=${id}>${words}</label>
        <select
          id=${id}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @change=${(event: Event) => this.editor.change(change((event.target as HTMLSelectElement).value))}
        >
          ${all.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${choice || '—'}</option>`)}
        </select>
        <span class="field-error" id=${`${id}-error`}>${fault}</span>
      </div>
    `;
  }

  /** Who exists already. It is read aloud as it appears, and stops nobody. */
  #existing(): TemplateResult {
    const found = this.#known?.found ?? [];
    return html`
      <div class="existing said" role="status">${
        found.length > 0
          ? html`<p><strong>${msg('Ya existe un contacto parecido:')}</strong></p>
              <ul>${found.slice(0, mostDuplicates).map((contact) => this.#duplicate(contact))}</ul>`
          : nothing
      }</div>
    `;
  }

  #duplicate(contact: Duplicate): TemplateResult {
    // The module of `nameOf` would become a script of its own, of some 50 bytes.
    const name = contact.name || contact.numbers[0];
    const details = [contact.document, contact.numbers[0], ...contact.by.map(reasonWords)].filter(Boolean);
    return html`
      <li>
        <span><strong>${name}</strong> <span class="hint">${details.join(' · ')}</span></span>
        <button type="button" aria-label=${`${this.use}: ${name}`} @click=${() => this.#use(contact)}>${this.use}</button>
      </li>
    `;
  }

  #clash(): TemplateResult {
    const collisions = this.editor.clash?.collisions ?? [];
    return html`
      <div class="clash" role="alert">
        <p><strong>${msg('Otra persona cambió este contacto mientras usted lo editaba.')}</strong></p>
        <dl>
          ${collisions.map(
            ({ field, mine, theirs }) => html`
              <div>
                <dt>${this.#label(field)}</dt>
                <dd>${msg('Quedó')}: <strong>${theirs || '—'}</strong></dd>
                <dd>${msg('Usted escribió')}: <strong>${mine || '—'}</strong></dd>
              </div>
            `,
          )}
        </dl>
        <div class="actions">
          <button type="button" @click=${this.#keepMine}>${msg('Conservar mi versión')}</button>
          <button type="button" @click=${this.#takeTheirs}>${msg('Usar la otra')}</button>
        </div>
      </div>
    `;
  }

  #merged(kept: Contact): TemplateResult {
    const name = kept.name || kept.numbers[0];
    return html`
      <div class="clash" role="alert">
        <p><strong>${msg(str`Este contacto se unió a ${name} mientras usted lo editaba.`)}</strong></p>
        <p>${msg('Lo que escribió no se guardó. Si hace falta, cópielo y cámbielo en el contacto que quedó.')}</p>
        <div class="actions"><button type="button" @click=${() => this.#use(kept)}>${this.use}</button></div>
      </div>
    `;
  }

  #label(field: string): string {
    switch (field) {
      case 'name':
        return msg('Nombre');
      case 'document':
        return msg('Cédula o identificación');
      case 'email':
        return msg('Correo');
      default: {
        const key = field.slice('fields.'.length);
        return this.fields.find((known) => known.key === key)?.label ?? key;
      }
    }
  }

  #fault(name: string): string {
    const { editor } = this;
    if (name === 'name' && editor.nameMissing) return msg('Escriba el nombre o el teléfono.');
    return editor.error?.fieldError(name) ?? '';
  }

  /** True if everything that the API found is shown beside a field. */
  get #isBeside(): boolean {
    const { editor } = this;
    const names = Object.keys(editor.error?.problem.errors ?? {});
    const shown = new Set([
      'name',
      'document',
      'email',
      ...editor.text.numbers.map((_, row) => numberField(editor.text, row)),
      ...fieldKeys(editor.text, this.fields).map((key) => `fields.${key}`),
    ]);
    return names.length > 0 && names.every((name) => shown.has(name));
  }

  async #addNumber(): Promise<void> {
    const { numbers } = this.editor.text;
    this.editor.change({ numbers: [...numbers, ''] });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#number-${numbers.length}`)?.focus();
  }

  async #removeNumber(row: number): Promise<void> {
    const { numbers } = this.editor.text;
    this.editor.change({ numbers: numbers.filter((_, place) => place !== row) });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#number-${Math.max(0, row - 1)}`)?.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent('cancel'));
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // On a card it would save the call.
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) void this.#save(() => this.editor.save());
    }
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#save(() => this.editor.save());
  }

  #keepMine(): void {
    void this.#save(() => this.editor.keepMine());
  }

  async #takeTheirs(): Promise<void> {
    this.editor.takeTheirs();
    await this.updateComplete;
    this.focus();
  }

  async #save(save: () => ReturnType<ContactEditor['save']>): Promise<void> {
    const saved = await save();
    if (saved) {
      this.dispatchEvent(new CustomEvent('saved', { detail: saved.contact }));
      return;
    }

    await this.updateComplete;
    const { renderRoot } = this;
    const todo =
      renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      renderRoot.querySelector<HTMLElement>('.clash button');
    todo?.focus();
  }

  #use(contact: Contact): void {
    this.editor.discard();
    this.dispatchEvent(new CustomEvent('use', { detail: contact }));
  }

  #cancel(): void {
    this.editor.discard();
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  static override styles = [base, buttons, fields, contactFormStyles];
}

function reasonWords(by: Duplicate['by'][number]): string {
  switch (by) {
    case 'document':
      return msg('misma identificación');
    case 'phone':
      return msg('mismo teléfono');
    default:
      return msg('nombre parecido');
  }
}
