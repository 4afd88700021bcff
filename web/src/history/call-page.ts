import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { HistoryApi } from '../api/history-api.js';
import type { AgentPart, FullCall } from '../api/history-types.js';
import { isAdmin, type Me, seesTeam, type WrapUp } from '../api/types.js';
import { contactAddress, dayAddress } from '../base/addresses.js';
import { Watching } from '../base/observable.js';
import { Reading } from '../base/reading.js';
import { Ticking } from '../base/ticking.js';
import { backTo } from '../base/way-back.js';
import { directionIcon } from '../calls/call-icons.js';
import { keyOf } from '../calls/call-key.js';
import { compareVersions } from '../calls/call-order.js';
import { agentWords, directionWords, isMissed, stateWords, tiedName, whoWords } from '../calls/call-words.js';
import { actionWords } from '../calls/next-action.js';
import { contactFacts } from '../contacts/contact-facts.js';
import { nameOf } from '../contacts/contact-name.js';
import * as icons from '../design/icons.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { askToDial } from '../dial/dial-event.js';
import { addDays } from '../i18n/days.js';
import { duration, money, secondsTime, shortDay, zonedTime } from '../i18n/format.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';
import { wrapUpLines } from '../wrap-up/wrap-up-words.js';
import { callRecords } from './call-records.js';
import { addressOf } from './filter.js';
import './timeline.js';

