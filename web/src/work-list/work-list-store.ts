import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Call, Page, PromiseInput, WorkEntry } from '../api/types.js';
import { Paged } from '../base/paged.js';
import { hasPersonOf, personOf } from '../calls/person-of.js';

/** What an entry is told apart by. */
export const entryKey = (entry: WorkEntry): string =>
  [entry.kind, entry.agentId, entry.account, entry.id ?? entry.callId].join('|');

/** The kinds of entry that a call settles, in the order in which they are shown. */
const toCall: readonly WorkEntry['kind'][] = ['promise', 'followUp', 'missed'];

/** What waits for the agent today, or for the team; what has waited the longest comes first. */
export class WorkListStore extends Paged<WorkEntry> {
  #items: readonly WorkEntry[] = [];
  readonly #doing = new Set<string>();
  readonly #refused = new Map<string, ApiError>();
  readonly #called = new Set<string>();

  /** The entry that was to be done last, where it was not there any more: somebody else has it now, or nobody. */
  gone: WorkEntry | undefined;
  /** True where somebody was to be called and there is nobody. */
  foundNobody = false;
  /** Called with the id of a follow-up that was closed here. */
  onClosed: (followUpId: string) => void = () => {};

  /** `agentId` is whose list it is; undefined for one's own, or the team's. */
  constructor(
    private readonly api: Pick<ApiClient, 'workList' | 'closeFollowUp' | 'decidePromise' | 'call'>,
    private readonly agentId: () => string | undefined = () => undefined,
  ) {
    super();
  }

  get open(): readonly WorkEntry[] {
    return this.#items.filter((entry) => !this.#doing.has(entryKey(entry)));
  }

  refusal(entry: WorkEntry): ApiError | undefined {
    return this.#refused.get(entryKey(entry));
  }

  /**
   * The next entry to call: who did not answer has a turn again once all have been called. Undefined where there is
   * nobody to call.
   */
  get next(): WorkEntry | undefined {
    const entries = toCall
      .flatMap((kind) => this.open.filter((entry) => entry.kind === kind))
      .filter((entry) => entry.number.e164 !== undefined);
    return entries.find((entry) => !this.#called.has(personOf(entry))) ?? entries[0];
  }

  /** Reads the list, as a colleague may have reached the next meanwhile, and gives who is to be called. */
  async readNext(): Promise<WorkEntry | undefined> {
    await this.read();
    const { next } = this;
    // Behind the entries that are read may be somebody.
    this.foundNobody = next === undefined && this.error === undefined && !this.more;
    this.changed();
    return next;
  }

  /** Notes that the entry's person was called. */
  called(entry: WorkEntry): void {
    const person = personOf(entry);
    // The second turn begins.
    if (this.#called.has(person)) this.#called.clear();
    this.#called.add(person);
  }

  /** Marks a follow-up as done. It disappears at once, and comes back if the server refuses. */
  async close(entry: WorkEntry): Promise<void> {
    await this.#do(entry, () => this.api.closeFollowUp(entry.id ?? ''));
    if (!this.#refused.has(entryKey(entry))) this.onClosed(entry.id ?? '');
  }

  /** It was closed in another list. */
  forgetFollowUp(id: string): void {
    this.#items = this.#items.filter((entry) => entry.kind !== 'followUp' || entry.id !== id);
    this.changed();
  }

  /**
   * Says what became of a promise, in the same way. Where somebody else was faster, the refusal says what they said;
   * who then says it again has read that.
   */
  decide(entry: WorkEntry, input: PromiseInput): Promise<void> {
    const etag = this.refusal(entry)?.problem.promise?.etag ?? entry.etag;
    return this.#do(entry, () => this.api.decidePromise(entry.id ?? '', input, etag));
  }

  /** The entry's call, to write about it; undefined where it can't be read: then `refusal` says why. */
  async callOf(entry: WorkEntry): Promise<Call | undefined> {
    this.#refused.delete(entryKey(entry));
    try {
      return await this.api.call(entry);
    } catch (error) {
      this.#refused.set(entryKey(entry), asApiError(error));
      return undefined;
    } finally {
      this.changed();
    }
  }

  protected override ask(next: string | undefined): Promise<Page<WorkEntry>> {
    return this.api.workList(this.agentId(), next);
  }

  protected override takeFirst(page: Page<WorkEntry>): boolean {
    this.#items = page.items;
    // What is in the list after all is not said to be gone.
    if (this.gone && hasPersonOf(this.gone, page.items)) this.gone = undefined;
    return true;
  }

  protected override takeMore(page: Page<WorkEntry>): void {
    this.#items = [...this.#items, ...page.items];
  }

  protected override forget(): void {
    this.#items = [];
    this.gone = undefined;
    this.#refused.clear();
    this.#called.clear();
  }

  async #do(entry: WorkEntry, ask: () => Promise<void>): Promise<void> {
    const key = entryKey(entry);
    this.#doing.add(key);
    this.#refused.delete(key);
    this.gone = undefined;
    this.changed();
    try {
      await ask();
      this.#leave(key);
    } catch (error) {
      const refusal = asApiError(error);
      // A wrap-up that was corrected meanwhile no longer asks for it.
      if (refusal.status === 404) {
        this.gone = entry;
        this.#leave(key);
      } else {
        this.#refused.set(key, refusal);
      }
    } finally {
      this.#doing.delete(key);
      this.changed();
    }
  }

  #leave(key: string): void {
    this.#items = this.#items.filter((entry) => entryKey(entry) !== key);
  }
}
