import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Watching } from '../api/observable.js';
import type { Endpoint, PopUp } from '../api/types.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { directionWords, possible, tiedName, whoWords } from './call-words.js';
import './pop-up-card.js';
import { keyOf, type PopUpStore } from './pop-up-store.js';

/** The agent's open calls, the newest on top. A new one is announced once and never takes the focus. */
@localized()
@customElement('cmw-pop-up-list')
export class PopUpList extends LitElement {
  @property({ attribute: false }) store!: PopUpStore;
  @property({ attribute: false }) endpoints: readonly Endpoint[] = [];
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private announcement = '';
  readonly #announced = new Set<string>();

  constructor() {
    super();
    new Watching(this, () => this.store);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const arrived = this.store.open.filter((popUp) => !this.#announced.has(keyOf(popUp)));
    for (const popUp of arrived) this.#announced.add(keyOf(popUp));
    const live = arrived.filter((popUp) => popUp.state !== 'ended');
    if (live.length === 0) return;
    const words = live.map(announcementOf).join('. ');
    // The same words again are announced only if the text changes.
    this.announcement = words === this.announcement ? `${words}\u00a0` : words;
  }

  protected override render(): TemplateResult {
    const open = this.store.open;
    return html`
      <section aria-labelledby="title">
        <h2 id="title" tabindex="-1" class="visually-hidden">${msg('Llamadas en pantalla')}</h2>
        <p class="visually-hidden" aria-live="polite">${this.announcement}</p>
        ${this.store.error && open.length === 0 ? this.#error() : nothing}
        ${open.length > 0 ? this.#cards(open) : this.store.error ? nothing : this.#empty()}
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
                .popUp=${popUp}
                .refusal=${this.store.refusal(popUp)}
                .endpoints=${this.endpoints}
                .timeZone=${this.timeZone}
                .now=${this.now}
                @acknowledge=${() => this.#acknowledge(popUp)}
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

  /** The focus goes on to the next card, or to the heading, and is not lost with the card. */
  async #acknowledge(popUp: PopUp): Promise<void> {
    const place = this.store.open.findIndex((other) => keyOf(other) === keyOf(popUp));
    const focused = this.shadowRoot?.activeElement !== null;
    const done = this.store.acknowledge(popUp);
    await this.updateComplete;
    if (focused) {
      const cards = this.renderRoot.querySelectorAll<HTMLElement>('cmw-pop-up-card');
      (cards[Math.min(place, cards.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('h2'))?.focus();
    }

    await done;
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

function announcementOf(popUp: PopUp): string {
  const who = tiedName(popUp) ? `${whoWords(popUp)}, ${popUp.number.display}` : whoWords(popUp);
  const hint = possible(popUp);
  return hint
    ? msg(str`${directionWords(popUp.direction)}: ${who}, posible ${hint.name}`)
    : msg(str`${directionWords(popUp.direction)}: ${who}`);
}
