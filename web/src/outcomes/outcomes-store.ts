import type { ApiClient } from '../api/api-client.js';
import type { Outcome } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { currentLocale } from '../i18n/locale.js';

/** What can come of a call, by the words of this office. */
export class OutcomesStore extends Observable {
  items: readonly Outcome[] = [];
  #reading: Promise<void> | undefined;

  constructor(private readonly api: Pick<ApiClient, 'outcomes'>) {
    super();
  }

  /** Those that an agent may choose. */
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

  /** Reads them once; where that failed, again. */
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

  /** An administrator may have changed them meanwhile. */
  refresh(): void {
    this.#reading = undefined;
    void this.read();
  }
}
