import { msg } from '@lit/localize';
import type { Json } from '../api/audit-types.js';
import { formatLocale } from '../i18n/locale.js';
import { endOfHours, timeOfDay } from '../i18n/time-of-day.js';
import { numberWords, timeWords } from '../i18n/times.js';
import { codeWords } from './code-words.js';
import { isList, isObject } from './differences.js';
import { thingWords, whatWords } from './what-words.js';

/** What a value is called. */
export interface ValueContext {
  readonly now: number;
  readonly timeZone: string;
  /** The name of an agent. */
  readonly agentName: (agentId: string) => string | undefined;
}

/** The name of a field in an entry of `what`; a field that the office named stays as it is. */
export function fieldWords(field: string, what: string): string {
  const thing = what.split('.')[0];
  switch (field) {
    case 'enabled':
      if (thing === 'dial-rules') return msg('Se puede llamar con un clic');
      return thing === 'contact-lookup' ? msg('Encendida') : msg('Encendido');
    case 'to':
      if (what === 'agent.handed-over') return msg('Pasó todo a');
      return isHandOver(what) ? msg('Pasaba todo a') : msg('Hasta');
    case 'gapMinutes':
      return thing === 'campaign' ? msg('Minutos entre intentos') : msg('Minutos entre llamadas');
    case 'by':
      return thing === 'contacts' ? msg('Se reconoce por') : msg('Por');
    case 'account':
      return msg('Cuenta');
    case 'contacts':
      return msg('Cuántos contactos');
    case 'url':
    case 'link':
      return msg('Dirección');
    case 'timeoutMs':
      return msg('Espera máxima (ms)');
    case 'description':
      return msg('Nombre');
    case 'events':
      return msg('De qué se le avisa');
    case 'scopes':
      return msg('Qué puede hacer');
    case 'origins':
      return msg('Páginas');
    case 'createdBy':
      return msg('Lo hizo');
    case 'usedAt':
      return msg('Usada por última vez');
    case 'means':
      return msg('Qué significa');
    case 'reference':
      return msg('Referencia de la solicitud');
    case 'file':
      return msg('Archivo');
    case 'rows':
      return msg('Filas');
    case 'duplicates':
      return msg('Si el contacto ya está');
    case 'columns':
      return msg('Columnas');
    case 'case':
      return msg('Prueba');
    case 'do':
      return msg('Qué se hizo');
    case 'settings':
      return msg('Ajustes');
    case 'until':
      return msg('Vale hasta');
    case 'phones':
      return msg('Teléfonos');
    case 'text':
      return msg('Como se escribió');
    case 'e164':
      return msg('Número');
    case 'external':
      return msg('En el otro sistema');
    case 'merged':
      return msg('Contactos unidos');
    case 'keep':
      return msg('El que queda');
    case 'merge':
      return msg('El que se une');
    case 'sharesPhoneWith':
      return msg('Comparte el teléfono con');
    case 'currency':
      return msg('Moneda');
    case 'note':
      return msg('Nota');
    case 'tied':
      return msg('Contacto asociado');
    case 'deliveryId':
      return msg('Envío');
    case 'keyId':
      return msg('Código de la clave');
    case 'traceId':
      return msg('Número de rastreo');
    case 'receivedAt':
      return msg('Recibido');
    case 'contentType':
      return msg('Tipo de contenido');
    case 'body':
    case 'bodyBase64':
      return msg('Contenido');
    case 'erasedAt':
      return msg('Datos borrados');
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
    case 'perMinute':
      return msg('Llamadas por minuto');
    case 'budget':
      return msg('Presupuesto');
    case 'confirmed':
      return msg('Coordinada con el operador');
    case 'endpointId':
      return msg('Código del teléfono');
    case 'phone':
      return thing === 'contacts' ? msg('Teléfono') : msg('Número o usuario');
    case 'label':
      return msg('Etiqueta');
    case 'name':
      return msg('Nombre');
    case 'callerId':
      return msg('Identificador de llamada');
    case 'private':
      return msg('Número oculto');
    case 'primary':
      return msg('Principal');
    case 'shifts':
      return msg('Turnos');
    case 'numbers':
    case 'number':
      return msg('Números');
    case 'document':
      return msg('Cédula o identificación');
    case 'email':
      return msg('Correo');
    case 'signInName':
      return msg('Usuario');
    case 'roles':
      return msg('Roles');
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
      return msg('Cargo de gestión');
    case 'promise':
      return msg('Promesa de pago');
    case 'outcomeRequired':
      return msg('Resultado obligatorio');
    case 'allowedPrefixes':
      return msg('Números permitidos');
    case 'deniedPrefixes':
      return msg('Números no permitidos');
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
    case 'code':
    case 'key':
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
    case 'items':
      return msg('Lista');
    case 'fields':
      return msg('Campos');
    case 'TimeZone':
      return msg('Zona horaria');
    case 'AccountIds':
      return msg('Códigos de la cuenta en los avisos');
    case 'RecordIdPrefix':
      return msg('Lo que va antes del código en los registros');
    case 'RecordsPage':
      return msg('Registros por consulta');
    case 'DialFormat':
      return msg('Forma de marcar');
    case 'CostIncludesAccessFee':
      return msg('El costo incluye el cargo de acceso');
    case 'RecordsHaveLive':
      return msg('Los registros traen llamadas en curso');
    default:
      return field;
  }
}

