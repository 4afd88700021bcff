import type { ApiClient } from '../api/api-client.js';
import type { Call, Page, PopUp } from '../api/types.js';
import { Paged } from '../base/paged.js';
import { startOfDay } from '../i18n/format.js';
import { keyOf } from './call-key.js';

type Edge = Pick<ApiClient, 'calls' | 'now'>;

const dayMs = 86_400_000;

/** The calls of today, or of the last days, newest first, a page at a time; what a pop-up tells is shown at once. */
export class CallsStore extends Paged<Call> {
  #calls = new Map<string, Call>();
  #from: Date | undefined;
  #asked: Date | undefined;
  // What the pop-ups told while a reading was under way, which may not know it.
  #told: PopUp[] = [];

  timeZone = 'America/Costa_Rica';

  /** `wants` says which of the calls that the pop-ups tell belong into this list. */
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
    if (next && this.#from) return this.api.calls({ from: this.#from, next });
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
    for (const popUp of this.#told) this.#merge(popUp);
    return begins;
  }

  protected override takeMore(page: Page<Call>): void {
    for (const call of page.items) this.#calls.set(keyOf(call), call);
  }

  /** A pop-up came or changed: its call is the same one. */
  tell(popUp: PopUp): void {
    // What is in the list goes on there.
    if (!this.wants(popUp) && !this.#calls.has(keyOf(popUp))) return;
    if (this.reading) this.#told.push(popUp);
    if (!this.loaded) return;
    this.#merge(popUp);
    this.changed();
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
