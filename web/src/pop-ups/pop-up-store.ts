import { type ApiError, asApiError, failureOf } from '../api/api-error.js';
import type { Call, CallKey, ContactInput, PopUp } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import { compareVersions } from '../calls/call-order.js';

const takenMs = 15_000;
/** The API takes no more in one request. */
const mostAtOnce = 100;

interface Card {
  readonly popUp: PopUp;
  /** When the last message or reading about it came, on this store's own count. */
  readonly seen: number;
  /** Opened by the agent, from a list: the server does not list it, and it stays until it is put away. */
  readonly reopened?: boolean;
  /** The call's revision when the server closed it, where it stays on this screen all the same. */
  readonly closedAt?: number | undefined;
  /** True where it was closed as over: so it is for the agent, whoever talks on. */
  readonly over?: boolean;
}

/** That a card was closed. */
interface Closing {
  /** On this store's own count. */
  readonly when: number;
  /** Of the call when it was closed: what has a larger one comes later. */
  readonly revision?: number | undefined;
  /** True where the server has told that revision: all that comes later opens the card again. */
  readonly told?: boolean;
}

interface Edge {
  popUps(): Promise<readonly PopUp[]>;
  acknowledge(popUp: PopUp): Promise<void>;
  dismissCall(popUp: PopUp): Promise<PopUp>;
  dismissCalls(popUps: readonly PopUp[]): Promise<readonly PopUp[]>;
  chooseContact(popUp: PopUp, contact: string | ContactInput): Promise<PopUp>;
  ignoreCall(popUp: PopUp): Promise<PopUp>;
}

/**
 * The open pop-ups. The realtime messages are a hint and may come late, twice or never; what `GET /api/pop-ups` answers
 * is the truth as of the moment that it was asked, so it only yields to what came after that moment.
 */
export class PopUpStore extends Observable {
  readonly #cards = new Map<string, Card>();
  readonly #closed = new Map<string, Closing>();
  readonly #closing = new Set<string>();
  readonly #refused = new Map<string, ApiError>();
  #count = 0;
  #readings = 0;

  /** The last call that a colleague took. */
  taken: PopUp | undefined;
  /** False until the first reading is in. */
  loaded = false;
  error: ApiError | undefined;
  /**
   * Called with each call that is new to this screen, once it is there; not with those that were there when it was
   * opened.
   */
  onArrival: (popUp: PopUp) => void = () => {};
  /** Called with a call that the agent has taken off the lists, as it is then. */
  onTakenOff: (call: PopUp) => void = () => {};
  #arrived: PopUp[] = [];

  /** `busy` says whether the agent is still writing about a call: its card is not taken away under their hands. */
  constructor(
    private readonly api: Edge,
    private readonly busy: (call: CallKey) => boolean = () => false,
  ) {
    super();
  }

  /** The cards to show, the newest call on top. */
  get open(): readonly PopUp[] {
    return [...this.#cards.values()]
      .map((card) => card.popUp)
      .filter((popUp) => !this.#closing.has(keyOf(popUp)))
      .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt) || keyOf(a).localeCompare(keyOf(b)));
  }

  /** Why a card could not be put away, or its contact not be chosen. */
  refusal(popUp: PopUp): ApiError | undefined {
    return this.#refused.get(keyOf(popUp));
  }

  /**
   * A `popUp` or `popUpChanged` message. `rings` says that it is the former: the call is new to the agent, or has come
   * to their phone again.
   */
  show(popUp: PopUp, rings = false): void {
    const key = keyOf(popUp);
    const closed = this.#closed.get(key);
    if (closed) {
      // A call that a colleague took, or that the agent is done with, can come back: it is handed over, or rings again.
      // Until the server has told of the closing, a change may still be of before it.
      if (!(rings || closed.told) || !isLater(popUp, closed)) return;
      this.#closed.delete(key);
    } else if (rings && this.#closing.has(key) && compareVersions(popUp, this.#cards.get(key)?.popUp ?? popUp) > 0) {
      // It rings again while the server is told that the agent is done with the ring before.
      this.#closing.delete(key);
      this.#cards.delete(key);
    }

    this.#put(key, popUp, ++this.#count);
    this.changed();
    this.#tellArrived();
  }

