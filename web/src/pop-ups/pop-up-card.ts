import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiError } from '../api/api-error.js';
import type { Candidate, Endpoint, PopUp } from '../api/types.js';
import { initials } from '../contacts/initials.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { Ticking } from '../design/ticking.js';
import type { Desk } from '../desk/desk.js';
import { askToDial } from '../dial/dial-event.js';
import { clockTime, duration, elapsed } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { isTyping } from '../shell/typing.js';
import { directionShort, isMissed, possible, reasonWords, stateWords, tiedName, whoWords } from './call-words.js';
import type { CallWork } from './call-work.js';

/** One call on the agent's screen. Fires `acknowledge` when the agent is done with it, `choose` when they say who it is with. */
@localized()
@customElement('cmw-pop-up-card')
export class PopUpCard extends LitElement {
  @property({ attribute: false }) popUp!: PopUp;
  @property({ attribute: false }) desk: Desk | undefined;
  @property({ attribute: false }) refusal: ApiError | undefined;
  @property({ attribute: false }) endpoints: readonly Endpoint[] = [];
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private choosing = false;
  #chosenAt = Number.NEGATIVE_INFINITY;

  constructor() {
    super();
    new Ticking(this, 1000, () => this.popUp?.state !== 'ended');
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.done')?.focus(options);
  }

  protected override render(): TemplateResult {
    const call = this.popUp;
    return html`
      <article
        class=${`${call.state} ${isMissed(call) ? 'missed' : ''}`}
        aria-labelledby="who"
        tabindex="-1"
        @keydown=${this.#key}
      >
        <header>
          <span class="direction">${directionIcon(call)} ${directionShort(call.direction)}</span>
          <span class="state"><span class="dot"></span>${stateWords(call)}</span>
          <span class="time">${this.#time()}</span>
        </header>
        <div class="body">
          <span class="avatar">${avatar(call)}</span>
          <div class="who">${this.#who()}</div>
        </div>
        ${call.candidates.length > 1 && (this.choosing || !tiedName(call)) ? this.#candidates(call.candidates) : nothing}
        ${this.#work()}
        <footer>
          <p class="facts">${this.#facts()}</p>
          <button class=${call.state === 'ended' ? 'done tonal' : 'done'} aria-describedby="who" @click=${this.#acknowledge}>
            ${icons.check(18)} ${msg('Listo')}
          </button>
        </footer>
        ${this.refusal ? html`<p class="refusal" role="alert">${plainWords(this.refusal)}</p>` : nothing}
      </article>
    `;
  }

  #who(): TemplateResult {
    const call = this.popUp;
    const hint = possible(call);
    const name = tiedName(call);
    if (name) {
      const reason = call.candidates.find((candidate) => candidate.contactId === call.contactId)?.reason;
      return html`
        <h3 id="who">${name}</h3>
        <p class="number">${this.#number()}</p>
        <p class="reason">
          ${reason ? reasonWords(reason) : nothing}${reason ? ' · ' : nothing}
          <button class="link" aria-expanded=${this.choosing} @click=${this.#reconsider}>
            ${this.choosing ? msg('Dejarlo así') : msg('Cambiar contacto')}
          </button>
        </p>
      `;
    }

    if (hint) {
      return html`
        <h3 id="who" class="number">${call.number.display}</h3>
        <p class="possible">${msg(html`Posible: <strong>${hint.name}</strong> — confirme`)}</p>
        <p class="reason">${reasonWords(hint.reason)}</p>
        <p class="confirm">
          <button @click=${() => this.#choose(hint)}>${msg('Confirmar')}</button>
          <button class="link" aria-expanded=${this.choosing} @click=${this.#reconsider}>${msg('Es otra persona')}</button>
        </p>
      `;
    }

