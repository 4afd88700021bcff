/**
 * Lets a row of a list be one tab stop: the arrows to the sides go to its other buttons, which have a `tabindex` of -1,
 * and those up and down to the same button of the next row. To be called on `keydown`; true if the focus was moved.
 */
export function moveInRows(event: KeyboardEvent): boolean {
  const button = event.composedPath()[0];
  if (!(button instanceof HTMLButtonElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
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
function focusIn(row: Element | null, like: HTMLButtonElement): boolean {
  const buttons = row ? buttonsOf(row) : [];
  return focus(buttons.find((button) => button.className === like.className) ?? buttons[0]);
}

const buttonsOf = (row: Element): readonly HTMLButtonElement[] => [...row.querySelectorAll('button')];

function focus(button: HTMLButtonElement | undefined): boolean {
  button?.focus();
  return button !== undefined;
}
