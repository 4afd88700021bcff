import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AgentName } from '../api/phone-types.js';
import type { OperatorAccount } from '../api/settings-types.js';
import { isAdmin, type Me, type Page } from '../api/types.js';
import { followLink } from '../base/follow-link.js';
import { Watching } from '../base/observable.js';
import { Paged } from '../base/paged.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { choiceField, editorStyles, refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { base, buttons, fields } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import { comparisonAddress, type HomologationApi, type Run, type RunItem, runAddress } from './run.js';
import type { Directory } from './run-page.js';
import { countsWords } from './words.js';

/** The runs, the newest first. */
class RunList extends Paged<RunItem> {
  items: readonly RunItem[] = [];

  constructor(private readonly api: Pick<HomologationApi, 'read'>) {
    super();
  }

  /** The run of the same account before this one, of those that were read. */
  before(run: RunItem): RunItem | undefined {
    return this.items.slice(this.items.indexOf(run) + 1).find(({ account }) => account === run.account);
  }

  protected override ask(next: string | undefined): Promise<Page<RunItem>> {
    return this.api.read(`/api/homologation${next ? `?${new URLSearchParams({ next })}` : ''}`);
  }

  protected override takeFirst({ items }: Page<RunItem>): boolean {
    this.items = items;
    return true;
  }

  protected override takeMore({ items }: Page<RunItem>): void {
    this.items = [...this.items, ...items];
  }

  protected override forget(): void {
    this.items = [];
  }
}

/** The runs of the homologation, the newest first, and a button for a new one. */
@localized()
@customElement('cmw-homologation-runs-page')
export class HomologationRunsPage extends LitElement {
  @property({ attribute: false }) api!: HomologationApi;
  @property({ attribute: false }) directory!: Pick<Directory, 'agents'>;
  @property({ attribute: false }) me: Me | undefined;

  @state() private account = '';

  #runs: RunList | undefined;
  readonly #accounts = new Reading<Page<OperatorAccount>>(this, () => this.api.read('/api/operator-accounts'));
  readonly #agents = new Reading<readonly AgentName[]>(this, () => this.directory.agents());
  readonly #saving = new Saving(this);

  constructor() {
    super();
    new Watching(this, () => this.#runs);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me') || !this.#isAllowed || this.#runs) return;
    this.#runs = new RunList(this.api);
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
              ${this.#runs ? this.#list(this.#runs) : nothing}
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

  #list(runs: RunList): TemplateResult {
    const rows = runs.items.map((run) => this.#row(run, runs.before(run)));
    return html`
      <section aria-labelledby="all">
        <h2 id="all">${msg('Las que hay')}</h2>
        ${pagedBody(runs, rows.length > 0 ? [html`<ul class="rows">${rows}</ul>`] : [], {
          failed: msg('No se pudieron leer las homologaciones.'),
          empty: msg('Todavía no hay ninguna homologación'),
          hint: msg('Elija la cuenta y comience una.'),
        })}
      </section>
    `;
  }

  #row(run: RunItem, before: RunItem | undefined): TemplateResult {
    const name = this.#agents.value?.find(({ agentId }) => agentId === run.startedBy)?.name ?? run.startedBy;
    const when = timeWords(run.startedAt, this.api.now(), this.me?.timeZone ?? defaultZone);
    return html`<li>
      <div class="bar">
        <a href=${runAddress(run.runId)}>${msg(str`Cuenta ${run.account}, ${when}`)}</a>
        ${run.state === 'done' ? html`<span class="badge good">${msg('Terminada')}</span>` : nothing}
      </div>
      <span>${countsWords(run)}</span>
      <span class="quiet small">${msg(str`Comenzada por ${name}`)}</span>
      ${
        before
          ? html`<a
              class="small"
              href=${comparisonAddress(before.runId, run.runId)}
              aria-label=${msg(str`Comparar la de ${when} con la anterior de la cuenta`)}
              >${msg('Comparar con la anterior')}</a
            >`
          : nothing
      }
    </li>`;
  }

  async #begin(event: Event | undefined, account: string): Promise<void> {
    event?.preventDefault();
    let begun: Run | undefined;
    await this.#saving.save(async () => {
      begun = await this.api.change<Run>('/api/homologation', { method: 'POST', body: { account } });
      await this.#runs?.read();
    });
    await this.updateComplete;
    // Where the list could not be read again, its notice says so.
    if (begun) followLink(this.renderRoot.querySelector<HTMLElement>(`a[href="${runAddress(begun.runId)}"]`));
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    pagedList,
    editorStyles,
    css`
      form {
        justify-items: start;
        max-inline-size: 24rem;
      }
    `,
  ];
}
