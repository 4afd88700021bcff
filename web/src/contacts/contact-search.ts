import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ColleaguePhone, Contact } from '../api/types.js';
import { Observable } from '../base/observable.js';

export interface ContactSearchOptions {
  readonly api: Pick<ApiClient, 'contacts'> & Partial<Pick<ApiClient, 'colleagues'>>;
  /** True while colleagues are looked for as well. */
  readonly withColleagues?: () => boolean;
  readonly setTimer?: (run: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
}

const pauseMs = 220;
const leastDigits = 6;
const mostColleagues = 3;

/**
 * Searches contacts by name, number or document, and colleagues by name or extension, as the agent types. Only the answer to the last question is shown, in
 * whatever order answers arrive.
 */
export class ContactSearch extends Observable {
  readonly #options: Required<ContactSearchOptions>;
  #timer: unknown;
  #asked = 0;

  text = '';
  found: readonly Contact[] = [];
  colleagues: readonly ColleaguePhone[] = [];
  /** The text that {@link found} belongs to; undefined before the first answer. */
  answered: string | undefined;
  error: ApiError | undefined;

  constructor(options: ContactSearchOptions) {
    super();
    this.#options = {
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      withColleagues: () => false,
      ...options,
    };
  }

  /** True if {@link found} belongs to the current text, so that a key can pick from it. */
  get current(): boolean {
    return this.answered === this.text.trim();
  }

  type(text: string): void {
    this.text = text;
    const asked = ++this.#asked;
    this.#options.clearTimer(this.#timer);
    if (text.trim().length < 2) {
      this.found = [];
      this.colleagues = [];
      this.answered = undefined;
      this.error = undefined;
    } else {
      this.#timer = this.#options.setTimer(() => void this.#ask(text.trim(), asked), pauseMs);
    }

    this.changed();
  }

  async #ask(text: string, asked: number): Promise<void> {
    try {
      // Digits can be a number or a document.
      const digits = text.replace(/\D/g, '').length;
      const isNumber = digits >= leastDigits && !/\p{L}/u.test(text);
      const [colleagues, ...answers] = await Promise.all([
        this.#askColleagues(text),
        isNumber ? this.#options.api.contacts('phone', text) : [],
        this.#options.api.contacts('query', text, () => asked === this.#asked),
      ]);
      if (asked !== this.#asked) return;
      this.colleagues = colleagues.slice(0, mostColleagues);
      this.found = [...new Map(answers.flat().map((contact) => [contact.contactId, contact])).values()].slice(0, 8);
      this.answered = text;
      this.error = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.found = [];
      this.colleagues = [];
      this.answered = undefined;
      this.error = asApiError(error);
    }

    this.changed();
  }

  /** Contacts are shown although colleagues can't be read. */
  async #askColleagues(text: string): Promise<readonly ColleaguePhone[]> {
    const { api, withColleagues } = this.#options;
    if (!withColleagues()) return [];
    return (await api.colleagues?.(text).catch(() => [])) ?? [];
  }
}
