import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Day, DayState, Mismatch } from '../api/record-types.js';
import * as icons from '../design/icons.js';
import { duration } from '../i18n/format.js';
import { numberWords } from '../i18n/times.js';

/** A day from before the reconciliation began is not pending: it is not worked out by itself. */
export type ShownState = DayState | 'unscheduled';

export const shownStates: readonly ShownState[] = ['green', 'healed', 'open', 'pending', 'unscheduled'];

export const shownState = (day: Day): ShownState => (day.unscheduled ? 'unscheduled' : day.state);

export function stateWords(state: ShownState): string {
  switch (state) {
    case 'green':
      return msg('Completo');
    case 'healed':
      return msg('Corregido');
    case 'open':
      return msg('Por revisar');
    case 'unscheduled':
      return msg('Sin conciliar');
    default:
      return msg('Pendiente');
  }
}

/** What a state means for who looks at a day. */
export function meaningOf(day: Day): string {
  switch (shownState(day)) {
    case 'green':
      return day.total === 0
        ? msg('Ese día no hubo llamadas.')
        : msg('Cada llamada tiene sus avisos y su registro, y dicen lo mismo.');
    case 'healed':
      return msg('Algo faltaba o no coincidía, y ya se corrigió. Vale lo que dice el registro del operador.');
    case 'open':
      return day.error ?? msg('Alguien tiene que revisar este día: falta un registro, o uno no se pudo leer.');
    case 'unscheduled':
      return msg('Este día es anterior al inicio de la conciliación, así que no se concilia solo.');
    default:
      return msg('El día todavía no se concilia. Se hace solo, seis horas después de que termina.');
  }
}

export function stateIcon(state: ShownState, size: number): TemplateResult {
  switch (state) {
    case 'green':
      return icons.check(size);
    case 'healed':
      return icons.mended(size);
    case 'open':
      return icons.alert(size);
    case 'unscheduled':
      return icons.absent(size);
    default:
      return icons.clock(size);
  }
}

/** The class of a badge. */
export function stateTone(state: ShownState): string {
  switch (state) {
    case 'green':
      return 'good';
    case 'healed':
      return 'mended';
    case 'open':
      return 'bad';
    case 'unscheduled':
      return 'unscheduled';
    default:
      return '';
  }
}

export const stateBadge = (state: ShownState): TemplateResult =>
  html`<span class="badge ${stateTone(state)}">${stateIcon(state, 14)}${stateWords(state)}</span>`;

export const callsWords = (count: number): string =>
  count === 1 ? msg('1 llamada') : msg(str`${numberWords(count)} llamadas`);

/** How many calls and records of a day somebody has to look at. */
export const toLookAt = (day: Day): number => day.webhookOnly + day.aside;

export function kindWords({ kind, fields }: Mismatch): string {
  switch (kind) {
    case 'webhookOnly':
      return fields?.includes('end') ? msg('Faltó el aviso del final') : msg('Sin registro del operador');
    case 'recordOnly':
      return msg('Sin aviso');
    default:
      return msg('No coinciden');
  }
}

/** What notification and record say of each field that differs. */
export function differences(mismatch: Mismatch): readonly string[] {
  const seconds = (value: number | null | undefined) => (typeof value === 'number' ? duration(value) : '—');
  const amount = (value: number | null | undefined) => (typeof value === 'number' ? numberWords(value, 2) : '—');
  return (mismatch.fields ?? []).map((field) => {
    switch (field) {
      case 'duration':
        return msg(
          str`Duración: aviso ${seconds(mismatch.webhookSeconds)} → registro ${seconds(mismatch.recordSeconds)}`,
        );
      case 'cost':
        return msg(str`Costo: aviso ${amount(mismatch.webhookCost)} → registro ${amount(mismatch.recordCost)}`);
      case 'parties':
        return msg('Los números no son los mismos');
      default:
        return msg('Ningún aviso dijo que terminó; el registro la cerró');
    }
  });
}

export function healedWords({ healedBy, kind }: Mismatch): string {
  switch (healedBy) {
    case 'record':
      return msg('Corregida con su registro');
    case 'pull':
      return msg('Corregida: el registro llegó al pedir el día de nuevo');
    default:
      return kind === 'differing' ? msg('Vale el registro') : kind === 'webhookOnly' ? msg('Por revisar') : '';
  }
}
