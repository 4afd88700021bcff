import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import { type CallKey, type Contact, type Me, takesCalls, type WrapUp } from '../api/types.js';
import { site } from '../base/addresses.js';
import { Later, later } from '../base/later.js';
import { base, buttons } from '../design/shared.js';
import type { Click } from '../dial/dialler.js';
import { uncertainWords } from '../dial/uncertain-words.js';
import { currentLocale, preferredLocale, useLocale } from '../i18n/locale.js';
import { plainWords } from '../i18n/plain-words.js';
import type { OpenChannel } from '../pop-ups/live-connection.js';
import type { PopUpList } from '../pop-ups/pop-up-list.js';
import { RenewingChannel } from '../pop-ups/renewing-channel.js';
import '../pop-ups/pop-up-list.js';
import { codeOf, failureOf, isFailure } from './embed-failure.js';
import type { EmbedErrorCode, EmbedFailure, EmbedPresence } from './embed-types.js';
import { PhoneDesk } from './phone-desk.js';
import type { PhoneBody, PhoneLink } from './phone-link.js';
import { phoneStyles } from './phone-styles.js';
import { TokenKeeper, tokenFetch, tokenHeader } from './token-keeper.js';

const againMs = 10_000;

/** The phone in another page, once its code is here. */
@localized()
@customElement('cmw-embedded-phone')
export class EmbeddedPhone extends LitElement implements PhoneBody {
  @property({ attribute: false }) link!: PhoneLink;

