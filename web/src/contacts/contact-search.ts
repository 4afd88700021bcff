import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Contact } from '../api/types.js';
import { Observable } from '../base/observable.js';

export interface ContactSearchOptions {
  readonly api: Pick<ApiClient, 'contacts'>;
  readonly setTimer?: (run: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
}

const pauseMs = 220;
const leastDigits = 6;

/**
 * Contacts by name, number or document, as one types. Only what was asked last is shown, in whatever order the answers
 * come.
 */
export class ContactSearch extends Observable {
  readonly #options: Required<ContactSearchOptions>;
  #timer: unknown;
  #asked = 0;

  text = '';
  found: readonly Contact[] = [];
  /** The text that {@link found} answers; undefined before the first answer. */
  answered: string | undefined;
  error: ApiError | undefined;

  constructor(options: ContactSearchOptions) {
    super();
    this.#options = {
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      ...options,
    };
  }

  /** True where {@link found} answers what is typed now, and a key may take one of them. */
  get current(): boolean {
    return this.answered === this.text.trim();
  }

  type(text: string): void {
    this.text = text;
    const asked = ++this.#asked;
    this.#options.clearTimer(this.#timer);
    if (text.trim().length < 2) {
      this.found = [];
      this.answered = undefined;
      this.error = undefined;
    } else {
      this.#timer = this.#options.setTimer(() => void this.#ask(text.trim(), asked), pauseMs);
    }

    this.changed();
  }

  async #ask(text: string, asked: number): Promise<void> {
    try {
      // Digits may be a number or a document.
      const digits = text.replace(/\D/g, '').length;
      const isNumber = digits >= leastDigits && !/\p{L}/u.test(text);
      const answers = await Promise.all([
        isNumber ? this.#options.api.contacts('phone', text) : [],
        this.#options.api.contacts('query', text),
      ]);
      if (asked !== this.#asked) return;
      this.found = [...new Map(answers.flat().map((contact) => [contact.contactId, contact])).values()].slice(0, 8);
      this.answered = text;
      this.error = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.found = [];
      this.answered = undefined;
      this.error = asApiError(error);
    }

    this.changed();
  }
}
