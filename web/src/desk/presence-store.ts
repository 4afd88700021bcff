import { type ApiError, asApiError } from '../api/api-error.js';
import type { Me, PauseReason, Presence } from '../api/types.js';
import { memory } from '../base/memory.js';
import { Observable } from '../base/observable.js';

/** What the other tabs of this machine are told: whose it is, and what it is. */
const toldPlace = 'presence';

/** What presence asks of the API. */
export interface PresenceApi {
  me(): Promise<Me>;
  setPresence(presence: { readonly paused: boolean; readonly reason?: string }): Promise<Presence>;
  pauseReasons(): Promise<{ readonly items: readonly PauseReason[] }>;
}

/** Whether the agent has paused, and for which reasons they can. */
export class PresenceStore extends Observable {
  #agentId = '';
  #changes = 0;
  #hasOpened = false;
  /** What the server has: a change that is refused is taken back to this. */
  #stored: Presence = { paused: false };

  presence: Presence = { paused: false };
  reasons: readonly PauseReason[] = [];
  /** True while a change is on its way. */
  changing = false;
  error: ApiError | undefined;

  constructor(private readonly api: PresenceApi) {
    super();
  }

  /** Takes what the API says of the agent. */
  take({ id, presence }: Me): void {
    this.#agentId = id;
    if (!this.changing && presence && !this.#isOlder(presence)) this.#show(presence);
    this.changed();
  }

  /** The channel is open: what was said while it was not is read. */
  async opened(): Promise<void> {
    if (this.#hasOpened) {
      const me = await this.api.me().catch(() => undefined);
      if (me && me.id === this.#agentId) this.take(me);
    }

    this.#hasOpened = true;
  }

  /** Forgets the agent. What is on its way is nobody's any more. */
  clear(): void {
    this.#changes++;
    this.#agentId = '';
    this.#hasOpened = false;
    this.#show({ paused: false });
    this.changing = false;
    this.error = undefined;
    this.changed();
  }

  /** Follows what other tabs change. Returns a function that stops it. */
  follow(): () => void {
    return memory.watch(toldPlace, (told) => {
      if (!told) return;
      const { agentId, presence } = JSON.parse(told) as { agentId: string; presence: Presence };
      if (agentId !== this.#agentId || this.changing || this.#isOlder(presence)) return;
      this.#show(presence);
      this.changed();
    });
  }

  /** The server says what one of the agent's screens has told it. Messages come in any order. */
  hear(presence: Presence): void {
    if (this.#isOlder(presence)) return;
    this.#stored = presence;
    // The answer to what is on its way here says which of the two is later.
    if (this.changing) return;
    this.presence = presence;
    this.changed();
  }

  /** Reads the reasons, which an administrator may have changed. What was read before stays where it fails. */
  async readReasons(): Promise<void> {
    try {
      this.reasons = (await this.api.pauseReasons()).items;
      this.error = undefined;
    } catch (error) {
      this.error = asApiError(error);
    }

    this.changed();
  }

  /** Pauses for this reason, or comes back. It is shown at once, and taken back where it is refused. */
  async set(paused: boolean, reason?: string): Promise<void> {
    const agentId = this.#agentId;
    const change = ++this.#changes;
    const wanted = { paused, ...(paused && reason ? { reason } : {}) };
    this.presence = wanted;
    this.changing = true;
    this.error = undefined;
    this.changed();
    try {
      const stored = await this.api.setPresence(wanted);
      // Also where another change is on its way: it is what stands if that one is refused.
      if (agentId === this.#agentId && !this.#isOlder(stored)) this.#stored = stored;
      if (change !== this.#changes) return;
      this.presence = this.#stored;
      memory.tell(toldPlace, JSON.stringify({ agentId, presence: this.#stored }));
    } catch (error) {
      if (change !== this.#changes) return;
      this.presence = this.#stored;
      this.error = asApiError(error);
    }

    this.changing = false;
    this.changed();
  }

  /** True for what was said before that which is known. */
  #isOlder({ changedAt }: Presence): boolean {
    const known = this.#stored.changedAt;
    return !!known && !!changedAt && Date.parse(changedAt) < Date.parse(known);
  }

  #show(presence: Presence): void {
    this.presence = presence;
    this.#stored = presence;
  }
}
