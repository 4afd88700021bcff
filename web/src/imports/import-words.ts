import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { ContactImport, DuplicateKey, DuplicateRule, ImportState, RowOutcome } from '../api/import-types.js';
import { numberWords } from '../i18n/times.js';

export const importAddress = (importId: string): string => `/contact-imports/${encodeURIComponent(importId)}`;

export const isUnderWay = ({ state }: { readonly state: ImportState }): boolean =>
  state === 'queued' || state === 'running';

/** True while its figures still change. */
export const isMoving = (each: ContactImport): boolean =>
  isUnderWay(each) || each.ending || (each.undo !== undefined && isUnderWay(each.undo));

/** What the import is called: its file's name. */
export const nameOf = ({ file }: ContactImport): string => file ?? msg('Tabla pegada');

export function stateBadge({ state, ending, undo }: ContactImport): TemplateResult {
  if (undo?.state === 'done') return badge('', msg('Deshecha'));
  if (undo && isUnderWay(undo)) return badge('warn', msg('Se está deshaciendo'));
  if (ending) return badge('warn', msg('Se está cancelando'));
  switch (state) {
    case 'queued':
      return badge('', msg('En espera'));
    case 'running':
      return badge('mended', msg('Importando'));
    case 'done':
      return badge('good', msg('Terminada'));
    case 'cancelled':
      return badge('warn', msg('Cancelada'));
    default:
      return badge('bad', msg('Falló'));
  }
}

const badge = (tone: string, words: string): TemplateResult => html`<span class=${`badge ${tone}`}>${words}</span>`;

export const outcomeWords: Readonly<Record<RowOutcome, () => string>> = {
  added: () => msg('Nuevo'),
  changed: () => msg('Cambia'),
  skipped: () => msg('Ya está'),
  refused: () => msg('Se rechaza'),
};

export const outcomeTones: Readonly<Record<RowOutcome, string>> = {
  added: 'good',
  changed: 'mended',
  skipped: '',
  refused: 'bad',
};

/** What has become of the rows so far; what is none is left out. */
export function countsWords({ rows, read, added, changed, skipped, refused }: ContactImport): string {
  const parts = [
    read < rows ? msg(str`${numberWords(read)} de ${numberWords(rows)} filas`) : rowsWords(rows),
    added > 0 && (added === 1 ? msg('1 contacto nuevo') : msg(str`${numberWords(added)} contactos nuevos`)),
    changed > 0 && (changed === 1 ? msg('1 cambiado') : msg(str`${numberWords(changed)} cambiados`)),
    skipped > 0 && (skipped === 1 ? msg('1 ya estaba') : msg(str`${numberWords(skipped)} ya estaban`)),
    refused > 0 && (refused === 1 ? msg('1 fila rechazada') : msg(str`${numberWords(refused)} filas rechazadas`)),
  ];
  return parts.filter((part) => part).join(' · ');
}

export const rowsWords = (rows: number): string => (rows === 1 ? msg('1 fila') : msg(str`${numberWords(rows)} filas`));

export const ruleWords: Readonly<Record<DuplicateRule, () => string>> = {
  skip: () => msg('Dejarlo como está'),
  merge: () => msg('Completar lo que le falta'),
  replace: () => msg('Reemplazar con lo del archivo'),
};

export const keyWords: Readonly<Record<DuplicateKey, () => string>> = {
  both: () => msg('La identificación o el teléfono'),
  number: () => msg('El teléfono'),
  document: () => msg('La identificación'),
};

/** A field of every contact, as the select of a column shows it. */
export function fieldWords(field: string): string {
  switch (field) {
    case 'name':
      return msg('Nombre');
    case 'phone':
      return msg('Teléfono');
    case 'document':
      return msg('Identificación');
    case 'email':
      return msg('Correo');
    case 'contactId':
      return msg('Código de contacto');
    case 'fields':
      return msg('Otros campos (de una exportación)');
    default:
      return field;
  }
}
