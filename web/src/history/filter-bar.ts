import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import type { TeamAgent } from '../api/history-types.js';
import type { Contact, ContactField } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { directionShort } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import './contact-choice.js';
import { daysOfPeriod, periods, periodWords } from '../i18n/days.js';
import { changed, type Filter, type FilterKey, narrowing, periodOf, shownDays } from './filter.js';
import { keyWords, stateChoice, states } from './filter-words.js';

type Choice = readonly [value: string, words: string];

/** What can be asked for. Fires `filter` with the filter as it is to be. */
@localized()
@customElement('cmw-history-filter')
export class FilterBar extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'contacts'>;
  @property({ attribute: false }) filter: Filter = {};
  @property({ attribute: false }) outcomes!: OutcomesStore;
  /** The agents to choose from; undefined for who sees their own calls alone. */
  @property({ attribute: false }) agents: readonly TeamAgent[] | undefined;
  /** What the agent of the filter is called; undefined while that is not known. */
  @property({ attribute: false }) agentName: string | undefined;
  /** True for who sees all teams, before they are read. */
  @property({ type: Boolean }) allTeams = false;
  @property({ attribute: false }) fields: readonly ContactField[] = [];
  /** The account's day. */
  @property({ attribute: false }) today = '';

  /** True while a narrow page shows the fields. */
  @state() private open = false;

  constructor() {
    super();
    new Watching(this, () => this.outcomes);
  }

  protected override render(): TemplateResult {
    const { filter, today, agents, outcomes } = this;
    const days = shownDays(filter, today);
    const period = periodOf(filter, today);
    const count = narrowing.filter((key) => filter[key]).length;
    const teams = [...new Set(agents?.flatMap(({ team }) => team ?? []) ?? [])].sort((a, b) => a.localeCompare(b));
    return html`
      <div class="days">
        <div class="periods" role="group" aria-label=${msg('Días')}>
          ${periods.map(
            (one) => html`<button aria-pressed=${one === period} @click=${() => this.#set(daysOfPeriod(one, today))}>
              ${periodWords(one)}
            </button>`,
          )}
        </div>
        ${this.#date('from', days.from)} ${this.#date('to', days.to)}
        <button class="toggle" aria-expanded=${this.open} aria-controls="fields" @click=${() => (this.open = !this.open)}>
          ${count > 0 ? msg(str`Filtros (${count})`) : msg('Filtros')} ${icons.chevron(18)}
        </button>
      </div>
      <div id="fields" class=${this.open ? 'open' : ''}>
        <cmw-contact-choice
          .api=${this.api}
          .fields=${this.fields}
          @picked=${(event: CustomEvent<Contact>) => this.#set({ contact: event.detail.contactId })}
        ></cmw-contact-choice>
        <div class="field">
          <label for="number">${msg('Número')}</label>
          <input
            id="number"
            type="search"
            inputmode="tel"
            autocomplete="off"
            .value=${live(filter.number ?? '')}
            @change=${this.#typed}
          />
        </div>
        ${agents ? this.#select('agent', this.#agentChoices(agents)) : nothing}
        ${
          agents && (this.allTeams || teams.length > 1 || filter.team)
            ? this.#select(
                'team',
                withChosen(
                  teams.map((team) => [team, team]),
                  filter.team,
                ),
              )
            : nothing
        }
        ${this.#select('direction', [
          ['in', directionShort('in')],
          ['out', directionShort('out')],
          ['internal', directionShort('internal')],
        ])}
        ${this.#select(
          'state',
          states.map((one) => [one, stateChoice(one)]),
        )}
        ${this.#select(
          'outcome',
          withChosen(
            outcomes.active.map(({ code }) => [code, outcomes.label(code)]),
            filter.outcome,
            outcomes.label(filter.outcome ?? ''),
          ),
        )}
        ${this.#select('tied', [
          ['true', msg('Sí')],
          ['false', msg('No')],
        ])}
        <label class="check">
          <input
            type="checkbox"
            .checked=${live(filter.followUp === 'open')}
            @change=${(event: Event) => this.#set({ followUp: (event.target as HTMLInputElement).checked ? 'open' : '' })}
          />
          ${msg('Con seguimiento pendiente')}
        </label>
      </div>
    `;
  }

  /** An option that is drawn later can be the chosen one. */
  protected override updated(): void {
    for (const select of this.renderRoot.querySelectorAll('select')) {
      select.value = this.filter[select.id as FilterKey] ?? '';
    }
  }

  #agentChoices(agents: readonly TeamAgent[]): readonly Choice[] {
    return withChosen(
      agents.map(({ agentId, name }) => [agentId, name]),
      this.filter.agent,
      this.agentName ?? '…',
    );
  }

  #date(key: 'from' | 'to', value: string): TemplateResult {
    return html`
      <div class="field">
        <label for=${key}>${keyWords(key)}</label>
        <input
          id=${key}
          type="date"
          required
          max=${this.today}
          .value=${live(value)}
          @change=${(event: Event) => this.#day(key, event.target as HTMLInputElement)}
        />
      </div>
    `;
  }

  #select(key: FilterKey, choices: readonly Choice[]): TemplateResult {
    return html`
      <div class="field">
        <label for=${key}>${keyWords(key)}</label>
        <select id=${key} @change=${(event: Event) => this.#set({ [key]: (event.target as HTMLSelectElement).value })}>
          <option value="">${key === 'tied' ? msg('Da igual') : allWords(key)}</option>
          ${choices.map(([value, words]) => html`<option value=${value}>${words}</option>`)}
        </select>
      </div>
    `;
  }

  /** While a year is typed the field holds years of long ago. */
  #day(key: 'from' | 'to', { value }: HTMLInputElement): void {
    if (value < '2000') return;
    const days = { ...shownDays(this.filter, this.today), [key]: value };
    // The other day follows, so that there is always one day to show.
    if (days.from > days.to) Object.assign(days, { from: value, to: value });
    this.#set(days);
  }

  #typed(event: Event): void {
    this.#set({ number: (event.target as HTMLInputElement).value.trim() });
  }

  #set(values: Partial<Record<FilterKey, string>>): void {
    const filter = changed(this.filter, values);
    this.dispatchEvent(new CustomEvent<Filter>('filter', { detail: filter }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-3);
      }

      .days {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--cmw-space-3);
      }

      .periods {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-1);
      }

      .periods button {
        padding-inline: var(--cmw-space-3);
      }

      [aria-pressed='true'] {
        border-color: var(--cmw-accent);
        background: var(--cmw-accent-ground);
        color: var(--cmw-accent);
      }

      .days .field {
        grid-template-columns: auto minmax(0, 10rem);
        align-items: center;
        gap: var(--cmw-space-2);
      }

      #fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr));
        align-items: end;
        gap: var(--cmw-space-3);
      }

      /* Its hint says by what a contact is found, and a name is long. */
      cmw-contact-choice {
        grid-column: span 2;
      }

      select {
        text-overflow: ellipsis;
      }

      .check {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        min-block-size: var(--cmw-control);
        cursor: pointer;
      }

      .check input {
        inline-size: 1.125rem;
        min-block-size: 1.125rem;
        block-size: 1.125rem;
        accent-color: var(--cmw-accent);
      }

      .toggle {
        display: none;
      }

      @media (width < 56rem) {
        .toggle {
          display: inline-flex;
          flex: 1;
        }

        .toggle[aria-expanded='true'] svg {
          transform: rotate(180deg);
        }

        #fields:not(.open) {
          display: none;
        }
      }

      @media (width < 40rem) {
        #fields {
          grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
        }

        cmw-contact-choice {
          grid-column: 1 / -1;
        }

        .periods {
          flex: 1 1 100%;
        }

        .periods button {
          flex: 1;
          padding-inline: var(--cmw-space-2);
          white-space: nowrap;
        }

        .days .field {
          grid-template-columns: minmax(0, 1fr);
          flex: 1 1 8rem;
          gap: var(--cmw-space-1);
        }

        .toggle {
          flex-basis: 100%;
        }
      }
    `,
  ];
}

/** What was chosen stays to be chosen, although it is offered no more. */
const withChosen = (choices: readonly Choice[], chosen: string | undefined, words = chosen ?? ''): readonly Choice[] =>
  chosen && !choices.some(([value]) => value === chosen) ? [...choices, [chosen, words]] : choices;

const allWords = (key: FilterKey): string => (key === 'direction' || key === 'state' ? msg('Todas') : msg('Todos'));
