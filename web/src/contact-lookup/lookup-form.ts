import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ContactLookup, LookupInput } from '../api/lookup-api.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, refusalNotice, textField, tick, tickStyles } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';

/** What is typed; the time is as it was typed. */
interface Typed {
  readonly url: string;
  readonly source: string;
  readonly timeout: string;
  readonly enabled: boolean;
}

const renamedWords = () =>
  msg(
    'Los contactos que ya vinieron de este CRM se reconocen por su nombre: con otro, cada uno aparece dos veces, y sus notas y llamadas quedan en el de antes. Cámbielo solo si es otro CRM.',
  );

/** Where the CRM is asked. */
@localized()
@customElement('cmw-lookup-form')
export class LookupForm extends LitElement {
  @property({ attribute: false }) lookup!: ContactLookup;
  /** Saves it over the version with this etag. */
  @property({ attribute: false }) send!: (input: LookupInput, etag: string | undefined) => Promise<void>;
  /** Reads it as it is stored now. */
  @property({ attribute: false }) read!: () => Promise<ContactLookup>;

  @state() private typed!: Typed;

  readonly #saving = new Saving(this);
  #stored: Typed | undefined;
  #etag: string | undefined;

  constructor() {
    super();
    new Unsaved(this, () => this.#isChanged);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('lookup')) return;
    const read = typedOf(this.lookup);
    const isSame = JSON.stringify(read) === JSON.stringify(this.#stored);
    // How the CRM answers is read again and again. What is typed stays, and is saved over what it was typed over.
    if (this.#stored && this.#isChanged && !this.#saving.busy && !isSame) return;
    if (!isSame) this.typed = read;
    this.#stored = read;
    this.#etag = this.lookup.etag;
  }

  protected override render(): TemplateResult {
    const { typed } = this;
    return html`
      <form novalidate @submit=${this.#submit}>
        ${textField({
          id: 'url',
          label: msg('Dirección de su CRM a la que se pregunta'),
          value: typed.url,
          maxLength: 2000,
          fault: this.#saving.fault('url'),
          change: (url) => this.#type({ url }),
        })}
        <div class="row">
          ${textField({
            id: 'timeout',
            label: msg('Cuánto se espera, en milisegundos (100 a 800)'),
            value: typed.timeout,
            maxLength: 3,
            inputMode: 'numeric',
            fault: this.#saving.fault('timeoutMs'),
            change: (timeout) => this.#type({ timeout }),
          })}
          ${textField({
            id: 'source',
            label: msg('Nombre del CRM en los contactos'),
            value: typed.source,
            maxLength: 32,
            fault: this.#saving.fault('source'),
            change: (source) => this.#type({ source }),
          })}
        </div>
        <span class="hint said" role="status">${this.#renamed ? renamedWords() : ''}</span>
        ${tick(msg('Encendida: se pregunta en cada llamada'), typed.enabled, (enabled) => this.#type({ enabled }))}
        ${refusalNotice(this.#saving, { again: () => this.#save(), keepMine: this.#keepMine, useOther: this.#useOther })}
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy || !this.#isChanged}>${msg('Guardar')}</button>
          <span class="quiet" role="status">${this.#saving.saved && !this.#isChanged ? msg('Guardado.') : ''}</span>
        </div>
      </form>
    `;
  }

  /** True where contacts may have the name that is about to change. Capitals don't matter. */
  get #renamed(): boolean {
    const stored = this.#stored;
    return !!stored?.url && stored.source.toLowerCase() !== this.typed.source.trim().toLowerCase();
  }

  #type(values: Partial<Typed>): void {
    this.typed = { ...this.typed, ...values };
    this.#saving.typed();
  }

  get #isChanged(): boolean {
    return JSON.stringify(this.typed) !== JSON.stringify(this.#stored);
  }

  get #input(): LookupInput {
    const { url, source, timeout, enabled } = this.typed;
    return { url: url.trim(), source: source.trim(), timeoutMs: Number(timeout) || 0, enabled };
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (this.#isChanged) void this.#save();
  };

  #save(): Promise<void> {
    return this.#saving.save(() => this.send(this.#input, this.#etag));
  }

  /** Somebody else has saved meanwhile: what was typed here takes the place of it. */
  readonly #keepMine = (): Promise<void> =>
    this.#saving.save(async () => this.send(this.#input, (await this.read()).etag));

  readonly #useOther = async (): Promise<void> => {
    await this.#saving.ask(async () => {
      const other = await this.read();
      this.#stored = undefined;
      this.lookup = { ...other };
    });
  };

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    tickStyles,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }
    `,
  ];
}

/** Whoever enters an address wants it asked. */
const typedOf = ({ url = '', source, timeoutMs, enabled, etag }: ContactLookup): Typed => ({
  url,
  source,
  timeout: String(timeoutMs),
  enabled: etag === undefined ? true : enabled,
});
