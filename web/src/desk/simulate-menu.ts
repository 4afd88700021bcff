import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { DemoCall } from '../api/types.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';

/** In the demo: makes the simulator call the agent, or gives it the calls of a month. */
@localized()
@customElement('cmw-simulate-menu')
export class SimulateMenu extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  /** True for who sees reports, which a month of calls fills. */
  @property({ type: Boolean }) team = false;

  @state() private open = false;
  @state() private error: ApiError | undefined;
  @state() private fills = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.#outside);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const kinds: readonly (readonly [DemoCall, string])[] = [
      ['known', msg('De un contacto')],
      ['several', msg('De un número de varios contactos')],
      ['unknown', msg('De un número desconocido')],
      ['private', msg('De un número privado')],
    ];
    return html`
      <div @keydown=${this.#key} @focusout=${this.#left}>
        <button id="toggle" aria-expanded=${this.open} aria-controls="kinds" @click=${this.#toggle}>
          ${icons.incoming(18)}<span>${msg('Simular una llamada')}</span>${icons.chevron(16)}
        </button>
        <div id="kinds" class="menu" ?hidden=${!this.open}>
          <ul>
            ${kinds.map(
              ([kind, words]) =>
                html`<li><button class="bare" @click=${() => this.#simulate(kind)}>${words}</button></li>`,
            )}
            ${
              this.team
                ? html`<li class="month"><button class="bare" @click=${this.#fill}>${msg('Un mes de llamadas')}</button></li>`
                : nothing
            }
          </ul>
          <p class="said" role="status">${
            this.fills
              ? msg('Se leen del operador las llamadas de un mes. En medio minuto están en Historial y Reportes.')
              : nothing
          }</p>
          ${this.error ? html`<p class="error" role="alert">${plainWords(this.error)}</p>` : nothing}
        </div>
      </div>
    `;
  }

  #toggle(): void {
    this.open = !this.open;
    this.error = undefined;
    this.fills = false;
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

  async #simulate(kind: DemoCall): Promise<void> {
    this.error = undefined;
    try {
      await this.api.simulateCall(kind);
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('#toggle')?.focus();
    } catch (error) {
      this.error = asApiError(error);
    }
  }

  async #fill(): Promise<void> {
    this.error = undefined;
    this.fills = false;
    try {
      await this.api.fillDemo();
      this.fills = true;
    } catch (error) {
      this.error = asApiError(error);
    }
  }

  static override styles = [
    base,
    buttons,
    css`
      div {
        position: relative;
      }

      @media (width < 48rem) {
        #toggle {
          padding-inline: var(--cmw-space-3);
          font: var(--cmw-type-label);
        }
      }

      .menu {
        position: absolute;
        inset-block-start: calc(100% + var(--cmw-space-1));
        inset-inline-end: 0;
        z-index: 10;
        inline-size: max-content;
        max-inline-size: calc(100vw - 2rem);
        padding: var(--cmw-space-1);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
      }

      .menu button {
        inline-size: 100%;
        justify-content: flex-start;
        font: var(--cmw-type-body);
        text-align: start;
      }

      .month {
        border-block-start: 1px solid var(--cmw-line);
      }

      .error,
      .said:not(:empty) {
        max-inline-size: 18rem;
        padding: var(--cmw-space-2) var(--cmw-space-4);
        font: var(--cmw-type-small);
      }

      .error {
        color: var(--cmw-bad);
      }
    `,
  ];
}
