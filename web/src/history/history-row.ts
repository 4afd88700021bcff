import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { PastCall } from '../api/history-types.js';
import { callAddress } from '../base/addresses.js';
import { directionIcon } from '../calls/call-icons.js';
import { lengthOf, outcomeOf } from '../calls/call-row.js';
import { agentWords, directionWords, isMissed, possible, tiedName, whoWords } from '../calls/call-words.js';
import { actionWords } from '../calls/next-action.js';
import { callButton } from '../dial/call-button.js';
import { money } from '../i18n/format.js';
import { timeWords } from '../i18n/times.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';

/** What the rows of the history are drawn from. */
export interface HistoryRows {
  /** Their component, which asks for calls. */
  readonly host: HTMLElement;
  readonly now: number;
  readonly timeZone: string;
  readonly outcomes: OutcomesStore;
  /** True for who sees the calls of others: each row says whose it is. */
  readonly team: boolean;
  /** True for who has a phone to call from. */
  readonly dials: boolean;
}

/** The names of the columns, for who sees them as columns. */
export const historyHead = (team: boolean): TemplateResult => html`
  <div class="head" aria-hidden="true">
    <span class="at">${msg('Fecha y hora')}</span>
    <span class="who">${msg('Con quién')}</span>
    ${team ? html`<span class="agent">${msg('Agente')}</span>` : nothing}
    <span class="length">${msg('Duración')}</span>
    <span class="outcome">${msg('Resultado')}</span>
    <span class="next">${msg('Próxima acción')}</span>
    <span class="cost">${msg('Costo')}</span>
  </div>
`;

/** A call of the history: a row, or on a narrow page a card of two lines. */
export function historyRow(rows: HistoryRows, call: PastCall): TemplateResult {
  const { now, timeZone, outcomes, team, dials } = rows;
  const hint = possible(call);
  const number = tiedName(call) || call.colleague ? call.number.display : '';
  const detail = number || (hint ? msg(str`posible: ${hint.name}`) : '');
  const went = outcomeOf(call) || (call.noted ? msg('Anotada a mano') : '');
  return html`
    <li class=${`${call.state}${isMissed(call) ? ' missed' : ''}${call.returned ? ' returned' : ''}`}>
      <span class="sign">${directionIcon(call)}<span class="visually-hidden">${directionWords(call.direction)}</span></span>
      <time class="at" datetime=${call.startedAt}>${timeWords(call.startedAt, now, timeZone)}</time>
      <span class="who">
        <a href=${callAddress(call)}>${whoWords(call)}</a>
        ${detail ? html`<span class=${number ? 'number' : 'quiet'}>${detail}</span>` : nothing}
      </span>
      <span class="facts">
        ${team ? html`<span class="agent">${agentWords(call)}</span>` : nothing}
        ${went ? html`<span class="length">${lengthOf(call) ? label(msg('Duración')) : nothing}${went}</span>` : nothing}
        ${call.outcome ? html`<span class="outcome">${outcomes.label(call.outcome)}</span>` : nothing}
        ${nextOf(call, now, timeZone)} ${costOf(call)}
      </span>
      ${dials ? dialButton(rows, call) : nothing}
    </li>
  `;
}

/** What a value is, for who hears the row without its columns. */
const label = (words: string): TemplateResult => html`<span class="visually-hidden">${words}: </span>`;

function nextOf({ nextAction }: PastCall, now: number, timeZone: string): TemplateResult | typeof nothing {
  if (!nextAction) return nothing;
  const { what, due, late } = actionWords(nextAction, now, timeZone);
  return html`<span class=${late ? 'next late' : 'next'} title=${what}>
    <span class="what">${what}</span> <span class="due">${late ? `${late} · ${due}` : due}</span>
  </span>`;
}

function costOf({ cost, currency }: PastCall): TemplateResult | typeof nothing {
  // What cost nothing needs no amount: most missed calls.
  if (!Number(cost)) return nothing;
  return html`<span class="cost">${label(msg('Costo'))}${money(Number(cost), currency ?? 'CRC')}</span>`;
}

function dialButton({ host }: HistoryRows, call: PastCall): TemplateResult {
  const { e164, display } = call.number;
  if (!e164 || call.state !== 'ended') return html`<span class="call"></span>`;
  return callButton(host, { number: e164, contactId: call.contactId, who: tiedName(call) ?? display }, whoWords(call));
}

