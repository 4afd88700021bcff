import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CampaignCounts, CampaignEntry, EntryState } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import type { Page } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { toFirstPage } from '../base/first-page.js';
import { Reading } from '../base/reading.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { numberWords, timeWords } from '../i18n/times.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { entryStates, entryWords } from './words.js';

const tones: Record<EntryState, string> = {
  waiting: 'badge',
  held: 'badge warn',
  offered: 'badge mended',
  dialling: 'badge mended',
  unknown: 'badge warn',
  done: 'badge good',
  exhausted: 'badge',
  refused: 'badge bad',
};

/** Which contacts an address asks for. What means nothing is left out. */
export function askedOf(search: string): { readonly state?: EntryState; readonly next?: string } {
  const values = new URLSearchParams(search);
  const state = entryStates.find((one) => one === values.get('state'));
  const next = values.get('next');
  return { ...(state ? { state } : {}), ...(next ? { next } : {}) };
}

const queryOf = (values: { readonly state?: string; readonly next?: string }): string => {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
  return query ? `?${query}` : '';
};

/** The contacts of a campaign, a page of them. Fires `filter` with the query of another page. */
@localized()
@customElement('cmw-campaign-entries')
export class EntriesList extends LitElement {
  @property({ attribute: false }) api!: Pick<CampaignsApi, 'contacts' | 'now'>;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) campaignId = '';
  @property({ attribute: false }) counts!: CampaignCounts;
  /** The names of agents by their ids. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> | undefined;
  /** The most attempts for a contact. */
  @property({ attribute: false }) attempts = 1;
  /** The query of the address. */
  @property({ attribute: false }) search = '';
  @property({ attribute: false }) timeZone = '';

  readonly #page = new Reading<Page<CampaignEntry>>(this, () => {
    const { state, next } = askedOf(this.search);
    return this.api.contacts(this.campaignId, state, next);
  });
  #waits = false;

  /** Reads the page that is shown once more. */
  readAgain(): Promise<void> {
    return this.#waits ? Promise.resolve() : this.#page.read();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('campaignId')) this.#page.clear();
    if (changed.has('campaignId') || changed.has('search')) void this.#read();
  }

  async #read(): Promise<void> {
    const { search } = this;
    this.#waits = true;
    await this.#page.read();
    if (search !== this.search) return;
    const first = toFirstPage(this.#page.error);
    if (first !== undefined) this.#tell(first);
    this.#waits = false;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { state } = askedOf(this.search);
    return html`
      <div class="field">
        <label for="state">${msg('Mostrar')}</label>
        <select id="state" @change=${(event: Event) => this.#tell(queryOf({ state: (event.target as HTMLSelectElement).value }))}>
          <option value="" ?selected=${state === undefined}>${msg(str`Todos (${numberWords(this.counts.total)})`)}</option>
          ${entryStates.map(
            (one) => html`<option value=${one} ?selected=${one === state}>
              ${entryWords[one]()} (${numberWords(this.counts[one])})
            </option>`,
          )}
        </select>
      </div>
      ${readingBody(this.#page, msg('No se pudieron leer los contactos de la campaña.'), (page) => this.#rows(page))}
    `;
  }

  #rows({ items, next }: Page<CampaignEntry>): TemplateResult {
    const { state, next: here } = askedOf(this.search);
    const link = (values: { readonly next?: string }) => queryOf({ ...(state ? { state } : {}), ...values });
    return html`
      <div class=${this.#waits ? 'waits' : ''} aria-busy=${this.#waits}>
        ${
          items.length > 0
            ? html`<ol class="entries">
                ${repeat(
                  items,
                  ({ entryId }) => entryId,
                  (entry) => this.#row(entry),
                )}
              </ol>`
            : html`<div class="empty"><p>${msg('No hay contactos en este estado.')}</p></div>`
        }
      </div>
      ${
        next || here
          ? html`<div class="bar pager">
              ${here ? html`<button @click=${() => this.#tell(link({}))}>${icons.left(18)}${msg('Al principio')}</button>` : nothing}
              ${next ? html`<button @click=${() => this.#tell(link({ next }))}>${msg('Siguientes')}${icons.right(18)}</button>` : nothing}
            </div>`
          : nothing
      }
    `;
  }

  #row(entry: CampaignEntry): TemplateResult {
    const { contactId, name, number, state, attempts, lastOutcome, lastAt, nextAt, refusedBecause, agentId } = entry;
    const shows = name || number.display;
    const now = this.api.now();
    return html`
      <li>
        <span class="who">
          ${contactId ? html`<a href=${contactAddress(contactId)}>${shows}</a>` : shows}
          ${name ? html`<span class="number quiet small">${number.display}</span>` : nothing}
        </span>
        <span class=${tones[state] ?? 'badge'}>${entryWords[state]?.() ?? state}</span>
        <span class="quiet small">
          ${state === 'refused' ? nothing : attempts === 0 ? msg('Sin llamar todavía') : msg(str`Intento ${attempts} de ${this.attempts}`)}
          ${lastAt ? html`· <time datetime=${lastAt}>${timeWords(lastAt, now, this.timeZone)}</time>` : nothing}
          ${lastOutcome ? html`· ${this.outcomes.label(lastOutcome)}` : nothing}
          ${agentId ? html`· ${this.names?.get(agentId) ?? agentId}` : nothing}
        </span>
        <span class="small because">
          ${refusedBecause ?? nothing}
          ${nextAt && (state === 'waiting' || state === 'held') ? html`${msg('Desde:')} <time datetime=${nextAt}>${timeWords(nextAt, now, this.timeZone)}</time>` : nothing}
        </span>
      </li>
    `;
  }

  #tell(search: string): void {
    this.dispatchEvent(new CustomEvent('filter', { detail: search }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-3);
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      .field {
        max-inline-size: 20rem;
      }

      .waits {
        opacity: 0.55;
      }

      .entries li {
        display: grid;
        grid-template-columns: minmax(0, 1.2fr) 13rem minmax(0, 1.2fr) minmax(0, 1.4fr);
        align-items: center;
        gap: var(--cmw-space-1) var(--cmw-space-3);
        min-block-size: 3rem;
        padding-block: var(--cmw-space-2);
        border-block-start: 1px solid var(--cmw-line);
      }

      .who {
        font: var(--cmw-type-strong);
      }

      .who .number {
        display: block;
      }

      .because {
        color: var(--cmw-quiet);
      }

      .pager {
        justify-content: end;
      }

      @media (width < 56rem) {
        .entries li {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}
