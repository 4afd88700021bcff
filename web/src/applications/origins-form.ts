import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { EmbedOrigins } from '../api/applications-api.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';

/** The pages in which agents may work, one in each line. */
@localized()
@customElement('cmw-origins-form')
export class OriginsForm extends LitElement {
  @property({ attribute: false }) origins!: EmbedOrigins;
  /** Saves them over the version with this etag. */
  @property({ attribute: false }) send!: (origins: readonly string[], etag: string | undefined) => Promise<void>;
  /** Reads them as they are stored now. */
  @property({ attribute: false }) read!: () => Promise<EmbedOrigins>;

  @state() private text = '';

  readonly #saving = new Saving(this);

  constructor() {
    super();
    new Unsaved(this, () => this.#isChanged);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('origins')) this.text = this.#stored;
  }

  protected override render(): TemplateResult {
    const fault = this.#saving.fault('origins');
    return html`
      <form novalidate @submit=${this.#submit}>
        <div class="field">
          <label for="origins">${msg('Direcciones de las páginas, una en cada línea')}</label>
          <textarea
            id="origins"
            rows="4"
            spellcheck="false"
            placeholder="https://crm.ejemplo.com"
            .value=${live(this.text)}
            aria-invalid=${fault !== ''}
            aria-describedby="origins-error"
            @input=${(event: InputEvent) => {
              this.text = (event.target as HTMLTextAreaElement).value;
              this.#saving.typed();
            }}
          ></textarea>
          <span class="field-error" id="origins-error">${fault}</span>
        </div>
        ${this.#missingNotice}
        ${refusalNotice(this.#saving, { again: () => this.#save(), keepMine: this.#keepMine, useOther: this.#useOther })}
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy || !this.#isChanged}>${msg('Guardar')}</button>
          <span class="quiet" role="status">${this.#saving.saved && !this.#isChanged ? msg('Guardado.') : ''}</span>
        </div>
      </form>
    `;
  }

  /** What is listed here does not help where the platform lets no browser call. */
  get #missingNotice(): TemplateResult | typeof nothing {
    const { missing } = this.origins;
    if (missing.length === 0) return nothing;
    return html`<div class="missing" role="note">
      <p>${msg('Estas direcciones todavía no están en la instalación de Azure, por lo que sus páginas no reciben respuesta:')}</p>
      <ul>
        ${missing.map((origin) => html`<li><code>${origin}</code></li>`)}
      </ul>
      <p>${msg('Quien administra la instalación las agrega a CRM_ORIGINS y la despliega de nuevo.')}</p>
    </div>`;
  }

  get #stored(): string {
    return this.origins.origins.join('\n');
  }

  get #isChanged(): boolean {
    return this.#lines.join('\n') !== this.#stored;
  }

  get #lines(): readonly string[] {
    return this.text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (this.#isChanged) void this.#save();
  };

  async #save(): Promise<void> {
    await this.#saving.save(() => this.send(this.#lines, this.origins.etag));
  }

  /** Somebody else has saved meanwhile: what was typed here takes the place of it. */
  readonly #keepMine = async (): Promise<void> => {
    await this.#saving.save(async () => this.send(this.#lines, (await this.read()).etag));
  };

  readonly #useOther = async (): Promise<void> => {
    await this.#saving.ask(async () => {
      this.origins = await this.read();
    });
  };

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }

      .missing {
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .missing p,
      .missing ul {
        margin-block: 0 var(--cmw-space-2);
      }

      textarea {
        inline-size: 100%;
        font-family: ui-monospace, monospace;
      }
    `,
  ];
}
