import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiError } from '../api/api-error.js';
import type { Call, Candidate, Endpoint } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { singleKeys } from '../base/single-keys.js';
import { Ticking } from '../base/ticking.js';
import { isTyping } from '../base/typing.js';
import { avatar, directionIcon } from '../calls/call-icons.js';
import { agentWords, directionShort, isToReturn, stateWords, tiedName } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { askToDial } from '../dial/dial-event.js';
import { clockTime, duration, elapsed } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import type { WrapUpDraft } from '../wrap-up/wrap-up-draft.js';
import type { CallDesk } from './call-desk.js';
import { callWho, candidateList, searchesAtOnce, type WhoContext } from './call-who.js';
import type { CallWork } from './call-work.js';
import { CardEnd, type PutAway } from './card-end.js';
import { popUpCardStyles } from './pop-up-card-styles.js';

/**
 * One call on the agent's screen. Fires `acknowledge` when the agent is done with it, `take-off` when it is to be in no
 * list of what is to be done, `choose` when the agent says who it is with, and `fold` to be a line again.
 */
@localized()
@customElement('cmw-pop-up-card')
export class PopUpCard extends LitElement {
  @property({ attribute: false }) popUp!: Call;
  @property({ attribute: false }) desk: CallDesk | undefined;
  @property({ attribute: false }) refusal: ApiError | undefined;
  @property({ attribute: false }) endpoints: readonly Endpoint[] = [];
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;

  /** True for who looks after a team. */
  @property({ type: Boolean }) team = false;

  /** True for a call that can be a line instead. */
  @property({ type: Boolean }) folds = false;

  @state() private choosing = false;
  #chosenAt = Number.NEGATIVE_INFINITY;
  readonly #end = new CardEnd(this);

  constructor() {
    super();
    new Watching(this, () => this.desk);
    new Ticking(this, 1000, () => this.popUp?.state !== 'ended');
  }

