import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { Watching } from '../base/observable.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import type { Alerts } from './alerts.js';

/** Turns the sound and the browser's notifications on and off. */
@localized()
@customElement('cmw-alerts-menu')
export class AlertsMenu extends LitElement {
  @property({ attribute: false }) alerts!: Alerts;

  @state() private open = false;

  constructor() {
    super();
    new Watching(this, () => this.alerts);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.#outside);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const words = msg('Alertas de llamadas');
    return html`
      <div @keydown=${this.#key} @focusout=${this.#left}>
        <button
          id="toggle"
          class="bare icon"
          aria-label=${words}
          title=${words}
          aria-expanded=${this.open}
          aria-controls="menu"
          @click=${() => (this.open = !this.open)}
        >
          ${icons.bell()}
        </button>
        <fieldset id="menu" ?hidden=${!this.open}>
          <legend>${words}</legend>
          <label>
            <input type="checkbox" .checked=${live(this.alerts.has('sound'))} @change=${this.#turn('sound')} />
            ${msg('Sonido')}
          </label>
          <label>
            <input
              type="checkbox"
              .checked=${live(this.alerts.has('notification'))}
              ?disabled=${!this.alerts.canNotify}
              @change=${this.#turn('notification')}
            />
            ${msg('Alerta del navegador')}
          </label>
          ${this.alerts.canNotify ? nothing : html`<p>${msg('El navegador no permite alertas de esta página.')}</p>`}
        </fieldset>
      </div>
    `;
  }

  #turn(alert: 'sound' | 'notification') {
    return (event: Event) => this.alerts.turn(alert, (event.target as HTMLInputElement).checked);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
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
      div {
        position: relative;
      }

      fieldset {
        position: absolute;
        inset-block-start: calc(100% + var(--cmw-space-1));
        inset-inline-end: 0;
        z-index: 12;
        display: grid;
        gap: var(--cmw-space-2);
        inline-size: max-content;
        max-inline-size: min(20rem, calc(100vw - 2rem));
        margin: 0;
        padding: var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
      }

      legend {
        float: inline-start;
        padding: 0;
        font: var(--cmw-type-label);
      }

      label {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        min-block-size: 2rem;
        clear: both;
      }

      input {
        inline-size: 1.125rem;
        block-size: 1.125rem;
        accent-color: var(--cmw-accent);
      }

      p {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }
    `,
  ];
}
