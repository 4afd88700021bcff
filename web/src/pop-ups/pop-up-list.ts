import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiError } from '../api/api-error.js';
import type { CallKey, Endpoint, PopUp } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Ticking } from '../base/ticking.js';
import { isTyping } from '../base/typing.js';
import { directionIcon } from '../calls/call-icons.js';
import { keyOf } from '../calls/call-key.js';
import { isMissed, stateWords, whoWords } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import type { WrapUpDraft } from '../wrap-up/wrap-up-draft.js';
import type { CallDesk } from './call-desk.js';
import { callLine, callLineStyles, lineTime } from './call-line.js';
import { callsError, callsSkeleton, noCalls } from './no-calls.js';
import { OpenCards } from './open-cards.js';
import { OutOfSight } from './out-of-sight.js';
import type { PopUpCard } from './pop-up-card.js';
import './pop-up-card.js';
import { popUpListStyles } from './pop-up-list-styles.js';
import { announcementOf, takenWords } from './pop-up-list-words.js';
import { inPlace, type PopUpStore } from './pop-up-store.js';
import { stillness } from './stillness.js';

const doubleClickMs = 500;
const settleMs = 2_000;
/** More lines are shown by a press, or by going on with the arrows. */
const linesAtOnce = 40;

/**
 * The agent's open calls: the one that goes on as a card, the others as a line each, the newest on top. A new call is
 * announced once each time that it rings, and never takes the focus.
 */
@localized()
@customElement('cmw-pop-up-list')
export class PopUpList extends LitElement {
  @property({ attribute: false }) store!: PopUpStore;
  @property({ attribute: false }) desk: CallDesk | undefined;
  @property({ attribute: false }) endpoints: readonly Endpoint[] = [];
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;

  /** True for who looks after a team: what they take off the lists goes from everybody's. */
  @property({ type: Boolean }) team = false;

  @state() private announcement = '';
  /** A call that arrived while the agent was at another card. Its card is below, and this notice says so. */
  @state() private waiting: string | undefined;
  @state() private lines = linesAtOnce;
  /** True while it is asked whether all missed calls are to be put away. */
  @state() private asking = false;
  @state() private refusal: ApiError | undefined;
  /** The calls that went on when this was drawn last: what rings again is announced again. */
  #live: ReadonlySet<string> = new Set();
  readonly #cards = new OpenCards();
  #order: readonly string[] = [];
  #focused: string | undefined;
  /** The calls as they stand on the page, from top to bottom. */
  #places: readonly string[] = [];
  /** The top of the card of the call that goes on. */
  readonly #top = new OutOfSight(this, '.mark');
  #settles = false;
  /** The line that the agent was at last. */
  #stop: string | undefined;
  #goneAt = Number.NEGATIVE_INFINITY;

