import { msg } from '@lit/localize';
import type { Json } from '../api/audit-types.js';
import { numberWords, timeWords } from '../i18n/times.js';
import { isList, isObject } from './differences.js';
import { thingWords, whatWords } from './what-words.js';

/** What a value is called. */
export interface ValueContext {
  readonly now: number;
  readonly timeZone: string;
  /** The name of an agent. */
  readonly agentName: (agentId: string) => string | undefined;
}

/** The name of a field; a field that the office named stays as it is. */
export function fieldWords(field: string): string {
  switch (field) {
    case 'agentId':
    case 'agent':
      return msg('Agente');
    case 'endpointIds':
      return msg('Teléfonos');
    case 'mode':
      return msg('Modo');
    case 'order':
      return msg('Orden');
    case 'attempts':
      return msg('Intentos');
    case 'gapMinutes':
      return msg('Minutos entre llamadas');
    case 'perMinute':
      return msg('Llamadas por minuto');
    case 'budget':
      return msg('Presupuesto');
    case 'confirmed':
      return msg('Coordinada con el operador');
    case 'endpointId':
      return msg('Código del teléfono');
    case 'phone':
      return msg('Número o usuario');
    case 'account':
      return msg('Cuenta');
    case 'label':
      return msg('Nombre');
    case 'name':
      return msg('Nombre');
    case 'callerId':
      return msg('Identificador de llamada');
    case 'private':
      return msg('Sin identificador');
    case 'primary':
      return msg('Principal');
    case 'shifts':
      return msg('Turnos');
    case 'numbers':
    case 'number':
      return msg('Números');
    case 'document':
      return msg('Documento');
    case 'email':
      return msg('Correo');
    case 'signInName':
      return msg('Usuario');
    case 'roles':
      return msg('Permisos');
    case 'team':
      return msg('Equipo');
    case 'language':
      return msg('Idioma');
    case 'es':
      return msg('En español');
    case 'en':
      return msg('En inglés');
    case 'active':
      return msg('En uso');
    case 'kind':
    case 'type':
      return msg('Tipo');
    case 'choices':
      return msg('Opciones');
    case 'required':
      return msg('Obligatorio');
    case 'requires':
      return msg('Pide');
    case 'outcomes':
    case 'outcome':
      return msg('Resultado');
    case 'notes':
      return msg('Notas');
    case 'followUp':
      return msg('Seguimiento');
    case 'charge':
      return msg('Cobro');
    case 'promise':
      return msg('Promesa de pago');
    case 'outcomeRequired':
      return msg('Resultado obligatorio');
    case 'enabled':
      return msg('Se puede marcar');
    case 'allowedPrefixes':
      return msg('Números permitidos');
    case 'deniedPrefixes':
      return msg('Números prohibidos');
    case 'perAgentHour':
      return msg('Por agente en una hora');
    case 'perAgentDay':
      return msg('Por agente en un día');
    case 'totalHour':
      return msg('En total en una hora');
    case 'totalDay':
      return msg('En total en un día');
    case 'hours':
      return msg('Horario');
    case 'days':
      return msg('Días');
    case 'callDays':
      return msg('Días que se conservan las llamadas');
    case 'callAction':
      return msg('Después');
    case 'eventDays':
      return msg('Días que se conservan los avisos');
    case 'invoiceTotal':
      return msg('Total de la factura');
    case 'from':
      return msg('Desde');
    case 'to':
      return msg('Hasta');
    case 'by':
      return msg('Por');
    case 'direction':
      return msg('Sentido');
    case 'state':
      return msg('Estado');
    case 'month':
      return msg('Mes');
    case 'who':
      return msg('Quién');
    case 'what':
      return msg('Qué');
    case 'id':
      return msg('Código');
    case 'contact':
    case 'contactId':
      return msg('Contacto');
    case 'added':
      return msg('Agregados');
    case 'changed':
      return msg('Cambiados');
    case 'unchanged':
      return msg('Sin cambios');
    case 'refused':
      return msg('Rechazados');
    case 'stage':
      return msg('Etapa');
    case 'before':
      return msg('Anteriores al');
    case 'queue':
      return msg('Cola');
    case 'insertedAt':
      return msg('Apartado');
    case 'preview':
      return msg('Contenido');
    case 'reason':
      return msg('Motivo');
    case 'display':
      return msg('Como se lee');
    case 'addedAt':
      return msg('Desde');
    case 'addedBy':
      return msg('Lo agregó');
    case 'addedByName':
      return msg('Nombre de quien lo agregó');
    case 'source':
      return msg('Origen');
    case 'callId':
      return msg('Llamada');
    case 'perDay':
      return msg('Llamadas por día');
    case 'perWeek':
      return msg('Llamadas en 7 días');
    case 'holidays':
      return msg('Feriados');
    case 'observed':
      return msg('Sin llamadas en feriados');
    case 'worked':
      return msg('Feriados que se trabajan');
    case 'date':
      return msg('Fecha');
    default:
      return field;
  }
}

/** These hold other fields, and say nothing themselves. */
const frames = new Set(['items', 'fields', 'rows']);

/** A field's path in words: `Por agente en un día`, `promise-to-pay › En español`. */
export const pathWords = (path: readonly string[]): string =>
  path
    .filter((part, place) => !frames.has(part) || path.length === place + 1)
    .map(fieldWords)
    .join(' › ') || msg('Todo');

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A value in words. */
export function valueWords(value: Json | undefined, path: readonly string[], context: ValueContext): string {
  const field = path.at(-1) ?? '';
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return value ? msg('sí') : msg('no');
  if (typeof value === 'number') return numberWords(value);
  if (typeof value === 'string') return textWords(value, field, context);
  if (isList(value)) {
    return value.length > 0 ? value.map((part) => valueWords(part, path, context)).join(', ') : msg('ninguno');
  }

  return isObject(value)
    ? Object.entries(value)
        .map(([name, part]) => `${fieldWords(name)}: ${valueWords(part, [...path, name], context)}`)
        .join(', ')
    : '';
}

function textWords(text: string, field: string, { agentName, now, timeZone }: ValueContext): string {
  if (instant.test(text)) return timeWords(text, now, timeZone);
  if (['agentId', 'agent', 'who', 'addedBy'].includes(field)) return agentName(text) ?? text;
  if (field === 'roles') return roleWords(text);
  if (field === 'callAction') return text === 'remove' ? msg('se borran') : msg('pierden los datos personales');
  if (field === 'language') return text === 'en' ? msg('inglés') : msg('español');
  if (field === 'what') return text.includes('.') ? whatWords({ what: text }) : thingWords(text);
  if (field === 'source') return sourceWords(text);
  if (field === 'stage') return stageWords(text);
  if (field === 'direction') return directionWords(text);
  return text;
}

function roleWords(role: string): string {
  switch (role) {
    case 'agent':
      return msg('agente');
    case 'supervisor':
      return msg('supervisor');
    case 'admin':
      return msg('administrador');
    default:
      return role;
  }
}

function sourceWords(source: string): string {
  switch (source) {
    case 'person':
      return msg('una persona');
    case 'outcome':
      return msg('el resultado de una llamada');
    default:
      return source;
  }
}

function stageWords(stage: string): string {
  switch (stage) {
    case 'remove':
      return msg('se borraron');
    case 'anonymize':
      return msg('perdieron los datos personales');
    default:
      return msg('perdieron los avisos guardados');
  }
}

function directionWords(direction: string): string {
  switch (direction) {
    case 'in':
      return msg('entrante');
    case 'out':
      return msg('saliente');
    case 'internal':
      return msg('interna');
    default:
      return direction;
  }
}
