import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { DuplicateKey, DuplicateRule, ImportPreview, ImportRules } from '../api/import-types.js';
import type { ImportsApi } from '../api/imports-api.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { numberWords } from '../i18n/times.js';
import { importAddress, keyWords, ruleWords } from './import-words.js';
import './preview-table.js';
import { mappingOf, mostBytes, ownField, previewPart } from './preview-file.js';

/** Takes a file or a pasted table, shows what would become of it, and begins the import. */
@localized()
@customElement('cmw-new-import')
export class NewImport extends LitElement {
  @property({ attribute: false }) api!: Pick<ImportsApi, 'preview' | 'start'>;

  @state() private file: Blob | undefined;
  @state() private name: string | undefined;
  @state() private preview: ImportPreview | undefined;
  @state() private columnFields: readonly string[] = [];
  @state() private hasHeader: boolean | undefined;
  @state() private duplicates: DuplicateRule = 'skip';
  @state() private by: DuplicateKey = 'both';
  @state() private dragging = false;
  @state() private sent: number | undefined;
  /** Why a file was not taken. */
  @state() private problem: 'large' | 'unreadable' | undefined;

  readonly #looking = new Saving(this);
  readonly #starting = new Saving(this);
  #cancel = new AbortController();
  #looks = 0;
  /** True until the columns are told by their names: where the titles are, or are not, has changed. */
  #guesses = true;

  constructor() {
    super();
    new Unsaved(
      this,
      () => this.sent !== undefined,
      () => msg('El archivo todavía se está enviando. ¿Salir y cancelar el envío?'),
    );
  }

