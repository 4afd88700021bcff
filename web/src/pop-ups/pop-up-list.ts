import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallKey, Endpoint, PopUp } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import { directionWords, isPrivate, possible, tiedName, whoWords } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import type { CallDesk } from './call-desk.js';
import type { PopUpCard } from './pop-up-card.js';
import './pop-up-card.js';
import { inPlace, type PopUpStore } from './pop-up-store.js';

/** The agent's open calls, the newest on top. A new call is announced once, and never takes the focus. */
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
  readonly #announced = new Set<string>();
  #order: readonly string[] = [];
  #focused: string | undefined;

  constructor() {
    super();
    new Watching(this, () => this.store);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const arrived = this.store.open.filter((popUp) => !this.#announced.has(keyOf(popUp)));
    for (const popUp of arrived) this.#announced.add(keyOf(popUp));
    this.#focused = (this.shadowRoot?.activeElement as PopUpCard | null)?.dataset.call;
    this.#order = inPlace(this.#order, this.store.open.map(keyOf), this.#focused);
    const live = arrived.filter((popUp) => popUp.state !== 'ended');
    if (this.#focused && live[0]) this.waiting = keyOf(live[0]);
    if (!this.store.open.some((popUp) => keyOf(popUp) === this.waiting && popUp.state !== 'ended'))
      this.waiting = undefined;
    if (live.length === 0) return;
    const words = live.map(announcementOf).join('. ');
    // A screen reader announces the same text again only if it changes.
    this.announcement = words === this.announcement ? `${words}\u00a0` : words;
  }

  /** If the focused card disappeared, the focus moves to the next card, or to the heading. */
  protected override updated(): void {
    if (!this.#focused || this.#order.includes(this.#focused)) return;
    this.#focused = undefined;
    const next = this.renderRoot.querySelectorAll<HTMLElement>('cmw-pop-up-card')[0];
    (next ?? this.renderRoot.querySelector<HTMLElement>('h2'))?.focus();
  }

  protected override render(): TemplateResult {
    const byKey = new Map(this.store.open.map((popUp) => [keyOf(popUp), popUp]));
    const open = this.#order.flatMap((key) => byKey.get(key) ?? []);
    return html`
      <section aria-labelledby="title">
        <h2 id="title" tabindex="-1" class="visually-hidden">${msg('Llamadas en pantalla')}</h2>
        <p class="visually-hidden" aria-live="polite">${this.announcement}</p>
        ${this.store.error && open.length === 0 ? this.#error() : nothing}
        ${this.#taken()} ${this.#notice(open)} ${open.length > 0 ? this.#cards(open) : this.store.error ? nothing : this.#empty()}
      </section>
    `;
  }

  #cards(open: readonly PopUp[]): TemplateResult {
    return html`
      <ul>
        ${repeat(
          open,
          keyOf,
          (popUp) => html`
            <li>
              <cmw-pop-up-card
                data-call=${keyOf(popUp)}
                .desk=${this.desk}
                .popUp=${popUp}
                .refusal=${this.store.refusal(popUp)}
                .endpoints=${this.endpoints}
                .timeZone=${this.timeZone}
                .now=${this.now}
                .team=${this.team}
                @take-off=${(event: Event) => this.#takeOff(popUp, event.target as PopUpCard)}
                @acknowledge=${(event: Event) => this.#acknowledge(popUp, event.target as PopUpCard)}
                @focusin=${() => this.#look(popUp)}
                @choose=${(event: CustomEvent<{ contactId: string }>) => this.store.choose(popUp, event.detail.contactId)}
              ></cmw-pop-up-card>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #empty(): TemplateResult {
    if (!this.store.loaded) return html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`;
    return html`
      <div class="empty">
        <span class="glyph">${icons.phone(26)}</span>
        <p class="title">${msg('Sin llamadas en este momento')}</p>
        <p>${msg('Cuando le llamen, aquí verá quién es. Deje esta página abierta.')}</p>
        <slot name="empty"></slot>
      </div>
    `;
  }

  #error(): TemplateResult | typeof nothing {
    return this.store.error
      ? html`
          <div class="empty" role="alert">
            <p class="title">${msg('No se pudieron leer sus llamadas')}</p>
            <p>${plainWords(this.store.error)}</p>
            <button @click=${() => this.store.read()}>${msg('Intentar de nuevo')}</button>
          </div>
        `
      : nothing;
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

  /** Moves the focus to a call's card. */
  async goTo(popUp: CallKey): Promise<void> {
    await this.updateComplete;
    const card = [...this.renderRoot.querySelectorAll<PopUpCard>('cmw-pop-up-card')].find(
      (other) => other.dataset.call === keyOf(popUp),
    );
    this.waiting = undefined;
    card?.scrollIntoView({ block: 'start', behavior: 'instant' });
    card?.focus({ preventScroll: true });
  }

  async #acknowledge(popUp: PopUp, card: PopUpCard): Promise<void> {
    if (this.#isSaved(popUp, card)) await this.store.acknowledge(popUp);
  }

  async #takeOff(popUp: PopUp, card: PopUpCard): Promise<void> {
    if (this.#isSaved(popUp, card)) await this.store.takeOff(popUp);
  }

  /** Saves what was typed. False if that can't be saved without the agent: the card stays. */
  #isSaved(popUp: PopUp, card: PopUpCard): boolean {
    const draft = this.desk?.drafts.get(popUp);
    if (draft?.needsAgent) {
      card.goToForm();
      return false;
    }

    void draft?.flush();
    return true;
  }

  static override styles = [
    base,
    buttons,
    css`
      section {
        position: relative;
      }

      ul {
        display: grid;
        gap: var(--cmw-space-4);
      }

      .taken {
        color: var(--cmw-quiet);
      }

      .taken:not(:empty) {
        margin-block-end: var(--cmw-space-3);
      }

      .notice {
        position: fixed;
        inset-block-end: calc(var(--cmw-space-4) + var(--cmw-dial-status, 0px));
        inset-inline-start: 50%;
        z-index: 15;
        max-inline-size: calc(100vw - 2rem);
        min-block-size: 3rem;
        border-radius: var(--cmw-radius-full);
        box-shadow: var(--cmw-shadow-menu);
        translate: -50%;
      }

      .notice span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .notice b {
        text-decoration: underline;
        text-underline-offset: 0.15em;
      }

      .empty,
      .skeleton {
        min-block-size: 15rem;
        border-radius: var(--cmw-radius-l);
      }

      .empty {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-6) var(--cmw-space-4);
        border: 1px dashed var(--cmw-line);
        color: var(--cmw-quiet);
        text-align: center;
        text-wrap: balance;
      }

      .glyph {
        display: grid;
        place-items: center;
        inline-size: 3.5rem;
        block-size: 3.5rem;
        margin-block-end: var(--cmw-space-2);
        border-radius: 50%;
        background: var(--cmw-sunken);
      }

      .title {
        color: var(--cmw-text);
        font: var(--cmw-type-title);
      }

      .skeleton {
        background: var(--cmw-sunken);
        opacity: 0.6;
      }
    `,
  ];
}

function takenWords(taken: PopUp): string {
  const name = taken.answeredBy?.name ?? '';
  return isPrivate(taken)
    ? msg(str`${name} contestó una llamada de un número privado.`)
    : msg(str`${name} contestó la llamada de ${whoWords(taken)}.`);
}

function announcementOf(popUp: PopUp): string {
  const who = tiedName(popUp) ? `${whoWords(popUp)}, ${popUp.number.display}` : whoWords(popUp);
  const hint = possible(popUp);
  return hint
    ? msg(str`${directionWords(popUp.direction)}: ${who}, posible ${hint.name}`)
    : msg(str`${directionWords(popUp.direction)}: ${who}`);
}
