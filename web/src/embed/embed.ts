import { dialLinks } from './dial-links.js';
import { CallMyWayNumber } from './number-element.js';
import { CallMyWayPhone } from './phone-element.js';

// The script of `/embed.js`. A page may have it twice.
if (!customElements.get('callmyway-phone')) {
  CallMyWayPhone.site = new URL(import.meta.url).origin;
  CallMyWayPhone.api = __AZURE__?.api ?? CallMyWayPhone.site;
  CallMyWayPhone.load = () => import('./phone-body.js');
  customElements.define('callmyway-phone', CallMyWayPhone);
  customElements.define('callmyway-number', CallMyWayNumber);
  dialLinks();
}

export { CallMyWayNumber, CallMyWayPhone };
export type * from './embed-types.js';