  override disconnectedCallback(): void {
    this.#cancel.abort();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Nueva importación')}</h2>
        ${this.file ? this.#chosen() : this.#choose()}
      </section>
    `;
  }

  #choose(): TemplateResult {
    return html`
      <div
        class=${this.dragging ? 'drop over' : 'drop'}
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.dragging = true;
        }}
        @dragleave=${() => {
          this.dragging = false;
        }}
        @drop=${this.#drop}
      >
        <p>${msg('Suelte aquí un archivo CSV, de 32 MB como máximo.')}</p>
        <button class="primary" @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}>
          ${msg('Elegir archivo')}
        </button>
        <input type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" hidden @change=${this.#pick} />
      </div>
      ${
        this.problem
          ? html`<p class="alert" role="alert">
              ${
                this.problem === 'large'
                  ? msg('El archivo pasa de 32 MB. Divídalo en varios, cada uno con la fila de títulos.')
                  : msg('No se pudo leer el archivo. Ábralo de nuevo.')
              }
            </p>`
          : nothing
      }
      <div class="field">
        <label for="table">${msg('O pegue aquí una tabla copiada de la hoja de cálculo')}</label>
        <textarea id="table" rows="3" spellcheck="false" @paste=${this.#paste}></textarea>
      </div>
      <div><button @click=${this.#usePasted}>${msg('Ver la tabla')}</button></div>
      <p class="hint">
        ${msg('La primera fila tiene los títulos: nombre, teléfono, cédula, correo. Antes de guardar nada verá qué se importa.')}
      </p>
    `;
  }

  #chosen(): TemplateResult {
    const { preview } = this;
    return html`
      <div class="bar">
        <strong>${this.name ?? msg('Tabla pegada')}</strong>
        ${preview ? html`<span class="quiet">${factsWords(preview)}</span>` : nothing}
        <button class="bare" @click=${this.#reset} ?hidden=${this.sent !== undefined}>${msg('Elegir otro')}</button>
      </div>
      ${refusalNotice(this.#looking, { again: () => this.#look() })}
      ${preview ? this.#table(preview) : this.#looking.error ? nothing : html`<div class="skeleton" role="status" aria-label=${msg('Leyendo el archivo')}></div>`}
    `;
  }

  #table(preview: ImportPreview): TemplateResult {
    const others = preview.problems.filter(({ row }) => row === undefined);
    return html`
      ${others.map(({ reason }) => html`<p class="alert" role="alert">${reason}</p>`)}
      <label class="check">
        <input type="checkbox" .checked=${live(preview.hasHeader)} @change=${this.#changeHeader} />
        ${msg('La primera fila tiene los títulos')}
      </label>
      <cmw-preview-table
        class=${this.#looking.busy ? 'pale' : ''}
        .preview=${preview}
        .fields=${this.columnFields}
        @mapped=${(event: CustomEvent<readonly string[]>) => {
          this.columnFields = event.detail;
          this.#guesses = false;
          void this.#look();
        }}
      ></cmw-preview-table>
      ${this.#rules()} ${this.sent === undefined ? this.#begin(preview, others.length > 0) : this.#progress(this.sent)}
      ${refusalNotice(this.#starting, { again: this.#start })}
    `;
  }

  #rules(): TemplateResult {
    return html`
      <div class="rules">
        <div class="field">
          <label for="by">${msg('Un contacto ya está si coincide')}</label>
          <select id="by" @change=${(event: Event) => this.#changeRule({ by: valueOf(event) as DuplicateKey })}>
            ${Object.entries(keyWords).map(([key, words]) => html`<option value=${key} ?selected=${key === this.by}>${words()}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="duplicates">${msg('Si el contacto ya está')}</label>
          <select id="duplicates" @change=${(event: Event) => this.#changeRule({ duplicates: valueOf(event) as DuplicateRule })}>
            ${Object.entries(ruleWords).map(([rule, words]) => html`<option value=${rule} ?selected=${rule === this.duplicates}>${words()}</option>`)}
          </select>
        </div>
      </div>
    `;
  }

  #begin({ rows }: ImportPreview, isWrong: boolean): TemplateResult {
    const isHeld = isWrong || this.#isOutdated;
    return html`
      <div>
        <button class="primary start" aria-disabled=${isHeld || this.#starting.busy} @click=${isHeld ? nothing : this.#start}>
          ${rows === undefined ? msg('Importar todo el archivo') : rows === 1 ? msg('Importar 1 fila') : msg(str`Importar ${numberWords(rows)} filas`)}
        </button>
      </div>
    `;
  }

  #progress(sent: number): TemplateResult {
    return html`
      <div class="sending" role="status">
        <progress max="1" .value=${sent} aria-label=${msg('Envío del archivo')}></progress>
        <p>${sent < 1 ? msg(str`Enviando el archivo: ${Math.floor(sent * 100)} %`) : msg('Guardando el archivo…')}</p>
      </div>
      <div><button @click=${() => this.#cancel.abort()}>${msg('Cancelar el envío')}</button></div>
    `;
  }

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.dragging = false;
    const file = event.dataTransfer?.files[0];
    if (file) void this.#open(file);
  };

  #pick(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be picked again once it was corrected.
    input.value = '';
    if (file) void this.#open(file);
  }

  /** Keeps what is in the file now: what is imported is what was looked at, also where it is changed meanwhile. */
  async #open(file: File): Promise<void> {
    this.#forget();
    const looks = this.#looks;
    this.problem = file.size > mostBytes ? 'large' : undefined;
    if (this.problem) return;
    const bytes = await file.arrayBuffer().catch(() => undefined);
    if (looks !== this.#looks) return;
    if (bytes) this.#take(new Blob([bytes], { type: file.type }), file.name);
    else this.problem = 'unreadable';
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // What is one line is typed on.
    if (!text.trim().includes('\n')) return;
    event.preventDefault();
    this.#take(new Blob([text], { type: 'text/plain' }), undefined);
  }

  readonly #usePasted = (): void => {
    const area = this.renderRoot.querySelector<HTMLTextAreaElement>('#table');
    if (area?.value.trim()) this.#take(new Blob([area.value], { type: 'text/plain' }), undefined);
    else area?.focus();
  };

  #take(file: Blob, name: string | undefined): void {
    this.#forget();
    this.problem = file.size > mostBytes ? 'large' : undefined;
    if (this.problem) return;
    [this.file, this.name] = [file, name];
    void this.#look();
  }

  readonly #reset = (): void => {
    this.#forget();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.drop button')?.focus());
  };

  #forget(): void {
    this.#looks++;
    [this.file, this.name, this.preview, this.hasHeader, this.sent] = [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ];
    this.columnFields = [];
    this.#guesses = true;
    this.#looking.busy = false;
    this.#looking.error = undefined;
    this.#starting.error = undefined;
  }

  #changeRule(change: { readonly by?: DuplicateKey; readonly duplicates?: DuplicateRule }): void {
    this.by = change.by ?? this.by;
    this.duplicates = change.duplicates ?? this.duplicates;
    void this.#look();
  }

  #changeHeader(event: Event): void {
    this.hasHeader = (event.target as HTMLInputElement).checked;
    // Other names are other columns.
    this.#guesses = true;
    void this.#look();
  }

  get #rulesNow(): ImportRules {
    const { columnFields, hasHeader, duplicates, by } = this;
    return { mapping: this.#guesses ? '' : mappingOf(columnFields), hasHeader, duplicates, by };
  }

  /** True where something else is chosen than what is shown. */
  get #isOutdated(): boolean {
    return this.#looking.busy || this.#looking.error !== undefined;
  }

  /** Asks what would become of the file. Of several answers the one to the latest question counts. */
  async #look(): Promise<void> {
    const { file } = this;
    if (!file) return;
    const look = ++this.#looks;
    const { part, isPart } = previewPart(file);
    this.#looking.busy = true;
    this.requestUpdate();
    const answer = this.api.preview(part, this.#rulesNow, isPart);
    await answer.catch(() => {});
    if (look !== this.#looks) return;
    await this.#looking.ask(async () => {
      const preview = await answer;
      this.preview = preview;
      this.columnFields = preview.columns.map(({ field }) => mappedField(preview, field));
      this.#guesses = false;
    });
    if (look === this.#looks) this.#looking.busy = false;
    this.requestUpdate();
  }

  readonly #start = async (): Promise<void> => {
    const { file, name } = this;
    if (!file || this.#starting.busy) return;
    this.#cancel = new AbortController();
    const { signal } = this.#cancel;
    this.sent = 0;
    await this.#starting.save(async () => {
      const started = await this.api
        .start(
          file,
          name,
          this.#rulesNow,
          (share) => {
            this.sent = share;
          },
          signal,
        )
        .catch((error: unknown) => {
          if (signal.aborted) return undefined;
          throw error;
        });
      // Nothing is lost any more by leaving.
      this.sent = undefined;
      if (started) this.#go(importAddress(started.importId));
    });
    this.sent = undefined;
  };

