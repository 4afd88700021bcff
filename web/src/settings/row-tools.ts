import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import * as icons from '../design/icons.js';
import { choicesOf } from './field-rows.js';

/** A row among others. */
export interface ToolRow {
  readonly name: string;
  readonly place: number;
  readonly count: number;
  /** The number in the buttons' ids, where it is not the place. */
  readonly id?: number;
  readonly move: (step: number) => void;
  readonly remove: () => void;
  /** What the last button says, where it does not remove. */
  readonly removeWords?: string;
}

/** The buttons of a row: up, down, and away. They stay at their places, so that one can be pressed again. */
export function rowTools({ name, place, count, id = place, move, remove, removeWords }: ToolRow): TemplateResult {
  return html`
    <div class="tools">
      ${tool(msg(str`Subir: ${name}`), '↑', place > 0, () => move(-1), `up-${id}`)}
      ${tool(msg(str`Bajar: ${name}`), '↓', place < count - 1, () => move(1), `down-${id}`)}
      ${tool(removeWords ?? msg(str`Quitar: ${name}`), icons.close(16), true, remove, `remove-${id}`)}
    </div>
  `;
}

export function tool(words: string, sign: unknown, can: boolean, run: () => void, id: string): TemplateResult {
  return html`<button
    type="button"
    class="bare icon"
    id=${id}
    aria-label=${words}
    title=${words}
    aria-disabled=${!can}
    @click=${() => can && run()}
  >
    ${sign}
  </button>`;
}

/** A field for the values to choose from, one in each line. */
export interface ChoicesField {
  readonly id: string;
  readonly choices: string;
  readonly fault: string;
  readonly change: (choices: string) => void;
}

export function choicesField({ id, choices, fault, change }: ChoicesField): TemplateResult {
  return html`
    <div class="field">
      <label for=${id}>${msg('Opciones, una por línea')}</label>
      <textarea
        id=${id}
        rows="3"
        .value=${live(choices)}
        aria-invalid=${fault !== ''}
        aria-describedby=${`${id}-error`}
        @input=${(event: InputEvent) => change((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <span class=${fault ? 'field-error' : 'hint'} id=${`${id}-error`}>${fault || choicesWords(choicesOf({ choices }).length)}</span>
    </div>
  `;
}

const choicesWords = (count: number): string => (count === 1 ? msg('1 opción') : msg(str`${count} opciones`));

/** A list of boxes with tools. */
export const rowStyles = css`
  ol,
  fieldset {
    display: grid;
    gap: var(--cmw-space-3);
  }

  fieldset {
    position: relative;
    min-inline-size: 0;
    margin: 0;
    padding: var(--cmw-space-3);
    border: 0;
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-sunken);
  }

  legend {
    float: inline-start;
    padding: 0;
    padding-inline-end: 7rem;
    font: var(--cmw-type-strong);
  }

  .tools {
    position: absolute;
    inset-block-start: var(--cmw-space-1);
    inset-inline-end: var(--cmw-space-1);
    display: flex;
  }

  .check {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-2);
    min-block-size: 2rem;
  }

  .check input {
    inline-size: 1.125rem;
    min-block-size: 1.125rem;
    flex: none;
    margin: 0;
    accent-color: var(--cmw-accent);
  }

  .checks {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--cmw-space-4);
  }

  input[readonly] {
    background: none;
    color: var(--cmw-quiet);
  }
`;
