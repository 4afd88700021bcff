import { CallMyWayFrame } from './frame-element.js';
import { pageLinks } from './page-links.js';

// The script of /embed-frame.js.
if (!customElements.get('callmyway-frame')) {
  CallMyWayFrame.site = new URL(import.meta.url).origin;
  customElements.define('callmyway-frame', CallMyWayFrame);
  pageLinks();
}