  /**
   * Focuses the card and not a button in it: a key that is still pressed, or meant for the card before, must not close
   * the call.
   */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('article')?.focus(options);
  }

  /** Focuses what the agent must still do in the wrap-up. */
  goToForm(): void {
    this.renderRoot.querySelector<CallWork>('cmw-call-work')?.focusForm?.();
  }

  /** Focuses the outcome, or the card until its form is loaded. */
  async goToOutcome(): Promise<void> {
    this.focus({ preventScroll: true });
    await this.renderRoot.querySelector<CallWork>('cmw-call-work')?.focusOutcome?.();
  }

  /** Puts the card away, unless something must be decided first: then it asks. */
  close(how: PutAway): void {
    this.#end.close(how);
  }

  get draft(): WrapUpDraft | undefined {
    return this.desk?.drafts.get(this.popUp);
  }

  /** True where the call can't be closed without an outcome. */
  get asksForOutcome(): boolean {
    const { answeredBy, connectedAt, direction, ignored } = this.popUp;
    if (answeredBy || ignored || direction === 'internal') return false;
    return this.desk?.outcomeRequired === true && connectedAt !== undefined;
  }

  protected override render(): TemplateResult {
    const call = this.popUp;
    const who = this.#whoContext;
    return html`
      <article
        part="card"
        class=${`${call.state} ${isToReturn(call) ? 'missed' : ''} ${this.#isOthers ? 'others' : ''}`}
        aria-labelledby="who"
        tabindex="-1"
        @keydown=${this.#key}
      >
        <header part="card-header">
          <span class="direction">${directionIcon(call)} ${directionShort(call.direction)}</span>
          <span class="state"><span class="dot"></span>${stateWords(call, this.now())}</span>
          <span class="time">${this.#time()}</span>
          ${this.folds ? this.#foldButton() : nothing}
        </header>
        ${this.#isOthers ? html`<p class="whose">${icons.person(16)} ${msg(str`Llamada de ${agentWords(call)}`)}</p>` : nothing}
        <div class="body">
          <span class="avatar">${avatar(call)}</span>
          <div class="who">${callWho(who)}</div>
        </div>
        ${this.#offersCandidates ? candidateList(who) : nothing}
        ${this.#work()}
        ${this.#end.render()}
        ${this.refusal ? html`<p class="refusal" role="alert">${plainWords(this.refusal)}</p>` : nothing}
      </article>
    `;
  }

  /** True for a call of another agent, or of nobody, that was opened from a list of the team. */
  get #isOthers(): boolean {
    return this.desk?.agentId !== undefined && this.popUp.agentId !== this.desk.agentId;
  }

  /** Whom the agent has ruled out is offered only where they search again. */
  get #offersCandidates(): boolean {
    const { candidates, ignored } = this.popUp;
    if (ignored) return this.choosing && candidates.length > 0;
    return candidates.length > 1 && (this.choosing || !tiedName(this.popUp));
  }

  get #whoContext(): WhoContext {
    const call = this.popUp;
    const { number, contactId } = call;
    return {
      call,
      choosing: this.choosing,
      fields: this.desk?.contactFields ?? [],
      dials: this.endpoints.length > 0,
      choose: (contact) => this.#choose(contact),
      reconsider: () => void this.#reconsider(),
      dial: () => askToDial(this, { number: number.e164, contactId, who: tiedName(call) ?? number.display }),
    };
  }

  #foldButton(): TemplateResult {
    const words = msg('Plegar');
    return html`<button
      class="bare icon fold"
      aria-expanded="true"
      aria-label=${words}
      title=${words}
      aria-describedby="who"
      @click=${() => this.dispatchEvent(new CustomEvent('fold', { bubbles: true, composed: true }))}
    >
      ${icons.chevron(18)}
    </button>`;
  }

  #work(): TemplateResult | typeof nothing {
    if (!this.desk) return nothing;
    return html`<cmw-call-work
      .desk=${this.desk}
      .popUp=${this.popUp}
      .dials=${this.endpoints.length > 0}
      .searching=${this.choosing || searchesAtOnce(this.popUp)}
      @picked=${this.#picked}
      @leave-search=${this.#leaveSearch}
    ></cmw-call-work>`;
  }

  /** Ctrl+Enter saves from anywhere on the card. A digit chooses an outcome, and `e` changes the contact, unless the agent is typing. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) void this.#end.save();
      return;
    }

    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !singleKeys.on) return;
    const work = this.renderRoot.querySelector<CallWork>('cmw-call-work');
    if (event.key === 'e' && work?.editContact?.()) event.preventDefault();
    if (!/^[1-9]$/.test(event.key)) return;
    if (work?.chooseByDigit?.(Number(event.key))) event.preventDefault();
  }

  #picked(): void {
    this.choosing = false;
    this.#chosenAt = performance.now();
    this.renderRoot.querySelector('article')?.focus();
  }

  #time(): TemplateResult | string {
    const { state, startedAt, connectedAt, durationSeconds } = this.popUp;
    if (state === 'ended') return connectedAt && durationSeconds !== undefined ? duration(durationSeconds) : '';
    // A screen reader must not read a timer every second. It reads the state beside it.
    return html`<span role="timer" aria-live="off">${elapsed(this.now() - Date.parse(connectedAt ?? startedAt))}</span>`;
  }

  get facts(): string {
    const { endpointId, startedAt } = this.popUp;
    const endpoint = this.endpoints.find((known) => known.endpointId === endpointId);
    const time = clockTime(Date.parse(startedAt), this.timeZone);
    const line = endpoint?.label || endpointId;
    return line ? msg(str`${time} · teléfono ${line}`) : time;
  }

  putAway(how: PutAway): void {
    // The card shrinks after a choice, so the second click of a double click could land on one of these buttons.
    if (performance.now() - this.#chosenAt < 500) return;
    this.dispatchEvent(new CustomEvent(how, { detail: this.popUp, bubbles: true, composed: true }));
  }

  #choose(contact: Candidate): void {
    this.choosing = false;
    this.#chosenAt = performance.now();
    this.dispatchEvent(
      new CustomEvent('choose', {
        detail: { popUp: this.popUp, contactId: contact.contactId },
        bubbles: true,
        composed: true,
      }),
    );
    // The pressed button disappears; the focus stays in the card.
    this.renderRoot.querySelector('article')?.focus();
  }

  async #reconsider(): Promise<void> {
    this.choosing = !this.choosing;
    if (!this.choosing) return;
    await this.updateComplete;
    await this.renderRoot.querySelector<CallWork>('cmw-call-work')?.focusSearch?.();
  }

  /** The search goes away; the focus is on what opens it again before it goes. */
  readonly #leaveSearch = (): void => {
    if (!this.choosing) return;
    this.renderRoot.querySelector<HTMLElement>('.who [aria-expanded]')?.focus();
    this.choosing = false;
  };

  static override styles = [base, buttons, popUpCardStyles];
}
