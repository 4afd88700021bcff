import { type ApiError, failureOf } from '../api/api-error.js';
import type { Page } from '../api/types.js';
import { Observable } from './observable.js';
import { signedInAgain } from './signed-in-again.js';

/**
 * A list that is read in pages. If several readings are under way, the latest first page wins, and pages that follow an
 * older one are dropped.
 */
export abstract class Paged<T> extends Observable {
  #next: string | undefined;
  #readings = 0;
  #underWay = 0;

  /** False until the first page has arrived. */
  loaded = false;
  loadingMore = false;
  error: ApiError | undefined;

  get more(): boolean {
    return this.#next !== undefined;
  }

  /**
   * Reads the first page again; where the session has ended, once more after the sign-in. It never throws: a failure is
   * in `error`.
   */
  async read(): Promise<void> {
    const reading = ++this.#readings;
    this.#underWay++;
    try {
      const page = await this.ask(undefined);
      if (reading !== this.#readings) return;
      if (this.takeFirst(page)) this.#next = page.next ?? undefined;
      this.loaded = true;
      this.error = undefined;
    } catch (error) {
      if (reading !== this.#readings) return;
      this.error = failureOf(error);
      if (!this.error) void signedInAgain().then(() => (reading === this.#readings ? this.read() : undefined));
    } finally {
      this.#underWay--;
    }

    this.changed();
  }

  async readMore(): Promise<void> {
    if (!this.#next || this.loadingMore) return;
    const reading = this.#readings;
    this.loadingMore = true;
    this.changed();
    try {
      const page = await this.ask(this.#next);
      if (reading !== this.#readings) return;
      this.takeMore(page);
      this.#next = page.next ?? undefined;
      this.error = undefined;
    } catch (error) {
      if (reading === this.#readings) this.error = failureOf(error);
    } finally {
      this.loadingMore = false;
      this.changed();
    }
  }

  clear(): void {
    this.#readings++;
    this.#next = undefined;
    this.loaded = false;
    this.error = undefined;
    this.forget();
    this.changed();
  }

  /** True while a first page is being read. */
  get reading(): boolean {
    return this.#underWay > 0;
  }

  protected abstract ask(next: string | undefined): Promise<Page<T>>;

  /** Takes a first page. False if the later pages that were read no longer follow it. */
  protected abstract takeFirst(page: Page<T>): boolean;

  protected abstract takeMore(page: Page<T>): void;

  protected abstract forget(): void;
}
