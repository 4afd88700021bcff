import type { LitElement, ReactiveController } from 'lit';
import { type ApiError, asApiError } from '../api/api-error.js';

/** What becomes of an editor's requests: whether one is under way, whether it was saved, and why it was refused. */
export class Saving implements ReactiveController {
  readonly #drawn = new Set<string>();

  error: ApiError | undefined;
  saved = false;
  busy = false;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostUpdate(): void {
    this.#drawn.clear();
  }

  /** What the API finds wrong in a drawn field. Of several names the first with a fault counts. */
  fault(...names: string[]): string {
    for (const name of names) this.#drawn.add(name);
    return names.map((name) => this.error?.fieldError(name)).find(Boolean) ?? '';
  }

  /**
   * What the API finds wrong in fields that are not drawn; undefined where it names no field at all.
   * It is known only after the fields have asked for their faults in the same drawing.
   */
  get otherFaults(): readonly string[] | undefined {
    const { errors } = this.error?.problem ?? {};
    const names = Object.keys(errors ?? {});
    if (names.length === 0) return undefined;
    return names.filter((name) => !this.#drawn.has(name)).map((name) => this.error?.fieldError(name) ?? '');
  }

  /** To be called where something was typed: what is on the screen is no longer what was saved. */
  typed(): void {
    this.saved = false;
    this.host.requestUpdate();
  }

  /** To be called where rows change places: the faults name the old places. */
  rearranged(): void {
    this.error = undefined;
    this.typed();
  }

  /** Runs a request, and keeps why it was refused. It never throws. */
  async ask(run: () => Promise<void>): Promise<boolean> {
    this.typed();
    try {
      await run();
      this.error = undefined;
    } catch (error) {
      this.error = asApiError(error);
    }
    this.host.requestUpdate();
    return this.error === undefined;
  }

  /** Saves, unless it does so already. Where it is refused, what is to be done about it gets the focus. */
  async save(run: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const done = await this.ask(run);
    this.busy = false;
    this.saved = done;
    this.host.requestUpdate();
    await this.host.updateComplete;
    if (!done) this.host.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], .problem button')?.focus();
  }
}