  @state() private me: Me | undefined;
  @state() private failure: EmbedFailure | undefined;
  @state() private contact: Contact | undefined;
  @state() private hasSaves = false;
  readonly #dialBox = new Later(this, () => import('../contacts/dial-box.js'));
  readonly #bar = new Later(this, () =>
    Promise.all([import('../desk/presence-menu.js'), import('../pop-ups/connection-status.js')]),
  );
  readonly #dialStatus = new Later(this, () => import('../dial/dial-status.js'));
  readonly #contactView = new Later(this, () => import('./contact-view.js'));
  readonly #callWork = new Later(this, () => import('../pop-ups/call-work.js'));
  readonly #notice = new Later(this, () => import('../wrap-up/save-notice.js'));
  #run = new AbortController();
  #api!: ApiClient;
  #desk!: PhoneDesk;
  #tokens!: TokenKeeper;
  #again: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#desk) this.#begin();
  }

  #begin(): void {
    const { link } = this;
    site.origin = link.site;
    this.#tokens = new TokenKeeper({
      source: link.token,
      check: (token) => this.#check(token),
      renewed: () => channel?.renew(),
      lost: (cause) => this.#fail(cause),
    });
    this.#api = new ApiClient({ baseUrl: link.api, fetch: tokenFetch(this.#tokens), language: currentLocale });
    this.#api.onSignedOut = (refusal) => this.#fail(refusal);
    let channel: RenewingChannel | undefined;
    this.#desk = new PhoneDesk({
      api: this.#api,
      openChannel: async (): Promise<OpenChannel> => {
        const { signalRChannel } = await import('../pop-ups/signalr-channel.js');
        channel ??= new RenewingChannel(
          signalRChannel(this.#api.popUpChannelUrl, undefined, async () => ({
            [tokenHeader]: await this.#tokens.token(),
          })),
        );
        return channel.opened;
      },
      tell: link.tell,
      saved: (call, wrapUp, contactId) => this.#saved(call, wrapUp, contactId),
    });
    this.#desk.saves.watch(() => {
      if (this.#desk.saves.last) void this.#notice.fetch();
      this.hasSaves = this.#desk.saves.last !== undefined;
    });
    this.#desk.presence.watch(() => this.#tellPresence());
    const { connection } = this.#desk;
    connection.watch(() => {
      if (connection.state === 'offline')
        link.tell('error', { code: 'unreachable', message: words('unreachable', link), status: 0 });
    });
    void this.speak(link.language).then(() => this.#open());
  }

  /**
   * Somebody else may have signed in to the page, in another tab: with their token nothing is sent that this agent has
   * begun.
   */
  async #check(token: string): Promise<void> {
    const { me, link } = this;
    if (!me) return;
    const fetch = tokenFetch({ token: async () => token });
    const { id } = await new ApiClient({ baseUrl: link.api, fetch, language: currentLocale }).me();
    if (id === me.id) return;
    if (!this.#run.signal.aborted) {
      link.restart();
      this.#desk.leave();
    }

    throw failureOf('token-refused', words('token-refused', link));
  }

  async speak(language: string | undefined): Promise<void> {
    await useLocale(language ? preferredLocale(language, []) : (this.#spoken ?? 'es'), this);
    if (this.me) await this.#refresh();
  }

  get #spoken(): 'es' | 'en' | undefined {
    return this.me?.language === 'en' || this.me?.language === 'es' ? this.me.language : undefined;
  }

  /** What the API says in the agent's language is read again. */
  async #refresh(): Promise<void> {
    const me = await this.#api.me().catch(() => this.me);
    if (!me || this.#run.signal.aborted) return;
    this.me = me;
    this.#desk.setMe(me);
  }

  async #open(): Promise<void> {
    clearTimeout(this.#again);
    const { signal } = this.#run;
    try {
      // Asked here, so that what the page's source throws is told as what it is.
      await this.#tokens.token();
      const me = await this.#api.me();
      if (signal.aborted) return;
      this.me = me;
      this.failure = undefined;
      if (!this.link.language && this.#spoken) await useLocale(this.#spoken, this);
      this.#desk.start(me);
      this.link.tell('ready', { agentId: me.id, name: me.name, ...(me.language ? { language: me.language } : {}) });
      for (const part of [this.#dialBox, this.#bar, this.#dialStatus]) void part.fetch();
    } catch (error) {
      if (!signal.aborted) await this.#fail(error);
    }
  }

  /** The phone can't go on. It says why, tells the page, and tries again by itself. */
  async #fail(error: unknown): Promise<void> {
    const { signal } = this.#run;
    const failure = await this.#failureOf(error);
    if (signal.aborted) return;
    const isNew = failure.code !== this.failure?.code;
    this.failure = failure;
    if (this.me) this.#desk.stop();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#open(), againMs);
    const { code, message, status } = failure;
    if (isNew) this.link.tell('error', { code, message, status });
  }

  async #failureOf(error: unknown): Promise<EmbedFailure> {
    const { link } = this;
    if (isFailure(error)) return failureOf(error.code, words(error.code, link), error.status);
    if (!(error instanceof Error && error.name === 'ApiError'))
      return failureOf('token-missing', words('token-missing', link));
    const refusal = asApiError(error);
    const code = await this.#code(refusal);
    return failureOf(code, words(code, link, refusal), refusal.status);
  }

  /**
   * A browser does not tell why another origin's answer is kept from the page. An answer that nobody may read tells that
   * the server is there.
   */
  async #code(error: ApiError): Promise<EmbedErrorCode> {
    const code = codeOf(error);
    if (code !== 'unreachable' || this.link.api === location.origin) return code;
    return fetch(`${this.link.api}/api/health`, { mode: 'no-cors', cache: 'no-store' }).then(
      () => 'origin-not-allowed' as const,
      () => code,
    );
  }

  stop(): void {
    this.#run.abort();
    clearTimeout(this.#again);
    this.#tokens?.stop();
    this.#desk?.stop();
  }

  async dial(number: string): Promise<{ readonly dialId: string }> {
    const { dialler } = this.#desk;
    if (dialler.placing) throw failureOf('dial-refused', msg('Ya se está solicitando otra llamada.'));
    void dialler.call({ number, who: number });
    const key = dialler.current?.key;
    return new Promise((done, refuse) => {
      const look = (): boolean => {
        const now = dialler.current;
        if (now?.key !== key) refuse(failureOf('dial-refused', msg('La llamada se dejó de solicitar.')));
        else if (now?.error) refuse(this.#dialFailure(now.error, number));
        else if (now?.dial?.state === 'refused') refuse(failureOf('dial-refused', now.dial.message ?? '', 200));
        else if (now?.dial) done({ dialId: now.dial.dialId });
        else return false;
        return true;
      };
      if (look()) return;
      const stop = dialler.watch(() => look() && stop());
    });
  }

  #dialFailure(error: ApiError, number: string): EmbedFailure {
    if (error.status === 401) return this.#refusal(error);
    const said = Object.values(error.problem.errors ?? {})
      .flat()
      .join(' ');
    // Where the server may have called, the page must not take it for a refusal, and call again.
    const failure = error.uncertain
      ? failureOf('unreachable', uncertainWords(number), error.status)
      : failureOf('dial-refused', said || plainWords(error), error.status);
    this.link.tell('error', { code: failure.code, message: failure.message, status: failure.status });
    return failure;
  }

  /** What a method rejects with. That the phone has no token any more is told once, whatever was asked of it. */
  #refusal(error: ApiError): EmbedFailure {
    const code = codeOf(error);
    return failureOf(code, words(code, this.link, error), error.status);
  }

  async showContact(contactId: string): Promise<void> {
    try {
      const [contact] = await Promise.all([this.#api.contact(contactId), this.#contactView.fetch()]);
      this.contact = contact;
    } catch (error) {
      throw this.#refusal(asApiError(error));
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('cmw-contact-view')?.focus();
  }

  async setPresence({ paused, reason }: EmbedPresence): Promise<void> {
    const { presence } = this.#desk;
    await presence.set(paused, reason);
    if (presence.error) throw this.#refusal(presence.error);
  }

  /** What the server has, and not what was asked of it. */
  #tellPresence(): void {
    const { presence, changing } = this.#desk.presence;
    if (changing || !this.me || this.#run.signal.aborted) return;
    const told = JSON.stringify([presence.paused, presence.reason]);
    const isFirst = this.#presence === undefined;
    if (told === this.#presence) return;
    this.#presence = told;
    if (isFirst && !presence.paused) return;
    this.link.tell('presence-changed', {
      paused: presence.paused,
      ...(presence.reason ? { reason: presence.reason } : {}),
    });
  }

  #presence: string | undefined;

  #saved(call: CallKey, wrapUp: WrapUp | undefined, contactId: string | undefined): void {
    const { outcome, notes, followUp, promise } = wrapUp ?? {};
    this.link.tell(wrapUp ? 'wrap-up-saved' : 'wrap-up-undone', {
      account: call.account,
      callId: call.callId,
      ...(contactId ? { contactId } : {}),
      ...(outcome ? { outcome, outcomeLabel: this.#desk.outcomes.label(outcome) } : {}),
      ...(notes ? { notes } : {}),
      ...(followUp ? { followUp: withoutGaps(followUp) } : {}),
      ...(promise ? { promise: withoutGaps(promise) } : {}),
    });
  }

  protected override firstUpdated(): void {
    // What is only needed with a call is fetched before the first one comes, and not before the phone is drawn.
    this.#callWork.ahead(1_000);
    // A link leads to the console, and the page stays.
    this.renderRoot.addEventListener('click', (event) => {
      const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement);
      if (!link) return;
      link.target = '_blank';
      link.rel = 'noopener';
    });
  }

  protected override render(): TemplateResult {
    const { me, failure } = this;
    const desk = this.#desk;
    return html`
      <div class="top">
        <div class="bar" part="bar">
          ${me ? html`<cmw-connection-status part="connection" .connection=${desk.connection}></cmw-connection-status>` : nothing}
          ${
            me && takesCalls(me)
              ? html`<cmw-presence-menu part="presence" .presence=${desk.presence} .now=${this.#now}></cmw-presence-menu>`
              : nothing
          }
        </div>
        ${this.#dialBox.notice} ${this.#dialStatus.notice} ${this.#bar.notice}
        <div class=${me ? 'box' : 'box waits'} part="dial-pad" @dial=${this.#dial}>
          ${me ? html`<cmw-dial-box .desk=${desk} .endpoints=${me.endpoints}></cmw-dial-box>` : nothing}
        </div>
      </div>
      <div class="pane" part="cards" @dial=${this.#dial}>
        ${failure ? this.#problem(failure) : nothing}
        ${this.#contactView.notice} ${this.#callWork.notice}
        ${
          this.contact
            ? html`<cmw-contact-view
                class="contact"
                part="contact"
                .desk=${desk}
                .contact=${this.contact}
                .dials=${(me?.endpoints.length ?? 0) > 0}
                @close=${() => (this.contact = undefined)}
              ></cmw-contact-view>`
            : nothing
        }
        ${me ? this.#cards(me) : failure ? nothing : html`<div class="skeleton"></div>`}
      </div>
      ${me ? html`<cmw-dial-status .dialler=${desk.dialler} .frame=${this}></cmw-dial-status>` : nothing}
      ${
        this.hasSaves && me
          ? html`<cmw-save-notice
              .saves=${desk.saves}
              .outcomes=${desk.outcomes}
              .agentId=${me.id}
              .frame=${this}
              @undo=${this.#undo}
              @open-call=${(event: CustomEvent<CallKey>) => this.#list?.goTo(event.detail)}
            ></cmw-save-notice>`
          : nothing
      }
    `;
  }

  readonly #now = (): number => this.#api.now();

  #cards(me: Me): TemplateResult {
    const desk = this.#desk;
    return html`<cmw-pop-up-list
      exportparts="card, card-header, empty"
      .store=${desk.popUps}
      .desk=${desk}
      .endpoints=${me.endpoints}
      .timeZone=${desk.calls.timeZone}
      .now=${this.#now}
    ></cmw-pop-up-list>`;
  }

  #problem({ message }: EmbedFailure): TemplateResult {
    return html`
      <div class="problem" part="error" role="alert">
        <p class="title">${msg('CallMyWay no está conectado')}</p>
        <p>${message}</p>
        <button @click=${() => this.#open()}>${msg('Intentar de nuevo')}</button>
      </div>
    `;
  }

  get #list(): PopUpList | null {
    return this.renderRoot.querySelector<PopUpList>('cmw-pop-up-list');
  }

  #dial(event: CustomEvent<Click>): void {
    void this.#desk.dialler.call(event.detail);
  }

  async #undo(): Promise<void> {
    const call = await this.#desk.undo();
    if (call) await this.#list?.goTo(call);
  }

  static override styles = [base, buttons, later, phoneStyles];
}

/** What went wrong, for the agent and for whoever can mend it. */
function words(code: EmbedErrorCode, { api }: PhoneLink, error?: ApiError): string {
  const { origin } = location;
  switch (code) {
    case 'token-missing':
      return msg('Esta página no dio la autorización para CallMyWay. Recárguela o inicie sesión en ella de nuevo.');
    case 'token-refused':
      return error?.problem.detail ?? msg('La autorización para CallMyWay venció o fue retirada. Recargue la página.');
    case 'origin-not-allowed':
      return msg(
        str`${api} no acepta llamadas desde esta página. Un administrador debe agregar ${origin} a los orígenes permitidos.`,
      );
    default:
      return error ? plainWords(error) : msg('No hay conexión con el servidor. Revise su red e intente de nuevo.');
  }
}

/** Only the values that are there. */
const withoutGaps = <T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
