import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Watching } from '../base/observable.js';
import { base } from '../design/shared.js';
import type { LiveConnection } from './live-connection.js';

/** The state of the realtime channel, in an agent's words. */
@localized()
@customElement('cmw-connection-status')
export class ConnectionStatus extends LitElement {
  @property({ attribute: false }) connection!: LiveConnection;
  /** True if the agent must sign in again. */
  @property({ type: Boolean }) ended = false;

  constructor() {
    super();
    new Watching(this, () => this.connection);
  }

  protected override render(): TemplateResult {
    const state = this.ended ? 'ended' : this.connection.state;
    const [words, more] = this.#words(state);
    return html`
      <span class=${`status ${state}`} role="status" title=${more ?? nothing}>
        <span class="dot"></span>
        <span>${words}${more ? html`<span class="more">: ${more}</span>` : ''}</span>
      </span>
    `;
  }

  #words(state: string): [string, string?] {
    switch (state) {
      case 'connected':
        return [msg('Conectado')];
      case 'reconnecting':
        return [msg('Reconectando…')];
      case 'offline':
        return [msg('Sin conexión'), msg('las llamadas se mostrarán al volver')];
      case 'ended':
        return [msg('Su sesión terminó')];
      default:
        return [msg('Conectando…')];
    }
  }

  static override styles = [
    base,
    css`
      .status {
        display: inline-flex;
        align-items: center;
        gap: var(--cmw-space-2);
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .dot {
        inline-size: 0.5rem;
        block-size: 0.5rem;
        flex: none;
        border-radius: 50%;
        background: var(--cmw-edge);
      }

      /*
       * If the header would need a second line, the text is hidden: a screen reader reads it, and the pointer shows it.
       */
      @media (width < 90rem) {
        .more {
          position: absolute;
          clip-path: inset(50%);
          white-space: nowrap;
        }
      }

      /* On a phone the dot is enough while all is well. */
      @media (width < 40rem) {
        .connected span + span {
          position: absolute;
          inline-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }
      }

      .connected .dot {
        background: var(--cmw-live);
      }

      .reconnecting,
      .offline,
      .ended {
        padding: var(--cmw-space-1) var(--cmw-space-3);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .reconnecting .dot,
      .offline .dot,
      .ended .dot {
        background: currentColor;
      }
    `,
  ];
}
