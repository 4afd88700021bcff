import { earlyWords } from './embed-words.js';
import { phoneOf } from './phone-of.js';

const styles = `
:host { display: inline; }
:host([hidden]) { display: none; }
button { padding: 0; border: 0; background: none; color: inherit; font: inherit; letter-spacing: inherit; text-align: inherit; text-decoration: underline; text-underline-offset: 0.15em; white-space: nowrap; cursor: pointer; }
button:focus-visible { outline: 2px solid; outline-offset: 2px; }
button[aria-disabled="true"] { cursor: default; opacity: 0.65; }
`;

/**
 * `<callmyway-number number="2222-3333">`: a number that dials by the page's phone. What is between the tags is shown in
 * its place. `for` names the phone where the page has several.
 */
export class CallMyWayNumber extends HTMLElement {
  static readonly observedAttributes = ['number'];
  readonly #button = document.createElement('button');
  readonly #slot = document.createElement('slot');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.#button.type = 'button';
    this.#button.setAttribute('part', 'button');
    this.#button.append(this.#slot);
    this.#button.addEventListener('click', () => void this.#call());
    root.append(this.#button);
  }

  get number(): string {
    return this.getAttribute('number') ?? this.textContent?.trim() ?? '';
  }

  set number(number: string) {
    this.setAttribute('number', number);
  }

  connectedCallback(): void {
    this.attributeChangedCallback();
  }

  attributeChangedCallback(): void {
    this.#slot.textContent = this.number;
    const shown = this.textContent?.trim() || this.number;
    this.#button.setAttribute('aria-label', `${earlyWords(this).call} ${shown}`);
  }

  async #call(): Promise<void> {
    const phone = phoneOf(this.getAttribute('for'));
    const { number } = this;
    if (!phone || !number || this.#button.ariaDisabled === 'true') {
      if (!phone) console.error(`<callmyway-number>: ${earlyWords(this).noPhone}`);
      return;
    }
    this.#button.ariaDisabled = 'true';
    // The phone says why it was refused.
    await phone.dial(number).catch(() => {});
    this.#button.ariaDisabled = 'false';
  }
}
