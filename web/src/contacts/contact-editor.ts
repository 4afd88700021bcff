import { type ApiError, asApiError } from '../api/api-error.js';
import type { Contact, ContactInput } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { blank, type Collision, type ContactText, inputOf, merge, sameText, textOf } from './contact-text.js';

export interface EditorOptions {
  /** The contact as it was read; undefined for a new one. */
  readonly contact?: Contact | undefined;
  /** What a new contact's form holds at first. */
  readonly initial?: Partial<ContactText>;
  /** Stores it, if it is still the version of `etag`: throws a 412 if it is not. */
  readonly store: (input: ContactInput, etag: string | undefined) => Promise<Contact | undefined>;
  /** Reads the contact as it stands. */
  readonly read?: () => Promise<Contact>;
  /** Stores what is typed on this machine, so that it survives a reload. */
  readonly memory: { get(): string | null; set(value: string | null): void };
}

/** What somebody else has stored meanwhile, where both have changed the same. */
export interface Clash {
  readonly contact: Contact;
  readonly collisions: readonly Collision[];
  readonly mine: ContactText;
  readonly theirs: ContactText;
}

const mostTries = 4;

/**
 * A contact while it is being written. What is typed is stored on this machine until it is saved or discarded. What
 * somebody else changed meanwhile stays: only where both have changed the same, the agent chooses.
 */
export class ContactEditor extends Observable {
  readonly #options: EditorOptions;
  #base: Contact | undefined;
  #text: ContactText;

  /** True if it goes on with what was typed before, and not saved. */
  readonly resumed: boolean;
  busy = false;
  /** True where neither a name nor a number is written. */
  nameMissing = false;
  error: ApiError | undefined;
  clash: Clash | undefined;
  /** The contact that this one has become a part of meanwhile: what is typed here is about another person. */
  merged: Contact | undefined;

  constructor(options: EditorOptions) {
    super();
    this.#options = options;
    const kept = this.#remembered();
    this.#base = kept?.base ?? options.contact;
    const first = this.#base ? textOf(this.#base) : { ...blank, ...options.initial };
    this.#text = kept?.text ?? first;
    this.resumed = kept !== undefined && !sameText(kept.text, first);
  }

  get text(): ContactText {
    return this.#text;
  }

  /** The contact that the form began with. */
  get base(): Contact | undefined {
    return this.#base;
  }

  change(changes: Partial<ContactText>): void {
    this.#text = { ...this.#text, ...changes };
    this.nameMissing = false;
    this.error = undefined;
    this.#remember();
    this.changed();
  }

  /** Saves it. The contact as it is stored; undefined where the agent has something to do first. */
  async save(): Promise<{ readonly contact: Contact | undefined } | undefined> {
    if (this.busy || this.clash || this.merged) return undefined;
    const input = inputOf(this.#text);
    this.nameMissing = input.name === '' && input.numbers.length === 0;
    this.error = undefined;
    this.busy = !this.nameMissing;
    this.changed();
    if (this.nameMissing) return undefined;
    try {
      return await this.#store();
    } catch (error) {
      this.error = asApiError(error);
      return undefined;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  /** Saves one's own words where both have changed the same. */
  keepMine(): Promise<{ readonly contact: Contact | undefined } | undefined> {
    if (this.clash) this.#take(this.clash.contact, this.clash.mine);
    return this.save();
  }

  /** Takes the other's words where both have changed the same; one's other changes stay in the form. */
  takeTheirs(): void {
    if (this.clash) this.#take(this.clash.contact, this.clash.theirs);
    this.changed();
  }

  /** Forgets what is typed. */
  discard(): void {
    this.#options.memory.set(null);
  }

  async #store(): Promise<{ readonly contact: Contact | undefined } | undefined> {
    for (let tries = 1; ; tries++) {
      const sent = this.#text;
      try {
        const contact = await this.#options.store(inputOf(sent), this.#base?.etag);
        // What was typed while it was sent is still to be sent.
        if (contact && !sameText(sent, this.#text)) {
          this.#take(contact, this.#text);
          return undefined;
        }

        this.#options.memory.set(null);
        return { contact };
      } catch (error) {
        const { read } = this.#options;
        if (asApiError(error).status !== 412 || !this.#base || !read || tries === mostTries) throw error;
        if (!this.#join(await read())) return undefined;
      }
    }
  }

  /** Joins what somebody else has stored; false where the agent must choose. */
  #join(theirs: Contact): boolean {
    if (!this.#base) return true;
    if (theirs.contactId !== this.#base.contactId) {
      this.merged = theirs;
      return false;
    }

    const merged = merge(textOf(this.#base), this.#text, textOf(theirs));
    if (merged.collisions.length > 0) {
      this.clash = { contact: theirs, ...merged };
      return false;
    }

    this.#take(theirs, merged.mine);
    return true;
  }

  #take(base: Contact, text: ContactText): void {
    this.clash = undefined;
    this.#base = base;
    this.#text = text;
    this.#remember();
  }

  #remember(): void {
    this.#options.memory.set(JSON.stringify({ text: this.#text, base: this.#base }));
  }

  #remembered(): { text: ContactText; base?: Contact } | undefined {
    try {
      const kept = JSON.parse(this.#options.memory.get() ?? 'null');
      return kept?.text ? { ...kept, text: { ...blank, ...kept.text } } : undefined;
    } catch {
      return undefined;
    }
  }
}
