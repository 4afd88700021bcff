import { LOCALE_STATUS_EVENT, type LocaleStatusEventDetail, localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type { Call } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { memory } from '../base/memory.js';
import { isModalOpen } from '../base/modal.js';
import { Watching } from '../base/observable.js';
import type { PageElement } from '../base/page.js';
import { tellSignedInAgain } from '../base/signed-in-again.js';
import { singleKeys } from '../base/single-keys.js';
import { isTyping } from '../base/typing.js';
import { returnToPlace } from '../base/way-back.js';
import { base, buttons } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { DeskPage } from '../desk/desk-page.js';
import '../dial/dial-status.js';
import type { Click } from '../dial/dialler.js';
import { preferredLocale, useLocale } from '../i18n/locale.js';
import { plainWords } from '../i18n/plain-words.js';
import type { Session } from '../session/session.js';
import { tokenOf } from '../session/set-up-token.js';
import type { Header } from './header.js';
import './header.js';
import { Navigation } from './navigation.js';
import { noSuchPage, pages } from './pages.js';
import type { Shortcuts } from './shortcuts.js';

const againMs = 10_000;

/** How long after a sign-in the code is fetched that tells of its end: long after the desk is drawn. */
const aheadMs = 60_000;

/** The key of the agent's id in the memory. */
export const signedIn = 'signedIn';
/** Where a tab tells the others which agent has signed out. A session that has only ended is not told. */
const signedOut = 'signedOut';
/** Where a tab tells the others that an agent is signed in, also where it was the same one before. */
const goesOn = 'goesOn';

/** The whole console: the header, and below it the page of the address, or the sign-in. */
@localized()
@customElement('cmw-console')
export class Console extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) desk!: Desk;

  readonly #invited = location.pathname === '/invite';
  @state() private settingUp = location.pathname === '/setup' || this.#invited;
  @state() private notice: 'setUp' | undefined;
  @state() private signOutError = '';
  #state: Session['state'] | undefined;
  #stop: () => void = () => {};
  readonly #navigation = new Navigation(this, pages, noSuchPage);
  #address = '';
  // A desk does without the code of these.
  readonly #setUpCode = new Later(this, () =>
    this.#invited ? import('../session/invite-page.js') : import('../session/set-up-page.js'),
  );
  readonly #signInCode = new Later(this, () => import('../session/sign-in-page.js'));
  readonly #shortcutsCode = new Later(this, () => import('./shortcuts.js'));
  readonly #endedCode = new Later(this, () => import('../session/session-ended.js'));

  constructor() {
    super();
    new Watching(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopSession = this.session.watch(() => this.#follow());
    const stopTitle = this.desk.popUps.watch(() => this.#title());
    const stopTabs = memory.watch(signedIn, (agentId) => this.#otherTab(agentId));
    const stopGoingOn = memory.watch(goesOn, (agentId) => this.#signedInInOtherTab(agentId));
    const stopLeaving = memory.watch(signedOut, (agentId) => this.#leftInOtherTab(agentId));
    document.addEventListener('keydown', this.#key);
    window.addEventListener('online', this.#again);
    document.addEventListener('visibilitychange', this.#again);
    window.addEventListener(LOCALE_STATUS_EVENT, this.#speak);
    const again = setInterval(this.#again, againMs);
    this.#stop = () => {
      stopSession();
      stopTitle();
      stopTabs();
      stopGoingOn();
      stopLeaving();
      document.removeEventListener('keydown', this.#key);
      window.removeEventListener('online', this.#again);
      document.removeEventListener('visibilitychange', this.#again);
      window.removeEventListener(LOCALE_STATUS_EVENT, this.#speak);
      clearInterval(again);
    };
    this.desk.onOtherRoles = () => void this.#readMe();
    void this.session.open();
  }

  override disconnectedCallback(): void {
    this.#stop();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const { state: now, me, host } = this.session;
    const inside = now === 'signedIn' || now === 'ended';
    return html`
      <cmw-header
        .api=${this.api}
        .desk=${this.desk}
        .me=${inside ? me : undefined}
        .path=${this.#navigation.address}
        .ended=${now === 'ended'}
        .waits=${now === 'unknown' && !this.settingUp}
        .expects=${now === 'unknown' && this.#isInside}
        .demo=${host?.demo === true}
        @skip=${this.#focusMain}
        @sign-out=${this.#signOut}
        @dial=${this.#dial}
        @noted=${this.#noted}
      ></cmw-header>
      <main tabindex="-1" @dial=${this.#dial} @shortcuts=${this.#showShortcuts}>
        ${this.signOutError ? html`<p class="problem" role="alert">${this.signOutError}</p>` : nothing} ${this.#page()}
      </main>
      ${
        inside
          ? html`<cmw-dial-status .dialler=${this.desk.dialler}></cmw-dial-status
              ><cmw-shortcuts></cmw-shortcuts>${this.#shortcutsCode.notice}`
          : nothing
      }
      ${now === 'ended' ? html`${this.#endedCode.notice}<cmw-session-ended .session=${this.session}></cmw-session-ended>` : nothing}
    `;
  }

  /**
   * A screen reader announces a new document, but this stays the same one. So the title names the new page, and the
   * focus moves to its heading.
   */
  protected override updated(): void {
    this.#title();
    const address = this.#isInside ? this.#navigation.address : '';
    if (address === this.#address) return;
    if (this.#address && address) void this.#focusHeading();
    this.#address = address;
  }

  get #isInside(): boolean {
    const { state: now, account } = this.session;
    if (this.settingUp) return false;
    // If an agent was signed in before, they probably still are: shows the page's outline, and not a sign-in that would
    // disappear again.
    const expected = now === 'unknown' && (account?.hasBegun ?? memory.get(signedIn) !== null);
    return now === 'signedIn' || now === 'ended' || expected;
  }

  #page(): unknown {
    const { state: now, me, host, error } = this.session;
    if (this.settingUp) {
      void this.#setUpCode.fetch();
      const token = tokenOf(location.hash);
      return html`${this.#setUpCode.notice}${
        this.#invited
          ? html`<cmw-invite-page .api=${this.api} .token=${token} @set-up=${this.#setUp}></cmw-invite-page>`
          : html`<cmw-set-up-page .api=${this.api} .token=${token} @set-up=${this.#setUp}></cmw-set-up-page>`
      }`;
    }

    if (this.#isInside) {
      return this.#navigation.draw({ api: this.api, desk: this.desk, me, demo: host?.demo === true });
    }

    if (now === 'stranger') {
      return html`<cmw-stranger-page .session=${this.session} @sign-out=${this.#signOut}></cmw-stranger-page>`;
    }

    if (now === 'unreachable' && error) {
      return html`
        <div class="unreachable" role="alert">
          <h1>${msg('El servidor no responde')}</h1>
          <p>${plainWords(error)}</p>
          <button @click=${() => this.session.open()}>${msg('Intentar de nuevo')}</button>
        </div>
      `;
    }

    if (now === 'signedOut') void this.#signInCode.fetch();
    return html`${this.#signInCode.notice}<cmw-sign-in-page
      .session=${this.session}
      .notice=${this.notice === 'setUp' ? msg('La cuenta está lista. Inicie sesión con ella.') : ''}
    ></cmw-sign-in-page>`;
  }

  #follow(): void {
    const { state: now, me, account } = this.session;
    if (now === this.#state) return;
    const before = this.#state;
    this.#state = now;
    if (now === 'signedIn' && me) {
      memory.set(signedIn, me.id);
      void useLocale(preferredLocale(me.language));
      this.desk.start(me);
      if (before === 'ended') tellSignedInAgain();
      if (!account) memory.tell(goesOn, me.id);
      // By the time that it is needed, the server may be gone, or have a newer version of the page.
      setTimeout(() => void this.#endedCode.fetch(), aheadMs);
      // A new administrator begins with what is still missing.
      if (me.firstSteps && this.#navigation.address === '/') void this.#navigation.replace('/first-steps');
      // The form that had the focus disappears.
      if (before === 'signedOut') void this.updateComplete.then(() => this.#focusMain());
    } else if (now === 'ended') {
      void this.#endedCode.fetch();
      this.desk.pause();
    } else if (now === 'signedOut' || now === 'stranger') {
      memory.set(signedIn, null);
      this.desk.leave();
    }
  }

  /** All tabs share the cookie. If another agent signs in in another tab, this tab must not go on in their name. */
  #otherTab(agentId: string | null): void {
    const { me, account } = this.session;
    if (account || !me || !agentId || agentId === me.id) return;
    this.desk.leave();
    location.reload();
  }

  /** All tabs share the cookie: whose session has ended in this one goes on here too. */
  #signedInInOtherTab(agentId: string | null): void {
    const { me, account, state: now } = this.session;
    if (!account && agentId && agentId === me?.id && now === 'ended') void this.session.goOn();
  }

  /** Who signs out leaves nothing on the screen, in no tab. */
  #leftInOtherTab(agentId: string | null): void {
    const { me, account } = this.session;
    if (!account && agentId && agentId === me?.id) this.session.left();
  }

  #dial(event: CustomEvent<Click>): void {
    void this.desk.dialler.call(event.detail);
  }

  /** A call was noted: its outcome is still to be written. */
  #noted(event: CustomEvent<Call>): void {
    this.desk.calls.tellAll([event.detail]);
    const view = this.#view;
    if (view instanceof DeskPage) view.open(event.detail);
    else this.desk.popUps.reopen(event.detail);
  }

  /** Tries to reach the server again. */
  readonly #again = (): void => {
    if (!document.hidden && this.session.state === 'unreachable') void this.session.open();
  };

  /** The language has changed: reads again what the API says in it. */
  readonly #speak = async ({ detail }: CustomEvent<LocaleStatusEventDetail>): Promise<void> => {
    if (detail.status === 'ready') await this.#readMe();
  };

  async #readMe(): Promise<void> {
    if (this.session.state !== 'signedIn') return;
    await this.session.refresh();
    if (this.session.me) this.desk.setMe(this.session.me);
  }

  /** Handles shortcut keys, unless the user is typing. A key that is held counts once. */
  readonly #key = (event: KeyboardEvent): void => {
    if (event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event))
      return;
    // A key that is pressed in a window means nothing to the page behind it.
    if (!singleKeys.on || isModalOpen()) return;
    if (this.#press(event.key)) event.preventDefault();
  };

  #press(key: string): boolean {
    switch (key) {
      case '/':
        this.renderRoot.querySelector<Header>('cmw-header')?.focusSearch();
        return true;
      case '?':
        void this.#showShortcuts();
        return true;
      case 'p':
        return this.renderRoot.querySelector<Header>('cmw-header')?.showPresence() ?? false;
      default:
        return this.#view?.press?.(key) ?? false;
    }
  }

  /** The element of the current page. */
  get #view(): PageElement | null | undefined {
    return this.#main?.lastElementChild as PageElement | null | undefined;
  }

  get #main(): HTMLElement | null {
    return this.renderRoot.querySelector('main');
  }

  async #showShortcuts(): Promise<void> {
    await this.#shortcutsCode.fetch();
    this.renderRoot.querySelector<Shortcuts>('cmw-shortcuts')?.show?.();
  }

  async #signOut(): Promise<void> {
    this.signOutError = '';
    const { me, account } = this.session;
    try {
      await this.session.signOut();
      if (me && !account) memory.tell(signedOut, me.id);
    } catch {
      this.signOutError = msg('No se pudo cerrar la sesión. Revise su red e intente de nuevo.');
    }
  }

  /** Set-up is done. The host may have signed the new administrator in, or not. */
  async #setUp(): Promise<void> {
    await this.#navigation.replace('/');
    this.notice = 'setUp';
    await this.session.open();
    this.settingUp = false;
  }

  #focusMain(): void {
    this.#main?.focus();
  }

  async #focusHeading(): Promise<void> {
    const view = this.#view;
    if (view instanceof LitElement) await view.updateComplete;
    if (view?.goToPlace?.()) return;
    const heading = (view?.shadowRoot ?? view)?.querySelector<HTMLElement>('h1');
    if (heading) heading.tabIndex = -1;
    window.scrollTo(0, 0);
    (heading ?? this.#main)?.focus();
    if (view) returnToPlace(view);
  }

  /** What is shown before somebody is signed in; empty until that is known. */
  get #outsideTitle(): string {
    if (this.settingUp) return this.#invited ? msg('Su invitación') : msg('Configurar CallMyWay');
    return this.session.state === 'signedOut' ? msg('Iniciar sesión') : '';
  }

  #title(): void {
    const open = this.desk.popUps.open.length;
    const page = this.#isInside ? this.#navigation.title : this.#outsideTitle;
    document.title = `${open > 0 ? `(${open}) ` : ''}${page ? `${page} · ` : ''}CallMyWay`;
  }

  static override styles = [
    base,
    buttons,
    later,
    css`
      main:focus-visible {
        outline: none;
      }

      @media print {
        cmw-header,
        cmw-dial-status {
          display: none;
        }
      }

      cmw-sign-in-page,
      cmw-stranger-page,
      cmw-set-up-page,
      cmw-invite-page,
      .unreachable {
        padding-inline: var(--cmw-space-4);
      }

      .unreachable {
        display: grid;
        justify-items: center;
        gap: var(--cmw-space-3);
        padding-block: 15vh;
        text-align: center;
      }

      .unreachable h1 {
        font: var(--cmw-type-hero);
      }

      .problem {
        padding: var(--cmw-space-3) var(--cmw-space-5);
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }
    `,
  ];
}
