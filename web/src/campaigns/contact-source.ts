import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiClient } from '../api/api-client.js';
import type { CampaignContacts } from '../api/campaign-types.js';
import type { Contact, ContactField } from '../api/types.js';
import { nameOf } from '../contacts/contact-name.js';
import { ContactOptions, contactOptionStyles } from '../contacts/contact-options.js';
import { choiceField, tickStyles } from '../design/editor.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { isOneList, numberColumn, numbersOf, readTable, type Table, textOfFile } from '../dial/number-list.js';
import { numberWords } from '../i18n/times.js';

type Source = 'query' | 'numbers' | 'ids' | 'all';

const sources: readonly Source[] = ['query', 'numbers', 'ids', 'all'];

/** 100,000 numbers and a name beside each. */
const mostBytes = 8 * 1024 * 1024;
const pauseMs = 250;

/** Whom a campaign calls: by a search, by numbers, or one by one. Fires `contacts` with what was chosen, if it is any. */
@localized()
@customElement('cmw-contact-source')
export class ContactSource extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'contacts'>;
  @property({ attribute: false }) contactFields: readonly ContactField[] = [];
  /** What the API finds wrong in it; empty where nothing is. */
  @property({ attribute: false }) fault = '';

  @state() private source: Source = 'query';
  @state() private query = '';
  @state() private text = '';
  @state() private table: Table = [];
  @state() private column = 0;
  @state() private hasHeader = false;
  @state() private file = '';
  @state() private problem = '';
  @state() private chosen: readonly Contact[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #options = new ContactOptions(this, {
    api: () => this.api,
    fields: () => this.contactFields,
    pick: (contact) => this.#pick(contact),
  });

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    return html`
      <fieldset>
        <legend>${msg('A quién se llama')}</legend>
        <div class="ways">
          ${sources.map(
            (source) => html`<label class="check">
              <input
                type="radio"
                name="source"
                .checked=${source === this.source}
                @change=${() => this.#choose(source)}
              />
              ${sourceWords(source)}
            </label>`,
          )}
        </div>
      </fieldset>
      ${this.#way()}
      <span class="field-error said" role="status">${this.problem || this.fault}</span>
    `;
  }

  #way(): TemplateResult {
    switch (this.source) {
      case 'query':
        return this.#byQuery();
      case 'numbers':
        return this.#byNumbers();
      case 'ids':
        return this.#oneByOne();
      default:
        return html`<p class="hint">${msg('Entran todos los contactos de la oficina, cada uno por su teléfono principal.')}</p>`;
    }
  }

  #byQuery(): TemplateResult {
    return html`<div class="field">
      <label for="query">${msg('Texto que se busca en los contactos')}</label>
      <input
        id="query"
        autocomplete="off"
        maxlength="200"
        aria-describedby="query-hint"
        .value=${this.query}
        @input=${(event: InputEvent) => {
          this.query = (event.target as HTMLInputElement).value;
          this.#tell();
        }}
      />
      <span class="hint" id="query-hint">
        ${msg('Entran todos los contactos que encuentra la misma búsqueda en la página de contactos, cada uno por su teléfono principal.')}
      </span>
    </div>`;
  }

  #byNumbers(): TemplateResult {
    const count = this.#numbers.length;
    const [head = []] = this.table;
    const width = isOneList(this.table) ? 1 : Math.max(0, ...this.table.slice(0, 50).map(({ length }) => length));
    return html`
      <div class="field">
        <label for="numbers">${msg('Números, uno por línea, o una tabla pegada de la hoja de cálculo')}</label>
        <textarea
          id="numbers"
          spellcheck="false"
          autocomplete="off"
          .value=${this.text}
          ?readonly=${this.file !== ''}
          @input=${this.#typed}
        ></textarea>
      </div>
      <div class="file">
        <label class="button" for="file">${msg('Abrir un archivo CSV')}</label>
        <input id="file" type="file" class="visually-hidden" accept=".csv,.txt,text/csv,text/plain" @change=${this.#open} />
        ${
          this.file
            ? html`<span>${this.file}</span>
                <button type="button" class="bare" @click=${this.#drop}>${msg('Quitar el archivo')}</button>`
            : nothing
        }
      </div>
      ${
        width > 1
          ? html`<div class="columns">
              ${choiceField({
                id: 'column',
                label: msg('Columna de los números'),
                value: String(this.column),
                choices: Array.from({ length: width }, (_, at) => [String(at), columnWords(head, at, this.hasHeader)]),
                change: (at) => {
                  this.column = Number(at);
                  this.#tell();
                },
              })}
              <label class="check">
                <input
                  type="checkbox"
                  .checked=${this.hasHeader}
                  @change=${(event: Event) => {
                    this.hasHeader = (event.target as HTMLInputElement).checked;
                    this.#tell();
                  }}
                />
                ${msg('La primera fila tiene los títulos')}
              </label>
            </div>`
          : nothing
      }
      <p class="hint" role="status">
        ${count === 0 ? nothing : count === 1 ? msg('1 número') : msg(str`${numberWords(count)} números`)}
      </p>
    `;
  }

  #oneByOne(): TemplateResult {
    return html`
      <div class="field">${this.#options.input('find', msg('Buscar un contacto para agregarlo'))}</div>
      ${this.#options.list()} ${this.#options.said()}
      <div class="chosen" role="group" aria-label=${msg('Contactos elegidos')}>
        ${repeat(
          this.chosen,
          ({ contactId }) => contactId,
          (contact) => html`<span class="chip">
            ${nameOf(contact)}
            <button
              type="button"
              class="bare"
              aria-label=${msg(str`Quitar a ${nameOf(contact)}`)}
              @click=${() => this.#remove(contact)}
            >
              ${icons.close(16)}
            </button>
          </span>`,
        )}
      </div>
    `;
  }

  get #numbers(): readonly string[] {
    return numbersOf(this.table, { column: this.column, hasHeader: this.hasHeader });
  }

  #choose(source: Source): void {
    this.source = source;
    this.problem = '';
    this.#tell();
  }

  readonly #typed = (event: InputEvent): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), pauseMs);
  };

  /** Tells at once what was typed or pasted just now. */
  settle(): void {
    if (this.#timer === undefined) return;
    this.#forgetTyped();
    this.#take(this.text);
  }

  #forgetTyped(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #open = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    this.#forgetTyped();
    this.problem = '';
    if (file.size > mostBytes) {
      this.problem = msg('El archivo pasa de 8 MB. Divídalo en varias campañas.');
      return;
    }

    try {
      const text = textOfFile(await file.arrayBuffer());
      this.file = file.name;
      // A long text makes the field slow: the beginning shows what was read.
      this.text = text.slice(0, 2000);
      this.#take(text);
    } catch {
      this.problem = msg('No se pudo leer el archivo. Ábralo de nuevo.');
    }
    input.value = '';
  };

  readonly #drop = (): void => {
    this.file = '';
    this.text = '';
    this.#take('');
  };

  #take(text: string): void {
    this.table = readTable(text);
    ({ column: this.column, hasHeader: this.hasHeader } = numberColumn(this.table));
    this.#tell();
  }

  #pick(contact: Contact): void {
    if (!this.chosen.some(({ contactId }) => contactId === contact.contactId)) this.chosen = [...this.chosen, contact];
    this.#options.clear();
    this.#tell();
  }

  #remove(contact: Contact): void {
    this.chosen = this.chosen.filter((one) => one !== contact);
    this.#tell();
    this.renderRoot.querySelector<HTMLElement>('#find')?.focus();
  }

  #tell(): void {
    this.dispatchEvent(new CustomEvent('contacts', { detail: this.#contacts }));
  }

  get #contacts(): CampaignContacts | undefined {
    switch (this.source) {
      case 'query':
        return this.query.trim() ? { query: this.query.trim() } : undefined;
      case 'numbers':
        return this.#numbers.length > 0 ? { numbers: this.#numbers } : undefined;
      case 'all':
        return { query: '' };
      default:
        return this.chosen.length > 0 ? { ids: this.chosen.map(({ contactId }) => contactId) } : undefined;
    }
  }

  static override styles = [
    base,
    buttons,
    fields,
    tickStyles,
    contactOptionStyles,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-2);
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--cmw-space-5);
      }

      .check input[type='radio'] {
        border-radius: 50%;
      }

      textarea {
        max-block-size: 12rem;
      }

      .file,
      .columns {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-4);
      }

      .file label.button {
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

      .file:focus-within label.button {
        outline: 2px solid var(--cmw-focus);
        outline-offset: 2px;
      }

      .chosen {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .chip {
        display: inline-flex;
        align-items: center;
        padding-inline-start: var(--cmw-space-3);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
        font: var(--cmw-type-small);
        overflow-wrap: anywhere;
      }

      .chip button {
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-2);
      }
    `,
  ];
}

function sourceWords(source: Source): string {
  switch (source) {
    case 'query':
      return msg('Una búsqueda');
    case 'numbers':
      return msg('Una lista de números');
    case 'ids':
      return msg('Contactos uno por uno');
    default:
      return msg('Todos los contactos');
  }
}

const columnWords = (head: readonly string[], at: number, hasHeader: boolean): string =>
  (hasHeader && head[at]) || msg(str`Columna ${at + 1}`);
