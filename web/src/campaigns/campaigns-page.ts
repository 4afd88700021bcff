import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Campaign, CampaignOptions } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { isAdmin, type Me, type Page, seesTeam, takesCalls } from '../api/types.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import './campaign-actions.js';
import { coordinationLine } from './coordination-line.js';
import { progress, progressStyles, spentWords } from './progress.js';
import { campaignAddress, contactsWords, isMoving, modeWords, stateBadge } from './words.js';

const everyMs = 4_000;

/** The campaigns: how far each is, and what can be done with it. */
@localized()
@customElement('cmw-campaigns-page')
export class CampaignsPage extends LitElement {
  @property({ attribute: false }) api!: CampaignsApi;
  @property({ attribute: false }) me: Me | undefined;

  /** The pages behind the first one, as far as they were asked for. */
  @state() private more: readonly Page<Campaign>[] = [];

  readonly #list = new Reading<Page<Campaign>>(this, () => this.api.list());
  readonly #options = new Reading<CampaignOptions>(this, () => this.api.options());
  readonly #reading = new Saving(this);

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#list.value?.items.some(isMoving) === true,
      () => this.#list.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me') || !this.#may || this.#list.value) return;
    void this.#list.read();
    void this.#options.read();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Campañas')}</h1>
        ${
          this.#may
            ? html`<span class="bar">
                ${this.me && takesCalls(this.me) ? html`<a class="step" href="/campaign-work">${msg('Trabajar campañas')}</a>` : nothing}
                <a class="step new" href="/campaigns/new">${msg('Nueva campaña')}</a>
              </span>`
            : nothing
        }
      </div>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de quien supervisa.')} <a href="/campaign-work">${msg('Trabajar campañas')}</a></p>` : nothing}
      ${this.#may && this.me ? this.#content(this.me) : nothing}
    `;
  }

  #content(me: Me): TemplateResult {
    return html`
      ${coordinationLine(this.#options, { now: this.api.now(), timeZone: this.#timeZone, changes: isAdmin(me) })}
      ${readingBody(this.#list, msg('No se pudieron leer las campañas.'), (first) => this.#all([first, ...this.more]))}
      ${refusalNotice(this.#reading, { again: () => this.#readMore() })}
    `;
  }

  #all(pages: readonly Page<Campaign>[]): TemplateResult {
    const campaigns = pages.flatMap(({ items }) => items);
    if (campaigns.length === 0) {
      return html`<div class="panel empty">
        <p>${msg('Todavía no hay campañas.')}</p>
        <p>${msg('Arme una con una búsqueda de contactos o con una lista de números. Antes de guardarla verá a quién no se llamará y por qué.')}</p>
      </div>`;
    }

    return html`
      ${repeat(
        campaigns,
        ({ campaignId }) => campaignId,
        (campaign) => this.#one(campaign),
      )}
      ${
        pages.at(-1)?.next
          ? html`<div><button aria-disabled=${this.#reading.busy} @click=${() => this.#readMore()}>${msg('Ver más')}</button></div>`
          : nothing
      }
    `;
  }

  #one(campaign: Campaign): TemplateResult {
    const { campaignId, name, mode, state: its, why, counts, spent, budget, currency, createdAt } = campaign;
    return html`
      <section aria-label=${name}>
        <div class="bar">
          <h2><a href=${campaignAddress(campaignId)}>${name}</a></h2>
          ${stateBadge(its)}
          <span class="quiet small">
            ${modeWords[mode]()} · ${contactsWords(counts.total)} ·
            <time datetime=${createdAt}>${timeWords(createdAt, this.api.now(), this.#timeZone)}</time>
          </span>
          <span class="spent small">${msg(str`Gastado: ${spentWords(spent, budget, currency)}`)}</span>
        </div>
        ${why ? html`<p class="why">${why}</p>` : nothing}
        ${progress(counts, name)}
        <cmw-campaign-actions
          .api=${this.api}
          .campaign=${campaign}
          @changed=${(event: CustomEvent<Campaign>) => this.#put(event.detail)}
        ></cmw-campaign-actions>
      </section>
    `;
  }

  /** Shows a campaign as it is now. */
  #put(campaign: Campaign): void {
    const put = (page: Page<Campaign>): Page<Campaign> => ({
      ...page,
      items: page.items.map((one) => (one.campaignId === campaign.campaignId ? campaign : one)),
    });
    if (this.#list.value) this.#list.take(put(this.#list.value));
    this.more = this.more.map(put);
  }

  async #readMore(): Promise<void> {
    const next = this.more.at(-1)?.next ?? this.#list.value?.next;
    if (!next || (this.more.length > 0 && !this.more.at(-1)?.next)) return;
    await this.#reading.save(async () => {
      this.more = [...this.more, await this.api.list(next)];
    });
  }

  get #may(): boolean {
    return this.me !== undefined && seesTeam(this.me);
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    progressStyles,
    css`
      .title {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
      }

      .step.new {
        border-color: transparent;
        background: var(--cmw-accent);
        color: var(--cmw-on-accent);
      }

      .step.new:hover {
        background: var(--cmw-accent-strong);
      }

      h2 a {
        color: var(--cmw-text);
      }

      .spent {
        margin-inline-start: auto;
        font-variant-numeric: tabular-nums;
      }

      .why {
        color: var(--cmw-warn);
      }

      .problem {
        color: var(--cmw-bad);
      }
    `,
  ];
}
