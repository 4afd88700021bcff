import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type Me, seesTeam, takesCalls } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { memory } from '../base/memory.js';
import type { Desk } from '../desk/desk.js';
import type { PresenceMenu } from '../desk/presence-menu.js';
import '../desk/presence-menu.js';
import '../desk/simulate-menu.js';
import * as icons from '../design/icons.js';
import { mark } from '../design/logo.js';
import { base, buttons } from '../design/shared.js';
import '../contacts/dial-box.js';
import { currentLocale, rememberLocale } from '../i18n/locale.js';
import '../pop-ups/alerts-menu.js';
import '../pop-ups/connection-status.js';
import type { PasswordDialog } from '../session/password-dialog.js';
import { places } from './places.js';
import { currentTheme, nextTheme, type Theme } from './theme.js';

/** The height that it had at this width, so that nothing below moves once it is known who is signed in. */
function lastHeight(): string {
  const [width, height] = memory.get('header')?.split(' ') ?? [];
  return Number(width) === innerWidth ? `${height}px` : '';
}

/** The header: search and dialling, connection, language, theme, the signed-in agent. Fires `sign-out` and `skip`. */
@localized()
@customElement('cmw-header')
export class Header extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;
  /** The path of the page that is shown. */
  @property({ attribute: false }) path = '';
  @property({ type: Boolean }) ended = false;
  @property({ type: Boolean }) demo = false;

  /** True while it is not known yet who is signed in. */
  @property({ type: Boolean }) waits = false;
  /** True while that is probably an agent: their links have their place already. */
  @property({ type: Boolean }) expects = false;

  @state() private theme: Theme = currentTheme();
  @state() private changing = false;
  /** True while a narrow page shows what has no room in its header. */
  @state() private open = false;
  readonly #passwords = new Later(this, () => import('../session/password-dialog.js'));

  // What stays in sight below the header begins where the header ends.
  readonly #sized = new ResizeObserver(([entry]) => {
    const header = entry?.target as HTMLElement;
    document.documentElement.style.setProperty('--cmw-header', `${header.offsetHeight}px`);
    if (!this.waits) memory.set('header', `${innerWidth} ${header.offsetHeight}`);
  });

  protected override render(): TemplateResult {
    const other = currentLocale() === 'es' ? 'en' : 'es';
    return html`
      <header>
        <button class="skip" @click=${() => this.#fire('skip')}>${msg('Ir al contenido')}</button>
        <span class=${this.me ? 'brand short' : 'brand'}>${mark()}<span class="name">Call<b>My</b>Way</span></span>
        ${this.me ? html`<cmw-dial-box .desk=${this.desk} .endpoints=${this.me.endpoints}></cmw-dial-box>` : nothing}
        <div class=${this.waits ? 'tools waits' : 'tools'} @keydown=${this.#key} @focusout=${this.#left}>
          ${
            this.me
              ? html`<cmw-connection-status .connection=${this.desk.connection} .ended=${this.ended}></cmw-connection-status>
                  ${this.#presence(this.me)}
                  <button
                    class="bare icon toggle"
                    aria-expanded=${this.open}
                    aria-controls="more"
                    aria-label=${msg('Más opciones')}
                    title=${msg('Más opciones')}
                    @click=${() => (this.open = !this.open)}
                  >
                    ${icons.more()}
                  </button>`
              : nothing
          }
          <div id="more" class=${this.me ? (this.open ? 'more folds open' : 'more folds') : 'more'}>
          ${this.me && this.demo ? html`<cmw-simulate-menu .api=${this.api} .team=${seesTeam(this.me)}></cmw-simulate-menu>` : nothing}
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
        </div>
        ${this.me ? this.#places(this.me) : this.expects ? html`<div class="places"><span>&nbsp;</span></div>` : nothing}
      </header>
      ${this.#passwords.notice}
      ${this.changing ? html`<cmw-password-dialog .api=${this.api}></cmw-password-dialog>` : nothing}
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.#outside);
    super.disconnectedCallback();
  }

  readonly #outside = (event: Event): void => {
    const tools = this.renderRoot.querySelector('.tools');
    if (tools && !event.composedPath().includes(tools)) this.open = false;
  };

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.toggle')?.focus();
  }

  #left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && !(event.currentTarget as HTMLElement).contains(to)) this.open = false;
  }

  async #changePassword(): Promise<void> {
    this.changing = true;
    this.open = false;
    await this.#passwords.fetch();
    await this.updateComplete;
    this.renderRoot.querySelector<PasswordDialog>('cmw-password-dialog')?.show?.();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const header = this.renderRoot.querySelector('header') as HTMLElement;
    header.style.minBlockSize = this.waits ? lastHeight() : '';
    if (changed.has('path') || changed.has('me')) this.#showCurrent();
  }

  /** Where the places don't fit beside each other, the chosen one is in their middle. */
  #showCurrent(): void {
    const places = this.renderRoot.querySelector('nav.places');
    const current = places?.querySelector('[aria-current]');
    if (places && current) places.scrollLeft += middleOf(current) - middleOf(places);
  }

  protected override firstUpdated(): void {
    this.#sized.observe(this.renderRoot.querySelector('header') as HTMLElement);
  }

  /** `page` for the page that is shown, and `true` for the one that it is a part of. */
  #current(path: string): 'page' | 'true' | undefined {
    if (path === this.path) return 'page';
    return path !== '/' && this.path.startsWith(`${path}/`) ? 'true' : undefined;
  }

  #places(me: Me): TemplateResult {
    return html`<nav class="places" aria-label=${msg('Secciones')}>
      ${places
        .filter(({ isFor }) => isFor(me))
        .map(({ path, words }) => html`<a href=${path} aria-current=${this.#current(path) ?? nothing}>${words()}</a>`)}
      <a class="help" href="/help?from=${this.path}" aria-current=${this.path.startsWith('/help') ? 'page' : nothing}>${msg('Ayuda')}</a>
    </nav>`;
  }

  /** For whoever takes calls. */
  #presence(me: Me): TemplateResult | typeof nothing {
    if (!takesCalls(me)) return nothing;
    return html`<cmw-presence-menu .presence=${this.desk.presence} .now=${() => this.api.now()}></cmw-presence-menu>`;
  }

  /** Opens the menu of the own state; false for who has none. */
  showPresence(): boolean {
    const menu = this.renderRoot.querySelector<PresenceMenu>('cmw-presence-menu');
    void menu?.show();
    return menu !== null;
  }

  #person(me: Me): TemplateResult {
    return html`
      ${
        me.host?.signIn === 'password'
          ? html`<button
              class="bare person"
              aria-label=${msg(str`${me.name}: cambiar la contraseña`)}
              title=${msg('Cambiar mi contraseña')}
              @click=${this.#changePassword}
            >
              ${icons.person(18)}<span>${me.name}</span>
            </button>`
          : html`<span class="person"><span>${me.name}</span></span>`
      }
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
    later,
    css`
      :host {
        position: sticky;
        inset-block-start: 0;
        z-index: 18;
        display: block;
      }

      header {
        display: grid;
        /* The search gives way before the tools do. */
        grid-template-columns: auto minmax(14rem, 1fr) minmax(0, auto);
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-5);
        min-block-size: 3.75rem;
        padding: var(--cmw-space-2) var(--cmw-space-5);
        border-block-end: 1px solid var(--cmw-line);
        background: var(--cmw-surface);
      }

      cmw-dial-box {
        max-inline-size: 22rem;
      }

      .tools {
        grid-column: 3;
      }

      .places {
        display: flex;
        grid-column: 1 / -1;
        gap: var(--cmw-space-1);
        margin: calc(-1 * var(--cmw-space-1)) calc(-1 * var(--cmw-space-3)) calc(-1 * var(--cmw-space-2));
        overflow-x: auto;
        scrollbar-width: none;
      }

      .places > * {
        padding: var(--cmw-space-1) var(--cmw-space-3);
        border-block-end: 2px solid transparent;
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
        text-decoration: none;
        white-space: nowrap;
      }

      .help {
        margin-inline-start: auto;
      }

      nav a:hover {
        color: var(--cmw-text);
      }

      nav a[aria-current] {
        border-color: var(--cmw-accent);
        color: var(--cmw-accent);
      }

      nav a:focus-visible {
        outline-offset: -2px;
      }

      /* A screen so low has no room for what stays. */
      @media (height < 30rem) {
        :host {
          position: static;
        }
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
        justify-content: flex-end;
        gap: var(--cmw-space-2) var(--cmw-space-4);
        min-inline-size: 0;
      }

      .waits {
        visibility: hidden;
      }

      .more {
        display: contents;
      }

      .toggle {
        display: none;
      }

      .group > *,
      cmw-presence-menu,
      cmw-simulate-menu {
        flex: none;
      }

      /* Of the tools the name gives way first. */
      .group {
        flex: 0 999 auto;
        min-inline-size: 0;
      }

      cmw-simulate-menu {
        order: -1;
      }

      cmw-connection-status {
        flex: 0 1 auto;
        min-inline-size: 6rem;
      }

      .language {
        padding-inline: var(--cmw-space-3);
        font: var(--cmw-type-label);
      }

      .group > .person {
        flex: 0 1 auto;
        gap: var(--cmw-space-2);
        min-inline-size: 2.5rem;
        max-inline-size: 12rem;
        padding-inline: var(--cmw-space-2);
        font: var(--cmw-type-label);
        white-space: nowrap;
      }

      .person span {
        overflow: hidden;
        text-overflow: ellipsis;
      }

      /* The sign tells the button where the name has no room. */
      .person svg {
        display: none;
      }

      @media (width < 76rem) {
        .person span {
          display: none;
        }

        .person svg {
          display: block;
        }
      }

      /* One line: the brand, the search, the connection, and a menu with the rest. */
      @media (width < 72rem) {
        header {
          grid-template-columns: auto minmax(0, 1fr) auto;
          gap: var(--cmw-space-2) var(--cmw-space-3);
          min-block-size: 3.5rem;
          padding-inline: var(--cmw-space-4);
        }

        .tools {
          gap: var(--cmw-space-2);
        }

        .toggle {
          display: inline-flex;
          flex: none;
          margin-inline-end: calc(-1 * var(--cmw-space-2));
        }

        cmw-dial-box {
          max-inline-size: none;
        }

        cmw-connection-status {
          min-inline-size: 0;
        }

        .folds {
          position: absolute;
          inset-block-start: 100%;
          inset-inline-end: var(--cmw-space-3);
          display: grid;
          gap: var(--cmw-space-2);
          max-inline-size: calc(100vw - 2 * var(--cmw-space-3));
          padding: var(--cmw-space-3);
          border: 1px solid var(--cmw-line);
          border-radius: var(--cmw-radius-m);
          background: var(--cmw-raised);
          box-shadow: var(--cmw-shadow-menu);
        }

        .folds:not(.open) {
          display: none;
        }
      }

      @media (width < 40rem) {
        .short .name {
          display: none;
        }
      }
    `,
  ];
}

function middleOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}
