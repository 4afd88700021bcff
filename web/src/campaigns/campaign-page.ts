import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Campaign, CampaignOptions } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { isAdmin, type Me, seesTeam } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Reading, Repeating } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import './campaign-actions.js';
import './campaign-form.js';
import type { CampaignForm } from './campaign-form.js';
import { coordinationLine, isConfirmed } from './coordination-line.js';
import './entries-list.js';
import type { EntriesList } from './entries-list.js';
import { counted, lateCosts, progress, progressStyles, spending, spentWords } from './progress.js';
import { refusedList, refusedRows, refusedStyles } from './refused-list.js';
import { entryWords, hoursWords, isMoving, modeWords, openStates, orderWords, stateBadge } from './words.js';

const everyMs = 4_000;

/** One campaign: how far it is, what came of its calls, what it costs, and its contacts. */
@localized()
@customElement('cmw-campaign-page')
export class CampaignPage extends LitElement {
  @property({ attribute: false }) api!: CampaignsApi;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) campaignId = '';
  /** The query of the address: which of its contacts are shown. */
  @property({ attribute: false }) search = '';
  /** Stores a file. */
  @property({ attribute: false }) store: (file: Blob, name: string) => void = saveFile;

  /** The campaign as it was when its form was opened; undefined while it is closed. */
  @state() private editing: Campaign | undefined;

  readonly #campaign = new Reading<Campaign>(this, () => this.api.get(this.campaignId));
  readonly #options = new Reading<CampaignOptions>(this, () => this.api.options());
  /** Where they can't be read the agents are named by their ids. */
  readonly #names = new Reading<ReadonlyMap<string, string>>(this, () => this.api.names());
  readonly #exporting = new Saving(this);

  constructor() {
    super();
    new Watching(this, () => this.outcomes);
    new Repeating(
      this,
      everyMs,
      () => this.#campaign.value !== undefined && isMoving(this.#campaign.value),
      () => this.#readAgain(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('campaignId')) {
      this.#campaign.clear();
      this.editing = undefined;
    }

    if (!this.#may || !(changed.has('campaignId') || changed.has('me'))) return;
    void this.#campaign.read();
    void this.outcomes.read();
    if (!this.#names.value) void this.#names.read();
    void this.#options.read();
  }

  protected override render(): TemplateResult {
    const { value } = this.#campaign;
    return html`
      <p><a href="/campaigns">${msg('Todas las campañas')}</a></p>
      <div class="bar">
        <h1 tabindex="-1">${value?.name ?? msg('Campaña')}</h1>
        ${value ? stateBadge(value.state) : nothing}
      </div>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de quien supervisa.')}</p>` : nothing}
      ${this.#may ? readingBody(this.#campaign, msg('No se pudo leer la campaña.'), (campaign) => this.#content(campaign)) : nothing}
    `;
  }

  #content(campaign: Campaign): TemplateResult {
    return html`
      ${this.#coordination()} ${this.#progress(campaign)}
      <div class="halves">${this.#results(campaign)} ${this.#settings(campaign)}</div>
      ${this.editing ? this.#form(this.editing) : nothing}
      ${campaign.refusedReasons.length > 0 ? this.#refused(campaign) : nothing}
      <section aria-labelledby="contacts">
        <h2 id="contacts" tabindex="-1">${msg('Contactos de la campaña')}</h2>
        <cmw-campaign-entries
          .api=${this.api}
          .outcomes=${this.outcomes}
          .campaignId=${this.campaignId}
          .counts=${campaign.counts}
          .names=${this.#names.value}
          .attempts=${campaign.attempts}
          .search=${this.search}
          .timeZone=${this.#timeZone}
          @filter=${(event: CustomEvent<string>) => this.#go(event.detail)}
        ></cmw-campaign-entries>
      </section>
    `;
  }

  /** That no campaign can call. What was agreed otherwise stands on the page of all campaigns. */
  #coordination(): TemplateResult | typeof nothing {
    const { value } = this.#options;
    const now = this.api.now();
    return value && !isConfirmed(value.coordination, now) && this.me
      ? coordinationLine(this.#options, { now, timeZone: this.#timeZone, changes: isAdmin(this.me) })
      : nothing;
  }

  /** The agents whom it would call for, and may not now. */
  #resting({ resting }: Campaign): TemplateResult | typeof nothing {
    if (resting.length === 0) return nothing;
    return html`
      <div class="resting" role="status">
        <p><strong>${msg('Por ahora no se llama para estos agentes')}</strong></p>
        <ul>
          ${resting.map(
            ({ agentId, message, until }) => html`<li>
              ${this.#names.value?.get(agentId) ?? agentId}: ${message}
              ${msg('Se sigue:')} <time datetime=${until}>${timeWords(until, this.api.now(), this.#timeZone)}</time>
            </li>`,
          )}
        </ul>
      </div>
    `;
  }

  #progress(campaign: Campaign): TemplateResult {
    const { counts, why, name, startedAt, endedAt, createdAt, createdBy } = campaign;
    const time = (at: string) => html`<time datetime=${at}>${timeWords(at, this.api.now(), this.#timeZone)}</time>`;
    return html`
      <section aria-labelledby="progress">
        <h2 id="progress">${msg('Avance')}</h2>
        ${why ? html`<p class="why">${why}</p>` : nothing} ${progress(counts, name)} ${this.#resting(campaign)}
        <dl class="facts">
          ${openStates.map((state) => fact(entryWords[state](), numberWords(counts[state])))}
          ${fact(msg('Creada'), html`${time(createdAt)}${createdBy ? ` · ${this.#names.value?.get(createdBy) ?? createdBy}` : ''}`)}
          ${startedAt ? fact(msg('Iniciada'), time(startedAt)) : nothing}
          ${endedAt ? fact(msg('Terminada'), time(endedAt)) : nothing}
        </dl>
        <cmw-campaign-actions
          .api=${this.api}
          .campaign=${campaign}
          @changed=${(event: CustomEvent<Campaign>) => this.#changed(event.detail)}
        ></cmw-campaign-actions>
      </section>
    `;
  }

  #results({ outcomes }: Campaign): TemplateResult {
    const label = msg('Resultados de las llamadas');
    return html`
      <section aria-labelledby="results">
        <h2 id="results">${label}</h2>
        ${
          outcomes.length > 0
            ? counted(
                label,
                outcomes.map(({ outcome, count }) => [this.outcomes.label(outcome), count] as const),
              )
            : html`<p class="quiet">${msg('Aquí aparece lo que los agentes anotan de cada llamada.')}</p>`
        }
        <div class="bar">
          <button aria-disabled=${this.#exporting.busy} @click=${this.#export}>${msg('Exportar CSV')}</button>
          <span class="quiet small" role="status">${this.#exporting.busy ? msg('Preparando el archivo…') : nothing}</span>
        </div>
        ${refusalNotice(this.#exporting, { again: this.#export })}
      </section>
    `;
  }

  #settings(campaign: Campaign): TemplateResult {
    const { spent, budget, currency, mode, order, attempts, gapMinutes, perMinute, hours, endpointIds } = campaign;
    return html`
      <section aria-labelledby="how">
        <h2 id="how">${msg('Gasto y condiciones')}</h2>
        <p class="spent"><strong>${spentWords(spent, budget, currency)}</strong></p>
        ${budget === undefined ? nothing : spending(spent, budget, currency)} ${lateCosts(campaign)}
        <dl class="facts">
          ${fact(msg('Modo'), modeWords[mode]())} ${fact(msg('Orden'), orderWords[order]())}
          ${fact(msg('Intentos'), msg(str`${attempts}, cada ${gapMinutes} min`))}
          ${fact(msg('Ritmo'), msg(str`${perMinute} por minuto`))} ${fact(msg('Horario'), hoursWords(hours))}
          ${fact(msg('Teléfonos'), endpointIds && endpointIds.length > 0 ? endpointIds.join(', ') : msg('Todos'))}
        </dl>
        ${
          campaign.state === 'done' || campaign.state === 'stopped'
            ? nothing
            : html`<div>
                <button class="edit" aria-expanded=${this.editing !== undefined} @click=${() => this.#edit(campaign)}>
                  ${msg('Cambiar')}
                </button>
              </div>`
        }
      </section>
    `;
  }

  #form(campaign: Campaign): TemplateResult {
    return html`
      <section aria-labelledby="edit">
        <h2 id="edit">${msg('Cambiar la campaña')}</h2>
        <cmw-campaign-form
          .api=${this.api}
          .campaign=${campaign}
          .phones=${this.#options.value?.phones}
          @saved=${this.#saved}
          @cancel=${this.#close}
        ></cmw-campaign-form>
      </section>
    `;
  }

  #refused(campaign: Campaign): TemplateResult {
    return html`
      <section aria-labelledby="refused">
        <h2 id="refused">${msg('A quiénes no se llama')}</h2>
        ${refusedList(campaign)}
        <div>
          <button @click=${() => this.store(refusedRows(campaign), msg('no-se-llaman.csv'))}>${msg('Descargar a quiénes no')}</button>
        </div>
      </section>
    `;
  }

  #changed(campaign: Campaign): void {
    this.#campaign.take(campaign);
    // It may have been started because the coordination was confirmed meanwhile.
    void this.#options.read();
  }

  async #readAgain(): Promise<void> {
    await Promise.all([
      this.#campaign.read(),
      this.renderRoot.querySelector<EntriesList>('cmw-campaign-entries')?.readAgain(),
    ]);
  }

  /** Goes to other contacts. The browser's Back leads here again. */
  #go(search: string): void {
    history.pushState({}, '', `${location.pathname}${search}`);
    this.search = search;
  }

  async #edit(campaign: Campaign): Promise<void> {
    this.editing = this.editing ? undefined : campaign;
    await this.updateComplete;
    this.renderRoot.querySelector<CampaignForm>('cmw-campaign-form')?.scrollIntoView?.({ block: 'nearest' });
  }

  readonly #saved = (event: CustomEvent<Campaign | undefined>): void => {
    if (event.detail) this.#campaign.take(event.detail);
    else void this.#campaign.read();
    this.#close();
  };

  readonly #close = async (): Promise<void> => {
    this.editing = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('button.edit')?.focus();
  };

  readonly #export = (): Promise<void> =>
    this.#exporting.save(async () => {
      const name = this.#campaign.value?.name ?? '';
      this.store(await this.api.file(this.campaignId), msg(str`campaña-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`));
    });

  get #may(): boolean {
    return this.me !== undefined && seesTeam(this.me) && this.campaignId !== '';
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    progressStyles,
    refusedStyles,
    css`
      .halves {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--cmw-space-4);
      }

      .why {
        color: var(--cmw-warn);
      }

      .resting {
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .spent {
        font-variant-numeric: tabular-nums;
      }

      .problem {
        color: var(--cmw-bad);
      }
    `,
  ];
}
