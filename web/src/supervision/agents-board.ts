import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentCall, AgentStateKind, BoardAgent } from '../api/supervision-types.js';
import type { PauseReason } from '../api/types.js';
import { callAddress } from '../base/addresses.js';
import { Watching } from '../base/observable.js';
import { RowFocus } from '../base/row-focus.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { elapsed } from '../i18n/format.js';
import { timeWords } from '../i18n/times.js';
import { type Board, states } from './board.js';
import { agentStateWords, otherWords, stateWords } from './state-words.js';

/** So many agents are drawn at once: a card has some ten elements. */
const atOnce = 150;

/** The agents, grouped by what they are doing. */
@localized()
@customElement('cmw-agents-board')
export class AgentsBoard extends LitElement {
  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) reasons: readonly PauseReason[] = [];
  @property({ attribute: false }) now = Date.now();
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';

  @state() private page = 0;

  constructor() {
    super();
    new Watching(this, () => this.board);
    new RowFocus(this);
  }

  protected override render(): TemplateResult {
    const { agents } = this.board;
    const pages = Math.max(1, Math.ceil(agents.length / atOnce));
    const page = Math.min(this.page, pages - 1);
    const shown = agents.slice(page * atOnce, (page + 1) * atOnce);
    const { counts } = this.board;
    return html`
      <h2 id="title" tabindex="-1">${msg('Agentes')}</h2>
      ${
        agents.length === 0
          ? html`<div class="empty">
              <p>${msg('No hay agentes en este equipo.')}</p>
              <p>${msg('Un administrador asigna a cada agente su equipo.')}</p>
            </div>`
          : nothing
      }
      ${states.map((kind) => this.#group(kind, counts[kind], shown))}
      ${pages > 1 ? this.#pager(page, pages, agents.length) : nothing}
    `;
  }

  #group(kind: AgentStateKind, count: number, shown: readonly BoardAgent[]): TemplateResult | typeof nothing {
    const agents = shown.filter((agent) => agent.state === kind);
    if (agents.length === 0) return nothing;
    return html`
      <section class=${kind}>
        <h3 id=${kind}>${stateWords(kind)} <span class="count">${count}</span></h3>
        <ul aria-labelledby=${kind}>
          ${repeat(
            agents,
            ({ agentId }) => agentId,
            (agent) => this.#agent(agent),
          )}
        </ul>
      </section>
    `;
  }

  #agent(agent: BoardAgent): TemplateResult {
    const { call, since } = agent;
    const isAway = agent.state === 'offline';
    return html`
      <li data-key=${agent.agentId}>
        <span class="sign">${stateIcon(agent.state)}</span>
        <span class="who">
          <span class="name">${agent.name}</span>
          <span class="what">
            ${call ? this.#withWhom(agent, call) : isAway ? this.#lastSeen(since) : agentStateWords(agent, this.reasons)}${call && !agent.online ? html` · ${msg('sin pantalla')}` : nothing}
          </span>
        </span>
        ${since && !isAway ? html`<span class="time" role="timer" aria-live="off">${elapsed(this.now - Date.parse(since))}</span>` : nothing}
      </li>
    `;
  }

  #withWhom(agent: BoardAgent, call: AgentCall): TemplateResult {
    const before = agent.state === 'inCall' ? '' : `${agentStateWords(agent, this.reasons)}: `;
    return html`${before}<a href=${callAddress(call)}>${otherWords(call)}</a>`;
  }

  #lastSeen(since: string | undefined): string {
    if (!since) return msg('Sin pantalla abierta');
    return msg(str`Última vez: ${timeWords(since, this.now, this.timeZone)}`);
  }

  #pager(page: number, pages: number, all: number): TemplateResult {
    const from = page * atOnce + 1;
    const to = Math.min(all, (page + 1) * atOnce);
    return html`
      <nav aria-label=${msg('Páginas de agentes')}>
        <button aria-disabled=${page === 0} @click=${() => this.#turn(page - 1, pages)}>
          ${icons.left(18)}${msg('Anteriores')}
        </button>
        <span role="status">${msg(str`${from} a ${to} de ${all}`)}</span>
        <button aria-disabled=${page === pages - 1} @click=${() => this.#turn(page + 1, pages)}>
          ${msg('Siguientes')}${icons.right(18)}
        </button>
      </nav>
    `;
  }

  #turn(page: number, pages: number): void {
    if (page < 0 || page >= pages) return;
    this.page = page;
    this.renderRoot.querySelector('h2')?.scrollIntoView({ block: 'nearest' });
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-4);
        min-inline-size: 0;
        padding: var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        overflow-wrap: anywhere;
      }

      h2 {
        font: var(--cmw-type-title);
      }

      h3 {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        margin-block-end: var(--cmw-space-2);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .count {
        min-inline-size: 1.5rem;
        padding: 0 var(--cmw-space-2);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
        color: var(--cmw-quiet);
        text-align: center;
        font-variant-numeric: tabular-nums;
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
        gap: var(--cmw-space-2);
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--cmw-space-3);
        min-block-size: 3.5rem;
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-surface);
      }

      .sign {
        display: grid;
        place-items: center;
        inline-size: 2rem;
        block-size: 2rem;
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
        color: var(--cmw-quiet);
      }

      .inCall .sign {
        background: var(--cmw-live-ground);
        color: var(--cmw-live);
      }

      .ringing .sign {
        background: var(--cmw-accent-ground);
        color: var(--cmw-accent);
      }

      .wrapUp .sign,
      .paused .sign {
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .free .sign {
        color: var(--cmw-live);
      }

      .who {
        display: grid;
        min-inline-size: 0;
      }

      .name {
        font: var(--cmw-type-strong);
      }

      .what {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .what a {
        color: var(--cmw-accent);
      }

      .time {
        font: var(--cmw-type-label);
        font-variant-numeric: tabular-nums;
      }

      .offline li {
        min-block-size: 0;
        background: none;
      }

      .empty {
        display: grid;
        gap: var(--cmw-space-1);
        padding: var(--cmw-space-5) var(--cmw-space-3);
        color: var(--cmw-quiet);
        text-align: center;
      }

      .empty p:first-child {
        color: var(--cmw-text);
        font: var(--cmw-type-strong);
      }

      nav {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-3);
      }

      @media (width < 40rem) {
        :host {
          padding: var(--cmw-space-4);
        }
      }
    `,
  ];
}

function stateIcon(state: AgentStateKind): unknown {
  switch (state) {
    case 'inCall':
      return icons.phone(18);
    case 'ringing':
      return icons.bell(18);
    case 'wrapUp':
      return icons.pencil(18);
    case 'paused':
      return icons.pause(18);
    case 'free':
      return icons.present(18);
    default:
      return icons.absent(18);
  }
}
