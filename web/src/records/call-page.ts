import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CallRecord, RecordedCall } from '../api/record-types.js';
import type { RecordsApi } from '../api/records-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { agentWords, directionWords, stateWords, whoWords } from '../calls/call-words.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { dayAndTime, duration, money, shortDay, zonedTime } from '../i18n/format.js';
import { frame, framed, readingBody } from './frame.js';
import { dayPath } from './paths.js';
import { Reading } from './reading.js';
import { defaultZone, numberWords, timeWords } from './times.js';

/** A call with the operator's record of it: its route, its rate and what it costs. */
@localized()
@customElement('cmw-call-page')
export class CallPage extends LitElement {
  @property({ attribute: false }) api!: Pick<RecordsApi, 'call' | 'now'>;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) account = '';
  @property({ attribute: false }) callId = '';

  readonly #content = new Reading<RecordedCall>(this, () => this.api.call(this.account, this.callId));
  #read = '';

  protected override willUpdate(): void {
    const key = `${this.account} ${this.callId}`;
    if (!this.me || !isAdmin(this.me) || key === this.#read) return;
    this.#read = key;
    this.#content.clear();
    void this.#content.read();
  }

  protected override render(): TemplateResult {
    const call = this.#content.value;
    return framed(
      this.me,
      undefined,
      call ? msg(str`Llamada: ${whoWords(call)}`) : msg('Registro de una llamada'),
      () =>
        readingBody(
          this.#content,
          msg('No se pudo leer la llamada.'),
          (one) => html`${this.#call(one)}${this.#records(one)}`,
        ),
    );
  }

  #call(call: RecordedCall): TemplateResult {
    const timeZone = this.me?.timeZone ?? defaultZone;
    const started = Date.parse(call.startedAt);
    const day = zonedTime(started, timeZone).slice(0, 10);
    return html`
      <section aria-label=${msg('La llamada')}>
        <dl class="facts">
          ${fact(msg('Inicio'), `${dayAndTime(started, timeZone)}`)}
          ${fact(msg('Sentido'), directionWords(call.direction))} ${fact(msg('Estado'), stateWords(call, this.api.now()))}
          ${fact(msg('Número'), call.number.display || msg('Número desconocido'))} ${fact(msg('Agente'), agentWords(call))}
          ${typeof call.durationSeconds === 'number' ? fact(msg('Duración'), duration(call.durationSeconds)) : nothing}
          ${costOf(call)} ${fact(msg('Se sabe por'), sourcesWords(call))}
        </dl>
        <p><a href=${dayPath(call.account, day)}>${msg(str`Conciliación del ${shortDay(started, timeZone)}`)}</a></p>
      </section>
    `;
  }

  #records(call: RecordedCall): TemplateResult {
    const records = call.records ?? (call.record ? [call.record] : []);
    return html`
      <section aria-labelledby="records">
        <h2 id="records">${msg('Registro del operador')}</h2>
        ${
          records.length > 0
            ? html`<ul class="rows">${records.map((record) => this.#record(record, call.currency ?? 'CRC'))}</ul>`
            : html`<div class="empty">
                <p>${msg('Todavía no hay registro de esta llamada')}</p>
                <p>${msg('El operador lo entrega después de la llamada. Si es de otro día, concilie ese día de nuevo.')}</p>
              </div>`
        }
      </section>
    `;
  }

  #record(record: CallRecord, currency: string): TemplateResult {
    const timeZone = this.me?.timeZone ?? defaultZone;
    const amount = (value: number | null | undefined) => (typeof value === 'number' ? money(value, currency) : '—');
    return html`
      <li>
        <div class="bar">
          <strong>${record.routeName || record.routePattern || msg('Sin destino (entrantes)')}</strong>
          ${
            record.isCurrent
              ? html`<span class="badge good">${icons.check(14)}${msg('Vigente')}</span>`
              : html`<span class="badge">${icons.mended(14)}${msg('Corregido después')}</span>`
          }
          ${record.byLikeness ? html`<span class="badge warn">${icons.alert(14)}${msg('Unido por parecido')}</span>` : nothing}
        </div>
        <dl class="facts">
          ${fact(msg('Costo'), amount(record.cost))} ${fact(msg('Cargo de acceso'), amount(record.accessFee))}
          ${fact(msg('Tarifa por minuto'), amount(record.rate))}
          ${fact(msg('Duración'), typeof record.durationSeconds === 'number' ? duration(record.durationSeconds) : '—')}
          ${record.routePattern ? fact(msg('Patrón'), record.routePattern) : nothing}
          ${fact(msg('De'), record.ani || '—')} ${fact(msg('A'), record.dnis || '—')}
          ${fact(msg('Registro'), record.recordId)}
          ${fact(msg('Recibido'), timeWords(record.receivedAt, this.api.now(), timeZone))}
        </dl>
      </li>
    `;
  }

  static override styles = [
    base,
    buttons,
    frame,
    css`
      .rows > li {
        gap: var(--cmw-space-3);
      }
    `,
  ];
}

const fact = (words: string, value: string): TemplateResult => html`<div><dt>${words}</dt><dd>${value}</dd></div>`;

function costOf({ cost, currency }: RecordedCall): TemplateResult | typeof nothing {
  if (cost === undefined || cost === null) return nothing;
  const amount = Number(cost);
  return fact(msg('Costo'), currency ? money(amount, currency) : numberWords(amount, 2));
}

function sourcesWords({ sources }: RecordedCall): string {
  const [webhook, record] = [sources?.includes('webhook'), sources?.includes('record')];
  if (webhook && record) return msg('Notificaciones y registro');
  if (sources?.includes('live')) {
    return record ? msg('Lista de llamadas en curso y registro') : msg('Solo la lista de llamadas en curso');
  }
  return record ? msg('Solo el registro') : msg('Solo notificaciones');
}
