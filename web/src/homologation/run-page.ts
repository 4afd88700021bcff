import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentName, Mapping } from '../api/phone-types.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading, Repeating } from '../base/reading.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import './case.js';
import './settings.js';
import { byGroup, type HomologationApi, progressOf, type Run, runAddress, runPath } from './run.js';
import { groupWords, progressWords } from './words.js';

/** How often a run is read while a case goes on by itself. */
const everyMs = 2000;

/** What the cases need to know of the phones and of the people. */
export interface Directory {
  readonly mappings: () => Promise<readonly Mapping[]>;
  readonly agents: () => Promise<readonly AgentName[]>;
}

/** A run of the homologation: its cases, the operator's open questions, and the settings that follow. */
@localized()
@customElement('cmw-homologation-run-page')
export class HomologationRunPage extends LitElement {
  @property({ attribute: false }) api!: HomologationApi;
  @property({ attribute: false }) directory!: Directory;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) runId = '';

  readonly #run = new Reading<Run>(this, () => this.api.read(runPath(this.runId)));
  readonly #phones = new Reading<readonly Mapping[]>(this, () => this.directory.mappings());
  readonly #agents = new Reading<readonly AgentName[]>(this, () => this.directory.agents());

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#run.value?.cases.some(({ working }) => working) ?? false,
      () => this.#run.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#isAllowed || !(changed.has('me') || changed.has('runId'))) return;
    if (changed.has('runId')) this.#run.clear();
    if (!this.#run.value) void this.#run.read();
    if (!this.#phones.value) void this.#phones.read();
    if (!this.#agents.value) void this.#agents.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Homologación')}</h1>
      ${
        this.me && !this.#isAllowed
          ? html`<p>${msg('Esta página es de un administrador.')}</p>`
          : readingBody(this.#run, msg('No se pudo leer la homologación.'), (run) => this.#body(run))
      }
    `;
  }

  #body(run: Run): TemplateResult {
    const { done, of } = progressOf(run.cases);
    const words = progressWords(done, of);
    const names = new Map(this.#agents.value?.map(({ agentId, name }) => [agentId, name]));
    const phones = (this.#phones.value ?? []).filter(({ account }) => account === run.account);
    return html`
      <section aria-label=${msg('Resumen')}>
        <dl class="facts">
          ${fact(msg('Cuenta'), run.account)} ${fact(msg('Operador'), run.operator)}
          ${fact(msg('Comenzó'), timeWords(run.startedAt, this.api.now(), this.#zone))}
          ${fact(msg('Por'), names.get(run.startedBy) ?? run.startedBy)}
        </dl>
        <p role="status">${words}</p>
        <progress max=${of} .value=${done} aria-label=${words}></progress>
        <div class="bar">
          <a class="step" href="/homologation">${msg('Todas las homologaciones')}</a>
          <a class="step" href=${`${runAddress(run.runId)}/report`}>${msg('Informe para firmar')}</a>
        </div>
        ${
          this.#phones.error || this.#agents.error
            ? html`<div class="notice" role="alert">
                <p>${msg('No se pudieron leer los teléfonos y las personas.')}</p>
                <button @click=${this.#readDirectory}>${msg('Intentar de nuevo')}</button>
              </div>`
            : nothing
        }
      </section>
      ${byGroup(run.cases).map(
        ([group, cases]) => html`
          <section aria-labelledby=${group}>
            <div class="bar">
              <h2 id=${group}>${groupWords(group)}</h2>
              <span class="quiet">${msg(str`${progressOf(cases).done} de ${cases.length}`)}</span>
            </div>
            ${repeat(
              cases,
              (each) => each.case,
              (each) => html`<cmw-homologation-case
                .api=${this.api}
                .runId=${run.runId}
                .case=${each}
                .phones=${phones}
                .names=${names}
                .timeZone=${this.#zone}
                @run-changed=${(event: CustomEvent<Run>) => this.#run.take(event.detail)}
              ></cmw-homologation-case>`,
            )}
          </section>
        `,
      )}
      <cmw-homologation-settings
        .api=${this.api}
        .run=${run}
        @run-changed=${(event: CustomEvent<Run>) => this.#run.take(event.detail)}
        @run-stale=${() => this.#run.read()}
      ></cmw-homologation-settings>
      ${this.#questions(run)}
    `;
  }

  #questions({ questions }: Run): TemplateResult {
    return html`
      <section aria-labelledby="questions">
        <h2 id="questions">${msg('Preguntas abiertas sobre el operador')}</h2>
        <ul class="rows">
          ${questions.map(
            ({ title, label }) => html`<li>
              <strong>${title}</strong>
              ${label ? html`<span>${label}</span>` : html`<span class="quiet">${msg('Sin respuesta todavía')}</span>`}
            </li>`,
          )}
        </ul>
      </section>
    `;
  }

  readonly #readDirectory = (): void => {
    void this.#phones.read();
    void this.#agents.read();
  };

  get #zone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      progress {
        inline-size: min(100%, 24rem);
        accent-color: var(--cmw-accent);
      }

      /* The operator's address fits a line where there is room. */
      @media (width >= 40rem) {
        .facts {
          grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
        }
      }
    `,
  ];
}
