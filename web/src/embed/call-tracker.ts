import type { Call, CallKey, PopUp } from '../api/types.js';
import { keyOf } from '../calls/call-key.js';
import { compareVersions } from '../calls/call-order.js';
import type { EmbedCall, EmbedContact, EmbedEvents } from './embed-types.js';

type Told = 'call-started' | 'call-answered' | 'contact-chosen' | 'call-ended';

export type TellCall = <Name extends Told>(name: Name, detail: EmbedEvents[Name]) => void;

interface Known {
  readonly stage: number;
  readonly contactId: string | undefined;
  /** The latest that was seen of it. */
  readonly revision: number;
  /** The call as it was when it left the agent's phone: it may come back. */
  readonly left?: PopUp;
  /** The call as it was seen last, where it was over from the first and the page was told nothing of it. */
  readonly untold?: PopUp;
}

const stages = ['ringing', 'connected', 'ended'];
/** Calls that are long over are forgotten. */
const most = 500;
/** Some operators tell that a phone has stopped before they tell which other one has answered. */
const takerMs = 2_000;

/**
 * What the page is told of calls. Messages and readings come twice and late, and each event is told once: a call only
 * goes forward. A call that was over before the phone was there is none.
 */
export class CallTracker {
  readonly #known = new Map<string, Known>();

  /** Whoever took a call is read of the call itself: no message tells it once its pop-up is closed. */
  constructor(
    private readonly tell: TellCall,
    private readonly read: (call: CallKey) => Promise<Call>,
  ) {}

  /**
   * `isNew` says that it has come to the agent just now, however far it has gone meanwhile. What says so may come after
   * the call's end.
   */
  see(seen: PopUp, isNew = false): void {
    const key = keyOf(seen);
    const known = this.#known.get(key);
    const untold = known ? known.untold : seen.state === 'ended' ? seen : undefined;
    const revision = seen.revision ?? 0;
    const left = known?.left;
    const isLater = left !== undefined && revision > (left.revision ?? Number.POSITIVE_INFINITY);
    // A card that the agent writes on stays with what the phone's stop has told: who took the call is still being read.
    if (left && !isLater && known?.stage !== 2) return;
    const isBack = isLater && (known?.stage !== 2 || (isNew && seen.state !== 'ended'));
    const before = untold || (isBack && known?.stage === 2) ? undefined : known;
    const popUp = untold && compareVersions(untold, seen) > 0 ? untold : seen;
    const stage = Math.max(stages.indexOf(popUp.state), before?.stage ?? -1);
    const isTold = isNew || !untold || popUp.state !== 'ended';
    this.#known.set(key, {
      stage,
      contactId: popUp.contactId ?? before?.contactId,
      revision: Math.max(revision, known?.revision ?? 0),
      ...(left && !isBack ? { left } : {}),
      ...(isTold ? {} : { untold: popUp }),
    });
    for (const oldest of this.#known.keys()) if (this.#known.size > most) this.#known.delete(oldest);
    if (!isTold) return;
    const call = callOf(popUp);
    if (!before) this.tell('call-started', call);
    if (stage > 0 && (before?.stage ?? 0) === 0 && popUp.connectedAt) this.tell('call-answered', call);
    if (before && popUp.contactId && popUp.contactId !== before.contactId && call.contact)
      this.tell('contact-chosen', { ...call, contact: call.contact });
    if (stage === 2 && before?.stage !== 2) this.tell('call-ended', call);
  }

  /**
   * The pop-up was closed: a colleague took the call, or the agent's phone has stopped and others ring on, or the agent
   * is done with it. Only the last is no end of it.
   */
  closed(popUp: PopUp): void {
    const key = keyOf(popUp);
    const known = this.#known.get(key);
    if (popUp.answeredBy) this.#end(popUp);
    else if (popUp.state === 'ended' && known && known.stage !== 2) {
      this.#known.set(key, { ...known, left: popUp });
      setTimeout(() => void this.#leave(popUp), takerMs);
    }
  }

  async #leave(popUp: PopUp): Promise<void> {
    const isOut = (): boolean => this.#known.get(keyOf(popUp))?.left === popUp;
    const call = isOut() ? await this.read(popUp).catch(() => undefined) : undefined;
    if (isOut()) this.#end({ ...popUp, answeredBy: call?.answeredBy });
  }

  #end(popUp: PopUp): void {
    const key = keyOf(popUp);
    const known = this.#known.get(key);
    const { answeredBy, revision = Number.POSITIVE_INFINITY } = popUp;
    // It may have come to the agent again since.
    if (!known || known.stage === 2 || known.revision > revision) return;
    this.#known.set(key, { ...known, stage: 2, left: popUp });
    this.tell('call-ended', { ...callOf(popUp), ...(answeredBy ? { answeredBy } : {}) });
  }

  clear(): void {
    this.#known.clear();
  }
}

/** Only what is promised to the page: what else a pop-up has may change. */
export function callOf(popUp: PopUp): EmbedCall {
  const { account, callId, direction, number, endpointId, startedAt } = popUp;
  const { connectedAt, endedAt, durationSeconds, dialId } = popUp;
  const contact = contactOf(popUp);
  return {
    account,
    callId,
    direction,
    number,
    startedAt,
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(connectedAt === undefined ? {} : { connectedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(dialId === undefined ? {} : { dialId }),
    ...(contact ? { contact } : {}),
  };
}

function contactOf({ contactId, candidates }: PopUp): EmbedContact | undefined {
  if (!contactId) return undefined;
  const found = candidates.find((candidate) => candidate.contactId === contactId);
  return { contactId, ...(found?.name ? { name: found.name } : {}) };
}
