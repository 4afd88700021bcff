import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FocusBefore } from '../base/focus-before.js';
import { Watching } from '../base/observable.js';
import { whoWords } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import type { Save, Saves } from './saves.js';

/**
 * Says for a minute that a wrap-up was saved, and offers to take it back. Fires `undo`, and `open-call` where something
 * else stands meanwhile. It never takes the focus.
 */
@localized()
@customElement('cmw-save-notice')
export class SaveNotice extends LitElement {
  @property({ attribute: false }) saves!: Saves;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) agentId: string | undefined;
  /** What this floats at the bottom of. */
  @property({ attribute: false }) frame = document.documentElement;

  readonly #before = new FocusBefore(this);

  constructor() {
    super();
    new Watching(this, () => this.saves);
  }

  protected override willUpdate(_changes: PropertyValues<this>): void {
    if (!this.saves.last) this.#before.giveBack();
  }

  /** On a narrow page the notice lies over the cards: the bar at a card's end stands above it. */
  protected override updated(): void {
    const height = this.renderRoot.querySelector<HTMLElement>('.notice')?.offsetHeight ?? 0;
    this.frame.style.setProperty('--cmw-notice', height > 0 ? `${height + 16}px` : '0px');
  }

  override disconnectedCallback(): void {
    this.frame.style.removeProperty('--cmw-notice');
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const save = this.saves.last;
    return html`
      <div class=${save ? (save.error ? 'notice bad' : 'notice') : ''}>
        <p role="status">${save ? this.#words(save) : nothing}</p>
        ${save ? this.#ways(save) : nothing}
      </div>
    `;
  }

  #words(save: Save): TemplateResult | string {
    const who = whoWords(save.call);
    const { stands, error } = save;
    if (stands) {
      const outcome = this.#outcome(stands.outcome);
      const by = stands.agentId === this.agentId ? '' : (stands.agentName ?? stands.agentId);
      return html`<strong>${plainWords(error as NonNullable<typeof error>)}</strong>
        ${by ? msg(str`Quedó lo de ${by}: ${outcome}.`) : msg(str`Quedó: ${outcome}.`)}`;
    }

    if (error) return html`<strong>${msg('No se pudo deshacer.')}</strong> ${plainWords(error)}`;
    return html`<strong>${msg('Guardado')}</strong> ${who} · ${this.#outcome(save.wrapUp.outcome)}`;
  }

  #outcome(code: string | undefined): string {
    return code ? this.outcomes.label(code) : msg('Sin resultado');
  }

  #ways(save: Save): TemplateResult {
    return html`
      <span class="ways">
        ${
          save.stands
            ? html`<button @click=${() => this.#open(save)}>${msg('Ver')}</button>`
            : html`<button
                aria-keyshortcuts="z"
                aria-disabled=${save.undoing === true}
                @click=${() => this.dispatchEvent(new Event('undo'))}
              >
                ${msg('Deshacer')} <kbd aria-hidden="true">Z</kbd>
              </button>`
        }
        <button
          class="bare icon"
          aria-label=${msg('Cerrar este mensaje')}
          title=${msg('Cerrar este mensaje')}
          @click=${() => this.saves.dismiss()}
        >
          ${icons.close(18)}
        </button>
      </span>
    `;
  }

  #open(save: Save): void {
    this.saves.forget(save.call);
    this.dispatchEvent(new CustomEvent('open-call', { detail: save.call }));
  }

  static override styles = [
    base,
    buttons,
    css`
      .notice {
        position: fixed;
        inset-block-end: calc(var(--cmw-space-4) + var(--cmw-dial-status, 0px));
        inset-inline-end: var(--cmw-space-4);
        z-index: 15;
        display: flex;
        align-items: center;
        gap: var(--cmw-space-3);
        max-inline-size: min(30rem, calc(var(--cmw-frame, 100vw) - 2rem));
        padding: var(--cmw-space-2) var(--cmw-space-2) var(--cmw-space-2) var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-inline-start: 4px solid var(--cmw-live);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
        overflow-wrap: anywhere;
      }

      .notice.bad {
        border-inline-start-color: var(--cmw-bad);
      }

      p {
        flex: 1 1 auto;
        min-inline-size: 0;
      }

      strong {
        font-weight: 600;
      }

      .ways {
        display: flex;
        flex: none;
        gap: var(--cmw-space-1);
      }

      kbd {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      @media (hover: none) {
        kbd {
          display: none;
        }
      }

      @media (width < 56rem) {
        .notice {
          inset-inline: var(--cmw-space-3);
          inset-block-end: var(--cmw-space-3);
          max-inline-size: none;
        }
      }
    `,
  ];
}