  constructor() {
    super();
    new Watching(this, () => this.store);
    new Watching(this, () => this.desk?.drafts);
    // Of a call that goes on a line shows how long it lasts.
    new Ticking(
      this,
      1000,
      () => this.#top.away || this.store.open.some((popUp) => popUp.state !== 'ended' && !this.#isCard(popUp)),
    );
    new Ticking(this, 20_000, () => this.store.open.length > 0);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const goOn = this.store.open.filter((popUp) => popUp.state !== 'ended');
    const live = goOn.filter((popUp) => !this.#live.has(keyOf(popUp)));
    this.#live = new Set(goOn.map(keyOf));
    this.#focused = this.#focusedCall;
    this.#cards.follow(this.store.open, this.#isAtHand);
    const before = this.#order;
    this.#order = inPlace(before, this.store.open.map(keyOf), this.#focused);
    if (before.some((key) => !this.#order.includes(key))) this.#goneAt = performance.now();
    const elsewhere = live.find((popUp) => keyOf(popUp) !== this.#focused);
    if (this.#focused && elsewhere) this.waiting = keyOf(elsewhere);
    if (this.waiting && !this.#live.has(this.waiting)) this.waiting = undefined;
    if (live.length === 0) return;
    const words = live.map(announcementOf).join('. ');
    // A screen reader announces the same text again only if it changes.
    this.announcement = words === this.announcement ? `${words}\u00a0` : words;
  }

  /**
   * If what had the focus disappeared, the focus moves to what took its place, or to the heading; with a line that became
   * a card it goes along.
   */
  protected override updated(): void {
    if (!this.#settles && (this.store.loaded || this.store.error)) void this.#settle();
    const before = this.#places;
    this.#places = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-call]')].map(
      ({ dataset }) => `${dataset.call}`,
    );
    if (!this.#focused) return;
    if (this.#order.includes(this.#focused)) {
      if (!this.shadowRoot?.activeElement) void this.#goAlong(this.#focused);
      return;
    }

    const place = before.indexOf(this.#focused);
    this.#focused = undefined;
    const rest = [...before.slice(place), ...before.slice(0, Math.max(place, 0)).reverse()];
    const next = rest.find((key) => this.#places.includes(key));
    // Lines that are not shown yet can't have the focus.
    this.setAttribute('settled', '');
    (next ? this.#item(next) : this.renderRoot.querySelector<HTMLElement>('h2'))?.focus();
  }

  /** The focus follows a call that stands elsewhere now; the page stays where it is. */
  async #goAlong(key: string): Promise<void> {
    await this.updateComplete;
    if (!this.shadowRoot?.activeElement) this.#item(key)?.focus({ preventScroll: true });
  }

  /** Marks the list once the cards that are there at first have their height, so that nothing below them moves. */
  async #settle(): Promise<void> {
    this.#settles = true;
    const above = this.desk ? this.renderRoot.querySelector('.above') : null;
    if (above) {
      const last = new Promise((done) => setTimeout(done, settleMs));
      // The code may not come.
      await Promise.race([customElements.whenDefined('cmw-call-work'), last]);
      await Promise.race([stillness(above), last]);
    }

    this.setAttribute('settled', '');
  }

  protected override render(): TemplateResult {
    const byKey = new Map(this.store.open.map((popUp) => [keyOf(popUp), popUp]));
    const open = this.#order.flatMap((key) => byKey.get(key) ?? []);
    return html`
      <section
        aria-labelledby="title"
        @keydown=${this.#key}
        @click=${{ handleEvent: this.#click, capture: true }}
      >
        <h2 id="title" tabindex="-1" class="visually-hidden">${msg('Llamadas en pantalla')}</h2>
        <p class="visually-hidden" aria-live="polite">${this.announcement}</p>
        ${this.store.error && open.length === 0 ? callsError(this.store.error, () => this.store.read()) : nothing}
        ${this.#taken()} ${this.#notice(open)}
        ${open.length > 0 ? this.#calls(open) : this.store.error ? nothing : this.#empty()}
      </section>
    `;
  }

  #calls(open: readonly PopUp[]): TemplateResult {
    const above = open.filter((popUp) => this.#cards.isAbove(keyOf(popUp)));
    const below = open.filter((popUp) => !this.#cards.isAbove(keyOf(popUp)));
    const live = open.find((popUp) => popUp.state !== 'ended' && this.#isCard(popUp));
    return html`
      ${live && this.#top.away ? this.#strip(live) : nothing}
      ${above.length > 0 ? html`<ul class="above">${repeat(above, keyOf, (popUp) => html`<li>${popUp === live ? html`<i class="mark"></i>` : nothing}${this.#card(popUp)}</li>`)}</ul>` : nothing}
      ${below.length > 0 ? this.#below(below, open.filter(isMissed)) : nothing}
    `;
  }

  /** What stands for the card of the call that goes on while it is out of sight. */
  #strip(call: PopUp): TemplateResult {
    return html`
      <div class="strip">
        <button @click=${() => this.goTo(call)}>
          <span class=${`sign ${call.state}`}>${directionIcon(call)}</span>
          <span class="name">${whoWords(call)}</span>
          <span class="how">${stateWords(call, this.now())} ${lineTime(call, this.now(), this.timeZone)}</span>
          <b>${msg('Ver')}</b>
        </button>
      </div>
    `;
  }

  #below(calls: readonly PopUp[], missed: readonly PopUp[]): TemplateResult {
    const shown = calls.slice(0, this.lines);
    const closed = shown.filter((popUp) => !this.#isCard(popUp)).map(keyOf);
    const stop = this.#stop && closed.includes(this.#stop) ? this.#stop : closed[0];
    return html`
      <div class="below">
        <header>
          <h3 id="below">${msg('Por atender')} <span class="count">${calls.length}</span></h3>
          ${missed.length > 1 && !this.asking ? this.#offer(missed) : nothing}
        </header>
        ${this.asking && missed.length > 0 ? this.#question(missed) : nothing}
        ${this.refusal ? html`<p class="refusal" role="alert">${plainWords(this.refusal)}</p>` : nothing}
        <p id="line-keys" hidden>${msg('Flechas para moverse, Enter para abrir, Supr para descartar o cerrar')}</p>
        <ul aria-labelledby="below" class="lines">
          ${repeat(shown, keyOf, (popUp) => html`<li class=${this.#isCard(popUp) ? 'opened' : ''}>${this.#isCard(popUp) ? this.#card(popUp) : this.#line(popUp, stop)}</li>`)}
        </ul>
        ${
          calls.length > shown.length
            ? html`<button class="more" @click=${() => (this.lines += linesAtOnce)}>
                ${msg(str`Ver más (${calls.length - shown.length})`)}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  #offer(missed: readonly PopUp[]): TemplateResult {
    return html`<button class="bare all" @click=${this.#ask}>${msg(str`Descartar las ${missed.length} perdidas`)}</button>`;
  }

  #question(missed: readonly PopUp[]): TemplateResult {
    return html`
      <div class="question" role="group" aria-labelledby="question">
        <p id="question">
          ${
            this.team
              ? msg(str`¿Quitar de las listas de todos las llamadas perdidas (${missed.length})?`)
              : msg(str`¿Quitar de sus listas las llamadas perdidas (${missed.length})?`)
          }
          ${msg('Siguen en el historial.')}
        </p>
        <span>
          <button class="primary" @click=${() => this.#takeOffAll(missed)}>${msg('Descartar')}</button>
          <button @click=${this.#keep}>${msg('Conservar')}</button>
        </span>
      </div>
    `;
  }

  #card(popUp: PopUp): TemplateResult {
    return html`
      <cmw-pop-up-card
        exportparts="card, card-header"
        data-call=${keyOf(popUp)}
        .desk=${this.desk}
        .popUp=${popUp}
        .refusal=${this.store.refusal(popUp)}
        .endpoints=${this.endpoints}
        .timeZone=${this.timeZone}
        .now=${this.now}
        .team=${this.team}
        .folds=${popUp.state === 'ended'}
        @fold=${() => this.#fold(popUp)}
        @take-off=${() => this.#takeOff(popUp)}
        @acknowledge=${() => this.#acknowledge(popUp)}
        @focusin=${() => this.#look(popUp)}
        @choose=${(event: CustomEvent<{ contactId: string }>) => this.store.choose(popUp, event.detail.contactId)}
      ></cmw-pop-up-card>
    `;
  }

  #line(popUp: PopUp, stop: string | undefined): TemplateResult {
    return callLine(popUp, {
      now: this.now(),
      timeZone: this.timeZone,
      isStop: keyOf(popUp) === stop,
      draft: this.desk?.drafts.find(popUp),
      refusal: this.store.refusal(popUp),
      open: () => this.#unfold(popUp),
      putAway: () => void this.#putAway(popUp),
    });
  }

  #isCard(popUp: PopUp): boolean {
    return this.#cards.isOpen(keyOf(popUp));
  }

  /** The agent is at it, or writes about it: it is not folded under their hands. */
  readonly #isAtHand = (popUp: PopUp): boolean =>
    keyOf(popUp) === this.#focused || this.desk?.drafts.beingWritten(popUp) === true;

  get #focusedCall(): string | undefined {
    return this.isConnected ? (this.shadowRoot?.activeElement as HTMLElement | null)?.dataset.call : undefined;
  }

  #item(key: string): HTMLElement | undefined {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[data-call]')].find(
      ({ dataset }) => dataset.call === key,
    );
  }

  /** What a key does on a line, or on a card that has the focus itself. */
  #key(event: KeyboardEvent): void {
    const [pressed] = event.composedPath();
    const key = this.#focusedCall;
    const popUp = this.store.open.find((other) => keyOf(other) === key);
    if (!popUp || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const isLine = !this.#isCard(popUp);
    if (!(isLine || (pressed instanceof HTMLElement && pressed.localName === 'article'))) return;
    if (this.#press(popUp, isLine, event)) event.preventDefault();
  }

  #press(popUp: PopUp, isLine: boolean, event: KeyboardEvent): boolean {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        this.#move(keyOf(popUp), event.key === 'ArrowDown' ? 1 : -1);
        return true;
      case 'Home':
      case 'End':
        if (isLine) this.#moveTo(event.key === 'Home' ? this.#lineKeys[0] : this.#lineKeys.at(-1));
        return isLine;
      case 'Delete':
        if (event.repeat) return true;
        if (event.shiftKey) void this.#ask();
        else if (isLine) void this.#putAway(popUp);
        return isLine || event.shiftKey;
      case 'Enter':
      case ' ':
        // A key that is still pressed from the card before opens nothing.
        if (isLine) return event.repeat;
        if (popUp.state !== 'ended' || event.repeat) return false;
        this.#fold(popUp);
        return true;
      case 'Escape':
        if (isLine || popUp.state !== 'ended') return false;
        this.#fold(popUp);
        return true;
      default:
        return false;
    }
  }

  get #lineKeys(): readonly string[] {
    return this.#places.filter((key) => !this.#cards.isOpen(key));
  }

  #move(from: string, step: number): void {
    const place = this.#places.indexOf(from) + step;
    if (place === this.#places.length) this.lines += linesAtOnce;
    void this.updateComplete.then(() => this.#moveTo(this.#places[place]));
  }

  #moveTo(key: string | undefined): void {
    if (key === undefined) return;
    this.#stop = key;
    this.requestUpdate();
    this.#item(key)?.focus();
  }

  async #unfold(popUp: PopUp): Promise<void> {
    const isBeingWritten = (other: PopUp) => this.desk?.drafts.find(other)?.unsaved === true;
    this.#cards.open(popUp, this.store.open, isBeingWritten, !this.#places.includes(keyOf(popUp)));
    this.requestUpdate();
    await this.goTo(popUp);
  }

  #fold(popUp: PopUp): void {
    this.#cards.close(keyOf(popUp));
    this.requestUpdate();
    void this.updateComplete.then(() => this.#moveTo(keyOf(popUp)));
  }

  /** Puts a line away: a call that was missed leaves the lists too. */
  async #putAway(popUp: PopUp): Promise<void> {
    const draft = this.#written(popUp);
    // Of a call that nobody has looked at here, only the server knows whether something is written.
    if (draft && !draft.call) await draft.load();
    if (draft?.needsAgent || draft?.undecided || draft?.heldUp) {
      await this.#unfold(popUp);
      this.#cardOf(popUp)?.close(isMissed(popUp) ? 'take-off' : 'acknowledge');
      return;
    }

    void draft?.flush();
    await (isMissed(popUp) ? this.store.takeOff(popUp) : this.store.acknowledge(popUp));
  }

  #written(popUp: PopUp): WrapUpDraft | undefined {
    return popUp.connectedAt ? this.desk?.drafts.get(popUp) : this.desk?.drafts.find(popUp);
  }

