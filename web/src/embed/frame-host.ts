import type { EmbedEvents, EmbedFailure, EmbedToken } from './embed-types.js';
import { type FromFrame, messageOf, type PayloadOf, readToFrame, type ToFrame, toldEvents } from './frame-protocol.js';
import type { CallMyWayPhone } from './phone-element.js';

const helloMs = 1_000;
/** How long the page has for its first answer, and for each token. */
const patienceMs = 15_000;

/** What it needs from the browser. */
export interface FrameWindow {
  readonly parent: Pick<Window, 'postMessage'>;
  listen(heard: (event: Pick<MessageEvent, 'data' | 'origin' | 'source'>) => void): void;
  /** The origins of the pages around, where the browser tells them. */
  readonly around: readonly string[];
}

/**
 * The phone's side in a frame. It hears the page that the frame's address names, and tells nothing to any other: what is
 * not from its window and of its origin is left alone.
 */
export class FrameHost {
  readonly #tokens = new Map<string, { done: (token: EmbedToken) => void; refuse: (cause: Error) => void }>();
  #hello: ReturnType<typeof setInterval> | undefined;
  #begun = false;

  /**
   * `show` shows the phone, the same each time, as the page says then. `silent` is called where the page does not answer,
   * or is not the one that it should be.
   */
  constructor(
    private readonly window: FrameWindow,
    private readonly origin: string,
    private readonly show: (language: string | undefined, theme: string | undefined) => CallMyWayPhone,
    private readonly silent: () => void,
  ) {}

  start(): void {
    const [around] = this.window.around;
    if (around !== undefined && around !== this.origin) {
      this.silent();
      return;
    }
    this.window.listen(({ data, origin, source }) => {
      if (origin !== this.origin || source !== this.window.parent) return;
      const message = readToFrame(data);
      if (message) void this.#hear(message);
    });
    this.#say('hello', {});
    this.#hello = setInterval(() => this.#say('hello', {}), helloMs);
    setTimeout(() => {
      if (this.#begun) return;
      clearInterval(this.#hello);
      this.silent();
    }, patienceMs);
  }

  #phone: CallMyWayPhone | undefined;

  async #hear(message: ToFrame): Promise<void> {
    const { type, id, payload } = message;
    const phone = this.#phone;
    switch (type) {
      case 'init':
        this.#init(payload.language, payload.theme);
        return;
      case 'token':
        this.#tokens.get(id)?.done(payload);
        return;
      case 'no-token':
        this.#tokens.get(id)?.refuse(new Error('The page gave no token.'));
        return;
      case 'dial':
        return this.#answer(id, phone?.dial(payload.number));
      case 'show-contact':
        return this.#answer(id, phone?.showContact(payload.contactId));
      case 'set-presence':
        return this.#answer(id, phone?.setPresence(payload));
    }
  }

  #init(language: string | undefined, theme: string | undefined): void {
    const phone = this.show(language, theme);
    if (this.#begun) return;
    this.#begun = true;
    clearInterval(this.#hello);
    this.#phone = phone;
    phone.addEventListener('token-needed', (event) => {
      const { reason, provide } = (event as CustomEvent<EmbedEvents['token-needed']>).detail;
      provide(this.#ask(reason));
    });
    for (const name of toldEvents) {
      phone.addEventListener(name, (event) => {
        if (event instanceof CustomEvent) this.#say('event', { name, detail: event.detail });
      });
    }
  }

  async #ask(reason: EmbedEvents['token-needed']['reason']): Promise<EmbedToken> {
    const id = crypto.randomUUID();
    const timer = setTimeout(() => this.#tokens.get(id)?.refuse(new Error('The page gave no token.')), patienceMs);
    try {
      return await new Promise<EmbedToken>((done, refuse) => {
        this.#tokens.set(id, { done, refuse });
        this.#say('token-needed', { reason }, id);
      });
    } finally {
      clearTimeout(timer);
      this.#tokens.delete(id);
    }
  }

  /** What was asked for before the phone is there waits in the page. */
  async #answer(id: string, doing: Promise<{ readonly dialId: string } | void> | undefined): Promise<void> {
    try {
      const done = await (doing ?? Promise.reject(new Error('The phone is not there yet.')));
      this.#say('done', done ? { dialId: done.dialId } : {}, id);
    } catch (error) {
      const { code = 'refused', message, status = 0 } = error as Partial<EmbedFailure> & Error;
      this.#say('failed', { code, message, status }, id);
    }
  }

  #say<Type extends FromFrame['type']>(type: Type, payload: PayloadOf<FromFrame, Type>, id?: string): void {
    this.window.parent.postMessage(messageOf(type, payload, id ?? crypto.randomUUID()), this.origin);
  }
}
