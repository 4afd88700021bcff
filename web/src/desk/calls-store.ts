import type { ApiClient } from '../api/api-client.js';
import { type ApiError, failureOf } from '../api/api-error.js';
import { Observable } from '../api/observable.js';
import type { Call, PopUp } from '../api/types.js';
import { startOfDay } from '../i18n/format.js';
import { keyOf } from '../pop-ups/pop-up-store.js';

type Edge = Pick<ApiClient, 'calls' | 'now'>;

/** Today's calls, newest first, a page at a time; what a pop-up tells is shown at once. */
export class CallsStore extends Observable {
  #calls = new Map<string, Call>();
  #next: string | undefined;
  #from: Date | undefined;
  #readings = 0;
  // What the pop-ups told while a reading was under way, which may not know it.
  #told: PopUp[] = [];

  /** False until the first page is in. */
  loaded = false;
  loadingMore = false;
  error: ApiError | undefined;
  timeZone = 'America/Costa_Rica';

  /** `wants` says which of the calls that the pop-ups tell belong into this list. */
  constructor(
    private readonly api: Edge,
    private readonly wants: (call: PopUp) => boolean = () => true,
  ) {
    super();
  }

  get calls(): readonly Call[] {
    return [...this.#calls.values()].sort(
      (a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt) || keyOf(a).localeCompare(keyOf(b)),
    );
  }

  get more(): boolean {
    return this.#next !== undefined;
  }

  /** Reads the first page again. */
  async read(): Promise<void> {
    const reading = ++this.#readings;
    const from = startOfDay(this.api.now(), this.timeZone);
    this.#told = [];
    try {
      const page = await this.api.calls({ from });
      if (reading !== this.#readings) return;
      // What was read of the later pages stays where the new first page reaches it; else there would be a gap between.
      const sameDay = from.getTime() === this.#from?.getTime();
      if (!sameDay || !page.next || !page.items.some((call) => this.#calls.has(keyOf(call)))) {
        this.#calls.clear();
        this.#next = page.next ?? undefined;
      }

      this.#from = from;
      for (const call of page.items) this.#calls.set(keyOf(call), call);
      for (const popUp of this.#told) this.#merge(popUp);
      this.loaded = true;
      this.error = undefined;
    } catch (error) {
      if (reading !== this.#readings) return;
      this.error = failureOf(error);
    }

    this.changed();
  }

  async readMore(): Promise<void> {
    if (!this.#from || !this.#next || this.loadingMore) return;
    const reading = this.#readings;
    this.loadingMore = true;
    this.changed();
    try {
      const page = await this.api.calls({ from: this.#from, next: this.#next });
      if (reading !== this.#readings) return;
      for (const call of page.items) this.#calls.set(keyOf(call), call);
      this.#next = page.next ?? undefined;
      this.error = undefined;
    } catch (error) {
      this.error = failureOf(error);
    } finally {
      this.loadingMore = false;
      this.changed();
    }
  }

  /** A pop-up came or changed: its call is the same one. */
  tell(popUp: PopUp): void {
    if (!this.wants(popUp)) return;
    this.#told.push(popUp);
    if (!this.loaded) return;
    this.#merge(popUp);
    this.changed();
  }

  /** True once the account's day is another than the one shown. */
  get stale(): boolean {
    return this.#from !== undefined && startOfDay(this.api.now(), this.timeZone).getTime() !== this.#from.getTime();
  }

  clear(): void {
    this.#readings++;
    this.#calls.clear();
    this.#next = undefined;
    this.#from = undefined;
    this.loaded = false;
    this.error = undefined;
    this.changed();
  }

  #merge(popUp: PopUp): void {
    const key = keyOf(popUp);
    const known = this.#calls.get(key);
    if (known?.state === 'ended' && popUp.state !== 'ended') return;
    // What has no value is left out, so that nothing of the older state may show through.
    const { agentName, cost, currency, contactName, contactId, outcome } = known ?? {};
    this.#calls.set(key, {
      agentName,
      cost,
      currency,
      outcome,
      contactName: popUp.contactId === contactId ? contactName : undefined,
      ...popUp,
    });
  }
}