  readonly #ask = async (): Promise<void> => {
    if (!this.store.open.some(isMissed)) return;
    this.asking = true;
    this.refusal = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.question .primary')?.focus();
  };

  readonly #keep = async (): Promise<void> => {
    this.asking = false;
    await this.updateComplete;
    this.#goToLines();
  };

  async #takeOffAll(missed: readonly PopUp[]): Promise<void> {
    this.asking = false;
    // What the agent has not finished stays, to be looked at.
    const put = missed.filter((popUp) => !this.#isUnfinished(popUp));
    const refused = this.store.takeOffAll(put);
    await this.updateComplete;
    this.#goToLines();
    this.refusal = await refused;
  }

  #isUnfinished(popUp: PopUp): boolean {
    const draft = this.desk?.drafts.find(popUp);
    return draft !== undefined && (draft.unsaved || draft.undecided);
  }

  #cardOf(popUp: CallKey): PopUpCard | undefined {
    const item = this.#item(keyOf(popUp));
    return item?.localName === 'cmw-pop-up-card' ? (item as PopUpCard) : undefined;
  }

  #goToLines(): void {
    const [first] = this.#lineKeys;
    if (first) this.#moveTo(first);
    else this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  #empty(): TemplateResult {
    return this.store.loaded ? noCalls(this.endpoints.length > 0, this.team) : callsSkeleton();
  }

  /** The notice that a colleague took a call that rang here too. */
  #taken(): TemplateResult {
    return html`<p class="taken" role="status">${this.store.taken ? takenWords(this.store.taken) : nothing}</p>`;
  }

  #look(popUp: PopUp): void {
    if (this.waiting === keyOf(popUp)) this.waiting = undefined;
  }

  #notice(open: readonly PopUp[]): TemplateResult | typeof nothing {
    const popUp = open.find((other) => keyOf(other) === this.waiting);
    return popUp
      ? html`<button class="notice primary" @click=${() => this.goTo(popUp)}>
          ${icons.incoming(18)} <span>${announcementOf(popUp)}</span> <b>${msg('Ver')}</b>
        </button>`
      : nothing;
  }

  /** Opens a call's card and moves the focus to it. */
  async goTo(popUp: CallKey): Promise<void> {
    const call = this.store.open.find((other) => keyOf(other) === keyOf(popUp));
    if (call && !this.#isCard(call)) {
      await this.#unfold(call);
      return;
    }

    await this.updateComplete;
    this.waiting = undefined;
    const card = this.#item(keyOf(popUp));
    card?.scrollIntoView({ block: 'start', behavior: 'instant' });
    card?.focus({ preventScroll: true });
  }

  /** To the outcome on the newest card, or to the lines where there is none. */
  async goToNewest(): Promise<void> {
    const newest = this.store.open.find((popUp) => this.#isCard(popUp));
    if (newest) {
      await this.goTo(newest);
      await this.#cardOf(newest)?.goToOutcome();
    } else if (this.#lineKeys.length > 0) {
      this.#goToLines();
    }
  }

  async #acknowledge(popUp: PopUp): Promise<void> {
    void this.desk?.drafts.get(popUp).flush();
    await this.store.acknowledge(popUp);
  }

  async #takeOff(popUp: PopUp): Promise<void> {
    void this.desk?.drafts.get(popUp).flush();
    await this.store.takeOff(popUp);
  }

  /** Another card stands where one has just gone: the second click of a double click is not meant for it. */
  readonly #click = (event: MouseEvent): void => {
    // A key that presses a button has no detail. The click's own time counts: a busy page handles it late.
    if (event.detail === 0 || event.timeStamp - this.#goneAt > doubleClickMs) return;
    event.stopPropagation();
    event.preventDefault();
  };

  static override styles = [base, buttons, callLineStyles, popUpListStyles];
}
