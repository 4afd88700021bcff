import type { ApiClient } from '../api/api-client.js';
import type { Outcome } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { currentLocale } from '../i18n/locale.js';

/** The possible results of a call, in this office's words. */
export class OutcomesStore extends Observable {
  items: readonly Outcome[] = [];
  #reading: Promise<void> | undefined;

  constructor(private readonly api: Pick<ApiClient, 'outcomes'>) {
    super();
  }

  /** The outcomes that an agent can choose. */
  get active(): readonly Outcome[] {
    return this.items.filter((outcome) => outcome.active);
  }

  find(code: string): Outcome | undefined {
    return this.items.find((outcome) => outcome.code === code);
  }

  label(code: string): string {
    const outcome = this.find(code);
    return outcome ? outcome[currentLocale()] : code;
  }

  /** Reads the outcomes once, and again after a failure. */
  read(): Promise<void> {
    this.#reading ??= this.api
      .outcomes()
      .then((items) => {
        this.items = items;
        this.changed();
      })
      .catch(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  /** Reads them again: an administrator may have changed them. */
  refresh(): void {
    this.#reading = undefined;
    void this.read();
  }
}
