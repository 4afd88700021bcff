import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ApiError } from '../api/api-error.js';
import type { PopUp } from '../api/types.js';
import { directionIcon } from '../calls/call-icons.js';
import { keyOf } from '../calls/call-key.js';
import { directionWords, isMissed, isToReturn, possible, stateWords, tiedName, whoWords } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { dayAndTime, elapsed, startOfDay, when } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import type { WrapUpDraft } from '../wrap-up/wrap-up-draft.js';

/** What the line of a call is drawn from. */
export interface LineContext {
  readonly now: number;
  readonly timeZone: string;
  /** True for the one line that the tabulator reaches. */
  readonly isStop: boolean;
  readonly draft: WrapUpDraft | undefined;
  readonly refusal: ApiError | undefined;
  open(): void;
  putAway(): void;
}

/** An open call as one line: how it went, with whom, when, and what is left to do. Nothing is read for it. */
export function callLine(
  call: PopUp,
  { now, timeZone, isStop, draft, refusal, open, putAway }: LineContext,
): TemplateResult {
  const who = whoWords(call);
  const words = `${isMissed(call) ? msg('Descartar') : msg('Cerrar')}: ${who}`;
  // The second click of a double click would put away the line that has moved up.
  const once = (event: MouseEvent) => event.detail <= 1 && putAway();
  return html`
    <div class=${`line ${call.state} ${isToReturn(call) ? 'missed' : ''}`}>
      <button
        class="bare open"
        data-call=${keyOf(call)}
        tabindex=${isStop ? 0 : -1}
        aria-expanded="false"
        aria-describedby="line-keys"
        @click=${open}
      >
        <span class="sign">${directionIcon(call)}<span class="visually-hidden">${directionWords(call.direction)}</span></span>
        <span class="with"><span class="name">${who}</span>${besides(call)}</span>
        <span class="how"><span class="state">${stateWords(call, now)}</span> <span class="time">${lineTime(call, now, timeZone)}</span></span>
        <span class="left">${refusal ? plainWords(refusal) : leftWords(call, draft)}</span>
      </button>
      <button class="bare icon away" tabindex="-1" aria-label=${words} title=${words} @click=${once}>
        ${icons.close(18)}
      </button>
    </div>
  `;
}

function besides(call: PopUp): TemplateResult | typeof nothing {
  const hint = possible(call);
  const words = hint ? msg(str`posible: ${hint.name}`) : tiedName(call) || call.colleague ? call.number.display : '';
  return words ? html`<span class="number">${words}</span>` : nothing;
}

/** How long a call goes on, or when it was. */
export function lineTime(call: PopUp, now: number, timeZone: string): TemplateResult | string {
  const started = Date.parse(call.startedAt);
  if (call.state !== 'ended')
    return html`<span role="timer" aria-live="off">${elapsed(now - Date.parse(call.connectedAt ?? call.startedAt))}</span>`;
  return started < startOfDay(now, timeZone).getTime() ? dayAndTime(started, timeZone) : when(started, now, timeZone);
}

/** What the agent has still to do about the call. */
export function leftWords(call: PopUp, draft: WrapUpDraft | undefined): string {
  if (draft?.needsAgent) return msg('Revise lo que escribió');
  if (draft?.isBegun) return msg('Borrador sin terminar');
  if (call.state !== 'ended' || call.returned || call.answeredBy) return '';
  if (call.dismissed) return msg('Quitada de las listas');
  if (isMissed(call)) return msg('Falta devolverla');
  return call.direction === 'internal' || call.ignored ? '' : msg('Falta el resultado');
}

export const callLineStyles = css`
  .line {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: stretch;
    --tone: var(--cmw-quiet);
  }

  .line.missed {
    --tone: var(--cmw-bad);
  }

  .line.ringing {
    --tone: var(--cmw-accent);
  }

  .line.connected {
    --tone: var(--cmw-live);
  }

  .line .open {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto minmax(0, 9.5rem);
    align-items: center;
    gap: 0 var(--cmw-space-3);
    min-block-size: 2.75rem;
    padding: var(--cmw-space-1) var(--cmw-space-2) var(--cmw-space-1) var(--cmw-space-4);
    scroll-margin-block: calc(var(--cmw-header, 4rem) + var(--cmw-space-3));
    border-radius: 0;
    font: var(--cmw-type-body);
    text-align: start;
  }

  .line button:focus-visible {
    outline-offset: -2px;
  }

  .line .away {
    block-size: auto;
    border-radius: 0;
    color: var(--cmw-quiet);
  }

  .sign,
  .line .state {
    color: var(--tone);
  }

  .sign {
    display: grid;
  }

  .with {
    display: flex;
    align-items: baseline;
    gap: var(--cmw-space-2);
    min-inline-size: 0;
    font-variant-numeric: tabular-nums;
  }

  .name {
    font: var(--cmw-type-strong);
    unicode-bidi: isolate;
  }

  .name,
  .number,
  .left {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .number,
  .how,
  .left {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
    font-variant-numeric: tabular-nums;
  }

  .how .time {
    white-space: nowrap;
  }

  .line .state {
    font-weight: 600;
  }

  .left:empty {
    display: none;
  }

  /* What names somebody is long, and leaves nothing to do. */
  .line .open:has(.left:empty) {
    grid-template-columns: auto minmax(0, 1fr) auto;
  }

  .left {
    text-align: end;
  }

  @container (width < 36rem) {
    .line .open {
      grid-template-columns: auto minmax(0, 1fr) auto;
      padding-block: var(--cmw-space-2);
    }

    .sign {
      grid-row: 1 / 3;
    }

    .with {
      grid-column: 2 / 4;
    }

    .how {
      grid-row: 2;
      grid-column: 2;
    }

    .left {
      grid-row: 2;
      grid-column: 3;
    }
  }

  @container (width < 24rem) {
    .with .number {
      display: none;
    }

    .sign {
      grid-row: 1 / 4;
    }

    .how {
      grid-column: 2 / 4;
    }

    .left {
      grid-row: 3;
      grid-column: 2 / 4;
      text-align: start;
    }
  }
`;
