import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FocusBefore } from '../base/focus-before.js';
import { memory } from '../base/memory.js';
import { Watching } from '../base/observable.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import type { Alerts } from './alerts.js';

/** Offers the sound and the browser's notifications, once on each machine, where no call is on the screen. */
@localized()
@customElement('cmw-alerts-offer')
export class AlertsOffer extends LitElement {
  @property({ attribute: false }) alerts!: Alerts;

  readonly #before = new FocusBefore(this);

  constructor() {
    super();
    new Watching(this, () => this.alerts);
  }

  get #offers(): boolean {
    return !this.alerts.has('sound') && !this.alerts.has('notification') && memory.get('alertsOffered') === null;
  }

  protected override willUpdate(_changes: PropertyValues<this>): void {
    if (!this.#offers) this.#before.giveBack();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#offers) return nothing;
    return html`
      <div role="group" aria-labelledby="words">
        <p id="words">${icons.bell(18)} ${msg('¿Quiere oír y ver una alerta cuando le llamen?')}</p>
        <span>
          <button class="tonal" @click=${this.#accept}>${msg('Activar alertas')}</button>
          <button class="bare" @click=${this.#decline}>${msg('Ahora no')}</button>
        </span>
      </div>
    `;
  }

  async #accept(): Promise<void> {
    memory.set('alertsOffered', 'on');
    await this.alerts.turn('sound', true);
    if (this.alerts.canNotify) await this.alerts.turn('notification', true);
  }

  #decline(): void {
    memory.set('alertsOffered', 'off');
    this.requestUpdate();
  }

  static override styles = [
    base,
    buttons,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--cmw-space-2) var(--cmw-space-4);
        margin-block-start: var(--cmw-space-4);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-surface);
        color: var(--cmw-text);
      }

      p {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-3);
      }

      span {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--cmw-space-2);
      }
    `,
  ];
}
