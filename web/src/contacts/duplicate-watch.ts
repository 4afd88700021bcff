import type { ApiClient } from '../api/api-client.js';
import type { Contact, Duplicate, DuplicateQuestion, Duplicates } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { type ContactText, inputOf } from './contact-text.js';
import { isUnread } from './unread-number.js';

export interface DuplicateWatchOptions {
  readonly api: Pick<ApiClient, 'duplicates'>;
  readonly setTimer?: (run: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
}

const pauseMs = 500;
const leastLetters = 3;
const leastDigits = 6;
const leastDocument = 6;
/** The API reads so many numbers, in so many characters. */
const mostNumbers = 3;
const longestPhone = 64;
const between = ' / ';

const none: Duplicates = { items: [], phones: [] };

/**
 * Looks, as the agent types, for who is a contact already, and for numbers that can't be dialled. These are hints: where
 * they can't be read, there are none.
 */
export class DuplicateWatch extends Observable {
  readonly #options: Required<DuplicateWatchOptions>;
  #timer: unknown;
  #question = '';

  /** What of the latest answer can't be dialled. */
  #unread = new Set<string>();
  #base: Contact | undefined;

  found: readonly Duplicate[] = [];

  /** True where a number, as it is typed, is known to be none that can be dialled. */
  isUnread(number: string): boolean {
    const text = number.trim();
    return (
      this.#unread.has(text) || this.#base?.phones?.some((phone) => phone.text === text && isUnread(phone)) === true
    );
  }

  constructor(options: DuplicateWatchOptions) {
    super();
    this.#options = {
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      ...options,
    };
  }

  /** The form holds this now. `base` is the contact that it began with, which is none of those. */
  look(text: ContactText, base: Contact | undefined): void {
    this.#base = base;
    const question = questionOf(text, base);
    const key = JSON.stringify(question ?? '');
    if (key === this.#question) return;
    this.#question = key;
    this.#options.clearTimer(this.#timer);
    if (question) this.#timer = this.#options.setTimer(() => void this.#ask(question, key), pauseMs);
    else this.#show(none);
  }

  stop(): void {
    this.#options.clearTimer(this.#timer);
  }

  async #ask(question: DuplicateQuestion, key: string): Promise<void> {
    const found = await this.#options.api.duplicates(question).catch(() => none);
    if (key === this.#question) this.#show(found, question.phone);
  }

  #show({ items, phones }: Duplicates, asked = ''): void {
    const texts = phones.filter(isUnread).map(({ text }) => text);
    // Where none of several numbers is understood, they are told as one.
    const unread = new Set(texts.flatMap((text) => (text === asked ? text.split(between) : text)));
    if (items.length + this.found.length + unread.size + this.#unread.size === 0) return;
    this.found = items;
    this.#unread = unread;
    this.changed();
  }
}

/** What to ask: of what is new in the form, what is long enough to be somebody's. */
export function questionOf(text: ContactText, base: Contact | undefined): DuplicateQuestion | undefined {
  const input = inputOf(text);
  const isNew = (value: string | undefined, before: string | undefined) => (value ?? '') !== (before ?? '');
  const name = isNew(input.name, base?.name) && count(input.name, /\p{L}/gu) >= leastLetters ? input.name : undefined;
  const document =
    isNew(input.document, base?.document) && count(input.document, /[\p{L}\d]/gu) >= leastDocument
      ? input.document
      : undefined;
  const phone = input.numbers
    .filter((number) => base?.numbers.includes(number) !== true && count(number, /\d/g) >= leastDigits)
    .slice(0, mostNumbers)
    .join(between)
    .slice(0, longestPhone);
  if (!name && !document && !phone) return undefined;
  return {
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(phone ? { phone } : {}),
    ...(document ? { document: document.slice(0, 64) } : {}),
    ...(base ? { except: base.contactId } : {}),
  };
}

const count = (text: string | undefined, what: RegExp): number => text?.match(what)?.length ?? 0;
