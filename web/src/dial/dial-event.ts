import type { Click } from './dialler.js';

/** Asks the page to call. Fired when a number or a contact is clicked. */
export const askToDial = (from: EventTarget, click: Click): boolean =>
  from.dispatchEvent(new CustomEvent('dial', { detail: click, bubbles: true, composed: true }));

declare global {
  interface GlobalEventHandlersEventMap {
    dial: CustomEvent<Click>;
  }
}