export const historyRows = css`
  .list {
    container-type: inline-size;
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
    overflow: hidden;
  }

  .list li,
  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto var(--cmw-control);
    align-items: center;
    gap: 0 var(--cmw-space-3);
    min-block-size: 3.75rem;
    padding: var(--cmw-space-2) var(--cmw-space-2) var(--cmw-space-2) var(--cmw-space-4);
    border-block-start: 1px solid var(--cmw-line);
  }

  .list li:first-child {
    border-block-start: 0;
  }

  .list.no-dials li,
  .list.no-dials .head {
    grid-template-columns: auto minmax(0, 1fr) auto;
    padding-inline-end: var(--cmw-space-4);
  }

  .head {
    display: none;
  }

  .sign,
  .at,
  .agent,
  .length,
  .cost,
  .due,
  .who .quiet,
  .who .number {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
    font-variant-numeric: tabular-nums;
  }

  .list .who {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--cmw-space-2);
    min-inline-size: 0;
  }

  .who a {
    max-inline-size: 100%;
    overflow: hidden;
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
    font-variant-numeric: tabular-nums;
    text-decoration: none;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
    white-space: nowrap;
  }

  .who a:hover {
    color: var(--cmw-accent);
    text-decoration: underline;
  }

  .who a:focus-visible {
    outline-offset: 0;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    grid-column: 2 / 4;
    gap: 0 var(--cmw-space-3);
    font: var(--cmw-type-small);
    overflow-wrap: anywhere;
  }

  .list .sign {
    grid-row: 1;
  }

  .list .who {
    grid-area: 1 / 2;
  }

  .list .at {
    grid-area: 1 / 3;
    white-space: nowrap;
  }

  .list .call {
    grid-area: 1 / 4 / 3;
  }

  .list .missed:not(.returned) .sign,
  .list .missed:not(.returned) .length,
  .late .due {
    color: var(--cmw-bad);
    font-weight: 600;
  }

  .ringing .sign,
  .ringing .length {
    color: var(--cmw-accent);
  }

  .connected .sign,
  .connected .length {
    color: var(--cmw-live);
  }

  /* The number is on the call's page. The name has the first line for itself. */
  @container (width < 30rem) {
    .who .number {
      display: none;
    }

    .list .who {
      grid-area: 1 / 2 / 2 / 4;
    }

    .list .at {
      grid-area: 2 / 3;
      align-self: start;
    }

    .list .facts {
      grid-area: 2 / 2;
    }

    .list.team .at {
      grid-area: 2 / 2 / 3 / 4;
    }

    .list.team .facts {
      grid-area: 3 / 2 / 4 / 4;
    }

    .list.team .call {
      grid-row: 1 / 4;
    }

    .who a {
      white-space: normal;
      overflow-wrap: anywhere;
    }
  }

  @container (width >= 52rem) {
    .list .head,
    .list li {
      display: grid;
      grid-template-columns:
        1.25rem 10.25rem minmax(0, 1.3fr) minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.2fr) 5.5rem var(--cmw-control);
    }

    .list.team .head,
    .list.team li {
      grid-template-columns:
        1.25rem 10.25rem minmax(0, 1.3fr) minmax(0, 1fr) minmax(0, 0.9fr) minmax(0, 1fr) minmax(0, 1.2fr) 5.5rem
        var(--cmw-control);
    }

    .list .head {
      min-block-size: 2.25rem;
      border-block: 0 1px solid var(--cmw-line);
      padding-block: 0;
      border-block-end: 1px solid var(--cmw-line);
      background: var(--cmw-sunken);
    }

    .list .head span {
      color: var(--cmw-quiet);
      font: var(--cmw-type-label);
    }

    .facts {
      display: contents;
    }

    .facts > *,
    .list .who > * {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .list .at {
      grid-area: 1 / 2;
    }

    .list .who {
      grid-area: 1 / 3;
      flex-direction: column;
      align-items: start;
      flex-wrap: nowrap;
    }

    .list .length {
      grid-area: 1 / 4;
    }

    .list .outcome {
      grid-area: 1 / 5;
    }

    .list .next {
      display: grid;
      grid-area: 1 / 6;
    }

    .list .cost {
      grid-area: 1 / 7;
      text-align: end;
    }

    .list .call {
      grid-area: 1 / 8;
    }

    .list.team .agent {
      grid-area: 1 / 4;
    }

    .list.team .length {
      grid-area: 1 / 5;
    }

    .list.team .outcome {
      grid-area: 1 / 6;
    }

    .list.team .next {
      grid-area: 1 / 7;
    }

    .list.team .cost {
      grid-area: 1 / 8;
    }

    .list.team .call {
      grid-area: 1 / 9;
    }

    .facts .what {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }
`;
