import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AgentName } from '../api/phone-types.js';
import type { OperatorAccount } from '../api/settings-types.js';
import { isAdmin, type Me, type Page } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { choiceField, editorStyles, refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import { type HomologationApi, type Run, type RunItem, runAddress } from './run.js';
import type { Directory } from './run-page.js';
import { countsWords } from './words.js';

/** The runs of the homologation, the newest first, and a button for a new one. */
@localized()
@customElement('cmw-homologation-runs-page')
export class HomologationRunsPage extends LitElement {
  @property({ attribute: false }) api!: HomologationApi;
  @property({ attribute: false }) directory!: Pick<Directory, 'agents'>;
  @property({ attribute: false }) me: Me | undefined;

  @state() private account = '';

  readonly #runs = new Reading<Page<RunItem>>(this, () => this.api.read('/api/homologation?take=100'));
  readonly #accounts = new Reading<Page<OperatorAccount>>(this, () => this.api.read('/api/operator-accounts'));
  readonly #agents = new Reading<readonly AgentName[]>(this, () => this.directory.agents());
  readonly #saving = new Saving(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me') || !this.#isAllowed || this.#runs.value) return;
    void this.#runs.read();
    void this.#accounts.read();
    void this.#agents.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Homologación')}</h1>
      ${
        this.me && !this.#isAllowed
          ? html`<p>${msg('Esta página es de un administrador.')}</p>`
          : html`
              <section>
                <p>
                  ${msg('Antes de trabajar con el operador de verdad, la homologación comprueba caso por caso qué hace su central, y termina en un informe para firmar.')}
                </p>
                ${readingBody(this.#accounts, msg('No se pudieron leer las cuentas.'), ({ items }) => this.#form(items))}
              </section>
              ${readingBody(this.#runs, msg('No se pudieron leer las homologaciones.'), ({ items }) => this.#list(items))}
            `
      }
    `;
  }

  #form(accounts: readonly OperatorAccount[]): TemplateResult {
    const usable = accounts.filter(({ hasPassword }) => hasPassword);
    if (usable.length === 0) {
      return html`<p class="quiet">
        ${msg('La configuración no tiene ninguna cuenta con contraseña.')} <a href="/first-steps">${msg('Primeros pasos')}</a>
      </p>`;
    }

    const account = this.account || (usable[0]?.account ?? '');
    return html`
      <form novalidate @submit=${(event: Event) => this.#begin(event, account)}>
        ${choiceField({
          id: 'account',
          label: msg('Cuenta'),
          value: account,
          choices: usable.map((each) => [each.account, each.account] as const),
          fault: this.#saving.fault('account'),
          change: (value) => {
            this.account = value;
          },
        })}
        <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Comenzar una homologación')}</button>
        ${refusalNotice(this.#saving, { again: () => this.#begin(undefined, account) })}
      </form>
    `;
  }

  #list(runs: readonly RunItem[]): TemplateResult {
    if (runs.length === 0) {
      return html`<div class="panel empty">
        <p>${msg('Todavía no hay ninguna homologación')}</p>
        <p>${msg('Elija la cuenta y comience una.')}</p>
      </div>`;
    }

    return html`
      <section aria-labelledby="all">
        <h2 id="all">${msg('Las que hay')}</h2>
        <ul class="rows">${runs.map((run) => this.#row(run))}</ul>
      </section>
    `;
  }

  #row(run: RunItem): TemplateResult {
    const name = this.#agents.value?.find(({ agentId }) => agentId === run.startedBy)?.name ?? run.startedBy;
    const when = timeWords(run.startedAt, this.api.now(), this.me?.timeZone ?? defaultZone);
    return html`<li>
      <div class="bar">
        <a href=${runAddress(run.runId)}>${msg(str`Cuenta ${run.account}, ${when}`)}</a>
        ${run.state === 'done' ? html`<span class="badge good">${msg('Terminada')}</span>` : nothing}
      </div>
      <span>${countsWords(run)}</span>
      <span class="quiet small">${msg(str`Comenzada por ${name}`)}</span>
    </li>`;
  }

  async #begin(event: Event | undefined, account: string): Promise<void> {
    event?.preventDefault();
    let begun: Run | undefined;
    await this.#saving.save(async () => {
      begun = await this.api.change<Run>('/api/homologation', { method: 'POST', body: { account } });
      await this.#runs.read();
    });
    await this.updateComplete;
    // The link leads through the console's own navigation. Where the list could not be read again, its notice says so.
    if (begun) this.renderRoot.querySelector<HTMLAnchorElement>(`a[href="${runAddress(begun.runId)}"]`)?.click();
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    editorStyles,
    css`
      form {
        justify-items: start;
        max-inline-size: 24rem;
      }
    `,
  ];
}
