import { asApiError } from '../api/api-error.js';
import type { Saving } from './saving.js';

/** How rules are read and written, and what of them is typed. */
export interface RulesEdge<Stored, Typed> {
  readonly read: () => Promise<Stored>;
  readonly write: (typed: Typed, etag: string | undefined) => Promise<Stored>;
  readonly typedOf: (stored: Stored) => Typed;
  /** What was typed while it was sent, with the codes that new rows were stored with: these don't change. */
  readonly keepCodes?: (typed: Typed, stored: Typed) => Typed;
}

/** Rules that all administrators share: as they stand, as they are typed, and as another has stored them meanwhile. */
export class SharedRules<Stored extends { readonly etag?: string }, Typed> {
  #typed: Typed | undefined;
  #unchanged = '';
  /** True where rows got other places while they were sent: a place does not say then which row is stored there. */
  #isRearranged = false;

  /** What was read or saved last. */
  stands: Stored | undefined;
  /** What another has stored since then; set where a change was refused for it. */
  theirs: Stored | undefined;

  constructor(
    private readonly saving: Saving,
    private readonly edge: RulesEdge<Stored, Typed>,
  ) {}

  /** What is on the screen; only once something was read. */
  get typed(): Typed {
    return this.#typed as Typed;
  }

  get isDirty(): boolean {
    return this.stands !== undefined && JSON.stringify(this.#typed) !== this.#unchanged;
  }

  change(typed: Typed): void {
    this.#typed = typed;
    this.saving.typed();
  }

  /** Changes what is typed so that rows have other places. */
  rearrange(typed: Typed): void {
    this.#typed = typed;
    this.#isRearranged = true;
    this.theirs = undefined;
    this.saving.rearranged();
  }

  readonly read = (): Promise<boolean> => this.saving.ask(async () => this.#take(await this.edge.read()));

  readonly save = async (): Promise<void> => {
    const { stands } = this;
    if (!stands) return;
    await this.saving.save(async () => {
      try {
        const sent = this.typed;
        this.#isRearranged = false;
        const stored = await this.edge.write(sent, stands.etag);
        const { typed } = this;
        this.#take(stored);
        // What was typed while it was sent is still to be saved.
        if (typed === sent) return;
        this.#typed = (!this.#isRearranged && this.edge.keepCodes?.(typed, this.#typed as Typed)) || typed;
      } catch (error) {
        // What the other has changed is shown before either version is chosen.
        if (asApiError(error).status === 412) this.theirs = await this.edge.read().catch(() => undefined);
        throw error;
      }
    });
  };

  /** Saves one's own version in the place of the other's. */
  readonly keepMine = async (): Promise<void> => {
    const read = await this.saving.ask(async () => {
      this.stands = this.theirs ?? (await this.edge.read());
      this.theirs = undefined;
    });
    if (read) await this.save();
  };

  /** Takes the other's version in the place of one's own. */
  readonly useTheirs = async (): Promise<void> => {
    await this.read();
  };

  #take(stored: Stored): void {
    this.stands = stored;
    this.theirs = undefined;
    this.#typed = this.edge.typedOf(stored);
    this.#unchanged = JSON.stringify(this.#typed);
  }
}