/** These hold other fields, and say nothing themselves. */
const frames = new Set(['items', 'fields', 'rows']);

/** A field's path in words: `Por agente en un día`, `promise-to-pay › En español`. */
export const pathWords = (path: readonly string[], what: string): string =>
  path
    .filter((part, place) => !frames.has(part) || path.length === place + 1)
    .map((part) => fieldWords(part, what))
    .join(' › ') || msg('Todo');

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const clock = /^\d{2}:\d{2}(:\d{2})?$/;

/** A value of an entry of `what`, in words. */
export function valueWords(
  value: Json | undefined,
  path: readonly string[],
  what: string,
  context: ValueContext,
): string {
  const field = path.at(-1) ?? '';
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return value ? msg('sí') : msg('no');
  if (typeof value === 'number') return field === 'days' ? weekday(value) : numberWords(value);
  if (typeof value === 'string') return textWords(value, field, what, context);
  if (isList(value)) {
    return value.length > 0 ? value.map((part) => valueWords(part, path, what, context)).join(', ') : msg('ninguno');
  }

  return isObject(value)
    ? Object.entries(value)
        .map(([name, part]) => `${fieldWords(name, what)}: ${valueWords(part, [...path, name], what, context)}`)
        .join(', ')
    : '';
}

/** What an agent has goes to another, or that was stopped. */
const isHandOver = (what: string): boolean => what === 'agent.handed-over' || what === 'agent.hand-over-cancelled';

/** The fields that hold the id of an agent. */
const agentFields = new Set(['agentId', 'agent', 'who', 'addedBy', 'createdBy']);

function textWords(text: string, field: string, what: string, { agentName, now, timeZone }: ValueContext): string {
  if (instant.test(text)) return timeWords(text, now, timeZone);
  if (agentFields.has(field) || (field === 'to' && isHandOver(what))) return agentName(text) ?? text;
  if (field === 'what') return text.includes('.') ? whatWords({ what: text }) : thingWords(text);
  if (clock.test(text)) return field === 'to' ? endOfHours(text) : timeOfDay(text);
  if (field === 'columns') return columnWords(text, what);
  return codeWords(text, field, what) ?? text;
}

/** A column of a file and the field that it fills: `Cédula:document`. */
function columnWords(text: string, what: string): string {
  const end = text.lastIndexOf(':');
  return `${text.slice(0, end)} → ${fieldWords(text.slice(end + 1), what)}`;
}

/** A day of the week, of which Sunday is 0. */
const weekday = (day: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + day));
