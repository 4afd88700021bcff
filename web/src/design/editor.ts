import { msg } from '@lit/localize';
import { css, html, type LitElement, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { Saving } from '../base/saving.js';
import { plainWords } from '../i18n/plain-words.js';

/** What can be done about a refusal. */
export interface Remedies {
  /** Saves again what was typed, or reads again where nothing was read. */
  readonly again: () => unknown;
  /** Saves one's own version in the place of the one that somebody else has stored meanwhile. */
  readonly keepMine?: () => unknown;
  /** Reads the version of the other. */
  readonly useOther?: () => unknown;
  /** What the other has changed, a sentence each. */
  readonly changes?: readonly string[];
}

/** The notice of a refusal. There is none where all faults stand beside their fields: it is drawn after them. */
export function refusalNotice(
  saving: Saving,
  { again, keepMine, useOther, changes = [] }: Remedies,
): TemplateResult | typeof nothing {
  const { error, otherFaults } = saving;
  if (!error || otherFaults?.length === 0) return nothing;
  return html`
    <div class="problem" role="alert">
      <p>${[plainWords(error), ...(otherFaults ?? [])].join(' ')}</p>
      ${
        changes.length > 0
          ? html`<p>${msg('La otra persona:')}</p>
              <ul class="changes">${changes.map((change) => html`<li>${change}</li>`)}</ul>`
          : nothing
      }
      <div class="actions">
        ${
          error.status === 412 && keepMine && useOther
            ? html`<button type="button" @click=${keepMine}>${msg('Conservar mi versión')}</button>
                <button type="button" @click=${useOther}>${msg('Usar la otra')}</button>`
            : html`<button type="button" @click=${again}>${msg('Intentar de nuevo')}</button>`
        }
      </div>
    </div>
  `;
}

/** What another has changed, beside what was typed here. `removed` says that they have removed it. */
export const conflictNotice = (removed: string, changes: readonly string[] | undefined): TemplateResult => html`
  <div class="conflict">
    ${
      changes
        ? html`<p>${msg('Mientras usted lo cambiaba, otra persona guardó:')}</p>
            <ul>
              ${changes.map((line) => html`<li>${line}</li>`)}
            </ul>`
        : html`<p>${removed}</p>`
    }
  </div>
`;

/** That what was typed is saved, beside the button; `isDirty` says that more was typed while it was. */
export const savedWords = (saving: Saving, isDirty: boolean): TemplateResult =>
  html`<span class="done" role="status">${saving.saved && !isDirty ? msg('Guardado') : nothing}</span>`;

/** A field for one line of text. */
export interface TextField {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** What is wrong with it; empty where nothing is. */
  readonly fault: string;
  readonly inputMode?: 'numeric';
  readonly readOnly?: boolean;
  readonly change: (text: string) => void;
}

export function textField(field: TextField): TemplateResult {
  const { id, label, value, maxLength, fault, inputMode, readOnly = false, change } = field;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        inputmode=${ifDefined(inputMode)}
        maxlength=${maxLength}
        autocomplete="off"
        .value=${live(value)}
        ?readonly=${readOnly}
        aria-invalid=${fault !== ''}
        aria-describedby=${`${id}-error`}
        @input=${(event: InputEvent) => change((event.target as HTMLInputElement).value)}
      />
      <span class="field-error" id=${`${id}-error`}>${fault}</span>
    </div>
  `;
}

/** An editor of settings. */
export interface SettingsEditor extends LitElement {
  /** True where something was typed that is not saved. */
  readonly isDirty: boolean;
}

/** What stands in the place of a form until it is read. */
export const formSkeleton = (): TemplateResult =>
  html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`;

/** A field to choose one of a few in. */
export interface ChoiceField<T extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly fault?: string;
  readonly change: (value: T) => void;
}

export function choiceField<T extends string>(field: ChoiceField<T>): TemplateResult {
  const { id, label, value, choices, fault = '', change } = field;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select
        id=${id}
        aria-invalid=${fault !== ''}
        aria-describedby=${`${id}-error`}
        @change=${(event: Event) => change((event.target as HTMLSelectElement).value as T)}
      >
        ${choices.map(([choice, words]) => html`<option value=${choice} ?selected=${choice === value}>${words}</option>`)}
      </select>
      <span class="field-error" id=${`${id}-error`}>${fault}</span>
    </div>
  `;
}

/** Boxes to tick under a legend. */
export const tickStyles = css`
  fieldset {
    display: grid;
    gap: var(--cmw-space-2);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    font: var(--cmw-type-label);
  }

  .check {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-2);
    min-block-size: 2rem;
    font: var(--cmw-type-body);
  }

  .check input {
    flex: none;
    inline-size: 1.125rem;
    min-block-size: 0;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--cmw-accent);
  }
`;

/** A box to tick. */
export const tick = (words: string, checked: boolean, change: (on: boolean) => void): TemplateResult => html`
  <label class="check">
    <input
      type="checkbox"
      .checked=${live(checked)}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    />
    ${words}
  </label>
`;

/** The styles of a box of settings. They come after those of `design/shared.ts`. */
export const editorStyles = css`
  .conflict {
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
    color: var(--cmw-warn);
  }

  section,
  form,
  .problem {
    display: grid;
    gap: var(--cmw-space-3);
  }

  section {
    padding: var(--cmw-space-5);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-raised);
    overflow-wrap: anywhere;
  }

  h2 {
    font: var(--cmw-type-title);
  }

  .quiet {
    color: var(--cmw-quiet);
  }

  .row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    align-items: start;
    gap: var(--cmw-space-1) var(--cmw-space-3);
  }

  .field-error {
    min-block-size: 1.2em;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cmw-space-2);
  }

  .done {
    color: var(--cmw-live);
  }

  p.done {
    min-block-size: 1.5em;
  }

  .problem {
    justify-items: start;
    color: var(--cmw-bad);
  }

  .changes {
    padding-inline-start: var(--cmw-space-4);
    list-style: disc;
  }

  .skeleton {
    min-block-size: 12rem;
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-sunken);
  }
`;
