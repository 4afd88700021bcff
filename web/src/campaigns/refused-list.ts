import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { CampaignList, RefusedEntry } from '../api/campaign-types.js';
import { contactAddress } from '../base/addresses.js';
import { csvOf } from '../dial/number-list.js';
import { currentLocale } from '../i18n/locale.js';
import { numberWords } from '../i18n/times.js';
import { reasonWords } from './words.js';

/** Of a reason so many entries are shown; the file has all that the API tells. */
const shownEach = 8;

/** Who is not called: by reason, with the first of each. */
export const refusedList = ({ refused, refusedReasons }: CampaignList): TemplateResult => html`
  <ul class="reasons">
    ${refusedReasons.map(({ reason, count }) => {
      const entries = refused.filter((entry) => entry.reason === reason);
      const shown = entries.slice(0, shownEach);
      return html`<li>
        <details>
          <summary>${reasonWords(reason)}: <b>${numberWords(count)}</b></summary>
          <ul class="entries">
            ${shown.map((entry) => html`<li>${whoOf(entry)}</li>`)}
          </ul>
          ${count > shown.length ? html`<p class="quiet">${msg(str`y ${numberWords(count - shown.length)} más`)}</p>` : nothing}
        </details>
      </li>`;
    })}
  </ul>
`;

const whoOf = ({ contactId, name, number }: RefusedEntry): TemplateResult =>
  html`${
    contactId ? html`<a href=${contactAddress(contactId)}>${name || contactId}</a>` : (name ?? nothing)
  } ${number ? html`<span class="number">${number}</span>` : nothing}`;

/** The same as a file: the entries that the API tells, and then how many each reason has. */
export const refusedRows = ({ refused, refusedReasons }: CampaignList): Blob =>
  csvOf(
    [
      [msg('Número'), msg('Nombre'), msg('Motivo'), msg('Detalle')],
      ...refused.map(({ number = '', name = '', reason, message }) => [number, name, reasonWords(reason), message]),
      ...refusedReasons
        .filter(({ reason, count }) => count > refused.filter((entry) => entry.reason === reason).length)
        .map(({ reason, count }) => ['', '', reasonWords(reason), msg(str`${numberWords(count)} en total`)]),
    ],
    currentLocale() === 'es' ? ';' : ',',
  );

export const refusedStyles = css`
  .reasons {
    display: grid;
    gap: var(--cmw-space-1);
  }

  .entries {
    display: grid;
    gap: var(--cmw-space-1);
    padding: var(--cmw-space-1) var(--cmw-space-4) var(--cmw-space-2);
  }
`;
