import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { Me } from '../api/types.js';
import type { Desk } from '../desk/desk.js';
import '../desk/simulate-menu.js';
import * as icons from '../design/icons.js';
import { mark } from '../design/logo.js';
import { base, buttons } from '../design/shared.js';
import '../contacts/dial-box.js';
import { currentLocale, rememberLocale } from '../i18n/locale.js';
import '../pop-ups/alerts-menu.js';
import '../pop-ups/connection-status.js';
import { currentTheme, nextTheme, type Theme } from './theme.js';

/** The header: search and dialling, connection, language, theme, the signed-in agent. Fires `sign-out` and `skip`. */
@localized()
@customElement('cmw-header')
export class Header extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;
  @property({ type: Boolean }) ended = false;
  @property({ type: Boolean }) demo = false;

  @state() private theme: Theme = currentTheme();

  protected override render(): TemplateResult {
    const other = currentLocale() === 'es' ? 'en' : 'es';
    return html`
      <header>
        <button class="skip" @click=${() => this.#fire('skip')}>${msg('Ir al contenido')}</button>
        <span class="brand">${mark()}<span class="name">Call<b>My</b>Way</span></span>
        ${this.me ? html`<cmw-dial-box .desk=${this.desk} .endpoints=${this.me.endpoints}></cmw-dial-box>` : nothing}
        <div class="tools">
          ${
            this.me
              ? html`<cmw-connection-status .connection=${this.desk.connection} .ended=${this.ended}></cmw-connection-status>`
              : nothing
          }
          ${this.me && this.demo ? html`<cmw-simulate-menu .api=${this.api}></cmw-simulate-menu>` : nothing}
          <span class="group">
            <button class="bare language" lang=${other} @click=${() => rememberLocale(other)}>
              ${other === 'en' ? 'English' : 'Español'}
            </button>
            <button class="bare icon" aria-label=${this.#themeWords()} title=${this.#themeWords()} @click=${this.#nextTheme}>
              ${this.theme === 'light' ? icons.sun() : this.theme === 'dark' ? icons.moon() : icons.system()}
            </button>
            ${this.me ? html`<cmw-alerts-menu .alerts=${this.desk.alerts}></cmw-alerts-menu>` : nothing}
            ${this.me ? this.#person(this.me) : nothing}
          </span>
        </div>
      </header>
    `;
  }

  #person(me: Me): TemplateResult {
    return html`
      <span class="person">${me.name}</span>
      <button
        class="bare icon"
        aria-label=${msg(str`Cerrar la sesión de ${me.name}`)}
        title=${msg('Cerrar sesión')}
        @click=${() => this.#fire('sign-out')}
      >
        ${icons.signOut()}
      </button>
    `;
  }

  /** Focuses the search. */
  focusSearch(): void {
    this.renderRoot.querySelector<HTMLElement>('cmw-dial-box')?.focus();
  }

  #fire(event: 'skip' | 'sign-out'): void {
    this.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true }));
  }

  #themeWords(): string {
    switch (this.theme) {
      case 'light':
        return msg('Tema: claro');
      case 'dark':
        return msg('Tema: oscuro');
      default:
        return msg('Tema: como el sistema');
    }
  }

  #nextTheme(): void {
    this.theme = nextTheme();
  }

  static override styles = [
    base,
    buttons,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-2) var(--cmw-space-4);
        min-block-size: 3.75rem;
        padding: var(--cmw-space-2) var(--cmw-space-5);
        border-block-end: 1px solid var(--cmw-line);
        background: var(--cmw-surface);
      }

      cmw-dial-box {
        flex: 0 1 22rem;
      }

      .skip {
        position: absolute;
        inset-block-start: var(--cmw-space-2);
        inset-inline-start: var(--cmw-space-4);
        z-index: 20;
        border-color: transparent;
        background: var(--cmw-accent);
        color: var(--cmw-on-accent);
      }

      .skip:not(:focus) {
        clip-path: inset(50%);
        pointer-events: none;
      }

      .brand,
      .tools,
      .group {
        display: flex;
        align-items: center;
      }

      .brand {
        gap: var(--cmw-space-2);
      }

      .name {
        font: 600 1.0625rem / 1 var(--cmw-font);
        letter-spacing: -0.01em;
      }

      .name b {
        color: var(--cmw-accent);
        font-weight: inherit;
      }

      .tools {
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--cmw-space-2) var(--cmw-space-4);
      }

      .language {
        padding-inline: var(--cmw-space-3);
        font: var(--cmw-type-label);
      }

      .person {
        padding-inline: var(--cmw-space-2) var(--cmw-space-1);
        font: var(--cmw-type-label);
        white-space: nowrap;
      }

      @media (width < 48rem) {
        header {
          padding-inline: var(--cmw-space-4);
        }

        .person {
          display: none;
        }

        /* Connection and simulation have a line of their own, below brand and buttons. */
        .tools {
          display: contents;
        }

        .group {
          order: 1;
          margin-inline-end: calc(-1 * var(--cmw-space-2));
        }

        cmw-dial-box {
          order: 2;
          flex: 1 0 100%;
        }

        cmw-connection-status,
        cmw-simulate-menu {
          order: 3;
          flex: 0 1 auto;
        }

        .brand {
          order: 0;
        }
      }
    `,
  ];
}
