import { type ApiError, asApiError, failureOf } from '../api/api-error.js';
import type { CampaignCard, CampaignWork } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { Observable } from '../base/observable.js';
import type { Dialler } from '../dial/dialler.js';
import type { PopUpStore } from '../pop-ups/pop-up-store.js';

/** A card is the agent's for five minutes, which each reading renews. */
const renewMs = 60_000;

/**
 * An agent's work at campaigns: one card at a time. The next is asked for when the call of the one before is over and
 * its card on the screen is closed.
 */
export class WorkStore extends Observable {
  readonly #dials = new Set<string>();
  #readings = 0;
  #askedAt = 0;
  #wasAtWork = false;
  #isSpent = false;

  work: CampaignWork | undefined;
  error: ApiError | undefined;
  /** Why the card could not be put back. */
  refusal: ApiError | undefined;
  skipping = false;

  constructor(
    private readonly api: Pick<CampaignsApi, 'work' | 'skip'>,
    private readonly dialler: Dialler,
    private readonly popUps: PopUpStore,
    private readonly clock: () => number = () => performance.now(),
  ) {
    super();
  }

  /** Undefined where there is none, and after a call until the next one is known: who was called is not next again. */
  get card(): CampaignCard | undefined {
    return this.#isSpent ? undefined : this.work?.card;
  }

  /** True until it is known whom to call, or that there is nobody. */
  get waits(): boolean {
    return this.work === undefined || this.#isSpent;
  }

  /** True while a call is asked for, goes on, or waits for its outcome. */
  get isAtWork(): boolean {
    const { current } = this.dialler;
    const isAsked = current !== undefined && !current.error && !isOver(current.dial?.state);
    return (
      isAsked ||
      this.popUps.open.some(
        ({ state, dialId }) => state !== 'ended' || (dialId !== undefined && this.#dials.has(dialId)),
      )
    );
  }

  /** Follows what the agent is at, and asks for the next card when they are done. */
  follow(): void {
    const { current } = this.dialler;
    if (current?.click.campaignId && current.dial) this.#dials.add(current.dial.dialId);
    const { isAtWork } = this;
    const isDone = this.#wasAtWork && !isAtWork;
    this.#wasAtWork = isAtWork;
    // From the beginning of the call on: no card of before it is drawn in the moment in which the call goes.
    if (isAtWork) this.#isSpent = true;
    if (isDone) void this.read();
    this.changed();
  }

  /** Asks for a card where there is none, and renews the one that there is. */
  async keep(): Promise<void> {
    if (this.isAtWork) return;
    if (!this.card || this.clock() - this.#askedAt >= renewMs) await this.read();
  }

  /** It never throws: a failure is in `error`, and what was read before stays. */
  async read(): Promise<void> {
    const reading = ++this.#readings;
    this.#askedAt = this.clock();
    try {
      const work = await this.api.work();
      if (reading !== this.#readings) return;
      this.work = work;
      this.#isSpent = this.isAtWork;
      this.error = undefined;
    } catch (error) {
      if (reading !== this.#readings) return;
      this.error = failureOf(error);
    }

    this.changed();
  }

  /** Puts the card back, and asks for another one. */
  async skip(until?: string): Promise<void> {
    const { card } = this;
    if (!card || this.skipping || this.isAtWork) return;
    this.skipping = true;
    this.refusal = undefined;
    this.changed();
    try {
      await this.api.skip(card.campaignId, card.entryId, until);
      await this.read();
    } catch (error) {
      this.refusal = asApiError(error);
      // It is not this agent's any more.
      if (this.refusal.status === 404) await this.read();
    }
    this.skipping = false;
    this.changed();
  }
}

/** True for a dial that led to no call that the agent would still be at. */
const isOver = (state: string | undefined): boolean => state === 'refused' || state === 'unknown' || state === 'ended';
