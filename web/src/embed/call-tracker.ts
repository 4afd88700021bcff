import type { PopUp } from '../api/types.js';
import { keyOf } from '../calls/call-key.js';
import { compareVersions } from '../calls/call-order.js';
import type { EmbedCall, EmbedContact, EmbedEvents } from './embed-types.js';

type Told = 'call-started' | 'call-answered' | 'contact-chosen' | 'call-ended';

export type TellCall = <Name extends Told>(name: Name, detail: EmbedEvents[Name]) => void;

interface Known {
  readonly stage: number;
  readonly contactId: string | undefined;
  /** The call as it was seen last, where it was over from the first and the page was told nothing of it. */
  readonly untold?: PopUp;
}

const stages = ['ringing', 'connected', 'ended'];
/** Calls that are long over are forgotten. */
const most = 500;

/**
 * What the page is told of calls. Messages and readings come twice and late, and each event is told once: a call only
 * goes forward. A call that was over before the phone was there is none.
 */
export class CallTracker {
  readonly #known = new Map<string, Known>();

  constructor(private readonly tell: TellCall) {}

  /**
   * `isNew` says that it has come to the agent just now, however far it has gone meanwhile. What says so may come after
   * the call's end.
   */
  see(seen: PopUp, isNew = false): void {
    const key = keyOf(seen);
    const known = this.#known.get(key);
    const untold = known ? known.untold : seen.state === 'ended' ? seen : undefined;
    const before = untold ? undefined : known;
    const popUp = untold && compareVersions(untold, seen) > 0 ? untold : seen;
    const stage = Math.max(stages.indexOf(popUp.state), before?.stage ?? -1);
    const isTold = isNew || !untold || popUp.state !== 'ended';
    this.#known.set(key, {
      stage,
      contactId: popUp.contactId ?? before?.contactId,
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

  /** A colleague took a call that rang here too. */
  taken(popUp: PopUp): void {
    const { answeredBy } = popUp;
    const before = this.#known.get(keyOf(popUp));
    if (!answeredBy || !before || before.stage === 2) return;
    this.#known.set(keyOf(popUp), { ...before, stage: 2 });
    this.tell('call-ended', { ...callOf(popUp), answeredBy });
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
