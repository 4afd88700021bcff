import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiError } from '../api/api-error.js';
import { type Call, type Me, seesTeam, type WorkEntry } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { Watching } from '../base/observable.js';
import type { PageElement } from '../base/page.js';
import { Ticking } from '../base/ticking.js';
import { base, buttons } from '../design/shared.js';
import { askToDial } from '../dial/dial-event.js';
import type { Click } from '../dial/dialler.js';
import { dueOf } from '../follow-ups/follow-ups-store.js';
import { currentLocale } from '../i18n/locale.js';
import { timeWords } from '../i18n/times.js';
import type { PopUpList } from '../pop-ups/pop-up-list.js';
import '../pop-ups/alerts-offer.js';
import '../pop-ups/pop-up-list.js';
import '../calls/calls-list.js';
import '../wrap-up/save-notice.js';
import type { Desk } from './desk.js';

export type View = 'calls' | 'today' | 'followUps';

const views: readonly View[] = ['calls', 'today', 'followUps'];

/** The agent's page: the calls on the screen, and beside them today's, or what is to be done. Fires `shortcuts`. */
@localized()
@customElement('cmw-desk-page')
export class DeskPage extends LitElement implements PageElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;
  @property({ type: Boolean }) demo = false;

  @state() private view: View = 'calls';

  readonly #followUpsList = new Later(this, () => import('../follow-ups/follow-ups-list.js'));
  readonly #workList = new Later(this, () => import('../work-list/work-list.js'));
  readonly #callWork = new Later(this, () => import('../pop-ups/call-work.js'));
  readonly #now = (): number => this.desk.api.now();
  readonly #takeOff = (call: Call): Promise<ApiError | undefined> => this.desk.popUps.takeOff(call);

  constructor() {
    super();
    new Watching(this, () => this.desk?.followUps);
    new Watching(this, () => this.desk?.workList);
    new Watching(this, () => this.desk?.calls);
    new Watching(this, () => this.desk);
    // A follow-up falls due by itself.
    new Ticking(this, 20_000);
  }

  protected override firstUpdated(): void {
    // What is only needed with a call is fetched before the first one comes, and not before the page is drawn.
    this.#callWork.ahead();
  }

  protected override render(): TemplateResult {
    const { desk, me } = this;
    const team = me !== undefined && seesTeam(me);
    const dials = (me?.endpoints.length ?? 0) > 0;
    return html`
      <h1 class="visually-hidden">${msg('Escritorio de llamadas')}</h1>
      <div role="status">${this.#rest()}</div>
      ${this.#callWork.notice}
      <div class=${team ? 'columns team' : 'columns'}>
        <cmw-pop-up-list
          .store=${desk.popUps}
          .desk=${desk}
          .endpoints=${me?.endpoints ?? []}
          .timeZone=${desk.calls.timeZone}
          .now=${this.#now}
          .team=${team}
        >
          ${this.demo ? html`<p slot="empty">${msg('Para probarla, use «Simular una llamada», arriba.')}</p>` : ''}
          ${dials ? html`<cmw-alerts-offer slot="empty" .alerts=${desk.alerts}></cmw-alerts-offer>` : ''}
        </cmw-pop-up-list>
        <div class="lists">
          <div class="tabs" role="tablist" aria-label=${msg('Listas')} @keydown=${this.#key}>
            ${views.map((view) => this.#tab(view))}
          </div>
          <div role="tabpanel" id="panel" aria-labelledby=${`tab-${this.view}`}>
            ${this.#panel(me, team)}
          </div>
          <footer class=${desk.calls.loaded ? '' : 'waits'}>
            <button class="bare" @click=${() => this.dispatchEvent(new CustomEvent('shortcuts', { bubbles: true }))}>
              ${msg('Atajos del teclado')}
            </button>
          </footer>
        </div>
      </div>
      <cmw-save-notice
        .saves=${desk.saves}
        .outcomes=${desk.outcomes}
        .agentId=${me?.id}
        @undo=${this.#undo}
        @open-call=${this.#open}
      ></cmw-save-notice>
    `;
  }

  /** That campaigns dial nobody for the agent, who would else wait for a call. */
  #rest(): TemplateResult | typeof nothing {
    const { rest, calls } = this.desk;
    if (!rest || Date.parse(rest.until) <= this.#now()) return nothing;
    return html`<p class="rest">
      ${rest[currentLocale()]} ${msg('Las llamadas de campaña siguen:')}
      <time datetime=${rest.until}>${timeWords(rest.until, this.#now(), calls.timeZone)}</time>
    </p>`;
  }

  #panel(me: Me | undefined, team: boolean): TemplateResult {
    const { desk } = this;
    const dials = (me?.endpoints.length ?? 0) > 0;
    switch (this.view) {
      case 'calls':
        return html`<cmw-calls-list
          .all=${desk.calls}
          .missed=${desk.missed}
          .live=${desk.live}
          .outcomes=${desk.outcomes}
          .now=${this.#now}
          .team=${team}
          .dials=${dials}
          .takeOff=${this.#takeOff}
          @open-call=${this.#open}
        ></cmw-calls-list>`;
      case 'today':
        return html`${this.#workList.notice}<cmw-work-list
            .store=${desk.workList}
            .timeZone=${desk.calls.timeZone}
            .now=${this.#now}
            .dials=${dials}
            @open-work=${this.#openWork}
          ></cmw-work-list>`;
      default:
        return html`${this.#followUpsList.notice}<cmw-follow-ups-list
            .store=${desk.followUps}
            .timeZone=${desk.calls.timeZone}
            .now=${this.#now}
            .dials=${dials}
          ></cmw-follow-ups-list>`;
    }
  }

  #tab(view: View): TemplateResult {
    const chosen = view === this.view;
    return html`
      <button
        class="bare"
        role="tab"
        id=${`tab-${view}`}
        aria-selected=${chosen}
        aria-controls="panel"
        tabindex=${chosen ? 0 : -1}
        @click=${() => this.show(view)}
      >
        ${viewWords(view)} ${this.#count(view)}
      </button>
    `;
  }

  /** How much there is to do, and whether some of it is late. */
  #count(view: View): TemplateResult | typeof nothing {
    if (view === 'calls') return nothing;
    const list = view === 'today' ? this.desk.workList : this.desk.followUps;
    const { length } = list.open;
    if (length === 0) return nothing;
    const late =
      view === 'today'
        ? this.desk.workList.open.some(({ state }) => state === 'broken')
        : this.desk.followUps.open.some((item) => dueOf(item, this.#now(), this.desk.calls.timeZone) === 'overdue');
    return html`<span class=${late ? 'count late' : 'count'}>${length}${list.more ? '+' : ''}</span>`;
  }

  show(view: View): void {
    this.view = view;
    if (view === 'today') {
      void this.#workList.fetch();
      void this.desk.workList.read();
    }

    if (view === 'followUps') {
      void this.#followUpsList.fetch();
      void this.desk.followUps.read();
    }
  }

  async #key(event: KeyboardEvent): Promise<void> {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    const step = event.key === 'ArrowRight' ? 1 : views.length - 1;
    this.show(views[(views.indexOf(this.view) + step) % views.length] ?? 'calls');
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  press(key: string): boolean {
    switch (key) {
      case 'c':
        void this.renderRoot.querySelector<PopUpList>('cmw-pop-up-list')?.goToNewest();
        return true;
      case 'z':
        if (!this.desk.saves.last) return false;
        void this.#undo();
        return true;
      case 'l':
        this.show('calls');
        return true;
      case 'h':
        this.show('today');
        return true;
      case 's':
        this.show('followUps');
        return true;
      case 'n':
        // Without a phone there is nothing to call with.
        if (!this.me?.endpoints.length) return false;
        void this.#callNext();
        return true;
      default:
        return false;
    }
  }

  /** Calls whoever is next in the list of today, which is shown. */
  async #callNext(): Promise<void> {
    const { workList, dialler } = this.desk;
    if (dialler.busy) return;
    this.show('today');
    const next = await workList.readNext();
    if (dialler.busy || !next) return;
    const click: Click = {
      number: next.number.e164,
      contactId: next.contactId,
      who: next.contactName ?? next.number.display,
    };
    const stop = dialler.watch(() => {
      const { current } = dialler;
      if (current?.click === click && !current.dial && !isOfPerson(current.error)) return;
      if (current?.click === click) workList.called(next);
      stop();
    });
    askToDial(this, click);
  }

  async #undo(): Promise<void> {
    const call = await this.desk.undo();
    if (call) await this.#cards?.goTo(call);
  }

  get #cards(): PopUpList | null {
    return this.renderRoot.querySelector<PopUpList>('cmw-pop-up-list');
  }

  #open(event: CustomEvent<Call>): void {
    this.open(event.detail);
  }

  /** Shows a call of a list as a card, to read it and to write about it. */
  open(call: Call): void {
    this.desk.popUps.reopen(call);
    void this.#cards?.goTo(call);
  }

  async #openWork(event: CustomEvent<WorkEntry>): Promise<void> {
    const call = await this.desk.workList.callOf(event.detail);
    if (!call) return;
    this.desk.popUps.reopen(call);
    await this.#cards?.goTo(call);
  }

  static override styles = [
    base,
    buttons,
    later,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(21rem, 28.5rem);
        align-items: start;
        max-inline-size: 80rem;
        margin-inline: auto;
      }

      /* The team's list has a column more. */
      .columns.team {
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
      }

      cmw-pop-up-list,
      .lists {
        padding: var(--cmw-space-5) var(--cmw-space-4) var(--cmw-space-6);
      }

      /* The calls on the screen stay while the lists scroll. */
      @media (width >= 56rem) and (height >= 30rem) {
        :host {
          display: grid;
          grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
          block-size: calc(100dvh - var(--cmw-header, 3.75rem));
        }

        /* Above it stands a line where no campaign dials: both fit the window. */
        .columns {
          inline-size: 100%;
          block-size: 100%;
          min-block-size: 0;
        }

        cmw-pop-up-list,
        .lists {
          max-block-size: 100%;
          overflow-y: auto;
          overscroll-behavior: contain;
          /* The bar at a card's end sticks to the pane's edge, and not to its padding. */
          --cmw-pane-end: var(--cmw-space-6);
          scrollbar-gutter: stable;
          scrollbar-width: thin;
        }
      }

      @media (width >= 100rem) {
        .columns {
          grid-template-columns: minmax(0, 1fr) minmax(26rem, 34rem);
          max-inline-size: 116rem;
        }
      }

      .rest {
        padding: var(--cmw-space-2) var(--cmw-space-4);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
        margin-block-end: var(--cmw-space-4);
        border-block-end: 1px solid var(--cmw-line);
      }

      .tabs button {
        margin-block-end: -1px;
        padding-inline: var(--cmw-space-3);
        border-radius: var(--cmw-radius-s) var(--cmw-radius-s) 0 0;
        border-block-end: 2px solid transparent;
        color: var(--cmw-quiet);
      }

      .tabs [aria-selected='true'] {
        border-block-end-color: var(--cmw-accent);
        color: var(--cmw-text);
      }

      .count {
        min-inline-size: 1.5rem;
        padding: 0 var(--cmw-space-2);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
        font: var(--cmw-type-label);
        font-variant-numeric: tabular-nums;
      }

      .count.late {
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }

      footer {
        display: flex;
        justify-content: end;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-1) var(--cmw-space-3);
        padding-block-start: var(--cmw-space-4);
      }

      /* The list that comes above it would push it down. */
      footer.waits {
        visibility: hidden;
      }

      footer button {
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      /* Where there is no keyboard there is nothing to read of it. */
      @media (hover: none) {
        footer button {
          display: none;
        }
      }

      @media (width < 56rem) {
        .columns,
        .columns.team {
          grid-template-columns: minmax(0, 1fr);
        }

        cmw-pop-up-list,
        .lists {
          padding: var(--cmw-space-4);
        }

        .lists {
          padding-block-start: 0;
        }

        cmw-pop-up-list:not([settled]) + .lists {
          visibility: hidden;
        }
      }
    `,
  ];
}

/**
 * True where the refusal is of whom it is called. Who is busy, out of calls, without a network or outside of the hours
 * has called nobody.
 */
function isOfPerson(error: ApiError | undefined): boolean {
  if (error === undefined || error.uncertain || [401, 409, 429].includes(error.status)) return false;
  return error.status !== 403 || error.problem.reason !== undefined || error.problem.errors?.number !== undefined;
}

function viewWords(view: View): string {
  switch (view) {
    case 'calls':
      return msg('Llamadas');
    case 'today':
      return msg('Hoy');
    default:
      return msg('Seguimientos');
  }
}
