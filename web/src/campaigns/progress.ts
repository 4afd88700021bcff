import { msg, str } from '@lit/localize';
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { Campaign, CampaignCounts } from '../api/campaign-types.js';
import { money } from '../i18n/format.js';
import { numberWords } from '../i18n/times.js';
import { openOf } from './words.js';

/** A part of the bar. */
interface Part {
  readonly name: string;
  readonly tone: 'done' | 'exhausted' | 'open' | 'refused';
  readonly count: number;
}

const partsOf = (counts: CampaignCounts): readonly Part[] => [
  { name: msg('Atendidos'), tone: 'done', count: counts.done },
  { name: msg('No localizados'), tone: 'exhausted', count: counts.exhausted },
  { name: msg('Pendientes'), tone: 'open', count: openOf(counts) },
  { name: msg('No se llaman'), tone: 'refused', count: counts.refused },
];

/** How far a campaign is: all its contacts in one bar, with what its parts are. */
export function progress(counts: CampaignCounts, name: string): TemplateResult {
  const parts = partsOf(counts);
  const all = Math.max(1, counts.total);
  const words = parts.map((part) => `${part.name}: ${numberWords(part.count)}`).join('. ');
  let before = 0;
  return html`
    <div class="progress">
      <svg class="length" height="14" role="img" aria-label=${`${msg(str`Avance de ${name}`)}. ${words}`}>
        <rect class="ground" width="100%" height="14"></rect>
        ${parts.map(({ tone, count, name: of }) => {
          const x = before;
          const size = (100 * count) / all;
          before += size;
          return size > 0
            ? svg`<rect class=${tone} x=${percent(x)} width=${percent(size)} height="14"><title>${`${of}: ${numberWords(count)}`}</title></rect>`
            : nothing;
        })}
      </svg>
      <ul class="legend" aria-hidden="true">
        ${parts.map(
          ({ name: of, tone, count }) =>
            html`<li class=${count === 0 ? 'none' : ''}>
              <svg width="12" height="12"><rect class=${tone} width="12" height="12" rx="3"></rect></svg>${of}
              <b>${numberWords(count)}</b>
            </li>`,
        )}
      </ul>
    </div>
  `;
}

/** What was spent, beside the budget where there is one. */
export const spentWords = (spent: number, budget: number | undefined, currency: string): string =>
  budget === undefined ? money(spent, currency) : msg(str`${money(spent, currency)} de ${money(budget, currency)}`);

/** What was spent of a budget, as a bar. */
export function spending(spent: number, budget: number, currency: string): TemplateResult {
  const share = budget > 0 ? Math.min(1, spent / budget) : 1;
  return html`<svg
    class="length"
    height="8"
    role="img"
    aria-label=${msg(str`Gastado: ${spentWords(spent, budget, currency)}`)}
  >
    <rect class="ground" width="100%" height="8"></rect>
    <rect class=${share >= 1 ? 'over' : share > 0.8 ? 'near' : 'open'} width=${percent(share * 100)} height="8"></rect>
  </svg>`;
}

/** What the amount does not have: costs that are not known yet, and those in another currency. */
export function lateCosts({ unpriced, spentOtherwise, budget }: Campaign): TemplateResult | typeof nothing {
  const others = spentOtherwise.map(({ amount, currency }) => money(amount, currency)).join(' + ');
  if (unpriced === 0 && !others) return nothing;
  return html`<div class="small" role="status">
    ${
      unpriced > 0
        ? html`<p class="quiet">
            ${unpriced === 1 ? msg('Falta el costo de 1 llamada.') : msg(str`Falta el costo de ${numberWords(unpriced)} llamadas.`)}
            ${msg('El operador lo informa después de la llamada.')}
          </p>`
        : nothing
    }
    ${
      others
        ? html`<p class="why">
            ${msg(str`Además se gastó ${others}.`)}
            ${budget === undefined ? nothing : msg('Es otra moneda: no se suma al presupuesto ni detiene la campaña.')}
          </p>`
        : nothing
    }
  </div>`;
}

/** Names with a bar and a count each. */
export function counted(label: string, rows: readonly (readonly [name: string, count: number])[]): TemplateResult {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return html`<dl class="counted" aria-label=${label}>
    ${rows.map(
      ([name, count]) => html`<div>
        <dt>${name}</dt>
        <dd>
          <svg class="length" height="12" aria-hidden="true">
            <rect class="done" width=${percent((100 * count) / most)} height="12" rx="3"></rect>
          </svg>
          <b>${numberWords(count)}</b>
        </dd>
      </div>`,
    )}
  </dl>`;
}

const percent = (value: number): string => `${Number(value.toFixed(3))}%`;

export const progressStyles = css`
  .progress {
    display: grid;
    gap: var(--cmw-space-2);
  }

  svg.length {
    inline-size: 100%;
    border-radius: var(--cmw-radius-s);
    overflow: hidden;
  }

  .ground {
    fill: var(--cmw-sunken);
  }

  rect.done {
    fill: var(--cmw-accent);
  }

  rect.exhausted,
  rect.near {
    fill: var(--cmw-warn);
  }

  rect.open {
    fill: var(--cmw-edge);
  }

  rect.refused,
  rect.over {
    fill: var(--cmw-bad);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-1) var(--cmw-space-4);
    font: var(--cmw-type-small);
  }

  .legend li {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-2);
  }

  .legend .none {
    color: var(--cmw-quiet);
  }

  .legend b,
  .counted b {
    font-variant-numeric: tabular-nums;
  }

  .counted {
    display: grid;
    gap: var(--cmw-space-2);
    margin: 0;
  }

  .counted > div {
    display: grid;
    grid-template-columns: minmax(0, 14rem) minmax(0, 1fr);
    align-items: center;
    gap: var(--cmw-space-3);
  }

  .counted dd {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(2.5rem, max-content);
    align-items: center;
    gap: var(--cmw-space-3);
    margin: 0;
  }

  .counted dd b {
    text-align: end;
  }

  @media (width < 40rem) {
    .counted > div {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
  }

  @media print {
    rect {
      print-color-adjust: exact;
    }
  }
`;
