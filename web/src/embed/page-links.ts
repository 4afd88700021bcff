import { dialLinks } from './dial-links.js';
import { CallMyWayNumber } from './number-element.js';

const done = Symbol.for('callmyway.links');

/** Makes the numbers of the page dial, once, whichever of the scripts it has. */
export function pageLinks(): void {
  const page = document as unknown as Record<symbol, boolean | undefined>;
  if (page[done]) return;
  page[done] = true;
  customElements.define('callmyway-number', CallMyWayNumber);
  dialLinks();
}
