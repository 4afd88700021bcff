import { css, html, nothing, svg, type TemplateResult } from 'lit';

/** One of the parts of which a column or a bar is made. */
export interface Series {
  readonly name: string;
  /** Its colour: a class of {@link chartStyles}. */
  readonly tone: 'answered' | 'missed' | 'out' | 'talk';
  readonly values: readonly number[];
}

export interface Chart {
  /** What the chart shows, for who does not see it: its table has the figures. */
  readonly label: string;
  readonly names: readonly string[];
  readonly series: readonly Series[];
  readonly words: (value: number) => string;
}

const [width, height, top, bottom] = [100, 200, 20, 24] as const;
const room = height - top - bottom;
const mostNames = 6;

/** Where a chart is ruled. */
const shares = [0, 0.5, 1] as const;

/** Stacked columns from left to right, as for days and hours. */
export function columns({ label, names, series, words }: Chart): TemplateResult {
  const sums = names.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const most = roundUp(Math.max(2, ...sums));
  const step = width / names.length;
  const part = step * 0.72;
  return html`
    ${series.length > 1 ? legend(series) : nothing}
    <div class="plot" role="img" aria-label=${label}>
      ${scales((share) => words(most * share))}
      <svg class="area" height=${height}>
      ${shares.map(rule)}
      ${names.map((name, at) => {
        let below = 0;
        return svg`<g>
          <title>${[name, ...series.map((one) => `${one.name}: ${words(one.values[at] ?? 0)}`)].join('\n')}</title>
          <rect class="hit" x=${percent(at * step)} y=${top} width=${percent(step)} height=${room}></rect>
          ${series.map(({ tone, values }) => {
            const size = (room * (values[at] ?? 0)) / most;
            const y = top + room - below - size;
            below += size;
            return size > 0
              ? svg`<rect class=${tone} x=${percent(at * step + (step - part) / 2)} y=${y} width=${percent(part)} height=${size}></rect>`
              : nothing;
          })}
        </g>`;
      })}
      ${namesBelow(names, step)}
      </svg>
    </div>
  `;
}

/** A line of shares from 0 to 1; where there is none, it has a gap. */
export function line(
  label: string,
  names: readonly string[],
  values: readonly (number | null)[],
  words: (share: number) => string,
): TemplateResult {
  const step = width / names.length;
  const x = (at: number) => at * step + step / 2;
  return html`
    <div class="plot" role="img" aria-label=${label}>
      ${scales((share) => words(share))}
      <svg class="area" height=${height}>
      ${shares.map(rule)}
      <svg y=${top} width="100%" height=${room} viewBox="0 0 100 100" preserveAspectRatio="none">
        ${runsOf(values).map(
          (run) =>
            svg`<polyline class="rate" points=${run.map((at) => `${x(at)},${100 * (1 - (values[at] ?? 0))}`).join(' ')}></polyline>`,
        )}
      </svg>
      ${names.map((name, at) => {
        const share = values[at];
        return typeof share === 'number'
          ? svg`<g>
              <title>${`${name}\n${words(share)}`}</title>
              <rect class="hit" x=${percent(at * step)} y=${top} width=${percent(step)} height=${room}></rect>
              <circle class="rate" cx=${percent(x(at))} cy=${heightOf(share)} r=${names.length > 40 ? 2 : 3.5}></circle>
            </g>`
          : nothing;
      })}
      ${namesBelow(names, step)}
      </svg>
    </div>
  `;
}

