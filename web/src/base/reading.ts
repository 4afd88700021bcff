import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type ApiError, failureOf } from '../api/api-error.js';
import { signedInAgain } from './signed-in-again.js';

/** Something that a component reads from the API and shows. Of several readings the latest counts. */
export class Reading<T> {
  #readings = 0;

  value: T | undefined;
  error: ApiError | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & { readonly isConnected?: boolean },
    private readonly ask: () => Promise<T>,
  ) {}

  /**
   * Reads it. It never throws: a failure is in `error`, and what was read before stays. Where the session has ended, it
   * goes on after the sign-in.
   */
  async read(): Promise<void> {
    const reading = ++this.#readings;
    do {
      try {
        const value = await this.ask();
        if (reading === this.#readings) this.take(value);
        return;
      } catch (error) {
        if (reading !== this.#readings) return;
        this.error = failureOf(error);
        this.host.requestUpdate();
      }

      if (this.error) return;
      await signedInAgain();
    } while (reading === this.#readings && this.host.isConnected !== false);
  }

  /** Takes what a change has answered. A reading under way is older. */
  take(value: T): void {
    this.#readings++;
    this.value = value;
    this.error = undefined;
    this.host.requestUpdate();
  }

  /** Forgets what was read of something else. */
  clear(): void {
    this.#readings++;
    this.value = undefined;
    this.error = undefined;
  }
}

/**
 * Reads regularly while it is needed and somebody looks at the page. While an answer is awaited there is no other
 * reading: of several the latest counts, so that answers slower than the beat would never be shown.
 */
export class Repeating implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;
  #waits = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly everyMs: number,
    private readonly needed: () => boolean,
    private readonly run: () => Promise<unknown> | undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => void this.#beat(), this.everyMs);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
  async #beat(): Promise<void> {
    if (document.hidden || this.#waits || !this.needed()) return;
    this.#waits = true;
    try {
      await this.run();
    } finally {
      this.#waits = false;
    }
  }
}