  /** As a link does, which the frame follows. */
  #go(address: string): void {
    const link = Object.assign(document.createElement('a'), { href: address });
    this.renderRoot.append(link);
    link.click();
    link.remove();
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    pagePart,
    css`
      .drop,
      .sending,
      .problem {
        display: grid;
        gap: var(--cmw-space-3);
      }

      .drop {
        justify-items: center;
        padding: var(--cmw-space-6) var(--cmw-space-4);
        border: 2px dashed var(--cmw-edge);
        border-radius: var(--cmw-radius-m);
        text-align: center;
      }

      .drop.over {
        border-color: var(--cmw-accent);
        background: var(--cmw-accent-ground);
      }

      .rules {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
        gap: var(--cmw-space-3);
        max-inline-size: 44rem;
      }

      .check {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        font: var(--cmw-type-body);
      }

      .check input {
        inline-size: 1.25rem;
        min-block-size: 1.25rem;
        accent-color: var(--cmw-accent);
      }

      .pale {
        opacity: 0.6;
      }

      progress {
        inline-size: 100%;
        block-size: 0.5rem;
        accent-color: var(--cmw-accent);
      }

      .problem {
        justify-items: start;
        color: var(--cmw-bad);
      }
    `,
  ];
}

/** As the mapping names it. */
const mappedField = ({ fields: all }: ImportPreview, field: string | undefined): string =>
  field === undefined || all.some((each) => each.field === field && each.label === undefined)
    ? (field ?? '')
    : ownField(field);

const valueOf = (event: Event): string => (event.target as HTMLSelectElement).value;

function factsWords({ rows, encoding, separator }: ImportPreview): string {
  const between = separator === '\t' ? msg('separado por tabulaciones') : msg(str`separado por «${separator}»`);
  const count =
    rows === undefined
      ? msg('solo el principio, por su tamaño')
      : rows === 1
        ? msg('1 fila')
        : msg(str`${numberWords(rows)} filas`);
  return `${count} · ${encoding.toUpperCase()} · ${between}`;
}
