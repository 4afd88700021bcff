import { html, type TemplateResult } from 'lit';
import { singleKeys } from '../base/single-keys.js';

/** A value that one press or one key fills in. */
export interface Choice<T> {
  readonly words: string;
  readonly key: string;
  /** What it comes to, such as the date. */
  readonly result: string;
  readonly value: T;
}

/**
 * Values for a field, one press each. The row is one tab stop: the arrows move in it, and a choice's key presses it and
 * moves the focus to it. The row stands before its field, as a field for a date is several tab stops.
 */
export function choiceRow<T>(label: string, choices: readonly Choice<T>[], take: (value: T) => void): TemplateResult {
  return html`
    <div
      class="soon"
      role="toolbar"
      aria-label=${label}
      @focusin=${stopHere}
      @keydown=${(event: KeyboardEvent) => {
        if (move(event)) event.preventDefault();
        else
          choiceByKey(event, choices, (value, place) => {
            take(value);
            buttonsOf(event)[place]?.focus();
          });
      }}
    >
      ${choices.map(
        ({ words, key, result, value }, place) =>
          html`<button
            type="button"
            class="bare"
            tabindex=${place === 0 ? 0 : -1}
            title=${result}
            aria-keyshortcuts=${key}
            @click=${() => take(value)}
          >
            ${choiceWords(words, key, result)}
          </button>`,
      )}
    </div>
  `;
}

/**
 * What a choice's button says. A screen reader also reads what it comes to; a day whose name is the button's is named
 * once.
 */
export function choiceWords(words: string, key: string, result: string): TemplateResult {
  const isNamed = result.toLowerCase().startsWith(words.toLowerCase());
  const rest = isNamed ? result.slice(words.length) : `, ${result}`;
  return html`<span>${words}<span class="visually-hidden">${rest}</span></span> <kbd aria-hidden="true">${key}</kbd>`;
}

/** Takes the choice whose key was pressed. */
export function choiceByKey<T>(
  event: KeyboardEvent,
  choices: readonly Choice<T>[],
  take: (value: T, place: number) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys.on) return;
  const place = choices.findIndex(({ key }) => key === event.key.toUpperCase());
  const choice = choices[place];
  if (!choice) return;
  event.preventDefault();
  // The same letter may mean something else to the page.
  event.stopPropagation();
  if (!event.repeat) take(choice.value, place);
}

const buttonsOf = (event: Event): readonly HTMLButtonElement[] => [
  ...(event.currentTarget as HTMLElement).querySelectorAll('button'),
];

/** The tabulator comes back to the button that was focused last. */
function stopHere(event: FocusEvent): void {
  for (const button of buttonsOf(event)) button.tabIndex = button === event.target ? 0 : -1;
}

function move(event: KeyboardEvent): boolean {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return false;
  const all = buttonsOf(event);
  const place = all.findIndex((button) => button === event.target) + step;
  all[(place + all.length) % all.length]?.focus();
  return true;
}
