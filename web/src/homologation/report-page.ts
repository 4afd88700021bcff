import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { AgentName } from '../api/phone-types.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone } from '../i18n/times.js';
import { groupTitles, settingState, timeInReport, verdicts } from './report-words.js';
import {
  answeredSettings,
  byGroup,
  type Case,
  type Question,
  type Run,
  runAddress,
  runPath,
  settingLines,
  settingsToWrite,
} from './run.js';
import type { Directory } from './run-page.js';

/** The paper. A rule for it counts only in the document's own sheets. */
const paper = new CSSStyleSheet();
paper.replaceSync('@page { size: A4; margin: 16mm; }');

/** The report of a run, to be printed and signed by both sides. It is in Spanish in every language of the console. */
@localized()
@customElement('cmw-homologation-report-page')
export class HomologationReportPage extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'read' | 'now'>;
  @property({ attribute: false }) directory!: Pick<Directory, 'agents'>;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) runId = '';

  readonly #run = new Reading<Run>(this, () => this.api.read(runPath(this.runId), 'es'));
  readonly #agents = new Reading<readonly AgentName[]>(this, () => this.directory.agents());

  override connectedCallback(): void {
    super.connectedCallback();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#isAllowed || !(changed.has('me') || changed.has('runId'))) return;
    if (changed.has('runId')) this.#run.clear();
    if (!this.#run.value) void this.#run.read();
    if (!this.#agents.value) void this.#agents.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1" class="screen">${msg('Informe de homologación')}</h1>
      ${
        this.me && !this.#isAllowed
          ? html`<p>${msg('Esta página es de un administrador.')}</p>`
          : readingBody(this.#run, msg('No se pudo leer el informe.'), (run) => this.#body(run))
      }
    `;
  }

  #body(run: Run): TemplateResult {
    return html`
      <div class="bar screen">
        <button class="primary" @click=${() => window.print()}>${msg('Imprimir o guardar como PDF')}</button>
        <a class="step" href=${runAddress(run.runId)}>${msg('Volver a la homologación')}</a>
        <span class="quiet">${msg('El informe siempre sale en español, porque lo firma el operador.')}</span>
      </div>
      ${this.#report(run)}
    `;
  }

  #report(run: Run): TemplateResult {
    const count = (state: Case['state'], one: string, several: string) => {
      const many = run.cases.filter((each) => each.state === state).length;
      return `${many} ${many === 1 ? one : several}`;
    };
    const unanswered = run.questions.filter(({ answer }) => !answer);
    const failed = run.cases.filter(({ state }) => state === 'failed');
    return html`
      <article lang="es">
        <h2>Informe de homologación de la central telefónica</h2>
        <dl class="facts">
          ${fact('Cuenta', run.account)} ${fact('Operador', run.operator)}
          ${fact('Comenzó', this.#time(run.startedAt))} ${fact('Por', this.#name(run.startedBy))}
          ${fact('Impreso', this.#time(new Date(this.api.now()).toISOString()))} ${fact('Identificador', run.runId)}
        </dl>
        <p class="result">
          ${run.cases.length} pruebas: ${count('passed', 'pasó', 'pasaron')}, ${count('failed', 'falló', 'fallaron')},
          ${count('skipped', 'omitida', 'omitidas')}, ${count('open', 'pendiente', 'pendientes')}.
        </p>
        ${byGroup(run.cases).map(
          ([group, cases]) => html`<h3>${groupTitles[group]}</h3>
            ${cases.map((each) => this.#case(each))}`,
        )}
        <h3>Respuestas sobre el operador</h3>
        <ul>
          ${run.questions
            .filter(({ answer }) => answer)
            .map(({ title, label }) => html`<li>${title}: <b>${label}</b></li>`)}
        </ul>
        ${this.#settings(run.questions)}
        <h3>Puntos abiertos para el operador</h3>
        ${
          unanswered.length + failed.length === 0
            ? html`<p>Ninguno.</p>`
            : html`<ul class="open">
                ${failed.map(({ title, advice }) => html`<li>Prueba que falló: ${title}${advice ? `. ${advice}` : nothing}</li>`)}
                ${unanswered.map(({ title }) => html`<li>Sin respuesta: ${title}</li>`)}
              </ul>`
        }
        <div class="signatures">${signature('Por la oficina')} ${signature('Por el operador')}</div>
      </article>
    `;
  }

  #case(its: Case): TemplateResult {
    const by = its.decidedBy ? this.#name(its.decidedBy) : undefined;
    return html`
      <div class="case">
        <p class="title"><b>${its.title}</b><span>${verdicts[its.state]}</span></p>
        ${
          its.seen && its.seen.length > 0
            ? html`<ul>
                ${its.seen.map(
                  ({ at, what, raw }) =>
                    html`<li>${this.#time(at)} · ${what}${raw ? html`<pre>${raw}</pre>` : nothing}</li>`,
                )}
              </ul>`
            : its.state === 'open'
              ? nothing
              : html`<p class="quiet">Sin evidencia automática.</p>`
        }
        ${its.answers?.map(({ label }) => html`<p>Respuesta: ${label}</p>`)}
        ${its.note ? html`<p>Nota: ${its.note}</p>` : nothing}
        ${its.decidedAt ? html`<p class="quiet">Decidida: ${this.#time(its.decidedAt)}${by ? `, ${by}` : nothing}</p>` : nothing}
      </div>
    `;
  }

  /** What the office's program has of the answers, and what somebody has yet to take or to write. */
  #settings(questions: readonly Question[]): TemplateResult | typeof nothing {
    const all = answeredSettings(questions);
    if (all.length === 0) return nothing;
    const toWrite = settingsToWrite(questions);
    return html`
      <h3>Ajustes según las respuestas</h3>
      <ul class="settings">
        ${all.map(({ title, setting }) => html`<li>${title}: <b>${setting.value}</b> (${settingState(setting)})</li>`)}
      </ul>
      ${
        toWrite.length > 0
          ? html`<p>Por escribir en la configuración del servidor:</p><pre>${settingLines(toWrite)}</pre>`
          : nothing
      }
    `;
  }

  #time(at: string): string {
    return timeInReport(at, this.me?.timeZone ?? defaultZone);
  }

  #name(agent: string): string {
    return this.#agents.value?.find(({ agentId }) => agentId === agent)?.name ?? agent;
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      article {
        display: grid;
        gap: var(--cmw-space-3);
        max-inline-size: 50rem;
        padding: var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        background: var(--cmw-raised);
      }

      article h3 {
        margin-block-start: var(--cmw-space-3);
        break-after: avoid;
      }

      ul {
        padding-inline-start: var(--cmw-space-4);
        list-style: disc;
      }

      .case {
        display: grid;
        gap: var(--cmw-space-1);
        padding-block: var(--cmw-space-2);
        border-block-start: 1px solid var(--cmw-line);
        break-inside: avoid;
      }

      .title {
        display: flex;
        justify-content: space-between;
        gap: var(--cmw-space-3);
      }

      .title span {
        white-space: nowrap;
      }

      /* On paper nothing scrolls. */
      article pre {
        max-block-size: none;
        font-size: 0.75rem;
      }

      .signatures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: var(--cmw-space-6);
        margin-block-start: var(--cmw-space-5);
        break-inside: avoid;
      }

      .signatures p {
        display: flex;
        align-items: end;
        gap: var(--cmw-space-2);
        min-block-size: 2.75rem;
      }

      .signatures p::after {
        content: "";
        flex: 1;
        border-block-end: 1px solid currentcolor;
      }

      @media print {
        :host {
          max-inline-size: none;
          padding: 0;
        }

        .screen {
          display: none;
        }

        article {
          /* A grid's items do not break well across pages. */
          display: block;
          max-inline-size: none;
          padding: 0;
          border: 0;
          background: none;
        }
      }
    `,
  ];
}

const signature = (side: string): TemplateResult => html`
  <div>
    <b>${side}</b>
    <p>Nombre</p>
    <p>Fecha</p>
    <p>Firma</p>
  </div>
`;
