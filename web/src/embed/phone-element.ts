import type {
  EmbedError,
  EmbedEventName,
  EmbedEvents,
  EmbedMethods,
  EmbedPresence,
  EmbedToken,
  TokenSource,
} from './embed-types.js';
import { earlyFailure, earlyWords, languageOf } from './embed-words.js';
import type { PhoneBody } from './phone-link.js';
import { phoneTokens } from './phone-tokens.js';
import { shellStyles } from './shell-styles.js';

/** The page may give a token after it has asked its server. */
const tokenMs = 20_000;

/** What the components tell each other. The page hears what is promised to it, and nothing of these. */
const inner = ['dial', 'acknowledge', 'take-off', 'choose', 'fold', 'noted', 'contact-saved', 'use-contact', 'read'];

let sheets: CSSStyleSheet[] | undefined;

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/**
 * `<callmyway-phone>`: presence, the calls with their cards and outcomes, the dial pad. It paints its outline at once,
 * and loads the rest.
 */
export class CallMyWayPhone extends HTMLElement implements EmbedMethods {
  static readonly observedAttributes = ['lang', 'api'];

  /** Where the script is: the API's origin unless the attribute `api` says another, and the console's. */
  static site = '';
  static api = '';
  static load: () => Promise<unknown> = async () => {};

  #source: TokenSource | undefined;
  #body: PhoneBody | undefined;
  #opened: Promise<PhoneBody> | undefined;
  #ready: Promise<void>;
  #resolveReady: () => void = () => {};
  isReady = false;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
    this.#ready = new Promise((done) => (this.#resolveReady = done));
  }

  get #root(): ShadowRoot {
    return this.shadowRoot as ShadowRoot;
  }

  /** Gives a new token each time that it is asked; it may be set after the element is on the page. */
  get tokenSource(): TokenSource | undefined {
    return this.#source;
  }

  set tokenSource(source: TokenSource | undefined) {
    const before = this.#source;
    this.#source = source;
    // One that was there is asked already.
    if (!before) this.#wanted?.();
  }

  /** Set while a token is waited for. */
  #wanted: (() => void) | undefined;

  get api(): string {
    const said = this.getAttribute('api');
    return said ? new URL(said, location.href).origin : CallMyWayPhone.api;
  }

  set api(origin: string) {
    this.setAttribute('api', origin);
  }

  connectedCallback(): void {
    // What the page set before the script was here stands in the way of the element's own.
    for (const name of ['tokenSource', 'api'] as const) {
      const early = Object.getOwnPropertyDescriptor(this, name)?.value;
      if (early === undefined) continue;
      delete (this as Partial<CallMyWayPhone>)[name];
      Object.assign(this, { [name]: early });
    }
    sheets ??= [sheetOf(phoneTokens), sheetOf(shellStyles)];
    this.#root.adoptedStyleSheets = sheets;
    if (!this.#root.firstChild)
      for (const name of inner) this.#root.addEventListener(name, (event) => event.stopPropagation());
    if (!this.#opened) this.#open();
  }

  disconnectedCallback(): void {
    // It may only be moved to another place of the page.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#end();
      this.#opened = undefined;
    });
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#body) return;
    if (name === 'lang') void this.#body.speak(languageOf(this));
    else this.#restart();
  }

  async dial(number: string): Promise<{ readonly dialId: string }> {
    return (await this.#whenReady()).dial(number);
  }

  async showContact(contactId: string): Promise<void> {
    if (!contactId) throw earlyFailure('refused', earlyWords(this).wrongValue, 400);
    return (await this.#whenReady()).showContact(contactId);
  }

  async setPresence(presence: EmbedPresence): Promise<void> {
    return (await this.#whenReady()).setPresence(presence);
  }

  async #whenReady(): Promise<PhoneBody> {
    if (!this.isConnected) throw earlyFailure('not-loaded', earlyWords(this).notReady);
    await this.#ready;
    return (await this.#opened) as PhoneBody;
  }

  #open(): void {
    this.#drawShell();
    const opened = this.#load();
    this.#opened = opened;
    opened.catch(() => {
      if (this.#opened !== opened) return;
      this.#opened = undefined;
      const message = earlyWords(this).notLoaded;
      this.#drawProblem(message);
      this.#tell('error', { code: 'not-loaded', message, status: 0 } satisfies EmbedError);
    });
  }

  #restart(): void {
    this.#end();
    this.#open();
  }

  #end(): void {
    this.#body?.stop();
    this.#body?.remove();
    this.#body = undefined;
    if (!this.isReady) return;
    this.isReady = false;
    this.#ready = new Promise((done) => (this.#resolveReady = done));
  }

  async #load(): Promise<PhoneBody> {
    await CallMyWayPhone.load();
    const body = document.createElement('cmw-embedded-phone') as PhoneBody;
    body.link = {
      api: this.api,
      site: CallMyWayPhone.site,
      language: languageOf(this),
      token: (reason) => this.#token(reason),
      restart: () => this.#restart(),
      tell: (name, detail) => this.#tell(name, detail),
    };
    body.setAttribute(
      'exportparts',
      'bar, connection, presence, dial-pad, cards, card, card-header, empty, contact, error',
    );
    this.#body = body;
    this.#root.append(body);
    await body.updateComplete;
    this.#root.querySelector('.shell')?.remove();
    return body;
  }

  #tell<Name extends EmbedEventName>(name: Name, detail: EmbedEvents[Name]): boolean {
    if (name === 'ready') {
      this.isReady = true;
      this.#resolveReady();
    }
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Asks the page: the function that it set, else the event. Where the page answers neither, it may be about to. */
  async #token(reason: EmbedEvents['token-needed']['reason']): Promise<EmbedToken | string> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted: (() => void) | undefined;
    try {
      return await new Promise<EmbedToken | string>((done, refuse) => {
        timer = setTimeout(() => refuse(earlyFailure('token-missing', earlyWords(this).noToken)), tokenMs);
        wanted = async () => {
          if (!this.#source) return;
          try {
            done(await this.#source());
          } catch (cause) {
            refuse(cause);
          }
        };
        this.#wanted = wanted;
        if (this.#source) wanted();
        else this.#tell('token-needed', { reason, provide: (token) => void Promise.resolve(token).then(done, refuse) });
      });
    } finally {
      clearTimeout(timer);
      // Another token may be waited for by now.
      if (this.#wanted === wanted) this.#wanted = undefined;
    }
  }

  #drawShell(): void {
    this.#root.querySelector('.shell')?.remove();
    const shell = document.createElement('div');
    shell.className = 'shell';
    shell.setAttribute('role', 'status');
    shell.setAttribute('aria-label', earlyWords(this).loading);
    // Not as text: a page's policy may forbid that (`require-trusted-types-for`).
    for (const name of ['bar', 'box', 'cards']) {
      const part = document.createElement('div');
      part.className = name;
      if (name === 'bar') part.append(document.createElement('i'), document.createElement('i'));
      shell.append(part);
    }

    this.#root.append(shell);
  }

  #drawProblem(message: string): void {
    const shell = this.#root.querySelector('.shell');
    if (!shell) return;
    shell.removeAttribute('aria-label');
    shell.setAttribute('role', 'alert');
    const text = document.createElement('p');
    text.textContent = message;
    const again = document.createElement('button');
    again.textContent = earlyWords(this).again;
    again.addEventListener('click', () => this.#open());
    shell.querySelector('.cards')?.replaceChildren(text, again);
  }
}
