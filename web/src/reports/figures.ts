import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ReportAmounts, ReportRow } from '../api/report-types.js';
import { duration, money } from '../i18n/format.js';
import { formatLocale } from '../i18n/locale.js';
import { numberWords } from '../i18n/times.js';

/** A share of 0 to 1: `87 %`; a dash where there is none. */
export const shareWords = (share: number | null): string =>
  share === null
    ? '—'
    : new Intl.NumberFormat(formatLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** Of the calls that were taken or missed, the share that was taken within 20 seconds; null where there are none. */
export const serviceLevel = ({ answered, missed, answeredWithin20 }: ReportRow): number | null =>
  answered + missed === 0 ? null : answeredWithin20 / (answered + missed);

/** The mean of some times in seconds; a dash where there are none. */
export const meanWords = (seconds: number, count: number): string => (count === 0 ? '—' : duration(seconds / count));

/** Long times in hours and minutes, so that a column can be compared. */
export const talkWords = (seconds: number): string =>
  seconds < 3600 ? duration(seconds) : duration(Math.round(seconds / 60) * 60);

/** An amount of each currency: they are not added up. */
export function amountWords(row: ReportRow, of: (amounts: ReportAmounts) => number): string {
  const all = row.amounts ?? [row];
  const some = all.filter((amounts) => of(amounts) !== 0);
  return some.length === 0
    ? money(0, row.currency)
    : some.map((amounts) => money(of(amounts), amounts.currency)).join(' + ');
}

/** The totals of a report. */
export function facts(row: ReportRow): TemplateResult {
  return html`
    <dl class="facts">
      ${fact(msg('Entrantes'), numberWords(row.in))}
      ${fact(msg('Contestadas'), `${numberWords(row.answered)} · ${shareWords(row.answeredRate)}`)}
      ${fact(
        msg('Contestadas en 20 s'),
        `${numberWords(row.answeredWithin20)} · ${shareWords(serviceLevel(row))}`,
        msg('nivel de servicio'),
      )}
      ${fact(msg('Perdidas'), numberWords(row.missed), row.missed > 0 ? returnedWords(row) : undefined)}
      ${fact(msg('Salientes'), numberWords(row.out), reachedWords(row.reached))}
      ${fact(msg('Conversación'), talkWords(row.talkSeconds))}
      ${fact(
        msg('Documentación'),
        meanWords(row.wrapUpSeconds, row.wrapUps),
        msg(str`${numberWords(row.documented)} con resultado`),
      )}
      ${fact(
        msg('Costo'),
        amountWords(row, (amounts) => amounts.cost),
        row.documented === 0
          ? undefined
          : msg(str`${amountWords(row, (amounts) => amounts.cost / row.documented)} por resultado`),
      )}
      ${fact(
        msg('Cargos'),
        amountWords(row, (amounts) => amounts.charges),
      )}
      ${fact(
        msg('Promesas'),
        `${numberWords(row.promisesMade)} · ${keptWords(row.promisesKept)}`,
        row.promisesMade === 0
          ? undefined
          : msg(
              str`${amountWords(row, (amounts) => amounts.paidAmount)} de ${amountWords(row, (amounts) => amounts.promisedAmount)}`,
            ),
      )}
    </dl>
  `;
}

const fact = (name: string, value: string, more?: string): TemplateResult => html`
  <div>
    <dt>${name}</dt>
    <dd>${value}</dd>
    ${more ? html`<dd class="quiet small">${more}</dd>` : nothing}
  </div>
`;

export const tableHead = (first: string): TemplateResult => html`
  <tr>
    <th scope="col">${first}</th>
    <th scope="col">${msg('Entrantes')}</th>
    <th scope="col">${msg('Contestadas')}</th>
    <th scope="col">${msg('Perdidas')}</th>
    <th scope="col">${msg('Salientes')}</th>
    <th scope="col" class="wide">${msg('Conversación')}</th>
    <th scope="col" class="wide">${msg('Documentación')}</th>
    <th scope="col" class="wide">${msg('Costo')}</th>
    <th scope="col" class="wide">${msg('Cargos')}</th>
    <th scope="col" class="wide">${msg('Promesas')}</th>
  </tr>
`;

export const tableRow = (row: ReportRow): TemplateResult => html`
  <tr>
    <th scope="row">${row.label}</th>
    <td>${numberWords(row.in)}</td>
    <td>${row.answeredRate === null ? '—' : `${numberWords(row.answered)} · ${shareWords(row.answeredRate)}`}</td>
    <td>${numberWords(row.missed)}</td>
    <td>${numberWords(row.out)}</td>
    <td class="wide">${talkWords(row.talkSeconds)}</td>
    <td class="wide">${meanWords(row.wrapUpSeconds, row.wrapUps)}</td>
    <td class="wide">${amountWords(row, (amounts) => amounts.cost)}</td>
    <td class="wide">${amountWords(row, (amounts) => amounts.charges)}</td>
    <td class="wide">${row.promisesMade === 0 ? '—' : `${numberWords(row.promisesMade)} · ${numberWords(row.promisesKept)}`}</td>
  </tr>
`;

/** A table of figures that scrolls sideways where there is no room for it. */
export const tableStyles = css`
  .scroll {
    overflow-x: auto;
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: var(--cmw-space-2);
    border-block-end: 1px solid var(--cmw-line);
    text-align: end;
    vertical-align: top;
    overflow-wrap: normal;
  }

  th:first-child {
    padding-inline-start: 0;
    text-align: start;
  }

  tbody th {
    min-inline-size: 6rem;
    font: var(--cmw-type-body);
    overflow-wrap: anywhere;
  }

  td {
    white-space: nowrap;
  }

  thead th {
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  tfoot th,
  tfoot td {
    border-block-end: 0;
    font: var(--cmw-type-strong);
  }

  @media (width < 40rem) {
    th,
    td {
      padding-inline: var(--cmw-space-1);
    }
  }

  @media print {
    .scroll {
      overflow: visible;
    }

    td,
    th {
      white-space: normal;
      font-size: 0.75rem;
    }

    tr {
      break-inside: avoid;
    }
  }
`;

function returnedWords({ returned, callBackSeconds }: ReportRow): string {
  const time = meanWords(callBackSeconds, returned);
  if (returned === 0) return msg('ninguna devuelta');
  return returned === 1 ? msg(str`1 devuelta, en ${time}`) : msg(str`${numberWords(returned)} devueltas, en ${time}`);
}

const reachedWords = (reached: number): string =>
  reached === 1 ? msg('1 contestada') : msg(str`${numberWords(reached)} contestadas`);

const keptWords = (kept: number): string => (kept === 1 ? msg('1 cumplida') : msg(str`${numberWords(kept)} cumplidas`));