    const words = call.ignored
      ? msg('Sigue sin contacto.')
      : call.match === 'private'
        ? call.state === 'ended'
          ? msg('Quien llamó ocultó su número.')
          : msg('Quien llama oculta su número. Pregúntele con quién habla.')
        : call.match === 'many'
          ? msg(str`Puede ser una de estas ${call.candidates.length} personas: elija quién es`)
          : call.direction === 'internal'
            ? call.colleague
              ? msg('De la oficina')
              : msg('Alguien de la oficina')
            : msg('No está en sus contactos');
    return html`
      <h3 id="who" class="number">${whoWords(call) === call.number.display ? this.#number() : whoWords(call)}</h3>
      ${call.colleague ? html`<p class="number">${this.#number()}</p>` : nothing}
      <p class="reason">
        ${words}
        ${
          this.#searchesAtOnce()
            ? nothing
            : html`<button class="link" aria-expanded=${this.choosing} @click=${this.#reconsider}>${msg('Buscar contacto')}</button>`
        }
      </p>
    `;
  }

  /** The number; once the call is over, to call it again. */
  #number(): TemplateResult | string {
    const { number, state, contactId } = this.popUp;
    if (state !== 'ended' || !number.e164 || this.endpoints.length === 0) return number.display;
    return html`<button
      class="link"
      title=${msg('Llamar')}
      aria-label=${msg(str`Llamar al ${number.display}`)}
      @click=${() => askToDial(this, { number: number.e164, contactId, who: tiedName(this.popUp) ?? number.display })}
    >
      ${number.display}
    </button>`;
  }

  /** Nobody is known: the search is right there. */
  #searchesAtOnce(): boolean {
    const { contactId, candidates, ignored, direction } = this.popUp;
    return !contactId && candidates.length === 0 && !ignored && direction !== 'internal';
  }

  #work(): TemplateResult | typeof nothing {
    if (!this.desk) return nothing;
    return html`<cmw-call-work
      .desk=${this.desk}
      .popUp=${this.popUp}
      .searching=${this.choosing || this.#searchesAtOnce()}
      @picked=${this.#picked}
    ></cmw-call-work>`;
  }

  /** Digits choose an outcome, where nothing is being typed. */
  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !/^[1-9]$/.test(event.key)) return;
    const work = this.renderRoot.querySelector<CallWork>('cmw-call-work');
    if (work?.chooseByDigit?.(Number(event.key))) event.preventDefault();
  }

  #picked(): void {
    this.choosing = false;
    this.#chosenAt = performance.now();
    this.renderRoot.querySelector('article')?.focus();
  }

  #candidates(candidates: readonly Candidate[]): TemplateResult {
    return html`
      <ul class="candidates" aria-label=${msg('¿Con quién es la llamada?')}>
        ${candidates.map(
          (candidate) => html`
            <li>
              <button class="bare" @click=${() => this.#choose(candidate)}>
                <span class="initials" aria-hidden="true">${initials(candidate.name)}</span>
                <span class="candidate">
                  <strong>${candidate.name}</strong>
                  <span class="reason">${reasonWords(candidate.reason)}</span>
                </span>
                <span class="pick">${msg('Elegir')}</span>
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #time(): TemplateResult | string {
    const { state, startedAt, connectedAt, durationSeconds } = this.popUp;
    if (state === 'ended') return connectedAt && durationSeconds !== undefined ? duration(durationSeconds) : '';
    // A timer that a screen reader would read each second is noise; the state beside it is said.
    return html`<span role="timer" aria-live="off">${elapsed(this.now() - Date.parse(connectedAt ?? startedAt))}</span>`;
  }

  #facts(): string {
    const { endpointId, startedAt } = this.popUp;
    const endpoint = this.endpoints.find((known) => known.endpointId === endpointId);
    const time = clockTime(Date.parse(startedAt), this.timeZone);
    const line = endpoint?.label || endpointId;
    return line ? msg(str`${time} · por ${line}`) : time;
  }

  #acknowledge(): void {
    // The card shrinks with a choice: the second click of a double one must not fall on this button.
    if (performance.now() - this.#chosenAt < 500) return;
    this.dispatchEvent(new CustomEvent('acknowledge', { detail: this.popUp, bubbles: true, composed: true }));
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
    // The button that was pressed goes away: the focus stays in the card.
    this.renderRoot.querySelector('article')?.focus();
  }

  async #reconsider(): Promise<void> {
    this.choosing = !this.choosing;
    if (!this.choosing) return;
    await this.updateComplete;
    const candidate = this.renderRoot.querySelector<HTMLElement>('.candidates button');
    if (candidate) candidate.focus();
    else await this.renderRoot.querySelector<CallWork>('cmw-call-work')?.focusSearch?.();
  }

  static override styles = [
    base,
    buttons,
    css`
      article {
        --tone: var(--cmw-live);
        --tone-ground: var(--cmw-live-ground);
        position: relative;
        padding: var(--cmw-space-4) var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-card);
        overflow: hidden;
        overflow-wrap: anywhere;
        animation: arrive 180ms ease-out;
      }

      article.ringing {
        --tone: var(--cmw-accent);
        --tone-ground: var(--cmw-accent-ground);
      }

      article.ended {
        --tone: var(--cmw-quiet);
        --tone-ground: var(--cmw-sunken);
        box-shadow: none;
      }

      article.missed {
        --tone: var(--cmw-bad);
        --tone-ground: var(--cmw-bad-ground);
      }

      article::before {
        content: '';
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        inline-size: 4px;
        background: var(--tone);
      }

      article.ended:not(.missed)::before {
        background: var(--cmw-line);
      }

      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(-6px);
        }
      }

      header {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: var(--cmw-space-1) var(--cmw-space-3);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .direction,
      .state {
        display: inline-flex;
        align-items: center;
        gap: var(--cmw-space-2);
      }

      .state {
        padding: 0.125rem var(--cmw-space-2);
        border-radius: var(--cmw-radius-full);
        background: var(--tone-ground);
        color: var(--tone);
      }

      .dot {
        inline-size: 0.5rem;
        block-size: 0.5rem;
        border-radius: 50%;
        background: currentColor;
      }

      .ringing .dot {
        animation: ring 1.4s ease-in-out infinite;
      }

      @keyframes ring {
        50% {
          opacity: 0.25;
        }
      }

      .time {
        margin-inline-start: auto;
        color: var(--cmw-text);
        font: var(--cmw-type-strong);
        font-variant-numeric: tabular-nums;
      }

      .body {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-4);
        margin-block: var(--cmw-space-4);
      }

      .avatar {
        display: grid;
        place-items: center;
        inline-size: 3.5rem;
        block-size: 3.5rem;
        flex: none;
        border-radius: 50%;
        background: var(--tone-ground);
        color: var(--tone);
        font: 600 1.125rem / 1 var(--cmw-font);
        letter-spacing: 0.02em;
      }

      .who {
        min-inline-size: 0;
      }

      h3 {
        display: -webkit-box;
        overflow: hidden;
        font: var(--cmw-type-hero);
        letter-spacing: -0.01em;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
      }

      /* A name that runs from right to left turns nothing around it. */
      h3,
      strong,
      .number {
        unicode-bidi: isolate;
      }

      .number {
        font-variant-numeric: tabular-nums;
      }

      p.number {
        font-size: 1.0625rem;
      }

      .possible {
        font-size: 1.0625rem;
      }

      .reason,
      .facts {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .candidates {
        display: grid;
        max-block-size: 22rem;
        overflow-y: auto;
        margin-block-end: var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
      }

      .candidates button {
        inline-size: 100%;
        justify-content: flex-start;
        gap: var(--cmw-space-3);
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-radius: 0;
        font: var(--cmw-type-body);
        text-align: start;
      }

      .candidates button:focus-visible {
        outline-offset: -2px;
      }

      button.link {
        display: inline;
        min-block-size: 0;
        padding: 0;
        border: 0;
        background: none;
        color: var(--cmw-accent);
        font: inherit;
        text-align: start;
        text-decoration: underline;
        text-underline-offset: 0.15em;
      }

      button.link:hover {
        background: none;
        color: var(--cmw-accent-strong);
      }

      .confirm {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-4);
        margin-block-start: var(--cmw-space-3);
      }

      cmw-call-work {
        display: block;
        margin-block-end: var(--cmw-space-4);
        padding-block-start: var(--cmw-space-4);
        border-block-start: 1px solid var(--cmw-line);
      }

      /* About its height, until its code is there. */
      cmw-call-work:not(:defined) {
        min-block-size: 20rem;
      }

      .candidates li + li {
        border-block-start: 1px solid var(--cmw-line);
      }

      .pick {
        flex: none;
        margin-inline-start: auto;
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
      }

      .candidate {
        display: grid;
        min-inline-size: 0;
      }

      strong {
        font-weight: 600;
      }

      .initials {
        display: grid;
        place-items: center;
        inline-size: 2.25rem;
        block-size: 2.25rem;
        flex: none;
        border-radius: 50%;
        background: var(--cmw-sunken);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      footer {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-3);
      }

      .refusal {
        margin-block-start: var(--cmw-space-3);
        color: var(--cmw-bad);
        font: var(--cmw-type-small);
      }

      @media (width < 30rem) {
        article {
          padding-inline: var(--cmw-space-4);
        }

        header {
          gap: var(--cmw-space-2);
        }

        .body {
          gap: var(--cmw-space-3);
        }

        .avatar {
          inline-size: 2.75rem;
          block-size: 2.75rem;
        }

        h3 {
          font-size: 1.375rem;
        }
      }
    `,
  ];
}

function avatar(call: PopUp): unknown {
  const name = tiedName(call);
  const known = name ?? call.colleague?.name;
  if (known) return initials(known) || icons.person(26);
  if (call.match === 'private') return icons.hidden(26);
  if (call.candidates.length > 1) return icons.people(26);
  return call.direction === 'internal' ? icons.person(26) : icons.unknown(26);
}

export function directionIcon(call: PopUp, size = 18): unknown {
  if (isMissed(call)) return icons.missed(size);
  if (call.direction === 'internal') return icons.internal(size);
  return call.direction === 'in' ? icons.incoming(size) : icons.outgoing(size);
}
