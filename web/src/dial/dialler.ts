import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ClickInput, Dial, PopUp } from '../api/types.js';
import { Observable } from '../base/observable.js';

/** What was clicked: a number, a contact (whose main number it is then), or a number of a contact. */
export interface Click {
  readonly number?: string | undefined;
  readonly contactId?: string | undefined;
  /** Who or what it is, for the agent to read. */
  readonly who: string;
}

/** A click on its way. `dial` is there once the server has taken it, `error` where it has not. */
export interface Dialling {
  readonly click: Click;
  /** What was asked, and by which key: the same two again are the same click to the server. */
  readonly input: ClickInput;
  readonly key: string;
  readonly dial?: Dial;
  readonly error?: ApiError;
}

export interface DiallerOptions {
  readonly api: Pick<ApiClient, 'dial' | 'readDial'>;
  readonly newKey?: () => string;
  readonly wait?: (ms: number) => Promise<void>;
  /** True while nobody looks at the page. */
  readonly hidden?: () => boolean;
}

const lookMs = 1_000;
/** After this the call's own events are all that can still tell of it. */
const looks = 150;

/** Calls by click: one at a time, each click once, and what came of it as far as no card of the call shows it. */
export class Dialler extends Observable {
  readonly #options: Required<DiallerOptions>;

  /** The click that the agent waits for, or is to be told of. */
  current: Dialling | undefined;
  /** The phone that the agent chose; the server knows the one of the last time. */
  endpointId: string | undefined;
  contactFirst = false;

  constructor(options: DiallerOptions) {
    super();
    this.#options = {
      newKey: () => crypto.randomUUID(),
      wait: (ms) => new Promise((done) => setTimeout(done, ms)),
      hidden: () => document.hidden,
      ...options,
    };
  }

  get placing(): boolean {
    return this.current !== undefined && !this.current.dial && !this.current.error;
  }

  /** Calls, unless a click is being taken. `force` leaves it to the operator whether the agent is free. */
  call(click: Click, force = false): Promise<void> {
    return this.#ask({
      click,
      input: {
        number: click.number,
        contactId: click.contactId,
        endpointId: this.endpointId,
        order: this.contactFirst ? 'contactFirst' : undefined,
        force: force || undefined,
      },
      key: this.#options.newKey(),
    });
  }

  /** Once more. Where the last try may have led to a call it is the same click, which calls no second time. */
  async retry(force = false): Promise<void> {
    if (!this.current) return;
    const { click, input, key, error } = this.current;
    await (error?.uncertain ? this.#ask({ click, input, key }) : this.call(click, force));
  }

  dismiss(): void {
    this.#show(undefined);
  }

  /** A pop-up came: the call of the click has a card of its own now. */
  tell(popUp: PopUp): void {
    if (popUp.dialId !== undefined && popUp.dialId === this.current?.dial?.dialId) this.#show(undefined);
  }

  async #ask(dialling: Dialling): Promise<void> {
    if (this.placing) return;
    this.#show(dialling);
    try {
      const dial = await this.#options.api.dial(dialling.input, dialling.key);
      // Whoever clicked may have left meanwhile.
      if (this.current === dialling) await this.#follow({ ...dialling, dial });
    } catch (error) {
      if (this.current === dialling) this.#show({ ...dialling, error: asApiError(error) });
    }
  }

  async #follow(dialling: Dialling & { readonly dial: Dial }): Promise<void> {
    let current = dialling;
    this.#show(current);
    for (let looked = 0; looked < looks; ) {
      if (current.dial.callId) this.dismiss();
      if (this.current !== current || current.dial.state === 'refused') return;
      await this.#options.wait(lookMs);
      if (this.current !== current) return;
      // It is asked for again when somebody looks at the page.
      if (this.#options.hidden()) continue;
      looked++;
      try {
        const dial = await this.#options.api.readDial(current.dial.dialId);
        if (this.current !== current) return;
        current = { ...current, dial };
        this.#show(current);
      } catch {
        // The next look may get through; what is shown is still what was last known.
      }
    }

    if (current.dial.state !== 'unknown') this.dismiss();
  }

  #show(dialling: Dialling | undefined): void {
    this.current = dialling;
    this.changed();
  }
}
