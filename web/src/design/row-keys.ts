import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

const stops = 'button, a[href]';

/** How the other buttons of a row are reached, for the `aria-describedby` of its list: `row-keys`. */
export const rowKeysHint = (): TemplateResult =>
  html`<p id="row-keys" hidden>${msg('Flechas a los lados para los otros botones de la línea, arriba y abajo para las otras líneas')}</p>`;

/**
 * Lets a row of a list be one tab stop: the arrows to the sides go to its other buttons and links, which have a
 * `tabindex` of -1, and those up and down to the same one of the next row. To be called on `keydown`; true if the focus
 * was moved.
 */
export function moveInRows(event: KeyboardEvent): boolean {
  const button = event.composedPath()[0];
  if (!(button instanceof HTMLElement) || !button.matches(stops) || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  const row = button.closest('li');
  if (!row) return false;
  const own = buttonsOf(row);
  const place = own.indexOf(button);
  switch (event.key) {
    case 'ArrowRight':
      return focus(own[place + 1]);
    case 'ArrowLeft':
      return focus(own[place - 1]);
    case 'ArrowDown':
      return focusIn(row.nextElementSibling, button);
    case 'ArrowUp':
      return focusIn(row.previousElementSibling, button);
    default:
      return false;
  }
}

/** The button of the same kind, or else the row's first one. */
function focusIn(row: Element | null, like: HTMLElement): boolean {
  const buttons = row ? buttonsOf(row) : [];
  return focus(buttons.find((button) => button.className === like.className) ?? buttons[0]);
}

const buttonsOf = (row: Element): readonly HTMLElement[] => [...row.querySelectorAll<HTMLElement>(stops)];

function focus(button: HTMLElement | undefined): boolean {
  button?.focus();
  return button !== undefined;
}