/** A call: how it went, who it was with, what came of it, its timeline, and the operator's record of it. */
@localized()
@customElement('cmw-call-page')
export class CallPage extends LitElement {
  @property({ attribute: false }) api!: Pick<HistoryApi, 'call' | 'now'>;
  @property({ attribute: false }) desk!: Pick<Desk, 'outcomes' | 'contactFields' | 'calls'>;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) account = '';
  @property({ attribute: false }) callId = '';

  readonly #content = new Reading<FullCall>(this, () => this.api.call({ account: this.account, callId: this.callId }));
  #read = '';
  /** The version that was told of and is read. */
  #followed = 0;

  constructor() {
    super();
    new Watching(this, () => this.desk?.outcomes);
    new Watching(this, () => this.desk?.calls);
    // A call that goes on says for how long, and a follow-up falls due by itself.
    new Ticking(this, 20_000);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!this.me) return;
    if (changes.has('me')) void this.desk.outcomes.read();
    const key = `${this.me.id} ${this.account} ${this.callId}`;
    if (key !== this.#read) {
      this.#read = key;
      this.#content.clear();
      this.#followed = 0;
      void this.#content.read();
    } else {
      this.#follow();
    }
  }

  /** Reads the call again where a message told a newer version of it. */
  #follow(): void {
    const { value } = this.#content;
    const told = value && this.desk.calls.calls.find((call) => keyOf(call) === keyOf(value));
    if (!value || !told?.revision || told.revision === this.#followed || compareVersions(told, value) <= 0) return;
    this.#followed = told.revision;
    void this.#content.read();
  }

  protected override render(): TemplateResult {
    const call = this.#content.value;
    return html`
      <p class="way">
        <a href="/history" @click=${backTo('/history')}>${icons.left(18)}${msg('Historial de llamadas')}</a>
      </p>
      <h1 tabindex="-1">${call ? msg(str`Llamada: ${whoWords(call)}`) : msg('Llamada')}</h1>
      ${readingBody(this.#content, msg('No se pudo leer la llamada.'), (one) => this.#parts(one))}
    `;
  }

  #parts(call: FullCall): TemplateResult {
    return html`
      ${this.#head(call)}
      <div class="columns">
        <section aria-labelledby="timeline">
          <h2 id="timeline">${msg('Radiografía')}</h2>
          ${
            call.history && call.history.length > 0
              ? html`<cmw-timeline
                  .entries=${call.history}
                  .account=${call.account}
                  .startedAt=${call.startedAt}
                  .timeZone=${this.#timeZone}
                  .outcomes=${this.desk.outcomes}
                ></cmw-timeline>`
              : html`<p class="quiet">${msg('De esta llamada no se guardó paso alguno.')}</p>`
          }
        </section>
        <div class="beside">
          ${this.#contact(call)} ${this.#wrapUps(call)}
          ${this.me && seesTeam(this.me) ? callRecords(call, this.api.now(), this.#timeZone) : nothing}
        </div>
      </div>
    `;
  }

  #head(call: FullCall): TemplateResult {
    const timeZone = this.#timeZone;
    const started = Date.parse(call.startedAt);
    return html`
      <section class=${isMissed(call) && !call.returned ? 'head missed' : 'head'} aria-label=${msg('La llamada')}>
        <p class="bar kind">
          ${directionIcon(call, 22)}<strong>${directionWords(call.direction)}</strong>
          <span class="state">${stateWords(call, this.api.now())}</span>
        </p>
        <dl class="facts">
          ${fact(msg('Inicio'), `${shortDay(started, timeZone)}, ${secondsTime(started, timeZone)}`)}
          ${fact(msg('Número'), this.#number(call))} ${this.#agents(call)}
          ${rangFor(call)}
          ${typeof call.durationSeconds === 'number' && call.connectedAt ? fact(msg('Duración'), duration(call.durationSeconds)) : nothing}
          ${call.outcome ? fact(msg('Resultado'), this.desk.outcomes.label(call.outcome)) : nothing} ${this.#next(call)}
          ${costOf(call)} ${fact(msg('Se sabe por'), sourcesWords(call))}
        </dl>
        ${
          this.me && isAdmin(this.me)
            ? html`<p>
                <a href=${dayAddress(call.account, zonedTime(started, timeZone).slice(0, 10))}
                  >${msg(str`Conciliación del ${shortDay(started, timeZone)}`)}</a
                >
              </p>`
            : nothing
        }
      </section>
    `;
  }

  #number(call: FullCall): unknown {
    const { e164, display } = call.number;
    const shown = display || msg('Número desconocido');
    if (!e164 || !this.me?.endpoints.length) return shown;
    const who = tiedName(call) ?? display;
    return html`<button
      class="number"
      aria-label=${who === shown ? msg(str`Llamar a ${who}`) : msg(str`Llamar a ${who} al ${shown}`)}
      @click=${() => askToDial(this, { number: e164, contactId: call.contactId, who })}
    >
      ${icons.outgoing(18)} ${shown}
    </button>`;
  }

  #agents(call: FullCall): TemplateResult {
    const parts = call.agents ?? [];
    if (parts.length < 2) return fact(msg('Agente'), agentWords(call));
    return fact(
      msg('Agentes'),
      parts.map((part) => html`<span class="part">${partWords(part)}</span>`),
    );
  }

  #next({ nextAction }: FullCall): TemplateResult | typeof nothing {
    if (!nextAction) return nothing;
    const { what, due, late } = actionWords(nextAction, this.api.now(), this.#timeZone);
    return fact(
      msg('Próxima acción'),
      html`${what}<br /><span class=${late ? 'late' : 'quiet'}>${late ? `${late} · ${due}` : due}</span>`,
    );
  }

  #contact(call: FullCall): TemplateResult | typeof nothing {
    const { contact } = call;
    if (!contact) return nothing;
    const today = zonedTime(this.api.now(), this.#timeZone).slice(0, 10);
    return html`
      <section aria-labelledby="contact">
        <h2 id="contact">${msg('Contacto')}</h2>
        <p><a href=${contactAddress(contact.contactId)}><strong>${nameOf(contact)}</strong></a></p>
        <dl class="facts">
          ${contactFacts(contact, this.desk.contactFields, today).map(([name, value]) => fact(name, value))}
          ${contact.document ? fact(msg('Cédula o identificación'), contact.document) : nothing}
          ${contact.email ? fact(msg('Correo'), contact.email) : nothing}
        </dl>
        <p>
          <a href=${addressOf({ contact: contact.contactId, from: addDays(today, -365) })}>${msg('Ver sus llamadas en el historial')}</a>
        </p>
      </section>
    `;
  }

  #wrapUps(call: FullCall): TemplateResult {
    const written = call.wrapUps ?? (call.wrapUp ? [call.wrapUp] : []);
    return html`
      <section aria-labelledby="wrap-ups">
        <h2 id="wrap-ups">${msg('Lo documentado')}</h2>
        ${
          written.length > 0
            ? html`<ul class="rows">${written.map((one) => this.#wrapUp(one))}</ul>`
            : html`<p class="quiet">${msg('Nadie ha documentado esta llamada.')}</p>`
        }
      </section>
    `;
  }

  #wrapUp(one: WrapUp): TemplateResult {
    const { outcomes } = this.desk;
    const lines = [...wrapUpLines(one, this.#timeZone), ...outcomes.fieldLines(one.fields)];
    return html`
      <li>
        <p class="bar">
          <strong>${one.outcome ? outcomes.label(one.outcome) : msg('Sin resultado')}</strong>
          ${one.draft ? html`<span class="badge warn">${icons.pencil(14)}${msg('Borrador')}</span>` : nothing}
        </p>
        ${lines.map((line) => html`<p class="note">${line}</p>`)}
        <p class="quiet small">
          ${[one.agentName ?? msg('Agente eliminado'), timeWords(one.updatedAt, this.api.now(), this.#timeZone)].join(' · ')}
        </p>
      </li>
    `;
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .way a {
        display: inline-flex;
        align-items: center;
        font: var(--cmw-type-label);
        text-decoration: none;
      }

      .head .facts {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 13.5rem), 1fr));
      }

      .kind {
        color: var(--cmw-quiet);
      }

      .missed .state,
      .late {
        color: var(--cmw-bad);
        font-weight: 600;
      }

      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr);
        align-items: start;
        gap: var(--cmw-space-4);
      }

      .beside {
        display: grid;
        gap: var(--cmw-space-4);
      }

      .part {
        display: block;
      }

      .facts .number {
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-2);
        font-variant-numeric: tabular-nums;
      }

      .note {
        white-space: pre-line;
      }

      @media (width < 56rem) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }

        /* What came of the call is wanted before how it went. */
        .beside {
          order: -1;
        }
      }
    `,
  ];
}

function partWords({ agentName, durationSeconds, connectedAt }: AgentPart): string {
  const name = agentName ?? msg('Agente eliminado');
  return connectedAt && durationSeconds !== undefined ? `${name} · ${duration(durationSeconds)}` : name;
}

/** How long it rang until the answer that is shown: of a call that was handed over, at the phone of its agent. */
function rangFor(call: FullCall): TemplateResult | typeof nothing {
  const { connectedAt, agentId } = call;
  if (!connectedAt) return nothing;
  const part = call.agents?.find((one) => one.agentId === agentId && one.connectedAt === connectedAt);
  const startedAt = part ? part.startedAt : call.startedAt;
  if (!startedAt) return nothing;
  return fact(msg('Timbró'), duration((Date.parse(connectedAt) - Date.parse(startedAt)) / 1000));
}

function costOf({ cost, currency }: FullCall): TemplateResult | typeof nothing {
  if (cost === undefined || cost === null) return nothing;
  const amount = Number(cost);
  return fact(msg('Costo'), currency ? money(amount, currency) : numberWords(amount, 2));
}

function sourcesWords({ sources, noted }: FullCall): string {
  if (noted) return msg('Anotada a mano');
  const [webhook, record] = [sources?.includes('webhook'), sources?.includes('record')];
  if (webhook && record) return msg('Avisos y registro');
  if (sources?.includes('live')) {
    return record ? msg('Lista de llamadas en curso y registro') : msg('Solo la lista de llamadas en curso');
  }
  return record ? msg('Solo el registro') : msg('Solo avisos');
}
