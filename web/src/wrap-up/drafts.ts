import type { ApiClient } from '../api/api-client.js';
import type { Call, CallKey, WrapUp } from '../api/types.js';
import { memory } from '../base/memory.js';
import { Observable } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { WrapUpDraft } from './wrap-up-draft.js';

/** Where a tab tells the others what it has stored on the server. */
export const storedPlace = 'draftStored';

/** The wrap-ups that are being written, one for each call. What is typed outlives the card in which it was typed. */
export class Drafts extends Observable {
  readonly #drafts = new Map<string, WrapUpDraft>();
  /** The versions that other tabs have stored while nobody looked at this one. */
  readonly #heard = new Map<string, string>();
  #held = false;
  /** True while drafts of before a reload wait for the outcomes. */
  #owed = false;

  /** Called after a wrap-up was sent. */
  onSent: (call: CallKey, wrapUp: WrapUp) => void = () => {};

  constructor(
    private readonly api: ApiClient,
    private readonly outcomes: OutcomesStore,
    private readonly timeZone: () => string,
    private readonly agentId: () => string | undefined,
  ) {
    super();
    outcomes.watch(() => this.#owed && outcomes.items.length > 0 && void this.resume());
  }

  /** The calls whose drafts need the agent. */
  get stuck(): readonly Call[] {
    return [...this.#drafts.values()].flatMap((draft) => (draft.needsAgent && draft.call) || []);
  }

  /** The draft of a call, if the agent has looked at it since the page was opened. */
  find(call: CallKey): WrapUpDraft | undefined {
    return this.#drafts.get(keyOf(call));
  }

  get(call: CallKey): WrapUpDraft {
    const key = keyOf(call);
    let draft = this.#drafts.get(key);
    if (!draft) {
      const place = `${this.#places}${key}`;
      draft = new WrapUpDraft({
        api: this.api,
        call: { account: call.account, callId: call.callId },
        outcome: (code) => this.outcomes.find(code),
        fields: () => this.outcomes.fields,
        timeZone: this.timeZone,
        memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
        sent: (wrapUp) => this.onSent(call, wrapUp),
        held: () => this.#held,
        stored: (etag) => memory.tell(storedPlace, JSON.stringify([place, etag])),
      });
      draft.watch(() => this.changed());
      this.#drafts.set(key, draft);
    }

    return draft;
  }

  /**
   * Continues drafts that were stored on this machine before the page was reloaded, even of calls that are no longer on
   * the screen.
   */
  async resume(): Promise<void> {
    this.#owed = false;
    await this.outcomes.read();
    // Without the outcomes, nobody knows which parts a draft shows. They are read again, and then it goes on.
    if (this.outcomes.items.length === 0) {
      this.#owed = true;
      return;
    }

    const places = this.#places;
    for (const place of memory.keys(places)) {
      const [, account, callId] = /^(.*?)\|(.*)$/s.exec(place.slice(places.length)) ?? [];
      if (account === undefined || callId === undefined) continue;
      // Another agent may have signed in meanwhile.
      if (places !== this.#places) return;
      const draft = this.get({ account, callId });
      await draft.load();
      // The call is gone, or no longer the agent's.
      if (draft.state === 'refused' && !draft.call) draft.discard();
    }
  }

  // An agent's id can have points. With a point as separator, one id could be the beginning of another.
  get #places(): string {
    return `draft.${this.agentId() ?? ''}|`;
  }

  /** True while the agent is writing about a call. */
  beingWritten(call: CallKey): boolean {
    return this.#drafts.get(keyOf(call))?.beingWritten === true;
  }

  /** Another tab has stored a version of a draft: `told` is what it wrote at {@link storedPlace}. */
  heard(told: string | null, hidden = document.hidden): void {
    if (!told) return;
    const [place, etag] = JSON.parse(told) as [string?, string?];
    const places = this.#places;
    if (!place?.startsWith(places) || !etag) return;
    this.#heard.set(place.slice(places.length), etag);
    if (!hidden) this.#readHeard();
  }

  #readHeard(): void {
    for (const [key, etag] of this.#heard) void this.#drafts.get(key)?.heard(etag);
    this.#heard.clear();
  }

  /**
   * Reads what stands of these calls, where nothing is being written: a page of another origin, or another machine, may
   * have stored it, of which no tab tells.
   */
  look(calls: readonly CallKey[]): void {
    if (document.hidden) return;
    for (const call of calls) {
      const draft = this.find(call);
      if (draft?.call && !draft.unsaved) void draft.load();
    }
  }

  wake(): void {
    if (!document.hidden) this.#readHeard();
    if (this.#owed) void this.resume();
    for (const draft of this.#drafts.values()) draft.wake();
  }

  /** Sends nothing from now on: the session is over, and whoever signs in next may be another agent. */
  hold(): void {
    this.#held = true;
  }

  /** The same agent is there again. */
  release(): void {
    this.#held = false;
    this.wake();
  }

  /** Stops all drafts, as another agent may sign in. */
  clear(): void {
    for (const draft of this.#drafts.values()) draft.stop();
    this.#drafts.clear();
    this.#heard.clear();
    this.#owed = false;
  }
}
