import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ClickInput, Dial, PopUp } from '../api/types.js';
import { Observable } from '../base/observable.js';

/** What was clicked: a number, a contact (then its main number is called), a number of a contact, or a colleague. */
export interface Click {
  readonly number?: string | undefined;
  readonly colleagueEndpointId?: string | undefined;
  readonly contactId?: string | undefined;
  /** The campaign whose card is called. It decides the order. */
  readonly campaignId?: string | undefined;
  /** The name or number to show to the agent. */
  readonly who: string;
}

/** A click in progress. `dial` is set when the server has accepted it, `error` if it has not. */
export interface Dialling {
  readonly click: Click;
  /** The request and its key. With the same key, the server takes it for the same click. */
  readonly input: ClickInput;
  readonly key: string;
  /** The dials whose calls were on the screen at the press: none of them is this click's. */
  readonly before: ReadonlySet<string>;
  readonly dial?: Dial;
  readonly error?: ApiError;
}

export interface DiallerOptions {
  readonly api: Pick<ApiClient, 'dial' | 'readDial'>;
  readonly newKey?: () => string;
  readonly wait?: (ms: number) => Promise<void>;
  /** True if the page is not visible. */
  readonly hidden?: () => boolean;
  /** The calls on the screen, the newest first. */
  readonly open?: () => readonly PopUp[];
}

const lookMs = 1_000;
/** After so many looks, only the call's own events can tell more. */
const looks = 150;
/** Where the account's calls never tell that they are answered, the notice stays for so long. */
const untoldMs = 60_000;
/** And where the message that tells it may be lost. */
const lostMs = 180_000;

/** Places calls by click: one at a time, and each click once. It shows the result until the call has a card. */
export class Dialler extends Observable {
  readonly #options: Required<DiallerOptions>;
  /** The key of the click whose call rings. */
  #ringing: string | undefined;
  #isLooking = false;

  /** The click in progress, or the last one if its result is still shown. */
  current: Dialling | undefined;
  /** The phone that the agent chose. The server knows the phone of the last call. */
  endpointId: string | undefined;
  contactFirst = false;

