import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Watching } from '../api/observable.js';
import type { Call } from '../api/types.js';
import * as icons from '../design/icons.js';
import { listError, moreButton, pagedList } from '../design/paged-list.js';
import { base, buttons } from '../design/shared.js';
import { Ticking } from '../design/ticking.js';
import { askToDial } from '../dial/dial-event.js';
import { clockTime, dayAndTime, dayName, duration, startOfDay, when } from '../i18n/format.js';
import { directionWords, isMissed, possible, stateWords, tiedName, whoWords } from '../pop-ups/call-words.js';
import { directionIcon } from '../pop-ups/pop-up-card.js';
import { keyOf } from '../pop-ups/pop-up-store.js';
import type { OutcomesStore } from '../wrap-up/outcomes-store.js';
import type { CallsStore } from './calls-store.js';

type Filter = 'all' | 'missed' | 'live';

/** Today's calls, quietly; or the missed ones of the last days; or what goes on now in the team. */
@localized()
@customElement('cmw-calls-list')
export class CallsList extends LitElement {
  @property({ attribute: false }) all!: CallsStore;
  @property({ attribute: false }) missed!: CallsStore;
  @property({ attribute: false }) live!: CallsStore;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) now: () => number = Date.now;
  /** True for who sees the calls of the team: each row says whose it is. */
  @property({ type: Boolean }) team = false;
  /** True for who has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  @state() private filter: Filter = 'all';

  constructor() {
    super();
    new Watching(this, () => this.store);
    new Watching(this, () => this.outcomes);
    new Ticking(this, 20_000);
  }

  get store(): CallsStore {
    return { all: this.all, missed: this.missed, live: this.live }[this.filter];
  }

  protected override render(): TemplateResult {
    const { calls, error, loaded } = this.store;
    const now = this.now();
    return html`
      <section aria-labelledby="title">
        <header>
          <h2 id="title">${this.#title()}</h2>
          <span class="filters">
            ${this.team ? this.#filterButton('live', html`${icons.phone(16)} ${msg('En curso')}`) : nothing}
            ${this.#filterButton('missed', html`${icons.missed(16)} ${msg('Solo perdidas')}`)}
          </span>
          <p class="day">
            ${this.filter === 'missed' ? msg(str`Últimos ${this.missed.days} días`) : dayName(now, this.all.timeZone)}
          </p>
        </header>
        ${error ? listError(this.store, error, msg('No se pudieron leer las llamadas.')) : nothing}
        ${
          !loaded && !error
            ? this.#skeleton()
            : calls.length > 0
              ? html`<ol class=${this.dials ? 'dials' : ''} aria-labelledby="title">${repeat(calls, keyOf, (call) => this.#row(call, now))}</ol>`
              : error
                ? nothing
                : this.#empty()
        }
        ${moreButton(this.store)}
      </section>
    `;
  }

  #row(call: Call, now: number): TemplateResult {
    const started = Date.parse(call.startedAt);
    const hint = possible(call);
    const details = [
      tiedName(call) || call.colleague ? call.number.display : undefined,
      hint ? msg(str`posible: ${hint.name}`) : undefined,
      call.match === 'many' && !tiedName(call) ? msg('varios contactos') : undefined,
    ].filter((detail) => detail);
    return html`
      <li class=${`${call.state} ${isMissed(call) ? 'missed' : ''}`}>
        <span class="direction">${directionIcon(call)}<span class="visually-hidden">${directionWords(call.direction)}</span></span>
        <span class="main">
          <button
            class="who"
            aria-label=${msg(str`Abrir la llamada: ${whoWords(call)}`)}
            @click=${() => this.#open(call)}
          >
            ${whoWords(call)}
          </button>
          ${details.length > 0 ? html`<span class="detail">${details.join(' · ')}</span>` : nothing}
        </span>
        ${this.team ? html`<span class="agent">${call.agentName ?? call.agentId ?? msg('Sin agente')}</span>` : nothing}
        <span class="side">
          <time datetime=${call.startedAt} title=${clockTime(started, this.all.timeZone)}>
            ${started < startOfDay(now, this.all.timeZone).getTime() ? dayAndTime(started, this.all.timeZone) : when(started, now, this.all.timeZone)}
          </time>
          <span class="outcome">${outcomeOf(call)}</span>
          ${call.outcome ? html`<span class="result">${this.outcomes.label(call.outcome)}</span>` : nothing}
        </span>
        ${this.dials ? this.#callBack(call) : nothing}
      </li>
    `;
  }

  #callBack(call: Call): TemplateResult {
    const { e164, display } = call.number;
    if (!e164 || call.state !== 'ended') return html`<span class="call-back"></span>`;
    const words = isMissed(call)
      ? msg(str`Devolver la llamada a ${whoWords(call)}`)
      : msg(str`Llamar a ${whoWords(call)}`);
    return html`
      <button
        class="bare icon call-back"
        aria-label=${words}
        title=${words}
        @click=${() => askToDial(this, { number: e164, contactId: call.contactId, who: tiedName(call) ?? display })}
      >
        ${icons.outgoing(18)}
      </button>
    `;
  }

  #title(): string {
    if (this.filter === 'missed') return this.team ? msg('Llamadas perdidas del equipo') : msg('Mis llamadas perdidas');
    if (this.filter === 'live') return msg('Llamadas en curso del equipo');
    return this.team ? msg('Llamadas de hoy del equipo') : msg('Mis llamadas de hoy');
  }

  #filterButton(filter: Filter, words: TemplateResult): TemplateResult {
    return html`<button class=${`filter bare ${filter}`} aria-pressed=${this.filter === filter} @click=${() => this.#choose(filter)}>
      ${words}
    </button>`;
  }

  #choose(filter: Filter): void {
    // What goes on is read every few seconds, as long as somebody looks.
    this.live.clear();
    this.filter = this.filter === filter ? 'all' : filter;
    this.store.timeZone = this.all.timeZone;
    if (this.filter !== 'all') void this.store.read();
  }

  #open(call: Call): void {
    this.dispatchEvent(new CustomEvent('open-call', { detail: call, bubbles: true, composed: true }));
  }

  #empty(): TemplateResult {
    if (this.filter !== 'all') {
      return html`<div class="empty">
        <p>${this.filter === 'live' ? msg('Nadie está en una llamada.') : msg('No hay llamadas perdidas.')}</p>
      </div>`;
    }

    return html`
      <div class="empty">
        <p>${msg('Hoy todavía no hay llamadas.')}</p>
        <p>${msg('Cada llamada que entre o salga quedará aquí, con su duración.')}</p>
      </div>
    `;
  }

  #skeleton(): TemplateResult {
    return html`
      <div class="skeleton" role="status" aria-label=${msg('Cargando las llamadas')}>
        ${Array.from({ length: 6 }, () => html`<span></span>`)}
      </div>
    `;
  }

  static override styles = [
    base,
    buttons,
    pagedList,
    css`
      section {
        container-type: inline-size;
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 var(--cmw-space-3);
        padding: 0 var(--cmw-space-3) var(--cmw-space-3);
      }

      .day {
        flex-basis: 100%;
      }

      .filter {
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-2);
        gap: var(--cmw-space-1);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .filters {
        display: flex;
        gap: var(--cmw-space-1);
      }

      .live[aria-pressed='true'] {
        background: var(--cmw-accent-ground);
        color: var(--cmw-accent);
      }

      .missed[aria-pressed='true'] {
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }

      h2 {
        font: var(--cmw-type-title);
      }

      .day {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .day::first-letter {
        text-transform: uppercase;
      }

      ol,
      .skeleton,
      .empty {
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-surface);
        overflow: hidden;
      }

      li,
      .skeleton span {
        min-block-size: 3.75rem;
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--cmw-space-3);
        padding: var(--cmw-space-2) var(--cmw-space-4);
      }

      .dials li {
        grid-template-columns: auto minmax(0, 1fr) auto var(--cmw-control);
        padding-inline-end: var(--cmw-space-2);
        gap: var(--cmw-space-2);
      }

      button.call-back {
        color: var(--cmw-accent);
      }

      li + li,
      .skeleton span + span {
        border-block-start: 1px solid var(--cmw-line);
      }

      .direction {
        color: var(--cmw-quiet);
      }

      .main,
      .side {
        display: grid;
      }

      button.who {
        display: block;
        justify-self: start;
        max-inline-size: 100%;
        min-block-size: 0;
        padding: 0;
        border: 0;
        background: none;
        text-align: start;
      }

      button.who:hover {
        text-decoration: underline;
        text-underline-offset: 0.15em;
      }

      button.who:focus-visible {
        outline-offset: 0;
      }

      .who {
        overflow: hidden;
        unicode-bidi: isolate;
        font: var(--cmw-type-strong);
        font-variant-numeric: tabular-nums;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .detail,
      .side {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
        font-variant-numeric: tabular-nums;
      }

      .agent {
        grid-column: 2;
        grid-row: 2;
        margin-block-start: calc(-1 * var(--cmw-space-3));
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      @container (width >= 32rem) {
        li:has(.agent) {
          grid-template-columns: auto minmax(0, 1fr) 9rem auto;
        }

        .dials li:has(.agent) {
          grid-template-columns: auto minmax(0, 1fr) 9rem auto var(--cmw-control);
        }

        .agent {
          grid-column: auto;
          grid-row: auto;
          margin: 0;
        }

        .side {
          min-inline-size: 6rem;
        }

        li:has(.agent) .side {
          inline-size: 8rem;
        }
      }

      .detail {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .result {
        max-inline-size: 9rem;
        overflow: hidden;
        color: var(--cmw-text);
        text-overflow: ellipsis;
      }

      .side {
        justify-items: end;
        white-space: nowrap;
      }

      .missed .direction,
      .missed .outcome {
        color: var(--cmw-bad);
        font-weight: 600;
      }

      .ringing .outcome,
      .ringing .direction {
        color: var(--cmw-accent);
      }

      .connected .outcome,
      .connected .direction {
        color: var(--cmw-live);
      }

      .skeleton span {
        display: flex;
        align-items: center;
        padding-inline: var(--cmw-space-4);
      }

      .skeleton span::before {
        content: '';
        inline-size: 55%;
        block-size: 0.75rem;
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
      }

      .skeleton span:nth-child(even)::before {
        inline-size: 40%;
      }
    `,
  ];
}

/** How it went: its length, or why it has none. */
function outcomeOf(call: Call): string {
  return call.state === 'ended' && call.connectedAt && call.durationSeconds !== undefined
    ? duration(call.durationSeconds)
    : stateWords(call);
}
