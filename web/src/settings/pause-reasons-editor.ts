import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { PauseReason, PauseReasonList } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { SharedRules } from '../base/shared-rules.js';
import { editorStyles, type SettingsEditor, savedWords, textField } from '../design/editor.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { keyOfName } from './field-rows.js';
import { keepCodes, RuleRows, rulesSection } from './rule-rows.js';

const mostReasons = 30;

/** The reasons for which agents can pause: an administrator names them, and adds and removes some. */
@localized()
@customElement('cmw-pause-reasons')
export class PauseReasonsEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'pauseReasons' | 'setPauseReasons'>;

  readonly #saving = new Saving(this);
  readonly #rules = new SharedRules<PauseReasonList, readonly PauseReason[]>(this.#saving, {
    read: () => this.api.pauseReasons(),
    write: (rows, etag) => this.api.setPauseReasons({ items: coded(rows), ...(etag ? { etag } : {}) }),
    typedOf: ({ items }) => items,
    keepCodes: keepCodes(({ code }) => ({ code })),
  });

  readonly #rows = new RuleRows(this, this.#rules, () => ({ code: '', es: '', en: '', active: true }));

  get isDirty(): boolean {
    return this.#rules.isDirty;
  }

  protected override firstUpdated(): void {
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    return rulesSection({
      words: msg('Motivos de pausa'),
      about: msg(
        'Un agente en pausa sigue recibiendo llamadas; su supervisor ve el motivo. Quite de la lista lo que ya no se usa.',
      ),
      rules: this.#rules,
      saving: this.#saving,
      form: () => this.#form(),
      entries: ({ items }) => items.map(entryOf),
    });
  }

  #form(): TemplateResult {
    const fault = this.#saving.fault('items');
    return html`
      <form novalidate @submit=${this.#rows.submit}>
        <ol>
          ${this.#rules.typed.map((row, place) => this.#row(row, place))}
        </ol>
        ${fault ? html`<span class="field-error">${fault}</span>` : nothing}
        <div class="actions">
          ${
            this.#rules.typed.length < mostReasons
              ? html`<button type="button" class="add" @click=${this.#rows.add}>${msg('Agregar un motivo')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          ${savedWords(this.#saving, this.isDirty)}
        </div>
      </form>
    `;
  }

  #row(row: PauseReason, place: number): TemplateResult {
    const name = row.es || row.en || msg(str`Motivo ${place + 1}`);
    const words = msg(str`Quitar: ${name}`);
    return html`
      <li>
        <div class="reason" role="group" aria-label=${name}>
        ${textField({
          id: `es-${place}`,
          label: msg('Nombre en español'),
          value: row.es,
          maxLength: 80,
          // A new reason's code is made of this name: what is wrong with the code is mended here.
          fault: this.#saving.fault(`items[${place}].es`, `items[${place}].code`),
          change: (es) => this.#rows.change(place, { es }),
        })}
        ${textField({
          id: `en-${place}`,
          label: msg('Nombre en inglés'),
          value: row.en,
          maxLength: 80,
          fault: this.#saving.fault(`items[${place}].en`),
          change: (en) => this.#rows.change(place, { en }),
        })}
        <button
          type="button"
          class="bare icon"
          id=${`remove-${place}`}
          aria-label=${words}
          title=${words}
          @click=${() => this.#rows.remove(place)}
        >
          ${icons.close(16)}
        </button>
        </div>
      </li>
    `;
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      ol {
        display: grid;
        gap: var(--cmw-space-3);
      }

      .reason {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
        align-items: start;
        gap: var(--cmw-space-2);
      }

      .reason .icon {
        margin-block-start: 1.4rem;
      }
    `,
  ];
}

/** What is sent. A reason that is new gets a code by its Spanish name that no other has: pauses store it. */
function coded(rows: readonly PauseReason[]): readonly PauseReason[] {
  const taken = new Set(rows.map(({ code }) => code));
  return rows.map((row) => {
    const reason = { ...row, es: row.es.trim(), en: row.en.trim() };
    if (row.code) return reason;
    const code = keyOfName(reason.es, taken);
    taken.add(code);
    return { ...reason, code };
  });
}

const entryOf = (reason: PauseReason) => ({ key: reason.code, name: reason.es, content: reason });
