import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Watching } from '../base/observable.js';
import { Ticking } from '../base/ticking.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { elapsed } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import type { PresenceStore } from './presence-store.js';
import { pauseWords } from './presence-words.js';

/** Whether the agent is at work or has paused, and the menu that changes it. Calls ring all the same. */
@localized()
@customElement('cmw-presence-menu')
export class PresenceMenu extends LitElement {
  @property({ attribute: false }) presence!: PresenceStore;
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private open = false;
  #asked = false;

  constructor() {
    super();
    new Watching(this, () => this.presence);
    new Ticking(this, 1_000, () => this.presence?.presence.paused === true);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.#outside);
    super.disconnectedCallback();
  }

  /** Opens the menu, with the focus on what is chosen. */
  async show(): Promise<void> {
    this.open = true;
    void this.presence.readReasons();
    await this.updateComplete;
    const { renderRoot } = this;
    // The reason that was chosen may be in the list no more.
    const item =
      renderRoot.querySelector<HTMLElement>('[aria-checked="true"]') ??
      renderRoot.querySelector<HTMLElement>('[role="menuitemradio"]');
    item?.focus();
  }

  protected override render(): TemplateResult {
    const { presence, reasons, error } = this.presence;
    const words = presence.paused ? pauseWords(presence.reason, reasons) : msg('Disponible');
    const chosen = presence.paused ? (presence.reason ?? '') : undefined;
    return html`
      <div @keydown=${this.#key} @focusout=${this.#left}>
        <button
          id="toggle"
          class=${presence.paused ? 'bare paused' : 'bare'}
          aria-haspopup="menu"
          aria-expanded=${this.open}
          title=${words}
          @click=${this.#toggle}
        >
          ${presence.paused ? icons.pause(18) : icons.present(18)}
          ${presence.paused ? html`<span class="visually-hidden">${msg('En pausa')}:</span>` : nothing}
          <span class="words">${words}</span>
          ${
            presence.paused && presence.since
              ? html`<span class="time" role="timer" aria-live="off">${elapsed(this.now() - Date.parse(presence.since))}</span>`
              : nothing
          }
          <span class="visually-hidden">${msg('Cambiar')}</span>
        </button>
        <div class="menu" ?hidden=${!this.open}>
          <div role="menu" aria-label=${msg('Mi estado')} aria-describedby="note">
            ${this.#item(msg('Disponible'), chosen === undefined, () => this.#set(false))}
            <p class="label" id="pauses">${msg('En pausa')}</p>
            <div role="group" aria-labelledby="pauses">
              ${reasons
                .filter(({ active, code }) => active || code === chosen)
                .map(({ code }) => this.#item(pauseWords(code, reasons), chosen === code, () => this.#set(true, code)))}
              ${this.#item(msg('Sin motivo'), chosen === '', () => this.#set(true))}
            </div>
          </div>
          <p class="note" id="note">${msg('Las llamadas siguen timbrando. Su supervisor ve la pausa.')}</p>
          ${error ? html`<p class="bad" role="alert">${plainWords(error)}</p>` : nothing}
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    // The name of a pause that was there before the page was loaded.
    const { presence, reasons } = this.presence;
    if (!presence.paused || reasons.length > 0 || this.#asked) return;
    this.#asked = true;
    void this.presence.readReasons();
  }

  #item(words: string, chosen: boolean, choose: () => void): TemplateResult {
    return html`<button class="bare item" role="menuitemradio" aria-checked=${chosen} @click=${choose}>
      <span class="check">${chosen ? icons.check(18) : nothing}</span>${words}
    </button>`;
  }

  #toggle(): void {
    if (this.open) this.open = false;
    else void this.show();
  }

  async #set(paused: boolean, reason?: string): Promise<void> {
    await this.presence.set(paused, reason);
    if (this.presence.error) return;
    this.open = false;
    this.#focusToggle();
  }

  #key(event: KeyboardEvent): void {
    if (!this.open) return;
    if (event.key === 'Escape') {
      this.open = false;
      this.#focusToggle();
      return;
    }

    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
    const at = items.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  }

  #focusToggle(): void {
    this.renderRoot.querySelector<HTMLElement>('#toggle')?.focus();
  }

  #left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && !this.renderRoot.contains(to)) this.open = false;
  }

  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  static override styles = [
    base,
    buttons,
    css`
      :host > div,
      div:has(> #toggle) {
        position: relative;
      }

      #toggle {
        gap: var(--cmw-space-2);
        padding-inline: var(--cmw-space-2);
        font: var(--cmw-type-label);
        white-space: nowrap;
      }

      #toggle svg {
        color: var(--cmw-live);
      }

      #toggle.paused {
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      #toggle.paused svg {
        color: inherit;
      }

      .words {
        overflow: hidden;
        max-inline-size: 9rem;
        text-overflow: ellipsis;
      }

      .time {
        font-variant-numeric: tabular-nums;
      }

      .menu {
        position: absolute;
        inset-block-start: calc(100% + var(--cmw-space-1));
        inset-inline-end: 0;
        z-index: 12;
        display: grid;
        inline-size: max-content;
        min-inline-size: 14rem;
        max-inline-size: min(var(--cmw-menu, 18rem), calc(100vw - 2rem));
        padding: var(--cmw-space-2);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
      }

      [role='menu'],
      [role='group'] {
        display: grid;
      }

      .item {
        justify-content: start;
        inline-size: 100%;
        padding-inline: var(--cmw-space-2);
        font: var(--cmw-type-body);
        text-align: start;
      }

      .check {
        inline-size: 1.125rem;
        color: var(--cmw-accent);
      }

      .label,
      .note,
      .bad {
        padding: var(--cmw-space-1) var(--cmw-space-2);
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .label {
        margin-block-start: var(--cmw-space-1);
        border-block-start: 1px solid var(--cmw-line);
        padding-block-start: var(--cmw-space-2);
        font: var(--cmw-type-label);
      }

      .bad {
        color: var(--cmw-bad);
      }

      @media (width < 90rem) {
        .words {
          position: absolute;
          inline-size: 1px;
          clip-path: inset(50%);
        }

        #toggle:not(.paused) {
          inline-size: var(--cmw-control);
          padding: 0;
        }
      }

      @media (width < 40rem) {
        .time {
          display: none;
        }

        #toggle {
          inline-size: var(--cmw-control);
          padding: 0;
        }

        .menu {
          inset-inline-end: calc(-1 * var(--cmw-control));
        }
      }
    `,
  ];
}
