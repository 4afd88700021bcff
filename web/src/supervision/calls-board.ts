import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BoardCall, MissedCall } from '../api/supervision-types.js';
import type { Direction } from '../api/types.js';
import { callAddress } from '../base/addresses.js';
import { Watching } from '../base/observable.js';
import { RowFocus } from '../base/row-focus.js';
import { keyOf } from '../calls/call-key.js';
import { directionShort } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { moveInRows, rowKeysHint } from '../design/row-keys.js';
import { base, buttons } from '../design/shared.js';
import { callButton } from '../dial/call-button.js';
import { elapsed } from '../i18n/format.js';
import { timeWords } from '../i18n/times.js';
import type { Board } from './board.js';
import { otherWords, returnedWords } from './state-words.js';

/** More calls that go on are not drawn until somebody asks for them. */
const atOnce = 50;

/** The calls that wait, those that were missed, and those that go on. */
@localized()
@customElement('cmw-calls-board')
export class CallsBoard extends LitElement {
  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) now = Date.now();
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  /** True for who has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  @state() private isWhole = false;

  constructor() {
    super();
    new Watching(this, () => this.board);
    new RowFocus(this);
  }

  protected override render(): TemplateResult {
    const { queue, missed, calls } = this.board;
    const shown = this.isWhole ? calls.slice(0, 4 * atOnce) : calls.slice(0, atOnce);
    return html`
      <section>
        <h2 id="queue" tabindex="-1">${msg('En cola')} <span class="count">${queue.length}</span></h2>
        ${queue.length > 0 ? this.#list('queue', queue.slice(0, atOnce)) : html`<p class="none">${msg('Nadie espera.')}</p>`}
      </section>
      <section>
        <h2 id="missed" tabindex="-1">${msg('Perdidas de hoy')} <span class="count">${this.board.missedCount}</span></h2>
        ${
          missed.length > 0
            ? html`${this.dials ? rowKeysHint() : nothing}
                <ul
                  aria-labelledby="missed"
                  aria-describedby=${this.dials ? 'row-keys' : nothing}
                  @keydown=${this.#key}
                >
                  ${repeat(missed, keyOf, (call) => this.#missed(call))}
                </ul>`
            : html`<p class="none">${msg('Hoy no se ha perdido ninguna.')}</p>`
        }
      </section>
      <section>
        <h2 id="calls" tabindex="-1">${msg('En curso')} <span class="count">${calls.length}</span></h2>
        ${shown.length > 0 ? this.#list('calls', shown) : html`<p class="none">${msg('No hay llamadas en curso.')}</p>`}
        ${
          calls.length > atOnce && !this.isWhole
            ? html`<button @click=${this.#showAll}>${msg('Ver más')}</button>`
            : nothing
        }
      </section>
    `;
  }

  #list(id: string, calls: readonly BoardCall[]): TemplateResult {
    return html`<ul aria-labelledby=${id}>
      ${repeat(calls, keyOf, (call) => this.#call(call))}
    </ul>`;
  }

  #call(call: BoardCall): TemplateResult {
    return html`
      <li data-key=${keyOf(call)} class=${call.queued ? 'queued' : call.state}>
        <span class="sign">${signOf(call.direction)}<span class="visually-hidden">${directionShort(call.direction)}</span></span>
        <span class="who">
          <a href=${callAddress(call)}>${otherWords(call)}</a>
          <span class="quiet">${call.queued ? msg('Espera sin agente') : (call.agentName ?? msg('Sin agente'))}${call.queued || call.state === 'connected' ? '' : ` · ${call.direction === 'out' ? msg('Llamando') : msg('Timbrando')}`}</span>
        </span>
        <span class="time" role="timer" aria-live="off">${elapsed(this.now - Date.parse(call.since))}</span>
      </li>
    `;
  }

  #missed(call: MissedCall): TemplateResult {
    const { number, contactId } = call;
    return html`
      <li data-key=${keyOf(call)} class=${call.open ? 'open' : 'returned'}>
        <span class="sign">${icons.missed(18)}</span>
        <span class="who">
          <a href=${callAddress(call)}>${otherWords(call)}</a>
          <span class="quiet">
            <time datetime=${call.at}>${timeWords(call.at, this.now, this.timeZone)}</time>${call.agentName ? ` · ${call.agentName}` : ''}
          </span>
          <span class="became">${returnedWords(call)}</span>
        </span>
        ${
          this.dials && call.open && number.e164
            ? callButton(this, { number: number.e164, contactId, who: otherWords(call) })
            : nothing
        }
      </li>
    `;
  }

  /** The button goes with its press: the focus goes on at the first of those that it has shown. */
  async #showAll(): Promise<void> {
    this.isWhole = true;
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('[aria-labelledby="calls"] a')[atOnce]?.focus();
  }

  #key(event: KeyboardEvent): void {
    if (moveInRows(event)) event.preventDefault();
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-4);
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }

      section {
        display: grid;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-4) var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
      }

      h2 {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        font: var(--cmw-type-title);
      }

      .count {
        min-inline-size: 1.5rem;
        padding: 0 var(--cmw-space-2);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
        text-align: center;
        font-variant-numeric: tabular-nums;
      }

      ul {
        max-block-size: 28rem;
        overflow-y: auto;
        scrollbar-width: thin;
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--cmw-space-3);
        min-block-size: 3.25rem;
        padding-block: var(--cmw-space-2);
        border-block-start: 1px solid var(--cmw-line);
      }

      li:first-child {
        border-block-start: 0;
      }

      .sign {
        color: var(--cmw-quiet);
      }

      .connected .sign {
        color: var(--cmw-live);
      }

      .queued .sign,
      .queued .time {
        color: var(--cmw-warn);
      }

      .open .sign,
      .open .became {
        color: var(--cmw-bad);
      }

      .returned .became {
        color: var(--cmw-live);
      }

      .who {
        display: grid;
        min-inline-size: 0;
      }

      .who a {
        inline-size: fit-content;
        color: var(--cmw-text);
        font: var(--cmw-type-strong);
        text-decoration: none;
      }

      .who a:hover {
        text-decoration: underline;
      }

      .quiet,
      .none {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .became {
        font: var(--cmw-type-label);
      }

      .time {
        font: var(--cmw-type-label);
        font-variant-numeric: tabular-nums;
      }

      @media (width < 40rem) {
        section {
          padding-inline: var(--cmw-space-4);
        }
      }
    `,
  ];
}

function signOf(direction: Direction): unknown {
  return direction === 'internal' ? icons.internal(18) : direction === 'in' ? icons.incoming(18) : icons.outgoing(18);
}