/** Stacked bars below each other, as for agents: the names are long. */
export function bars({ label, names, series, words }: Chart): TemplateResult {
  const sums = names.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const most = Math.max(1, ...sums);
  return html`
    ${series.length > 1 ? legend(series) : nothing}
    <div class="bars" role="img" aria-label=${label}>
      ${names.map((name, at) => {
        let before = 0;
        return html`<div class="bar">
          <span class="name">${name}</span>
          <svg class="length" height="20">
            ${series.map(({ tone, values, name: of }) => {
              const size = (100 * (values[at] ?? 0)) / most;
              const x = before;
              before += size;
              return size > 0
                ? svg`<rect class=${tone} x=${percent(x)} width=${percent(size)} height="20"><title>${`${of}: ${words(values[at] ?? 0)}`}</title></rect>`
                : nothing;
            })}
          </svg>
          <span class="amount">${words(sums[at] ?? 0)}</span>
        </div>`;
      })}
    </div>
  `;
}

const legend = (series: readonly Series[]): TemplateResult =>
  html`<ul class="legend" aria-hidden="true">
    ${series.map(({ name, tone }) => html`<li><svg width="12" height="12"><rect class=${tone} width="12" height="12" rx="3"></rect></svg>${name}</li>`)}
  </ul>`;

const heightOf = (share: number): number => top + room * (1 - share);

const rule = (share: number) => svg`<line x1="0" x2="100%" y1=${heightOf(share)} y2=${heightOf(share)}></line>`;

/** What the lines stand for, beside the columns. */
const scales = (words: (share: number) => string): TemplateResult => html`
  <svg class="scales" width="44" height=${height}>
    ${shares.map((share) => svg`<text x="38" y=${heightOf(share) + 4} text-anchor="end">${words(share)}</text>`)}
  </svg>
`;

/** Only as many names as there is room for on a narrow page. */
function namesBelow(names: readonly string[], step: number) {
  const each = Math.ceil(names.length / mostNames);
  return names.map((name, at) => {
    if (at % each !== 0) return nothing;
    const anchor = names.length < 3 ? 'middle' : at === 0 ? 'start' : at === names.length - 1 ? 'end' : 'middle';
    const x = anchor === 'start' ? 0 : anchor === 'end' ? 100 : at * step + step / 2;
    return svg`<text x=${percent(x)} y=${height - 6} text-anchor=${anchor}>${name}</text>`;
  });
}

/** The places of the values that follow each other without a gap. */
function runsOf(shares: readonly (number | null)[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  shares.forEach((share, at) => {
    if (share === null) return;
    const last = runs.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  });
  return runs;
}

/** The next number that reads well, and whose half does: 2, 4, 6, 8, 10, 20, 40 … */
export function roundUp(value: number): number {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 6, 8, 10].find((one) => one * ten >= value) ?? 10) * ten;
}

const percent = (value: number): string => `${Number(value.toFixed(3))}%`;

export const chartStyles = css`
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

  .plot {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
  }

  .area {
    inline-size: 100%;
    overflow: visible;
  }

  .plot line {
    stroke: var(--cmw-line);
  }

  .plot text {
    fill: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .hit {
    fill: transparent;
  }

  g:hover > .hit {
    fill: var(--cmw-hover);
  }

  .answered,
  .talk {
    fill: var(--cmw-accent);
  }

  .missed {
    fill: var(--cmw-bad);
  }

  .out {
    fill: var(--cmw-edge);
  }

  polyline.rate {
    fill: none;
    stroke: var(--cmw-accent);
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }

  circle.rate {
    fill: var(--cmw-accent);
  }

  .bars {
    display: grid;
    grid-template-columns: minmax(0, max-content) minmax(4rem, 1fr) max-content;
    align-items: center;
    gap: var(--cmw-space-2) var(--cmw-space-3);
  }

  .bars .bar {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
  }

  .bars .name {
    max-inline-size: 16rem;
  }

  .bars .length {
    inline-size: 100%;
  }

  .bars .amount {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  @media (width < 40rem) {
    .bars {
      grid-template-columns: minmax(0, 1fr) max-content;
    }

    /* Below its name and amount. */
    .bars .length {
      grid-column: 1 / -1;
      order: 1;
    }
  }

  @media print {
    .answered,
    .talk,
    .missed,
    .out {
      print-color-adjust: exact;
    }
  }
`;
