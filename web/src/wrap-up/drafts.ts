import type { ApiClient } from '../api/api-client.js';
import type { CallKey } from '../api/types.js';
import { keyOf } from '../pop-ups/pop-up-store.js';
import { memory } from '../shell/memory.js';
import type { OutcomesStore } from './outcomes-store.js';
import { WrapUpDraft } from './wrap-up-draft.js';

/** The wrap-ups that are being written, one for each call: what is typed outlives the card that it was typed into. */
export class Drafts {
  readonly #drafts = new Map<string, WrapUpDraft>();

  /** Called after a wrap-up was sent. */
  onSent: (call: CallKey) => void = () => {};

  constructor(
    private readonly api: ApiClient,
    private readonly outcomes: OutcomesStore,
    private readonly timeZone: () => string,
    private readonly agentId: () => string | undefined,
  ) {}

  of(call: CallKey): WrapUpDraft {
    const key = keyOf(call);
    let draft = this.#drafts.get(key);
    if (!draft) {
      const place = `draft.${this.agentId() ?? ''}.${key}`;
      draft = new WrapUpDraft({
        api: this.api,
        call: { account: call.account, callId: call.callId },
        outcome: (code) => this.outcomes.find(code),
        timeZone: this.timeZone,
        memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
        sent: () => this.onSent(call),
      });
      this.#drafts.set(key, draft);
    }

    return draft;
  }

  /** True while the agent writes about a call. */
  beingWritten(call: CallKey): boolean {
    return this.#drafts.get(keyOf(call))?.beingWritten === true;
  }

  wake(): void {
    for (const draft of this.#drafts.values()) draft.wake();
  }

  /** Another agent may sign in. */
  clear(): void {
    for (const draft of this.#drafts.values()) draft.stop();
    this.#drafts.clear();
  }
}
