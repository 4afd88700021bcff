import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { StatusApi } from '../api/status-api.js';
import type { Condition, QueueStatus, Status, StatusPart } from '../api/status-types.js';
import { isAdmin, type Me } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Reading, Repeating } from '../base/reading.js';
import * as icons from '../design/icons.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { shortDayWords } from '../i18n/days.js';
import { duration, secondsTime } from '../i18n/format.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';
import type { LiveConnection } from '../pop-ups/live-connection.js';
import './held-list.js';
import { type HeldMessages, refusedEvents, setAside } from './held.js';
import { conditionWords, queueWords, sizeWords, troublesOf } from './part-words.js';

const everyMs = 15_000;

/** Whether everything works: what is wrong first, and what to do about it. */
@localized()
@customElement('cmw-status-page')
export class StatusPage extends LitElement {
  @property({ attribute: false }) api!: StatusApi;
  @property({ attribute: false }) me: Me | undefined;
  /** The page's own connection: it counts among the screens. */
  @property({ attribute: false }) connection: Pick<LiveConnection, 'state' | 'watch'> | undefined;

  /** True where somebody asked for the refused notifications although none came lately, or has decided about one. */
  @state() private showsRefused = false;
  /** True where somebody has decided about a message that was set aside. */
  @state() private showsSetAside = false;

  readonly #status = new Reading<Status>(this, () => this.api.status());
  #wasConnected = false;
  #setAside: HeldMessages | undefined;
  #refused: HeldMessages | undefined;

