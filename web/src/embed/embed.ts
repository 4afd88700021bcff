import { pageLinks } from './page-links.js';
import { CallMyWayPhone } from './phone-element.js';

// The script of /embed.js. A page may have it twice.
if (!customElements.get('callmyway-phone')) {
  CallMyWayPhone.site = new URL(import.meta.url).origin;
  CallMyWayPhone.api = __AZURE__?.api ?? CallMyWayPhone.site;
  CallMyWayPhone.load = () => import('./phone-body.js');
  customElements.define('callmyway-phone', CallMyWayPhone);
  pageLinks();
}
