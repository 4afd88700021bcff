import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CampaignCard, CampaignWork } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { type Call, type Me, seesTeam } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { focused } from '../base/focused.js';
import { Later, later } from '../base/later.js';
import { Watching } from '../base/observable.js';
import type { PageElement } from '../base/page.js';
import { Repeating } from '../base/reading.js';
import { Ticking } from '../base/ticking.js';
import '../contacts/contact-file.js';
import * as icons from '../design/icons.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { askToDial } from '../dial/dial-event.js';
import { addDays } from '../i18n/days.js';
import { instantOf, zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { numberWords, timeWords } from '../i18n/times.js';
import type { PopUpList } from '../pop-ups/pop-up-list.js';
import './card-contact.js';
import { modeWords } from './words.js';
import { WorkStore } from './work-store.js';

const everyMs = 5_000;
/** A key that is still held down from the call before calls nobody. */
const settleMs = 600;

/**
 * The desk with the next contact of a campaign: the agent looks, calls, writes the outcome, and has the next one. The
 * desk's own elements are there already: each page's code comes after that of the desk.
 */
@localized()
@customElement('cmw-campaign-work-page')
export class WorkPage extends LitElement implements PageElement {
  @property({ attribute: false }) api!: CampaignsApi;
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;

  @state() private work: WorkStore | undefined;
  #entryId: string | undefined;
  #shownAt = 0;
  #stop: () => void = () => {};
  readonly #callWork = new Later(this, () => import('../pop-ups/call-work.js'));
  readonly #now = (): number => this.desk.api.now();

  constructor() {
    super();
    new Watching(this, () => this.work);
    new Watching(this, () => this.desk?.outcomes);
    new Ticking(this, 20_000);
    new Repeating(
      this,
      everyMs,
      () => this.work !== undefined,
      () => this.work?.keep(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#join();
  }

  override disconnectedCallback(): void {
    this.#leave();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me')) return;
    const before = changed.get('me');
    // The card of who was signed in before is nobody else's; and it may no longer be that of who comes back.
    if (before && before.id !== this.me?.id) this.#leave();
    else if (before && !this.work?.isAtWork) void this.work?.read();
    this.#join();
  }

  protected override firstUpdated(): void {
    // What is needed with a call is fetched before the first one.
    this.#callWork.ahead();
  }

  #leave(): void {
    this.#stop();
    this.#stop = () => {};
    this.work = undefined;
  }

  /** Asks for work from here on, where there is a phone to work with. */
  #join(): void {
    if (this.work || !this.isConnected || !this.#dials) return;
    const { desk } = this;
    const work = new WorkStore(this.api, desk.dialler, desk.popUps);
    const stops = [desk.dialler.watch(() => work.follow()), desk.popUps.watch(() => work.follow())];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
    this.work = work;
    work.follow();
    void work.read();
    void desk.outcomes.read();
  }

  protected override updated(): void {
    const entryId = this.work?.isAtWork ? undefined : this.work?.card?.entryId;
    if (entryId === this.#entryId) return;
    this.#entryId = entryId;
    this.#shownAt = performance.now();
  }

  protected override render(): TemplateResult {
    const { desk, me } = this;
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Trabajar campañas')}</h1>
        ${me && seesTeam(me) ? html`<a class="step" href="/campaigns">${msg('Todas las campañas')}</a>` : nothing}
      </div>
      <div class="columns">
        <div class="calls">
          ${me && !this.#dials ? html`<p class="panel">${msg('Usted no tiene un teléfono asignado: pídale uno a un administrador para trabajar campañas.')}</p>` : nothing}
          ${this.work ? this.#next(this.work) : nothing} ${this.#callWork.notice}
          <cmw-pop-up-list
            class=${desk.popUps.open.length > 0 ? '' : 'none'}
            .store=${desk.popUps}
            .desk=${desk}
            .endpoints=${me?.endpoints ?? []}
            .timeZone=${desk.calls.timeZone}
            .now=${this.#now}
            .team=${me !== undefined && seesTeam(me)}
          ></cmw-pop-up-list>
        </div>
        ${this.work?.work ? this.#campaigns(this.work.work) : nothing}
      </div>
      <cmw-save-notice
        .saves=${desk.saves}
        .outcomes=${desk.outcomes}
        .agentId=${me?.id}
        @undo=${this.#undo}
        @open-call=${(event: CustomEvent<Call>) => this.#open(event.detail)}
      ></cmw-save-notice>
    `;
  }

  #next(store: WorkStore): TemplateResult {
    const { error, refusal } = store;
    const nextCard = store.isAtWork ? undefined : store.card;
    const nobody = store.isAtWork || nextCard || store.waits ? undefined : store.work;
    // What is said has one place that stays, as the rest is drawn anew for each contact.
    return html`
      <section aria-labelledby="next">
        <h2 id="next">${msg('Siguiente contacto')}</h2>
        ${
          error
            ? html`<div class="notice" role="alert">
                <p>${msg('No se pudo pedir el siguiente contacto.')} ${plainWords(error)}</p>
                <button @click=${() => store.read()}>${msg('Intentar de nuevo')}</button>
              </div>`
            : nothing
        }
        <div class=${nextCard ? 'visually-hidden' : 'said'} role="status">${
          store.isAtWork
            ? html`<p class="quiet">${msg('Usted está en una llamada. Cuando guarde su resultado y la cierre, aquí viene el siguiente contacto.')}</p>`
            : nextCard
              ? msg(str`Sigue ${whoOf(nextCard)}`)
              : nobody
                ? this.#nobody(nobody)
                : nothing
        }</div>
        ${
          nextCard
            ? this.#card(store, nextCard)
            : store.isAtWork || nobody || error
              ? nothing
              : html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
        }
        ${refusal ? html`<p class="refusal" role="alert">${plainWords(refusal)}</p>` : nothing}
      </section>
    `;
  }

  #card(store: WorkStore, card: CampaignCard): TemplateResult {
    const { desk } = this;
    const { campaignName, name, number, attempt, attempts, lastAt, lastOutcome, contactId, order } = card;
    const who = whoOf(card);
    return html`
      <div class="who">
        <h3 class="name">${contactId ? html`<a href=${contactAddress(contactId)}>${who}</a>` : who}</h3>
        ${name ? html`<p class="number">${number.display}</p>` : nothing}
      </div>
      <p class="bar small">
        <span class="badge mended">${campaignName}</span>
        <span class="badge">${msg(str`Intento ${attempt} de ${attempts}`)}</span>
        ${
          lastAt
            ? html`<span>
                ${msg('Última llamada')}: <time datetime=${lastAt}>${timeWords(lastAt, this.#now(), this.#timeZone)}</time>
                ${lastOutcome ? html`· ${desk.outcomes.label(lastOutcome)}` : nothing}
              </span>`
            : html`<span class="quiet">${msg('Todavía no se le ha llamado en esta campaña')}</span>`
        }
      </p>
      <div class="bar actions">
        <button class="primary call" aria-disabled=${store.skipping} aria-keyshortcuts="Enter" @click=${this.#call}>
          ${icons.outgoing(18)} ${msg('Llamar')} <kbd>Enter</kbd>
        </button>
        <button class="skip" aria-disabled=${store.skipping} aria-keyshortcuts="s" @click=${() => this.#skip()}>
          ${msg('Más tarde hoy')} <kbd>s</kbd>
        </button>
        <button class="tomorrow" aria-disabled=${store.skipping} @click=${() => this.#skip(this.#tomorrow)}>${msg('Mañana')}</button>
      </div>
      <p class="quiet small">
        ${
          order === 'contactFirst'
            ? msg('Se llama al contacto; cuando contesta, timbra su teléfono.')
            : msg('Timbra su teléfono; cuando usted contesta, se llama al contacto.')
        }
      </p>
      ${
        contactId
          ? html`<cmw-contact-file
              .api=${desk.api}
              .contactId=${contactId}
              .agentId=${desk.agentId}
              .team=${desk.seesTeam}
              .outcomes=${desk.outcomes}
              .followUps=${desk.followUps}
              .timeZone=${this.#timeZone}
              .now=${this.#now}
              .fields=${desk.contactFields}
            ></cmw-contact-file>`
          : html`<cmw-card-contact
              .desk=${desk}
              .number=${number}
              @contact-made=${() => store.read()}
            ></cmw-card-contact>`
      }
    `;
  }

  #nobody({ why, message, nextAt }: CampaignWork): TemplateResult {
    return html`
      <div class="empty">
        <p>${message ?? whyWords(why)}</p>
        ${
          nextAt
            ? html`<p>
                ${msg('El próximo se puede llamar:')}
                <time datetime=${nextAt}>${timeWords(nextAt, this.#now(), this.#timeZone)}</time>
              </p>`
            : html`<p>${msg('Si deja esta página abierta, el siguiente contacto aparece solo.')}</p>`
        }
      </div>
    `;
  }

  #campaigns({ campaigns, rest }: CampaignWork): TemplateResult {
    const isProgressive = campaigns.some(({ mode }) => mode === 'progressive');
    return html`
      <section class="which" aria-labelledby="which">
        <h2 id="which">${msg('Campañas en marcha')}</h2>
        ${
          campaigns.length > 0
            ? html`<ul class="rows">
                ${campaigns.map(
                  ({ name, mode, waiting }) => html`<li>
                    <strong>${name}</strong>
                    <span class="quiet small">${modeWords[mode]?.() ?? mode} · ${msg(str`${numberWords(waiting)} por llamar, ahora o más tarde`)}</span>
                  </li>`,
                )}
              </ul>`
            : html`<p class="quiet">${msg('Ninguna en este momento.')}</p>`
        }
        ${
          rest
            ? html`<div class="rest" role="status">
                <p>${rest.message}</p>
                <p>
                  ${msg('Las llamadas de campaña siguen:')}
                  <time datetime=${rest.until}>${timeWords(rest.until, this.#now(), this.#timeZone)}</time>
                </p>
              </div>`
            : nothing
        }
        ${
          isProgressive && !rest
            ? html`<p class="quiet small">${msg('Las progresivas llaman solas cuando usted está disponible y sin llamadas: no tiene que presionar nada.')}</p>`
            : nothing
        }
      </section>
    `;
  }

  readonly #call = (): void => {
    const { work } = this;
    const card = work?.card;
    if (!card || work.isAtWork || work.skipping) return;
    askToDial(this, {
      number: card.number.e164 ?? card.number.display,
      contactId: card.contactId,
      campaignId: card.campaignId,
      who: whoOf(card),
    });
  };

  async #skip(until?: string): Promise<void> {
    await this.work?.skip(until);
    await this.updateComplete;
    // The button that was pressed may be gone.
    if (this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === null) {
      this.renderRoot.querySelector<HTMLElement>('button.call, h1')?.focus();
    }
  }

  /** The first instant of tomorrow. */
  get #tomorrow(): string | undefined {
    const today = zonedTime(this.#now(), this.#timeZone).slice(0, 10);
    return instantOf(`${addDays(today, 1)}T00:00`, this.#timeZone)?.toISOString();
  }

  press(key: string): boolean {
    switch (key) {
      case 'Enter':
        // A button or a link that has the focus means itself.
        if (focused()?.matches('a, button, summary') || performance.now() - this.#shownAt < settleMs) return false;
        this.#call();
        return true;
      case 'n':
        this.#call();
        return true;
      case 's':
        void this.#skip();
        return true;
      case 'c':
        void this.#cards?.goToNewest();
        return true;
      case 'z':
        if (!this.desk.saves.last) return false;
        void this.#undo();
        return true;
      default:
        return false;
    }
  }

  async #undo(): Promise<void> {
    const call = await this.desk.undo();
    if (call) await this.#cards?.goTo(call);
  }

  #open(call: Call): void {
    this.desk.popUps.reopen(call);
    void this.#cards?.goTo(call);
  }

  get #cards(): PopUpList | null {
    return this.renderRoot.querySelector<PopUpList>('cmw-pop-up-list');
  }

  get #dials(): boolean {
    return (this.me?.endpoints.length ?? 0) > 0;
  }

  get #timeZone(): string {
    return this.desk.calls.timeZone;
  }

  static override styles = [
    base,
    buttons,
    later,
    pageFrame,
    css`
      :host {
        max-inline-size: 80rem;
      }

      .title {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
      }

      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(16rem, 22rem);
        align-items: start;
        gap: var(--cmw-space-4);
      }

      .calls {
        display: grid;
        gap: var(--cmw-space-4);
        min-inline-size: 0;
      }

      /* Without a call there is nothing to see of it but that. */
      cmw-pop-up-list.none {
        display: none;
      }

      .who .name {
        font: var(--cmw-type-hero);
        unicode-bidi: isolate;
      }

      .who .number {
        font: var(--cmw-type-title);
        font-variant-numeric: tabular-nums;
      }

      .actions {
        gap: var(--cmw-space-2);
      }

      kbd {
        padding: 0 var(--cmw-space-1);
        border: 1px solid currentcolor;
        border-radius: var(--cmw-radius-s);
        font: var(--cmw-type-small);
        opacity: 0.85;
      }

      .refusal {
        color: var(--cmw-bad);
      }

      .rest {
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      @media (hover: none) {
        kbd {
          display: none;
        }
      }

      @media (width < 56rem) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}

const whoOf = ({ name, number }: CampaignCard): string => name || number.display;

function whyWords(why: CampaignWork['why']): string {
  switch (why) {
    case 'later':
      return msg('Por ahora no hay a quién llamar: los que faltan son para más tarde.');
    case 'coordination':
      return msg('Las campañas esperan a que se confirme la coordinación con el operador.');
    case 'busy':
      return msg('Usted tiene una llamada. Al terminarla viene el siguiente contacto.');
    case 'paused':
      return msg('Usted está en pausa. Póngase disponible para recibir el siguiente contacto.');
    default:
      return msg('No hay una campaña en vista previa para usted.');
  }
}
