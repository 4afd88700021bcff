import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { asApiError } from '../api/api-error.js';
import type { DoNotCall } from '../api/do-not-call-api.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, textField } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { textOfFile } from '../dial/number-list.js';
import { plainWords } from '../i18n/plain-words.js';
import { numbersOf } from './number-lines.js';

/** More are added in several turns: the page waits for each. */
export const mostNumbers = 2000;

const atOnce = 4;
const longestReason = 300;
/** A file of two thousand numbers has some tens of kilobytes. */
const mostBytes = 1_000_000;

/** A number that was not added, and why. */
interface Refused {
  readonly number: string;
  readonly why: string;
}

/** Puts numbers on the list: one, or many that were pasted or are in a file. Fires `added`, and `closed`. */
@localized()
@customElement('cmw-do-not-call-form')
export class DoNotCallForm extends LitElement {
  @property({ attribute: false }) add!: (number: string, reason: string) => Promise<DoNotCall>;

  @state() private numbers = '';
  @state() private reason = '';
  @state() private faults: { readonly numbers?: string; readonly reason?: string } = {};
  @state() private isReading = false;
  /** How many of how many are done, while they are being added. */
  @state() private progress: { readonly done: number; readonly all: number } | undefined;
  @state() private result: { readonly added: number; readonly refused: readonly Refused[] } | undefined;

  constructor() {
    super();
    new Unsaved(this, () => this.isAdding || this.numbers.trim() !== '');
  }

  /** True while numbers are being added: the form is not to be taken away. */
  get isAdding(): boolean {
    return this.progress !== undefined;
  }

  /** True also while a file is read: its numbers replace those of the field. */
  get #isBusy(): boolean {
    return this.isAdding || this.isReading;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('textarea')?.focus();
  }

  protected override render(): TemplateResult {
    const { numbers = '', reason = '' } = this.faults;
    const { progress, isAdding } = this;
    const isBusy = this.#isBusy;
    return html`
      <form novalidate @submit=${this.#submit}>
        <div class="field">
          <label for="numbers">${msg('Números, uno por línea')}</label>
          <textarea
            id="numbers"
            rows="2"
            spellcheck="false"
            inputmode="tel"
            .value=${live(this.numbers)}
            ?readonly=${isBusy}
            aria-invalid=${numbers !== ''}
            aria-describedby="numbers-error"
            @input=${(event: InputEvent) => this.#typed((event.target as HTMLTextAreaElement).value)}
          ></textarea>
          <span class=${numbers ? 'field-error' : 'hint'} id="numbers-error">
            ${numbers || msg('Como los tenga escritos. Los de otro país, con + y el código del país.')}
          </span>
        </div>
        ${textField({
          id: 'reason',
          label: msg('Por qué no se debe llamar'),
          value: this.reason,
          maxLength: longestReason,
          fault: reason,
          readOnly: isAdding,
          change: (text) => {
            this.reason = text;
            this.faults = {};
          },
        })}
        <div class="actions">
          <button class="primary" aria-disabled=${isBusy}>${msg('Agregar a la lista')}</button>
          <label class="file">
            ${msg('Tomar los números de un archivo CSV')}
            <input type="file" accept=".csv,.txt,text/csv,text/plain" ?disabled=${isBusy} @change=${this.#file} />
          </label>
          <button type="button" class="bare" aria-disabled=${isAdding} @click=${this.#close}>
            ${msg('Cerrar')}
          </button>
        </div>
        <p role="status" class="done">
          ${progress ? msg(str`Agregando: ${progress.done} de ${progress.all}…`) : this.result ? addedWords(this.result.added) : nothing}
        </p>
        ${this.#refused()}
      </form>
    `;
  }

  #refused(): TemplateResult | typeof nothing {
    const refused = this.result?.refused ?? [];
    if (refused.length === 0) return nothing;
    return html`
      <div class="problem" role="alert">
        <p>${refused.length === 1 ? msg('Este no se agregó. Quedó arriba para corregirlo:') : msg(str`Estos ${refused.length} no se agregaron. Quedaron arriba para corregirlos:`)}</p>
        <ul class="changes">
          ${refused.slice(0, 100).map(({ number, why }) => html`<li><strong>${number}</strong>: ${why}</li>`)}
        </ul>
        ${refused.length > 100 ? html`<p>${msg(str`Y ${refused.length - 100} más.`)}</p>` : nothing}
      </div>
    `;
  }

  #typed(numbers: string): void {
    this.numbers = numbers;
    this.faults = {};
    this.result = undefined;
  }

  readonly #file = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > mostBytes) {
      this.faults = { numbers: msg('El archivo es demasiado grande para una lista de números.') };
    } else {
      this.isReading = true;
      try {
        this.#typed(numbersOf(textOfFile(await file.arrayBuffer())).join('\n'));
      } catch {
        this.faults = { numbers: msg('No se pudo leer el archivo. Ábralo de nuevo.') };
      } finally {
        this.isReading = false;
      }
    }

    input.value = '';
    this.focus();
  };

  readonly #close = (): void => {
    if (!this.isAdding) this.dispatchEvent(new CustomEvent('closed'));
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (!this.#isBusy) void this.#send();
  };

  async #send(): Promise<void> {
    const numbers = numbersOf(this.numbers);
    const reason = this.reason.trim();
    this.result = undefined;
    this.faults = {
      ...(numbers.length === 0 ? { numbers: msg('Escriba al menos un número.') } : {}),
      ...(numbers.length > mostNumbers ? { numbers: msg(str`Agregue ${mostNumbers} como máximo por vez.`) } : {}),
      ...(reason === '' ? { reason: msg('Escriba por qué no se debe llamar.') } : {}),
    };
    if (Object.keys(this.faults).length > 0) return this.#focusFault();

    const refused: Refused[] = [];
    const left = [...numbers];
    let done = 0;
    this.progress = { done, all: numbers.length };
    const work = async (): Promise<void> => {
      for (let number = left.shift(); number !== undefined; number = left.shift()) {
        const why = await this.#addOne(number, reason);
        if (why !== undefined) refused.push({ number, why });
        this.progress = { done: ++done, all: numbers.length };
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    this.progress = undefined;
    this.numbers = refused.map(({ number }) => number).join('\n');
    this.result = { added: numbers.length - refused.length, refused };
    if (refused.length === 0) this.reason = '';
    this.dispatchEvent(new CustomEvent('added'));
    await this.updateComplete;
    this.focus();
  }

  /** Why a number was not added; undefined where it is on the list. */
  async #addOne(number: string, reason: string): Promise<string | undefined> {
    try {
      await this.add(number, reason);
      return undefined;
    } catch (error) {
      const refusal = asApiError(error);
      return refusal.fieldError('number') || refusal.fieldError('reason') || plainWords(refusal);
    }
  }

  async #focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      form {
        max-inline-size: 44rem;
      }

      textarea {
        min-block-size: 4.5rem;
        font-variant-numeric: tabular-nums;
      }

      .actions {
        align-items: center;
      }

      .file {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--cmw-control);
        padding-inline: var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-surface);
        font: var(--cmw-type-strong);
        cursor: pointer;
      }

      .file:hover {
        background: var(--cmw-hover);
      }

      .file:focus-within {
        outline: 2px solid var(--cmw-focus);
        outline-offset: 2px;
      }

      .file input {
        position: absolute;
        inline-size: 1px;
        min-block-size: 1px;
        block-size: 1px;
        opacity: 0;
      }
    `,
  ];
}

const addedWords = (count: number): string =>
  count === 0 ? '' : count === 1 ? msg('El número está en la lista.') : msg(str`${count} números están en la lista.`);
