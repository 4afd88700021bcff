import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { FollowUp, Page } from '../api/types.js';
import { Paged } from '../base/paged.js';
import { hasPersonOf } from '../calls/person-of.js';
import { startOfDay } from '../i18n/format.js';

export type Due = 'overdue' | 'today' | 'later';

const day = 86_400_000;

/** The agent's open follow-ups, the earliest first. */
export class FollowUpsStore extends Paged<FollowUp> {
  #items: readonly FollowUp[] = [];
  readonly #closing = new Set<string>();
  readonly #refused = new Map<string, ApiError>();

  /** The one that was to be closed last, where it was not there any more: somebody else has it now, or nobody. */
  gone: FollowUp | undefined;
  /** Called with the id of one that was closed here. */
  onClosed: (followUpId: string) => void = () => {};

  constructor(private readonly api: Pick<ApiClient, 'followUps' | 'closeFollowUp'>) {
    super();
  }

  get open(): readonly FollowUp[] {
    return this.#items.filter((item) => !this.#closing.has(item.followUpId));
  }

  /** Those of a contact, by its id and by the ids of contacts that were merged into it. */
  forContact(...contactIds: readonly string[]): readonly FollowUp[] {
    return this.open.filter(({ contactId }) => contactId !== undefined && contactIds.includes(contactId));
  }

  refusal(item: FollowUp): ApiError | undefined {
    return this.#refused.get(item.followUpId);
  }

  protected override ask(next: string | undefined): Promise<Page<FollowUp>> {
    return this.api.followUps(next);
  }

  protected override takeFirst(page: Page<FollowUp>): boolean {
    this.#items = page.items;
    // What is in the list after all is not said to be gone.
    if (this.gone && hasPersonOf(this.gone, page.items)) this.gone = undefined;
    return true;
  }

  protected override takeMore(page: Page<FollowUp>): void {
    this.#items = [...this.#items, ...page.items];
  }

  /** Marks it as done. It disappears at once, and comes back if the server refuses. */
  async close(item: FollowUp): Promise<void> {
    const { followUpId } = item;
    this.#closing.add(followUpId);
    this.#refused.delete(followUpId);
    this.gone = undefined;
    this.changed();
    try {
      await this.api.closeFollowUp(followUpId);
      this.#leave(followUpId);
    } catch (error) {
      const refusal = asApiError(error);
      if (refusal.status === 404) {
        this.gone = item;
        this.#leave(followUpId);
      } else {
        this.#refused.set(followUpId, refusal);
      }
    } finally {
      this.#closing.delete(followUpId);
      this.changed();
    }
  }

  /** It was closed in another list. */
  forgetOne(followUpId: string): void {
    this.#items = this.#items.filter((other) => other.followUpId !== followUpId);
    this.changed();
  }

  #leave(followUpId: string): void {
    this.forgetOne(followUpId);
    this.onClosed(followUpId);
  }

  protected override forget(): void {
    this.#items = [];
    this.gone = undefined;
    this.#refused.clear();
  }
}

export function dueOf(item: FollowUp, now: number, timeZone: string): Due {
  const at = Date.parse(item.dueAt);
  if (at <= now) return 'overdue';
  // Noon a day later is in the next day, even if the clock changes.
  return at < startOfDay(startOfDay(now, timeZone).getTime() + 1.5 * day, timeZone).getTime() ? 'today' : 'later';
}
