import type {
  EmbedEventName,
  EmbedEvents,
  EmbedMethods,
  EmbedPresence,
  EmbedToken,
  TokenSource,
} from './embed-types.js';
import { earlyFailure, earlyWords, languageOf } from './embed-words.js';
import {
  type FromFrame,
  messageOf,
  type PayloadOf,
  readFromFrame,
  readToFrame,
  type ToFrame,
} from './frame-protocol.js';

/** A frame that its origins do not allow says nothing at all. */
const silentMs = 15_000;
/** The server waits for the operator's answer, which can take long. */
const answerMs = 70_000;

const styles = `
:host { display: block; box-sizing: border-box; inline-size: 100%; max-inline-size: 448px; min-inline-size: 280px; block-size: 640px; max-block-size: 100dvh; }
:host([hidden]) { display: none; }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 1px solid #d5dae0; border-radius: 14px; box-sizing: border-box; color-scheme: normal; }
p { margin: 0; padding: 16px; font: 15px / 1.5 system-ui, sans-serif; }
`;

/** `<callmyway-frame>`: the phone in a frame, with the properties, methods and events of `<callmyway-phone>`. */
export class CallMyWayFrame extends HTMLElement implements EmbedMethods {
  static readonly observedAttributes = ['lang', 'theme'];

  /** Where the script is, and so the page of the frame. */
  static site = '';

  tokenSource: TokenSource | undefined;
  isReady = false;
  #frame: HTMLIFrameElement | undefined;
  /** The frame has greeted, and knows how it is to look and speak. */
  #greeted = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #ready: Promise<void>;
  #resolveReady: () => void = () => {};
  readonly #asked = new Map<string, (answer: Extract<FromFrame, { type: 'done' | 'failed' }>) => void>();

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.#ready = new Promise((done) => (this.#resolveReady = done));
  }

  connectedCallback(): void {
    window.addEventListener('message', this.#heard);
    const frame = document.createElement('iframe');
    frame.title = 'CallMyWay';
    frame.setAttribute('part', 'frame');
    frame.src = `${CallMyWayFrame.site}/embed.html?${new URLSearchParams({
      origin: location.origin,
      lang: languageOf(this) ?? '',
    })}`;
    this.#frame = frame;
    this.shadowRoot?.replaceChildren(frame);
    this.#silence = setTimeout(() => void this.#silent(), silentMs);
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#heard);
    clearTimeout(this.#silence);
    this.#frame = undefined;
    this.#greeted = false;
    this.isReady = false;
    this.#ready = new Promise((done) => (this.#resolveReady = done));
  }

  attributeChangedCallback(): void {
    if (this.#greeted) this.#introduce(crypto.randomUUID());
  }

  async dial(number: string): Promise<{ readonly dialId: string }> {
    return { dialId: (await this.#ask('dial', { number })).dialId ?? '' };
  }

  async showContact(contactId: string): Promise<void> {
    await this.#ask('show-contact', { contactId });
  }

  async setPresence(presence: EmbedPresence): Promise<void> {
    await this.#ask('set-presence', presence);
  }

  /** Only what comes from the frame's own window, and of its origin, is heard. */
  readonly #heard = ({ data, origin, source }: MessageEvent): void => {
    if (origin !== CallMyWayFrame.site || !source || source !== this.#frame?.contentWindow) return;
    const message = readFromFrame(data);
    if (!message) return;
    switch (message.type) {
      case 'hello': {
        clearTimeout(this.#silence);
        this.#greeted = true;
        this.#introduce(message.id);
        return;
      }
      case 'token-needed':
        void this.#give(message);
        return;
      case 'event':
        this.#tell(message.payload.name, message.payload.detail as never);
        return;
      default:
        this.#asked.get(message.id)?.(message);
    }
  };

  #introduce(id: string): void {
    const [language, theme] = [languageOf(this), this.getAttribute('theme')];
    this.#say('init', { ...(language ? { language } : {}), ...(theme ? { theme } : {}) }, id);
  }

  async #give({ id, payload }: Extract<FromFrame, { type: 'token-needed' }>): Promise<void> {
    try {
      const given = await (this.tokenSource
        ? this.tokenSource()
        : new Promise<EmbedToken | string>((done, refuse) =>
            this.#tell('token-needed', {
              reason: payload.reason,
              provide: (token) => void Promise.resolve(token).then(done, refuse),
            }),
          ));
      this.#say('token', typeof given === 'string' ? { token: given } : given, id);
    } catch (error) {
      console.error(error);
      this.#say('no-token', {}, id);
    }
  }

  async #ask<Type extends 'dial' | 'show-contact' | 'set-presence'>(
    type: Type,
    payload: PayloadOf<ToFrame, Type>,
  ): Promise<{ readonly dialId?: string }> {
    if (!this.isConnected) throw earlyFailure('not-loaded', earlyWords(this).notReady);
    const id = crypto.randomUUID();
    // The frame leaves alone what it does not understand.
    if (!readToFrame(messageOf(type, payload, id)))
      throw earlyFailure(type === 'dial' ? 'dial-refused' : 'refused', earlyWords(this).wrongValue, 400);
    await this.#ready;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const answer = await new Promise<Extract<FromFrame, { type: 'done' | 'failed' }>>((done, refuse) => {
        timer = setTimeout(() => refuse(earlyFailure('unreachable', earlyWords(this).noAnswer)), answerMs);
        this.#asked.set(id, done);
        this.#say(type, payload, id);
      });
      if (answer.type === 'done') return answer.payload;
      const { code, message, status } = answer.payload;
      throw earlyFailure(code, message, status);
    } finally {
      clearTimeout(timer);
      this.#asked.delete(id);
    }
  }

  /** The browser does not tell why a frame is empty. Where the server is there, it is that it does not allow the page. */
  async #silent(): Promise<void> {
    const { site } = CallMyWayFrame;
    const isThere = await fetch(`${site}/embed-frame.js`, { mode: 'no-cors', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
    const words = earlyWords(this);
    const message = isThere ? words.notAllowed(site, location.origin) : words.notLoaded;
    const place = document.createElement('p');
    place.setAttribute('role', 'alert');
    place.setAttribute('part', 'error');
    place.textContent = message;
    this.shadowRoot?.replaceChildren(place);
    this.#tell('error', { code: isThere ? 'origin-not-allowed' : 'unreachable', message, status: 0 });
  }

  #tell<Name extends EmbedEventName>(name: Name, detail: EmbedEvents[Name]): void {
    if (name === 'ready') {
      this.isReady = true;
      this.#resolveReady();
    }
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #say<Type extends ToFrame['type']>(type: Type, payload: PayloadOf<ToFrame, Type>, id: string): void {
    this.#frame?.contentWindow?.postMessage(messageOf(type, payload, id), CallMyWayFrame.site);
  }
}
