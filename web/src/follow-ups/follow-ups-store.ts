import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError, failureOf } from '../api/api-error.js';
import { Observable } from '../api/observable.js';
import type { FollowUp } from '../api/types.js';
import { startOfDay } from '../i18n/format.js';

export type Due = 'overdue' | 'today' | 'later';

const day = 86_400_000;

/** The agent's open follow-ups, the earliest first. */
export class FollowUpsStore extends Observable {
  #items: readonly FollowUp[] = [];
  readonly #closing = new Set<string>();
  readonly #refused = new Map<string, ApiError>();
  #next: string | undefined;
  #readings = 0;

  loaded = false;
  error: ApiError | undefined;

  constructor(private readonly api: Pick<ApiClient, 'followUps' | 'closeFollowUp'>) {
    super();
  }

  get open(): readonly FollowUp[] {
    return this.#items.filter((item) => !this.#closing.has(item.followUpId));
  }

  get more(): boolean {
    return this.#next !== undefined;
  }

  ofContact(contactId: string): readonly FollowUp[] {
    return this.open.filter((item) => item.contactId === contactId);
  }

  refusal(item: FollowUp): ApiError | undefined {
    return this.#refused.get(item.followUpId);
  }

  async read(): Promise<void> {
    const reading = ++this.#readings;
    try {
      const page = await this.api.followUps();
      if (reading !== this.#readings) return;
      this.#items = page.items;
      this.#next = page.next ?? undefined;
      this.loaded = true;
      this.error = undefined;
    } catch (error) {
      if (reading !== this.#readings) return;
      this.error = failureOf(error);
    }

    this.changed();
  }

  async readMore(): Promise<void> {
    if (!this.#next) return;
    const reading = this.#readings;
    try {
      const page = await this.api.followUps(this.#next);
      if (reading !== this.#readings) return;
      this.#items = [...this.#items, ...page.items];
      this.#next = page.next ?? undefined;
    } catch (error) {
      this.error = failureOf(error);
    }

    this.changed();
  }

  /** Done: away at once, and back if the server refuses. */
  async close(item: FollowUp): Promise<void> {
    const { followUpId } = item;
    this.#closing.add(followUpId);
    this.#refused.delete(followUpId);
    this.changed();
    try {
      await this.api.closeFollowUp(followUpId);
      this.#items = this.#items.filter((other) => other.followUpId !== followUpId);
    } catch (error) {
      const refusal = asApiError(error);
      if (refusal.status === 404) this.#items = this.#items.filter((other) => other.followUpId !== followUpId);
      else this.#refused.set(followUpId, refusal);
    } finally {
      this.#closing.delete(followUpId);
      this.changed();
    }
  }

  clear(): void {
    this.#readings++;
    this.#items = [];
    this.#refused.clear();
    this.#next = undefined;
    this.loaded = false;
    this.error = undefined;
    this.changed();
  }
}

export function dueOf(item: FollowUp, now: number, timeZone: string): Due {
  const at = Date.parse(item.dueAt);
  if (at <= now) return 'overdue';
  // A day later at noon is in the next day, also where the clock changes.
  return at < startOfDay(startOfDay(now, timeZone).getTime() + 1.5 * day, timeZone).getTime() ? 'today' : 'later';
}
