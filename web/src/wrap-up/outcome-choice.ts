import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Outcome } from '../api/types.js';
import { base, fields } from '../design/shared.js';
import { currentLocale } from '../i18n/locale.js';

/** If there are more outcomes, they are shown as a list without digits. */
export const mostChips = 12;
/** The first outcomes have a digit on the keyboard. */
const mostDigits = 9;

/** The second click of a double click may have been meant for what was here before. */
const once = (event: MouseEvent): void => {
  if (event.detail > 1) event.preventDefault();
};

/** Lets the agent choose the outcome of the call. Fires `outcome` with its code. */
@localized()
@customElement('cmw-outcome-choice')
export class OutcomeChoice extends LitElement {
  /** Undefined until they are read. */
  @property({ attribute: false }) items: readonly Outcome[] | undefined;
  @property({ attribute: false }) chosen = '';
  @property({ attribute: false }) error = '';

  override focus(): void {
    const chosen = this.renderRoot.querySelector<HTMLElement>('input:checked');
    (chosen ?? this.renderRoot.querySelector<HTMLElement>('select, input'))?.focus();
  }

  protected override render(): TemplateResult {
    const { items } = this;
    if (!items) return html`<div class="chips skeleton" role="status" aria-label=${msg('Cargando')}></div>`;
    if (items.length === 0)
      return html`<p class="alert">${msg('No hay resultados para elegir. Pida a un administrador que active alguno.')}</p>`;
    return items.length > mostChips ? this.#select(items) : this.#chips(items);
  }

  #select(items: readonly Outcome[]): TemplateResult {
    const locale = currentLocale();
    return html`
      <div class="field">
        <label for="outcome">${msg('Resultado')}</label>
        <select
          id="outcome"
          aria-invalid=${this.error !== ''}
          aria-describedby="error"
          @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}
        >
          <option value="" ?selected=${this.chosen === ''}>${msg('Elija…')}</option>
          ${items.map((item) => html`<option value=${item.code} ?selected=${item.code === this.chosen}>${item[locale]}</option>`)}
        </select>
        <span class="field-error" id="error">${this.error}</span>
      </div>
    `;
  }

  #chips(items: readonly Outcome[]): TemplateResult {
    const locale = currentLocale();
    return html`
      <fieldset aria-describedby="error" ?data-invalid=${this.error !== ''}>
        <legend class="visually-hidden">${msg('Resultado')}</legend>
        <div class="chips" @click=${once}>${items.map((item, place) => this.#chip(item, item[locale], place + 1))}</div>
        <span class="field-error" id="error">${this.error}</span>
      </fieldset>
    `;
  }

  #chip(item: Outcome, words: string, digit: number): TemplateResult {
    const hasDigit = digit <= mostDigits;
    return html`
      <label class="chip">
        <input
          type="radio"
          name="outcome"
          value=${item.code}
          .checked=${item.code === this.chosen}
          aria-keyshortcuts=${hasDigit ? digit : nothing}
          @change=${() => this.#choose(item.code)}
        />
        <span>${hasDigit ? html`<kbd aria-hidden="true">${digit}</kbd>` : nothing}${words}</span>
      </label>
    `;
  }

  #choose(code: string): void {
    this.dispatchEvent(new CustomEvent('outcome', { detail: code }));
  }

  static override styles = [
    base,
    fields,
    css`
      fieldset {
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .chips.skeleton {
        min-block-size: 7rem;
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
        opacity: 0.6;
      }

      .chip {
        position: relative;
        font: var(--cmw-type-body);
        cursor: pointer;
      }

      .chip input {
        position: absolute;
        inset: 0;
        margin: 0;
        min-block-size: 0;
        block-size: 100%;
        opacity: 0;
        cursor: pointer;
      }

      .chip span {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        min-block-size: 2.125rem;
        padding: 0 var(--cmw-space-3);
        border: 1px solid var(--cmw-edge);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-surface);
      }

      kbd {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
        font-variant-numeric: tabular-nums;
      }

      .chip:hover span {
        background: var(--cmw-hover);
      }

      .chip input:checked + span {
        border-color: var(--cmw-accent);
        background: var(--cmw-accent);
        color: var(--cmw-on-accent);
      }

      .chip input:checked + span kbd {
        color: inherit;
      }

      .chip input:focus-visible + span {
        outline: 2px solid var(--cmw-focus);
        outline-offset: 2px;
      }

      [data-invalid] .chip span {
        border-color: var(--cmw-bad);
      }

      .field-error {
        display: block;
        min-block-size: 1.2em;
      }

      /* Without a keyboard, digits mean nothing. */
      @media (hover: none) {
        kbd {
          display: none;
        }
      }
    `,
  ];
}
