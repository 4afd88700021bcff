import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { CallRecord, RecordedCall } from '../api/record-types.js';
import * as icons from '../design/icons.js';
import { fact } from '../design/page-frame.js';
import { duration, exactMoney, money } from '../i18n/format.js';
import { timeWords } from '../i18n/times.js';

/** The operator's records of a call: its route, its rate and what it costs. */
export function callRecords(call: RecordedCall, now: number, timeZone: string): TemplateResult {
  const records = call.records ?? (call.record ? [call.record] : []);
  return html`
    <section aria-labelledby="records">
      <h2 id="records">${msg('Registro del operador')}</h2>
      ${
        records.length > 0
          ? html`<ul class="rows">
              ${records.map((record) => recordRow(record, call.currency ?? 'CRC', timeWords(record.receivedAt, now, timeZone)))}
            </ul>`
          : html`<div class="empty">
              <p>${msg('Todavía no hay registro de esta llamada')}</p>
              <p>${msg('El operador lo entrega después de la llamada. Si es de otro día, concilie ese día de nuevo.')}</p>
            </div>`
      }
    </section>
  `;
}

function recordRow(record: CallRecord, currency: string, received: string): TemplateResult {
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
        ${fact(msg('Tarifa por minuto'), typeof record.rate === 'number' ? exactMoney(record.rate, currency) : '—')}
        ${fact(msg('Duración'), typeof record.durationSeconds === 'number' ? duration(record.durationSeconds) : '—')}
        ${record.routePattern ? fact(msg('Patrón'), record.routePattern) : nothing}
        ${fact(msg('De'), record.ani || '—')} ${fact(msg('A'), record.dnis || '—')}
        ${fact(msg('Registro'), record.recordId)} ${fact(msg('Recibido'), received)}
      </dl>
    </li>
  `;
}
