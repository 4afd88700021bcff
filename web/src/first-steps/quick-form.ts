import { html, type TemplateResult } from 'lit';
import type { Saving } from '../base/saving.js';
import { refusalNotice, textField } from '../design/editor.js';

/** A form of one line that adds something. */
export interface QuickForm {
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly maxLength: number;
    /** The names of the API's faults that belong here. */
    readonly names: readonly string[];
    readonly change: (text: string) => void;
  }[];
  readonly words: string;
  readonly saving: Saving;
  readonly submit: () => unknown;
}

export function quickForm({ fields, words, saving, submit }: QuickForm): TemplateResult {
  return html`
    <form
      novalidate
      class="quick"
      @submit=${(event: Event) => {
        event.preventDefault();
        void submit();
      }}
    >
      ${fields.map(({ names, change, ...field }) =>
        textField({
          ...field,
          fault: saving.fault(...names),
          change: (text) => {
            saving.typed();
            change(text);
          },
        }),
      )}
      <button aria-disabled=${saving.busy}>${words}</button>
    </form>
    ${refusalNotice(saving, { again: submit })}
  `;
}
