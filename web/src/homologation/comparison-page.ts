import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import { type ComparedCase, type HomologationApi, type RunComparison, type RunItem, runAddress } from './run.js';
import { countsWords, stateBadge } from './words.js';

/** What the operator does otherwise in the later of two runs: case by case, and answer by answer. */
@localized()
@customElement('cmw-homologation-comparison-page')
export class HomologationComparisonPage extends LitElement {
  @property({ attribute: false }) api!: HomologationApi;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) runId = '';
  @property({ attribute: false }) otherId = '';

  /** True where the cases that stand as they did are shown too. */
  @state() private all = false;

  readonly #comparison = new Reading<RunComparison>(this, () =>
    this.api.read(`/api/homologation-comparisons?${new URLSearchParams({ one: this.runId, other: this.otherId })}`),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#isAllowed) return;
    if (changed.has('runId') || changed.has('otherId') || changed.has('me')) {
      this.#comparison.clear();
      void this.#comparison.read();
    }
  }

  protected override render(): TemplateResult {
    return html`
      <p class="way"><a href="/homologation">${msg('Todas las homologaciones')}</a></p>
      <h1 tabindex="-1">${msg('Comparar homologaciones')}</h1>
      ${
        this.me && !this.#isAllowed
          ? html`<p>${msg('Esta página es de un administrador.')}</p>`
          : readingBody(this.#comparison, msg('No se pudieron comparar.'), (found) => this.#body(found))
      }
    `;
  }

  #body({ earlier, later, cases, questions }: RunComparison): TemplateResult {
    const different = cases.filter(({ difference }) => difference !== 'none');
    const shown = this.all ? cases : different;
    const changed = questions.filter(({ isChanged }) => isChanged);
    return html`
      <section>
        <ul class="rows">
          ${this.#run(msg('La anterior'), earlier)} ${this.#run(msg('La posterior'), later)}
        </ul>
        ${
          earlier.account === later.account
            ? nothing
            : html`<p class="quiet">${msg('Son de cuentas distintas: lo que cambia puede ser de la cuenta.')}</p>`
        }
        <p role="status">${summaryWords(cases, changed.length)}</p>
      </section>
      <section aria-labelledby="cases">
        <div class="bar">
          <h2 id="cases">${msg('Pruebas')}</h2>
          <button class="bare" aria-pressed=${this.all} @click=${() => (this.all = !this.all)}>
            ${this.all ? msg('Mostrar solo lo que cambió') : msg(str`Mostrar las ${cases.length} pruebas`)}
          </button>
        </div>
        ${
          shown.length === 0
            ? html`<p class="quiet">${msg('Todas las pruebas están como en la anterior.')}</p>`
            : this.#table(
                [msg('Prueba'), msg('La anterior'), msg('La posterior'), msg('Cambio')],
                shown.map(
                  (each) => html`<tr>
                    <th scope="row">${each.title}</th>
                    <td>${stateBadge(each.earlier)}</td>
                    <td>${stateBadge(each.later)}</td>
                    <td class=${each.difference}>${differenceWords(each)}</td>
                  </tr>`,
                ),
              )
        }
      </section>
      <section aria-labelledby="answers">
        <h2 id="answers">${msg('Respuestas')}</h2>
        ${
          questions.length === 0
            ? html`<p class="quiet">${msg('Ninguna de las dos tiene respuestas todavía.')}</p>`
            : this.#table(
                [msg('Pregunta'), msg('La anterior'), msg('La posterior'), msg('Cambio')],
                questions.map(
                  ({ title, earlierLabel, laterLabel, isChanged }) => html`<tr>
                    <th scope="row">${title}</th>
                    <td>${earlierLabel ?? msg('sin respuesta')}</td>
                    <td>${laterLabel ?? msg('sin respuesta')}</td>
                    <td class=${isChanged ? 'worse' : ''}>${isChanged ? msg('Cambió') : ''}</td>
                  </tr>`,
                ),
              )
        }
      </section>
    `;
  }

  #run(which: string, run: RunItem): TemplateResult {
    const when = timeWords(run.startedAt, this.api.now(), this.me?.timeZone ?? defaultZone);
    return html`<li>
      <span>${which}: <a href=${runAddress(run.runId)}>${msg(str`Cuenta ${run.account}, ${when}`)}</a></span>
      <span class="quiet small">${countsWords(run)}</span>
    </li>`;
  }

  #table(heads: readonly string[], rows: readonly TemplateResult[]): TemplateResult {
    return html`<div class="scroll" role="region" aria-label=${heads[0] ?? ''} tabindex="0">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .bar {
        justify-content: space-between;
      }

      .scroll {
        overflow-x: auto;
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-block-end: 1px solid var(--cmw-line);
        text-align: start;
        font-weight: normal;
      }

      thead th {
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .worse {
        color: var(--cmw-bad);
      }

      .better {
        color: var(--cmw-live);
      }
    `,
  ];
}

function differenceWords({ difference }: ComparedCase): string {
  switch (difference) {
    case 'better':
      return msg('Antes fallaba');
    case 'worse':
      return msg('Antes pasaba');
    case 'undecided':
      return msg('Sin decidir en una');
    default:
      return msg('Igual');
  }
}

/** What matters first: what worked and does not any more. */
function summaryWords(cases: readonly ComparedCase[], answers: number): string {
  const worse = cases.filter(({ difference }) => difference === 'worse').length;
  const better = cases.filter(({ difference }) => difference === 'better').length;
  return [
    worse === 1 ? msg('1 prueba pasaba y ya no pasa') : msg(str`${worse} pruebas pasaban y ya no pasan`),
    better === 1 ? msg('1 fallaba y ya pasa') : msg(str`${better} fallaban y ya pasan`),
    answers === 1 ? msg('1 respuesta cambió') : msg(str`${answers} respuestas cambiaron`),
  ].join(' · ');
}
