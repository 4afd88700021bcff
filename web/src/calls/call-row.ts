import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/types.js';
import { callAddress } from '../base/addresses.js';
import * as icons from '../design/icons.js';
import type { Click } from '../dial/dialler.js';
import { clockTime, dayAndTime, duration, elapsed, startOfDay, when } from '../i18n/format.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { directionIcon } from './call-icons.js';
import {
  agentWords,
  directionWords,
  isToReturn,
  possible,
  stateWords,
  takeOffWords,
  tiedName,
  whoWords,
} from './call-words.js';

/** What the rows of a list of calls are drawn from. */
export interface RowContext {
  readonly now: number;
  readonly timeZone: string;
  readonly outcomes: OutcomesStore;
  /** True for who sees the calls of the team: each row says whose it is. */
  readonly team: boolean;
  /** True for who has a phone to call from. */
  readonly dials: boolean;
  open(call: Call): void;
  dial(click: Click): void;
  /** Takes a call off the list; none where the list is a history. */
  readonly takeOff?: ((call: Call) => void) | undefined;
}

/** A call of a list: who, how it went, and to call back or to take it off the list. */
export function callRow(context: RowContext, call: Call): TemplateResult {
  const { now, timeZone, outcomes, team, dials, open } = context;
  const started = Date.parse(call.startedAt);
  const clock = clockTime(started, timeZone);
  const hint = possible(call);
  const number = tiedName(call) || call.colleague ? call.number.display : '';
  const details = [
    number ? html`<span class="number">${number}</span>` : undefined,
    hint ? msg(str`posible: ${hint.name}`) : undefined,
    call.match === 'many' && !tiedName(call) && !call.ignored ? msg('varios contactos') : undefined,
    call.noted ? stateWords(call) : undefined,
  ].filter((detail) => detail);
  const outcome = html`<span class="outcome">${outcomeOf(call)}${runningTime(call, now)}</span>`;
  // Words with somebody's name need a line of their own: beside who the call was with, they would leave it no room.
  const names = call.answeredBy ?? call.returned?.agentName;
  return html`
    <li class=${`${call.state} ${isToReturn(call) ? 'missed' : ''}`}>
      <span class="direction">${directionIcon(call)}<span class="visually-hidden">${directionWords(call.direction)}</span></span>
      <span class="text">
        <span class="main">
          <button class="who" aria-label=${msg(str`Abrir la llamada: ${whoWords(call)}`)} @click=${() => open(call)}>
            ${whoWords(call)}
          </button>
          ${details.length > 0 ? html`<span class="detail">${details.map((detail, place) => [place > 0 ? ' · ' : '', detail])}</span>` : nothing}
        </span>
        ${team ? html`<span class="agent">${agentWords(call)}</span>` : nothing}
        <span class="side">
          <a class="when" tabindex="-1" href=${callAddress(call)} title=${msg(str`Ver la llamada de las ${clock}`)}>
            <time datetime=${call.startedAt}>
              ${started < startOfDay(now, timeZone).getTime() ? dayAndTime(started, timeZone) : when(started, now, timeZone)}
            </time>
          </a>
          ${names ? nothing : outcome}
          ${call.outcome ? html`<span class="result">${outcomes.label(call.outcome)}</span>` : nothing}
        </span>
        ${names ? outcome : nothing}
      </span>
      ${dials ? callBack(context, call) : nothing} ${takeOffButton(context, call)}
    </li>
  `;
}

function takeOffButton({ takeOff, team }: RowContext, call: Call): TemplateResult | typeof nothing {
  if (!takeOff) return nothing;
  const words = takeOffWords(team);
  return html`
    <button
      class="bare icon take-off"
      tabindex="-1"
      aria-label=${`${words}: ${whoWords(call)}`}
      title=${words}
      @click=${() => takeOff(call)}
    >
      ${icons.close(18)}
    </button>
  `;
}

function callBack({ dial }: RowContext, call: Call): TemplateResult {
  const { e164, display } = call.number;
  if (!e164 || call.state !== 'ended') return html`<span class="call-back"></span>`;
  const isOwed = isToReturn(call) && !call.dismissed;
  const words = isOwed ? msg(str`Devolver la llamada a ${whoWords(call)}`) : msg(str`Llamar a ${whoWords(call)}`);
  return html`
    <button
      class="bare icon call-back"
      tabindex="-1"
      aria-label=${words}
      title=${words}
      @click=${() => dial({ number: e164, contactId: call.contactId, who: tiedName(call) ?? display })}
    >
      ${icons.outgoing(18)}
    </button>
  `;
}

/** How long a call goes on. A screen reader must not read it every second. */
const runningTime = (call: Call, now: number): TemplateResult | typeof nothing =>
  call.state === 'ended' || call.answeredBy
    ? nothing
    : html` <span role="timer" aria-live="off">${elapsed(now - Date.parse(call.connectedAt ?? call.startedAt))}</span>`;

/** How it went: who took it in the agent's place, its length, or why it has none. */
export const outcomeOf = (call: Call): string => lengthOf(call) ?? (call.noted ? '' : stateWords(call));

/** Of a call that somebody talked in, how long it was. */
export const lengthOf = (call: Call): string | undefined =>
  call.state === 'ended' && call.connectedAt && call.durationSeconds !== undefined && !call.answeredBy
    ? duration(call.durationSeconds)
    : undefined;