  /** A `popUpClosed` message: acknowledged, on this screen or on another of the agent's, or taken by a colleague. */
  close(popUp: PopUp): void {
    const key = keyOf(popUp);
    const card = this.#cards.get(key);
    // It has come to the agent again since.
    if (card && (card.popUp.revision ?? 0) > (popUp.revision ?? Number.POSITIVE_INFINITY)) return;
    if (card && popUp.answeredBy) this.#tell({ ...card.popUp, answeredBy: popUp.answeredBy });
    const over = popUp.state === 'ended';
    if (card && (card.reopened || this.busy(popUp)))
      this.#cards.set(key, {
        ...card,
        popUp: over || popUp.answeredBy ? popUp : card.popUp,
        reopened: true,
        closedAt: popUp.revision,
        over,
      });
    else this.#drop(key, ++this.#count, popUp.revision);
    this.changed();
  }

  /** Who took a call is said for a while. */
  #tell(taken: PopUp): void {
    this.taken = taken;
    setTimeout(() => {
      if (this.taken !== taken) return;
      this.taken = undefined;
      this.changed();
    }, takenMs);
  }

  /** The agent is done with it: its wrap-up was sent. */
  dismiss(popUp: CallKey): void {
    this.#drop(keyOf(popUp), ++this.#count);
    this.changed();
  }

  /** Shows a call of a list again, to read it and to write about it. */
  reopen(call: Call): void {
    const key = keyOf(call);
    if (this.#cards.has(key)) return;
    this.#cards.set(key, { popUp: call, seen: ++this.#count, reopened: true });
    this.changed();
  }

  /** Shows a call again whose wrap-up was taken back: the server has opened its pop-up again, where it had one. */
  restore(call: Call): void {
    this.#closed.delete(keyOf(call));
    this.reopen(call);
  }

  /** The call on its card; none where it has none. */
  find(call: CallKey): PopUp | undefined {
    return this.#cards.get(keyOf(call))?.popUp;
  }

  /** True where messages come of a call: those that were opened from a list go on with the list. */
  isTold(call: CallKey): boolean {
    const card = this.#cards.get(keyOf(call));
    return card !== undefined && !card.reopened;
  }

  /** A list was read: the calls that were opened from it go on. */
  follow(calls: readonly PopUp[]): void {
    for (const call of calls) {
      const card = this.#cards.get(keyOf(call));
      if (!card?.reopened || compareVersions(call, card.popUp) <= 0) continue;
      // A list shows how far the talk of another has come. For whom it was taken from the call is over.
      const isOver = card.over || (call.answeredBy && card.popUp.state === 'ended');
      const popUp: PopUp = isOver ? { ...call, state: 'ended', connectedAt: card.popUp.connectedAt } : call;
      this.#cards.set(keyOf(call), { ...card, popUp, seen: ++this.#count });
      this.changed();
    }
  }

  /** Reads the open pop-ups again. Never fails: what went wrong is in `error`. */
  async read(): Promise<void> {
    const reading = ++this.#readings;
    const asked = ++this.#count;
    try {
      const items = await this.api.popUps();
      if (reading !== this.#readings) return;
      this.#merge(items, asked);
      if (!this.loaded) this.#arrived = [];
      this.loaded = true;
      this.error = undefined;
    } catch (error) {
      if (reading !== this.#readings) return;
      this.error = failureOf(error);
    }

    this.changed();
    this.#tellArrived();
  }

  /** Puts a card away at once, and takes it back if the server refuses. */
  async acknowledge(popUp: PopUp): Promise<void> {
    const key = keyOf(popUp);
    if (this.#cards.get(key)?.reopened) {
      // It is put away on the server already, or is another agent's.
      this.dismiss(popUp);
      return;
    }

    await this.#putAway(popUp, () => this.api.acknowledge(popUp));
  }

  /**
   * Puts a card away and takes the call off the lists of what goes on and of what was missed; the card may be none.
   * Returns why the server refuses.
   */
  takeOff(popUp: PopUp): Promise<ApiError | undefined> {
    return this.#putAway(popUp, async () => this.onTakenOff(await this.api.dismissCall(popUp)));
  }

  /**
   * The same for several calls. Where a request fails, its cards come back, those that it did put away too until the
   * next reading. Returns why the server refuses.
   */
  async takeOffAll(popUps: readonly PopUp[]): Promise<ApiError | undefined> {
    for (const popUp of popUps) this.#closing.add(keyOf(popUp));
    this.changed();
    try {
      for (let first = 0; first < popUps.length; first += mostAtOnce) {
        const some = popUps.slice(first, first + mostAtOnce);
        const dismissed = await this.api.dismissCalls(some);
        for (const call of dismissed) this.onTakenOff(call);
        for (const key of dismissed.map(keyOf)) if (this.#closing.has(key)) this.#drop(key, ++this.#count);
        // What the answer leaves out may be gone, as another screen was faster.
        if (dismissed.length < some.length) void this.read();
      }

      return undefined;
    } catch (error) {
      void this.read();
      return asApiError(error);
    } finally {
      for (const popUp of popUps) this.#closing.delete(keyOf(popUp));
      this.changed();
    }
  }

  async #putAway(popUp: PopUp, ask: () => Promise<void>): Promise<ApiError | undefined> {
    const key = keyOf(popUp);
    this.#closing.add(key);
    this.#refused.delete(key);
    this.changed();
    try {
      await ask();
      if (this.#closing.has(key)) this.#drop(key, ++this.#count);
    } catch (error) {
      const refusal = asApiError(error);
      // Gone already: another screen was faster.
      if (refusal.status === 404) {
        this.#drop(key, ++this.#count);
      } else {
        if (this.#cards.has(key)) this.#refused.set(key, refusal);
        return refusal;
      }
    } finally {
      this.#closing.delete(key);
      this.changed();
    }

    return undefined;
  }

  /** Ties a call to the contact that the agent says it is with. */
  choose(popUp: PopUp, contactId: string): Promise<void> {
    return this.#decide(popUp, () => this.api.chooseContact(popUp, contactId)).catch(() => {});
  }

  /** Ties a call to a new contact. Throws what the API refuses, for the fields to say it. */
  async create(popUp: PopUp, contact: ContactInput): Promise<void> {
    await this.#decide(popUp, () => this.api.chooseContact(popUp, contact), false);
  }

  /** Says that a call concerns no contact. */
  ignore(popUp: PopUp): Promise<void> {
    return this.#decide(popUp, () => this.api.ignoreCall(popUp)).catch(() => {});
  }

  async #decide(popUp: PopUp, ask: () => Promise<PopUp>, onCard = true): Promise<void> {
    const key = keyOf(popUp);
    this.#refused.delete(key);
    this.changed();
    try {
      const { contactId, candidates, ignored } = await ask();
      const card = this.#cards.get(key);
      // The call may have gone on meanwhile; only the decision is taken from the answer.
      if (card)
        this.#cards.set(key, {
          ...card,
          seen: ++this.#count,
          popUp: decided(card.popUp, contactId, candidates, ignored),
        });
      this.changed();
    } catch (error) {
      if (onCard && this.#cards.has(key)) this.#refused.set(key, asApiError(error));
      this.changed();
      throw error;
    }
  }

  /** Forgets everything: another agent signed in. */
  clear(): void {
    this.#readings++;
    this.#cards.clear();
    this.#closed.clear();
    this.#refused.clear();
    this.taken = undefined;
    this.loaded = false;
    this.error = undefined;
    this.changed();
  }

  #merge(items: readonly PopUp[], asked: number): void {
    const listed = new Set(items.map(keyOf));
    for (const [key, card] of this.#cards) {
      if (listed.has(key) || card.seen >= asked || card.reopened) continue;
      if (this.busy(card.popUp)) this.#cards.set(key, { ...card, reopened: true });
      else this.#drop(key, asked);
    }

    for (const popUp of items) {
      const key = keyOf(popUp);
      if ((this.#closed.get(key)?.when ?? 0) > asked) continue;
      this.#put(key, popUp, asked);
      this.#closed.delete(key);
    }

    // Messages about what was closed before this reading are no longer under way.
    for (const [key, closed] of this.#closed) {
      if (closed.when < asked && this.#closed.size > 200) this.#closed.delete(key);
    }
  }

  /** An older version of a call never replaces a newer one. */
  #put(key: string, popUp: PopUp, seen: number): void {
    const known = this.#cards.get(key);
    if (known) {
      const step = compareVersions(popUp, known.popUp);
      if (step < 0 || (step === 0 && seen < known.seen)) return;
    }

    const closed = this.#closed.get(key);
    const ringsAgain = popUp.state === 'ringing' && (known ? known.popUp.state === 'ended' : isLater(popUp, closed));
    if (ringsAgain || !(known || closed)) this.#arrived.push(popUp);
    this.#cards.set(key, { popUp, seen });
  }

  #tellArrived(): void {
    for (const popUp of this.#arrived.splice(0)) this.onArrival(popUp);
  }

  /** `revision` is that of the call when the server closed it; none where the agent closed it here. */
  #drop(key: string, when: number, revision?: number): void {
    const card = this.#cards.get(key);
    const before = this.#closed.get(key);
    const told = revision ?? card?.closedAt ?? (before?.told ? before.revision : undefined);
    this.#cards.delete(key);
    this.#refused.delete(key);
    this.#closed.set(
      key,
      told === undefined
        ? { when, revision: card?.popUp.revision ?? before?.revision }
        : { when, revision: told, told: true },
    );
  }
}

/** True for a call as it was after the card was closed. */
const isLater = (popUp: PopUp, closed: Closing | undefined): boolean =>
  closed?.revision !== undefined && (popUp.revision ?? 0) > closed.revision;

const decided = (
  popUp: PopUp,
  contactId: string | undefined,
  candidates: PopUp['candidates'],
  ignored: boolean | undefined,
): PopUp => ({ ...popUp, contactId, candidates, ignored });

/**
 * The cards' order: a new one comes on top, but below the card that the agent is at, which must not move under their
 * hands.
 */
export function inPlace(
  before: readonly string[],
  open: readonly string[],
  focused: string | undefined,
): readonly string[] {
  const stay = before.filter((key) => open.includes(key));
  const arrived = open.filter((key) => !before.includes(key));
  const place = focused === undefined ? 0 : stay.indexOf(focused) + 1;
  return [...stay.slice(0, place), ...arrived, ...stay.slice(place)];
}
