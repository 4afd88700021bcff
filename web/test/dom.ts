import type { LitElement } from 'lit';
import { settle } from './builders.js';

/** Puts a component on the page, and waits until it is drawn. */
export async function mount<T extends LitElement>(tag: string, properties: Partial<T>): Promise<T> {
  const element = Object.assign(document.createElement(tag), properties) as T;
  document.body.append(element);
  await drawn(element);
  return element;
}

/** Waits until everything in progress is finished and drawn. */
export async function drawn(element: LitElement): Promise<void> {
  await settle();
  await element.updateComplete;
}

/** The visible text. */
export const textOf = (element: LitElement): string =>
  element.renderRoot.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** The first button with these words. */
export function button(element: LitElement, words: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (one) => one.textContent?.includes(words) || one.getAttribute('aria-label')?.includes(words),
  );
  if (!found) throw new Error(`There is no button «${words}».`);
  return found;
}

/** What has the focus, within components too. */
export function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
