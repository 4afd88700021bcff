import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import * as icons from '../design/icons.js';
import { askToDial } from './dial-event.js';

/** The button in a row that calls whom the row is about. `whom` is what the row calls them, where that says more. */
export function callButton(
  host: HTMLElement,
  to: { readonly number: string | undefined; readonly contactId: string | undefined; readonly who: string },
  whom = to.who,
): TemplateResult {
  const words = msg(str`Llamar a ${whom}`);
  return html`<button class="bare icon call" tabindex="-1" aria-label=${words} title=${words} @click=${() => askToDial(host, to)}>
    ${icons.outgoing(18)}
  </button>`;
}
