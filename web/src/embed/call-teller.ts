import type { Contact } from '../api/types.js';
import type { TellCall } from './call-tracker.js';
import type { EmbedCall, EmbedContact, EmbedEvents } from './embed-types.js';

/** The page hears of a call no later, even where the contact can't be read so soon. */
const patienceMs = 1_000;
/** A contact that was read so lately is not read again for the next step of its call. */
const freshMs = 60_000;

interface Read {
  readonly at: number;
  readonly external: Promise<EmbedContact['external']>;
}

/**
 * Tells the page of calls, in their order, with the contact's record in the page's own system: pop-ups do not have it,
 * so the contact is read.
 */
export class CallTeller {
  readonly #read = new Map<string, Read>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly contact: (contactId: string) => Promise<Contact>,
    private readonly told: TellCall,
    private readonly wait: (ms: number) => Promise<undefined> = (ms) =>
      new Promise((done) => setTimeout(() => done(undefined), ms)),
    private readonly now: () => number = Date.now,
  ) {}

  readonly tell: TellCall = (name, detail) => {
    const filled = this.#filled(detail);
    this.after(async () => this.told(name, (await filled) as EmbedEvents[typeof name]));
  };

  /** Runs once all that was to be told is told. */
  after(run: () => unknown): void {
    this.#last = this.#last.then(run);
  }

  async #filled(call: EmbedCall): Promise<EmbedCall> {
    const { contact } = call;
    if (!contact) return call;
    const external = await Promise.race([this.#externalOf(contact.contactId), this.wait(patienceMs)]);
    return external ? { ...call, contact: { ...contact, external } } : call;
  }

  #externalOf(contactId: string): Promise<EmbedContact['external']> {
    const before = this.#read.get(contactId);
    if (before && this.now() - before.at < freshMs) return before.external;
    // Without it, the page still hears of the call.
    const external = this.contact(contactId).then(
      (contact) => contact.external,
      () => undefined,
    );
    for (const [id, { at }] of this.#read) if (this.now() - at >= freshMs) this.#read.delete(id);
    this.#read.set(contactId, { at: this.now(), external });
    return external;
  }
}
