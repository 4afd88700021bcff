import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SupervisionApi } from '../api/supervision-api.js';
import { type Me, type PauseReason, seesTeam } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Reading, Repeating } from '../base/reading.js';
import { Ticking } from '../base/ticking.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { plainWords } from '../i18n/plain-words.js';
import './agents-board.js';
import { Board, states } from './board.js';
import './calls-board.js';
import { stateWords } from './state-words.js';

const minuteMs = 60_000;
/** While no messages come. */
const withoutChannelMs = 15_000;
/** What was read so lately is not read again for a second look. */
const freshMs = 10_000;
/** An office that is told to read again does not ask in the same instant. */
const spreadMs = 1_000;

/** The floor, live: who is doing what, which calls go on and wait, and what became of the missed ones. */
@localized()
@customElement('cmw-supervision-page')
export class SupervisionPage extends LitElement {
  @property({ attribute: false }) api!: SupervisionApi;
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  readonly #board = new Board((team) => this.api.wallboard(team));
  readonly #reasons = new Reading<readonly PauseReason[]>(this, async () => (await this.api.pauseReasons()).items);
  #read: string | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Watching(this, () => this.#board);
    new Watching(this, () => this.desk?.connection);
    // The one timer of all running times: an agent and their call show the same.
    new Ticking(this, 1_000, () => this.#board.loaded);
    new Repeating(
      this,
      minuteMs,
      () => this.#may,
      () => this.#readBoard(),
    );
    new Repeating(
      this,
      withoutChannelMs,
      () => this.#may && !this.#isLive,
      () => this.#readBoard(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
    // Where the element is put back, its desk has not changed.
    if (this.desk) this.#listen();
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#look);
    clearTimeout(this.#again);
    this.desk.onWallboard = () => {};
    this.desk.onReopened = () => {};
    super.disconnectedCallback();
  }

  #listen(): void {
    this.desk.onWallboard = (changes) => {
      if (this.#board.tell(changes)) this.#readSoon();
    };
    // What was told before it was open, or while it was not, is lost.
    this.desk.onReopened = () => this.#readSoon();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk')) this.#listen();

    if (!this.#may) return;
    if (changed.has('me') && !this.#reasons.value) void this.#reasons.read();
    const key = `${this.me?.id} ${this.#team}`;
    if (key === this.#read) return;
    this.#read = key;
    void this.#readBoard();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar top">
        <h1 tabindex="-1">${msg('Supervisión')}</h1>
        ${this.#teams()}
      </div>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de quien supervisa.')}</p>` : nothing}
      ${this.#may ? this.#floor() : nothing}
    `;
  }

  #floor(): TemplateResult {
    const { error, loaded } = this.#board;
    // One notice at a time: where nothing could be read, the other one would not be so.
    const isPolled = loaded && !error && !this.#isLive;
    if (this.#isOfOthers) return this.#ofOthers();
    return html`
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>
                ${loaded ? msg('Esto puede no estar al día.') : msg('No se pudo leer cómo está el equipo.')} ${plainWords(error)}
              </p>
              <button @click=${() => this.#readBoard()}>${msg('Intentar de nuevo')}</button>
            </div>`
          : nothing
      }
      <p class="notice said" role="status">${
        isPolled ? msg('Sin conexión en vivo por ahora: esto se lee cada 15 segundos.') : nothing
      }</p>
      ${loaded ? this.#shown() : error ? nothing : skeleton()}
    `;
  }

  /** An address that a colleague has sent, or of a team that is there no more. */
  #ofOthers(): TemplateResult {
    return html`<div class="notice">
      <p>${msg('Este enlace es de un equipo que usted no ve, o en el que no hay agentes.')}</p>
      <button @click=${() => this.#show('')}>${msg('Ver lo que le corresponde')}</button>
    </div>`;
  }

  #shown(): TemplateResult {
    const reasons = this.#reasons.value ?? [];
    const now = this.api.now();
    const dials = (this.me?.endpoints.length ?? 0) > 0;
    return html`
      ${this.#tiles()}
      <div class="columns">
        <cmw-agents-board
          .board=${this.#board}
          .reasons=${reasons}
          .now=${now}
          .timeZone=${this.desk.calls.timeZone}
        ></cmw-agents-board>
        <cmw-calls-board
          .board=${this.#board}
          .now=${now}
          .timeZone=${this.desk.calls.timeZone}
          .dials=${dials}
        ></cmw-calls-board>
      </div>
    `;
  }

  #tiles(): TemplateResult {
    const { counts } = this.#board;
    const tile = (words: string, count: number, kind: string, isAlarm = false) => html`
      <div class=${isAlarm && count > 0 ? `tile alarm ${kind}` : `tile ${kind}`}>
        <dt>${words}</dt>
        <dd>${count}</dd>
      </div>
    `;
    return html`
      <dl class="tiles" aria-label=${msg('Cuántos hay en cada estado')}>
        ${[...states.slice(4, 5), ...states.slice(0, 4), ...states.slice(5)].map((state) => tile(stateWords(state), counts[state], state))}
        ${tile(msg('En cola'), counts.queue, 'queue', true)}
        ${tile(msg('Perdidas sin devolver'), counts.toReturn, 'missed', true)}
      </dl>
    `;
  }

  #teams(): TemplateResult | typeof nothing {
    const { teams } = this.#board;
    if (!this.#may || (teams.length < 2 && !this.#team)) return nothing;
    if (this.#isOfOthers) return nothing;
    return html`
      <label class="team">
        <span>${msg('Equipo')}</span>
        <select @change=${this.#choose} .value=${live(this.#team)}>
          <option value="" ?selected=${!this.#team}>${msg('Todos')}</option>
          ${teams.map((team) => html`<option value=${team} ?selected=${team === this.#team}>${team}</option>`)}
        </select>
      </label>
    `;
  }

  #choose(event: Event): void {
    this.#show((event.target as HTMLSelectElement).value);
  }

  #show(team: string): void {
    history.pushState({}, '', team ? `/supervision?${new URLSearchParams({ team })}` : '/supervision');
    this.search = location.search;
  }

  get #team(): string {
    return new URLSearchParams(this.search).get('team') ?? '';
  }

  /** True where the team of the address is none of those that can be looked at. */
  get #isOfOthers(): boolean {
    const { error, loaded, teams } = this.#board;
    // Who sees all teams is told by a 400 that nobody is in this one.
    return this.#team !== '' && (loaded ? !teams.includes(this.#team) : error?.status === 400);
  }

  get #may(): boolean {
    return this.me !== undefined && seesTeam(this.me);
  }

  get #isLive(): boolean {
    const { state } = this.desk.connection;
    // The first opening takes a moment, and is no failure.
    return state === 'connected' || state === 'connecting';
  }

  async #readBoard(): Promise<void> {
    clearTimeout(this.#again);
    this.#again = undefined;
    await this.#board.read(this.#team);
  }

  /** What this supervisor may see has changed, or some of what was told is lost. */
  #readSoon(): void {
    if (!this.#may || document.hidden) return;
    this.#again ??= setTimeout(() => void this.#readBoard(), Math.random() * spreadMs);
  }

  /** Somebody looks at the page again. */
  readonly #look = (): void => {
    if (document.hidden || !this.#may || Date.now() - this.#board.readAt < freshMs) return;
    void this.#readBoard();
  };

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    css`
      :host {
        max-inline-size: 96rem;
      }

      .top {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
      }

      .team {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
      }

      .team select {
        inline-size: auto;
        max-inline-size: 14rem;
      }

      .tiles {
        display: grid;
        grid-template-columns: repeat(8, minmax(0, 1fr));
        gap: var(--cmw-space-3);
        margin: 0;
      }

      .tile {
        display: grid;
        grid-template-rows: 1fr auto;
        gap: var(--cmw-space-1);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-raised);
      }

      .tile dt {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .tile dd {
        margin: 0;
        font: var(--cmw-type-hero);
        font-variant-numeric: tabular-nums;
      }

      .tile.alarm {
        border-color: transparent;
        background: var(--cmw-bad-ground);
      }

      .tile.alarm.queue {
        background: var(--cmw-warn-ground);
      }

      .tile.alarm dd,
      .tile.alarm dt {
        color: var(--cmw-bad);
      }

      .tile.alarm.queue dd,
      .tile.alarm.queue dt {
        color: var(--cmw-warn);
      }

      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(20rem, 27rem);
        align-items: start;
        gap: var(--cmw-space-4);
      }

      .waits {
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      .tile.waits {
        min-block-size: 5.25rem;
        border-color: transparent;
      }

      .columns .waits {
        min-block-size: 24rem;
      }

      @media (width < 72rem) {
        .tiles {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
      }

      @media (width < 56rem) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }

        /* What waits comes before who is there. */
        cmw-calls-board {
          order: -1;
        }
      }

      @media (width < 40rem) {
        .tiles {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: var(--cmw-space-2);
        }

        .tile {
          grid-template: auto / minmax(0, 1fr) auto;
          align-items: center;
          padding: var(--cmw-space-2) var(--cmw-space-3);
        }

        .tile dd {
          font: var(--cmw-type-title);
        }

        .tile.waits {
          min-block-size: 2.75rem;
        }
      }
    `,
  ];
}

const skeleton = (): TemplateResult => html`
  <div role="status" aria-label=${msg('Cargando')} class="tiles">
    ${Array.from({ length: 8 }, () => html`<span class="tile waits"></span>`)}
  </div>
  <div class="columns"><span class="waits"></span><span class="waits"></span></div>
`;