  constructor() {
    super();
    new Watching(this, () => this.connection);
    new Repeating(this, everyMs, () => this.me !== undefined && isAdmin(this.me), this.#read);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('api') && this.api) {
      this.#setAside = setAside(this.api);
      this.#refused = refusedEvents(this.api);
    }

    const isConnected = this.connection?.state === 'connected';
    const isNow = isConnected && !this.#wasConnected;
    this.#wasConnected = isConnected;
    if (!this.me || !isAdmin(this.me)) return;
    // A page that is opened by its address reads before its own screen is counted.
    if (isNow || (changed.has('me') && !this.#status.value)) void this.#read();
  }

  protected override render(): TemplateResult {
    const { me } = this;
    return html`
      <h1 tabindex="-1">${msg('Estado del sistema')}</h1>
      ${me && !isAdmin(me) ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${me && isAdmin(me) ? readingBody(this.#status, msg('No se pudo leer el estado del sistema.'), this.#body) : nothing}
    `;
  }

  readonly #read = async (): Promise<void> => {
    await this.#status.read();
    const { value, error } = this.#status;
    if (!value || error) return;
    // What was retried can be back, and the figures are then those of before.
    if (this.#hasSetAside(value) && this.#setAside?.loaded) void this.#setAside.read();
    if (this.#hasRefused(value) && this.#refused?.loaded) void this.#refused.read();
  };

  /** True where the list of the messages that were set aside is on the screen. */
  #hasSetAside(status: Status): boolean {
    return this.showsSetAside || poisonIn(status) > 0;
  }

  #hasRefused(status: Status): boolean {
    return this.showsRefused || (status.refused?.lastDay ?? 0) > 0;
  }

  readonly #body = (status: Status): TemplateResult => html`
    ${this.#summary(status)}
    <div class="parts">
      ${this.#webhook(status)} ${this.#records(status)} ${this.#queues(status)} ${this.#screens(status)}
      ${this.#reconciliation(status)} ${this.#events(status)} ${this.#lookup(status)}
      ${this.#storage(status)} ${this.#backups(status)}
    </div>
    ${this.#messages(status)}
  `;

  #summary(status: Status): TemplateResult {
    const troubles = troublesOf(status);
    // What was read before is no news where the last reading failed.
    const isKnown = !this.#status.error;
    return html`
      <section class=${`summary ${isKnown ? status.state : 'unknown'}`} aria-label=${msg('Resumen')}>
        <div class="bar">
          ${isKnown ? signOf(status.state, 28) : icons.alert(28)}
          <h2>${isKnown ? summaryWords(status.state) : msg('No se sabe si todo funciona')}</h2>
          <p class="quiet small at">
            ${msg(str`Revisado a las ${secondsTime(Date.parse(status.at), this.#timeZone)}`)}
          </p>
        </div>
        ${
          troubles.length > 0
            ? html`<ul class="troubles">
                ${troubles.map(
                  ({ name, state: its, advice }) => html`<li>
                    ${badge(its)}
                    <p><strong>${name}.</strong> ${advice}</p>
                  </li>`,
                )}
              </ul>`
            : nothing
        }
      </section>
    `;
  }

  #webhook({ webhook }: Status): TemplateResult {
    return this.#part(
      msg('Avisos del operador'),
      webhook,
      () => html`<dl class="facts">${fact(msg('Último aviso'), this.#time(webhook?.lastAt))}</dl>`,
    );
  }

  #records({ records }: Status): TemplateResult {
    return this.#part(
      msg('Registros de llamada'),
      worstOf(records),
      () =>
        html`${(records ?? []).map(
          ({ account, lastSuccess, secondsBehind, lastError, state: its }) => html`
            <div class="of">
              <h4>${account}${records && records.length > 1 ? badge(its) : nothing}</h4>
              ${lastError ? html`<p class="bad">${lastError}</p>` : nothing}
              <dl class="facts">
                ${fact(msg('Última lectura correcta'), this.#time(lastSuccess))}
                ${secondsBehind === undefined ? nothing : fact(msg('Atraso'), duration(secondsBehind))}
              </dl>
            </div>
          `,
        )}
        ${records?.length === 0 ? html`<p class="quiet">${msg('No hay cuentas del operador')}</p>` : nothing}
        <a href="/call-records">${msg('Ver los registros de llamada')}</a>`,
    );
  }

  #queues({ queues }: Status): TemplateResult {
    return this.#part(msg('Mensajes por procesar'), worstOf(queues), () => html`${(queues ?? []).map(this.#queue)}`);
  }

  readonly #queue = ({ name, waiting, oldestSeconds, poison }: QueueStatus): TemplateResult => html`
    <div class="of">
      <h4>${queueWords(name)}</h4>
      <dl class="facts">
        ${fact(msg('En espera'), numberWords(waiting))}
        ${oldestSeconds === undefined ? nothing : fact(msg('El primero espera'), duration(oldestSeconds))}
        ${fact(msg('Apartados'), numberWords(poison))}
      </dl>
    </div>
  `;

  #screens({ screens }: Status): TemplateResult {
    return this.#part(
      msg('Pantallas'),
      screens,
      () => html`<dl class="facts">
        ${fact(msg('Conectadas'), numberWords(screens?.connected ?? 0))}
        ${fact(msg('Personas'), numberWords(screens?.agents ?? 0))}
      </dl>`,
    );
  }

  #reconciliation({ reconciliation }: Status): TemplateResult {
    return this.#part(
      msg('Conciliación de los últimos 7 días'),
      worstOf(reconciliation),
      () =>
        html`${(reconciliation ?? []).map(
          ({ account, open, pending, openDay }) => html`
            <div class="of">
              <h4>${account}</h4>
              <dl class="facts">
                ${fact(msg('Días por revisar'), numberWords(open))} ${fact(msg('Días pendientes'), numberWords(pending))}
              </dl>
              ${
                openDay
                  ? html`<a href=${`/reconciliation/${encodeURIComponent(account)}/${openDay}`}>
                      ${msg(str`Abrir ${shortDayWords(openDay)}`)}
                    </a>`
                  : nothing
              }
            </div>
          `,
        )}`,
    );
  }

  /** While no CRM is asked there is nothing to see. */
  #lookup({ lookup }: Status): TemplateResult | typeof nothing {
    if (!lookup?.enabled) return nothing;
    return this.#part(
      msg('Consulta al CRM'),
      lookup,
      () => html`
        ${lookup.since ? html`<p>${lookup.lastError}</p><dl class="facts">${fact(msg('Desde'), this.#time(lookup.since))}</dl>` : nothing}
        <a href="/contact-lookup">${msg('Ver la consulta')}</a>
      `,
    );
  }

  /** While nobody is told of events there is nothing to see. */
  #events({ events }: Status): TemplateResult | typeof nothing {
    if (!events || events.length === 0) return nothing;
    return this.#part(
      msg('Eventos hacia otros sistemas'),
      worstOf(events),
      () =>
        html`${events.map(
          ({ name, state: its, since, lastError }) => html`
            <div class="of">
              <h4>${name}${events.length > 1 ? badge(its) : nothing}</h4>
              ${lastError ? html`<p>${lastError}</p>` : nothing}
              ${since ? html`<dl class="facts">${fact(msg('No recibe desde'), this.#time(since))}</dl>` : nothing}
            </div>
          `,
        )}
        <a href="/events">${msg('Ver los eventos')}</a>`,
    );
  }

  #storage({ storage, disk, version }: Status): TemplateResult {
    return this.#part(
      msg('Almacenamiento'),
      worstOf(disk ? [storage, disk] : [storage]),
      () => html`<dl class="facts">
        ${
          disk
            ? html`${fact(msg('Libre en el disco'), msg(str`${sizeWords(disk.freeBytes)} de ${sizeWords(disk.totalBytes)}`))}
              ${disk.databaseBytes === undefined ? nothing : fact(msg('Base de datos'), sizeWords(disk.databaseBytes))}`
            : nothing
        }
        ${fact(msg('Versión'), version)}
      </dl>`,
    );
  }

  /** Where the host makes none by itself there is nothing to see. */
  #backups({ backups }: Status): TemplateResult | typeof nothing {
    if (!backups) return nothing;
    return this.#part(
      msg('Respaldos'),
      backups,
      () => html`<dl class="facts">${fact(msg('Último respaldo'), this.#time(backups.lastAt))}</dl>
        <a href="/backups">${msg('Ver los respaldos')}</a>`,
    );
  }

  /** A part; one that could not be read says so. */
  #part(name: string, part: StatusPart | undefined, draw: () => unknown): TemplateResult {
    return html`
      <section aria-label=${name}>
        <div class="bar head">
          <h3>${name}</h3>
          ${badge(part?.state ?? 'bad')}
        </div>
        ${part ? draw() : html`<p>${msg('No se pudo leer.')}</p>`}
      </section>
    `;
  }

  #messages(status: Status): unknown {
    return html`
      ${
        this.#hasSetAside(status) && this.#setAside
          ? html`<section aria-labelledby="set-aside">
              <h2 id="set-aside">${msg('Mensajes apartados')}</h2>
              <p class="quiet">
                ${msg('Fallaron todas las veces. Cuando la causa esté arreglada, reinténtelos: procesar uno dos veces no cambia nada.')}
              </p>
              ${this.#list(this.#setAside)}
            </section>`
          : nothing
      }
      <section aria-labelledby="refused">
        <h2 id="refused" tabindex="-1">${msg('Avisos rechazados')}</h2>
        ${
          this.#hasRefused(status) && this.#refused
            ? this.#list(this.#refused)
            : html`<p class="quiet">${msg('En el último día no hubo ninguno.')}</p>
                <p><button @click=${this.#showRefused}>${msg('Ver los anteriores')}</button></p>`
        }
      </section>
    `;
  }

  readonly #showRefused = async (): Promise<void> => {
    this.showsRefused = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#refused')?.focus();
  };

  #list(messages: HeldMessages): TemplateResult {
    return html`<cmw-held-list
      .messages=${messages}
      .now=${this.api.now()}
      .timeZone=${this.#timeZone}
      empty=${msg('No queda ninguno.')}
      @decided=${() => this.#decided(messages)}
    ></cmw-held-list>`;
  }

  /** After the last one the list stays, as it says what was done. */
  #decided(messages: HeldMessages): void {
    this.showsRefused ||= messages === this.#refused;
    this.showsSetAside ||= messages === this.#setAside;
    void this.#status.read();
  }

  #time(at: string | undefined): TemplateResult | string {
    return at ? html`<time datetime=${at}>${timeWords(at, this.api.now(), this.#timeZone)}</time>` : msg('todavía no');
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .summary.good {
        border-color: var(--cmw-live);
      }

      .summary.warning {
        border-color: var(--cmw-warn);
      }

      .summary.bad {
        border-color: var(--cmw-bad);
      }

      .good > .bar svg {
        color: var(--cmw-live);
      }

      .warning > .bar svg {
        color: var(--cmw-warn);
      }

      .bad > .bar svg {
        color: var(--cmw-bad);
      }

      .at {
        margin-inline-start: auto;
        font-variant-numeric: tabular-nums;
      }

      .troubles {
        display: grid;
        gap: var(--cmw-space-3);
      }

      .troubles li {
        display: grid;
        grid-template-columns: 6.5rem minmax(0, 1fr);
        align-items: start;
        gap: var(--cmw-space-3);
      }

      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
        gap: var(--cmw-space-4);
      }

      .head {
        justify-content: space-between;
      }

      .of {
        display: grid;
        gap: var(--cmw-space-2);
      }

      h4 {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2);
        margin: 0;
        font: var(--cmw-type-label);
      }

      p.bad {
        color: var(--cmw-bad);
      }

      @media (width < 40rem) {
        .troubles li {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--cmw-space-1);
        }
      }
    `,
  ];
}

const poisonIn = (status: Status | undefined): number =>
  (status?.queues ?? []).reduce((sum, { poison }) => sum + poison, 0);

/** How several parts are together; undefined where they could not be read. */
function worstOf(parts: readonly StatusPart[] | undefined): StatusPart | undefined {
  if (!parts) return undefined;
  const states = parts.map(({ state: its }) => its);
  return { state: states.includes('bad') ? 'bad' : states.includes('warning') ? 'warning' : 'good' };
}

function summaryWords(state: Condition): string {
  switch (state) {
    case 'good':
      return msg('Todo funciona');
    case 'warning':
      return msg('Funciona, y hay algo que revisar');
    default:
      return msg('Algo no funciona');
  }
}

const signOf = (state: Condition, size: number): TemplateResult =>
  state === 'good' ? icons.check(size) : icons.alert(size);

const badge = (state: Condition): TemplateResult =>
  html`<span class=${`badge ${state === 'warning' ? 'warn' : state}`}>${signOf(state, 14)}${conditionWords(state)}</span>`;