  constructor(options: DiallerOptions) {
    super();
    this.#options = {
      newKey: () => crypto.randomUUID(),
      wait: (ms) => new Promise((done) => setTimeout(done, ms)),
      hidden: () => document.hidden,
      open: () => [],
      ...options,
    };
  }

  get placing(): boolean {
    return this.current !== undefined && !this.current.dial && !this.current.error;
  }

  /** True while a click is being sent, and while its call rings. */
  get busy(): boolean {
    const { current } = this;
    const state = current?.dial?.state;
    return current !== undefined && !current.error && state !== 'refused' && state !== 'unknown';
  }

  /** Calls, unless another click is being sent. With `force`, the operator decides whether the agent is free. */
  call(click: Click, force = false): Promise<void> {
    return this.#ask({
      click,
      input: {
        number: click.number,
        colleagueEndpointId: click.colleagueEndpointId,
        contactId: click.contactId,
        campaignId: click.campaignId,
        endpointId: this.endpointId,
        order: this.contactFirst && !click.campaignId ? 'contactFirst' : undefined,
        force: force || undefined,
      },
      key: this.#options.newKey(),
      before: new Set(this.#options.open().flatMap(({ dialId }) => dialId ?? [])),
    });
  }

  /** Tries again. If the last try may have led to a call, it repeats the same click, which does not call twice. */
  async retry(force = false): Promise<void> {
    if (!this.current) return;
    const { error, ...same } = this.current;
    await (error?.uncertain ? this.#ask(same) : this.call(same.click, force));
  }

  dismiss(): void {
    this.#show(undefined);
  }

  /** Forgets the click, and what the agent chose: another one may sign in. */
  clear(): void {
    this.endpointId = undefined;
    this.contactFirst = false;
    this.dismiss();
  }

  /**
   * A pop-up arrived. If it is the click's call, the notice stays until the agent's phone is answered: to be told to
   * answer it is needed for as long as it rings.
   */
  tell(popUp: PopUp): void {
    const { current } = this;
    if (popUp.dialId === undefined || popUp.dialId !== current?.dial?.dialId) return;
    if (popUp.state !== 'ringing') this.#show(undefined);
    else void this.#ring(current.key, popUp.ongoingFrom ? untoldMs : lostMs);
  }

  /**
   * Looks whether a call on the screen is that of the click, where its answer was lost: then the click goes on as if it
   * had been answered.
   */
  async look(): Promise<void> {
    const { current } = this;
    if (!current?.error?.uncertain || this.#isLooking) return;
    const { error: _, ...click } = current;
    const dialIds = this.#options.open().flatMap((popUp) => (isOf(current, popUp) && popUp.dialId) || []);
    let dial: Dial | undefined;
    this.#isLooking = true;
    for (const dialId of dialIds) {
      // Another agent's is not told. If all fail, the calls' next change looks again.
      if (this.current === current) dial ??= await this.#options.api.readDial(dialId).catch(() => undefined);
    }

    this.#isLooking = false;
    if (!dial || this.current !== current) return;
    // Its call may have been answered meanwhile, and been told before the notice was the call's.
    const isPast = this.#options.open().find(({ dialId }) => dialId === dial.dialId)?.state !== 'ringing';
    if (isPast) this.dismiss();
    else await this.#follow({ ...click, dial });
  }

  async #ask(dialling: Dialling): Promise<void> {
    if (this.placing) return;
    this.#show(dialling);
    try {
      const dial = await this.#options.api.dial(dialling.input, dialling.key);
      // The agent may have left meanwhile.
      if (this.current === dialling) await this.#follow({ ...dialling, dial });
    } catch (error) {
      if (this.current === dialling) this.#show({ ...dialling, error: asApiError(error) });
      await this.look();
    }
  }

  async #follow(dialling: Dialling & { readonly dial: Dial }): Promise<void> {
    let current = dialling;
    this.#show(current);
    for (let looked = 0; looked < looks; ) {
      if (current.dial.callId) {
        // From here on the channel tells of the call.
        if (current.dial.state === 'answered' || current.dial.state === 'ended') this.dismiss();
        else void this.#ring(current.key, lostMs);
        return;
      }

      if (this.current !== current || current.dial.state === 'refused') return;
      await this.#options.wait(lookMs);
      if (this.current !== current || this.#ringing === current.key) return;
      // The dial is read again when the page is visible.
      if (this.#options.hidden()) continue;
      looked++;
      try {
        const dial = await this.#options.api.readDial(current.dial.dialId);
        if (this.current !== current) return;
        current = { ...current, dial };
        this.#show(current);
      } catch {
        // Keep showing the last known state. The next read may succeed.
      }
    }

    if (current.dial.state !== 'unknown') this.dismiss();
  }

  /** The call rings: from here on the channel tells of it, and nothing is asked any more. */
  async #ring(key: string, ms: number): Promise<void> {
    if (this.#ringing === key) return;
    this.#ringing = key;
    await this.#options.wait(ms);
    if (this.current?.key === key) this.dismiss();
  }

  #show(dialling: Dialling | undefined): void {
    this.current = dialling;
    this.changed();
  }
}

/** True for a call that goes on, was made by a click since this one, and is with whom this one is to call. */
function isOf({ click, before }: Dialling, popUp: PopUp): boolean {
  if (popUp.dialId === undefined || popUp.state === 'ended' || before.has(popUp.dialId)) return false;
  const { number, contactId, colleagueEndpointId } = click;
  if (colleagueEndpointId) return popUp.direction === 'internal';
  if (number) return popUp.number.e164?.endsWith(number.replace(/\D/g, '')) === true;
  return contactId !== undefined && popUp.contactId === contactId;
}
