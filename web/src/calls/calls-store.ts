import type { ApiClient } from '../api/api-client.js';
import type { Call, Page, PopUp } from '../api/types.js';
import { Paged } from '../base/paged.js';
import { startOfDay } from '../i18n/format.js';
import { keyOf } from './call-key.js';
import { compareVersions } from './call-order.js';

type Edge = Pick<ApiClient, 'calls' | 'now'>;

const dayMs = 86_400_000;

/** What was told of a call: by a pop-up, which lacks what only a row has, or by a message to the lists, `whole`. */
interface News {
  readonly call: Call;
  readonly whole: boolean;
}

/** The calls of today, or of the last days, newest first, a page at a time; what messages tell is shown at once. */
export class CallsStore extends Paged<Call> {
  #calls = new Map<string, Call>();
  #from: Date | undefined;
  #asked: Date | undefined;
  // What messages told while a reading was under way, which may not know it.
  #told: News[] = [];

  timeZone = 'America/Costa_Rica';

  /** `wants` says which of the calls that messages tell belong into this list. */
  constructor(
    private readonly api: Edge,
    private readonly wants: (call: PopUp) => boolean = () => true,
    readonly days = 1,
  ) {
    super();
  }

  get calls(): readonly Call[] {
    return [...this.#calls.values()].sort(
      (a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt) || keyOf(a).localeCompare(keyOf(b)),
    );
  }

  protected override ask(next: string | undefined): Promise<Page<Call>> {
    if (next && this.#from) {
      if (!this.reading) this.#told = [];
      return this.api.calls({ from: this.#from, next });
    }

    this.#asked = this.#start();
    this.#told = [];
    return this.api.calls({ from: this.#asked });
  }

  protected override takeFirst(page: Page<Call>): boolean {
    // What was read of the later pages stays where the new first page reaches it; else there would be a gap between.
    const sameDay = this.#asked?.getTime() === this.#from?.getTime();
    const begins = !sameDay || !page.next || !page.items.some((call) => this.#calls.has(keyOf(call)));
    if (begins) this.#calls.clear();
    this.#from = this.#asked;
    for (const call of page.items) this.#calls.set(keyOf(call), call);
    for (const news of this.#told) if (this.#belongs(news, page.next != null)) this.#merge(news);
    return begins;
  }

  protected override takeMore(page: Page<Call>): void {
    for (const call of page.items) this.#calls.set(keyOf(call), call);
    for (const news of this.#told) if (this.#calls.has(keyOf(news.call))) this.#merge(news);
  }

  /** A pop-up came or changed: its call is the same one. */
  tell(popUp: PopUp): void {
    this.#hear([{ call: popUp, whole: false }]);
  }

  /** Calls that changed, each with all that a row shows. */
  tellAll(calls: readonly Call[]): void {
    this.#hear(calls.map((call) => ({ call, whole: true })));
  }

  /** Takes away what no longer belongs here, such as a call that ended where calls go on. */
  tidy(): void {
    const over = [...this.#calls].filter(([, call]) => !this.wants(call));
    for (const [key] of over) this.#calls.delete(key);
    if (over.length > 0) this.changed();
  }

  /** True once the account's day is another than the one shown. */
  get stale(): boolean {
    return this.#from !== undefined && this.#start().getTime() !== this.#from.getTime();
  }

  #start(): Date {
    const today = startOfDay(this.api.now(), this.timeZone);
    // From noon to noon, as a day of a changed clock is longer or shorter.
    return this.days === 1 ? today : startOfDay(today.getTime() + dayMs / 2 - (this.days - 1) * dayMs, this.timeZone);
  }

  protected override forget(): void {
    this.#calls.clear();
    this.#from = undefined;
  }

  #hear(told: readonly News[]): void {
    if (this.reading || this.loadingMore) this.#told.push(...told);
    if (!this.loaded) return;
    const news = told.filter((each) => this.#belongs(each, this.more));
    for (const each of news) this.#merge(each);
    if (news.length > 0) this.changed();
  }

  /**
   * What is in the list goes on there. Of the others those that `wants` takes. An old call changes too: where it is no
   * pop-up of the agent's, it belongs where the list was read.
   */
  #belongs({ call, whole }: News, more: boolean): boolean {
    if (this.#calls.has(keyOf(call))) return true;
    if (call.gone || !this.wants(call)) return false;
    if (!whole) return true;
    const startedAt = Date.parse(call.startedAt);
    if (this.#from && startedAt < this.#from.getTime()) return false;
    return !more || [...this.#calls.values()].some((listed) => Date.parse(listed.startedAt) <= startedAt);
  }

  #merge({ call, whole }: News): void {
    const key = keyOf(call);
    const known = this.#calls.get(key);
    // A message that came late.
    if (known && compareVersions(call, known) < 0) return;
    if (call.gone) {
      this.#calls.delete(key);
      return;
    }

    // What has no value is left out, so that nothing of the older state may show through.
    const { agentName, cost, currency, contactName, contactId, outcome } = known ?? {};
    const ofRow = { agentName, outcome, contactName: call.contactId === contactId ? contactName : undefined };
    this.#calls.set(key, { cost, currency, ...(whole ? {} : ofRow), ...call });
  }
}
