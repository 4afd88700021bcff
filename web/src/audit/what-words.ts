import { msg } from '@lit/localize';
import type { AuditEntry } from '../api/audit-types.js';
import { codeWords } from './code-words.js';

/** The things that can be asked for, and what they are called. */
export const things = [
  'contact',
  'mapping',
  'agent',
  'outcomes',
  'wrap-up-fields',
  'contact-fields',
  'pause-reasons',
  'desk-rules',
  'dial-rules',
  'contact-guard',
  'retention',
  'export',
  'statement',
  'reconciliation',
  'backfill',
  'recount',
  'indexes',
  'poison',
  'refused',
  'webhook-key',
  'operator-account',
  'call',
  'backup',
  'office',
  'homologation',
  'event-endpoint',
  'personal-data',
  'api-key',
  'contacts',
  'embed-origins',
  'contact-lookup',
  'do-not-call',
  'campaign',
  'campaign-coordination',
] as const;

export function thingWords(thing: string): string {
  switch (thing) {
    case 'contact':
      return msg('Contactos');
    case 'mapping':
      return msg('Teléfonos');
    case 'agent':
      return msg('Personas');
    case 'outcomes':
      return msg('Resultados');
    case 'wrap-up-fields':
      return msg('Campos del resultado');
    case 'contact-fields':
      return msg('Campos de los contactos');
    case 'pause-reasons':
      return msg('Motivos de pausa');
    case 'desk-rules':
      return msg('Resultado obligatorio');
    case 'contact-guard':
      return msg('Horarios y límites de contacto');
    case 'dial-rules':
      return msg('Reglas de marcado');
    case 'retention':
      return msg('Conservación de datos');
    case 'export':
      return msg('Exportaciones');
    case 'statement':
      return msg('Facturas del operador');
    case 'reconciliation':
      return msg('Conciliación');
    case 'backfill':
      return msg('Lecturas de registros');
    case 'recount':
      return msg('Recuento de los reportes');
    case 'indexes':
      return msg('Revisión de los índices');
    case 'poison':
      return msg('Mensajes apartados');
    case 'refused':
      return msg('Avisos rechazados');
    case 'webhook-key':
      return msg('Clave de los avisos');
    case 'operator-account':
      return msg('Cuentas del operador');
    case 'call':
      return msg('Llamadas antiguas');
    case 'backup':
      return msg('Respaldos');
    case 'office':
      return msg('Instalación');
    case 'personal-data':
      return msg('Datos personales');
    case 'homologation':
      return msg('Homologación');
    case 'event-endpoint':
      return msg('Receptores de eventos');
    case 'contacts':
      return msg('Contactos de otros sistemas');
    case 'api-key':
      return msg('Claves de la API');
    case 'contact-lookup':
      return msg('Consulta al CRM');
    case 'embed-origins':
      return msg('Páginas de otros sistemas');
    case 'do-not-call':
      return msg('Números a los que no se llama');
    case 'campaign':
      return msg('Campañas');
    case 'campaign-coordination':
      return msg('Coordinación de campañas');
    default:
      return thing;
  }
}

/** What an entry is about, where that is a thing of the program and none that the office named. */
export function idWords(id: string): string {
  switch (id) {
    case 'mappings':
      return thingWords('mapping');
    case 'external-contacts':
      return thingWords('contacts');
    case 'reports':
      return msg('Reportes');
    default: {
      // A message that was set aside is named by its queue and its number there.
      const [queue = '', number] = id.split('/');
      const words = codeWords(queue, 'queue', 'poison');
      return words === undefined ? thingWords(id) : [words, number].filter(Boolean).join(' · ');
    }
  }
}

/** What somebody did. */
export function whatWords({ what, before, after }: Pick<AuditEntry, 'what' | 'before' | 'after'>): string {
  const isNew = before === undefined && after !== undefined;
  switch (what) {
    case 'campaign.created':
      return msg('Creó una campaña');
    case 'campaign.changed':
      return msg('Cambió una campaña');
    case 'campaign.started':
      return msg('Inició o reanudó una campaña');
    case 'campaign.paused':
      return msg('Pausó una campaña');
    case 'campaign.stopped':
      return msg('Detuvo una campaña');
    case 'campaign-coordination.changed':
      return msg('Cambió la coordinación de campañas con el operador');
    case 'export.campaign':
      return msg('Exportó una campaña');
    case 'mapping.changed':
      return isNew ? msg('Asignó un teléfono') : msg('Cambió un teléfono');
    case 'mapping.deleted':
      return msg('Quitó un teléfono');
    case 'mappings.imported':
      return msg('Importó teléfonos');
    case 'agent.changed':
      return isNew ? msg('Agregó a una persona') : msg('Cambió a una persona');
    case 'agent.deleted':
      return msg('Quitó a una persona');
    case 'agent.invited':
      return msg('Invitó a una persona');
    case 'agent.signed-out':
      return msg('Cerró las sesiones de una persona');
    case 'agent.password-set':
      return msg('Puso una contraseña');
    case 'agent.unlocked':
      return msg('Desbloqueó el inicio de sesión de una persona');
    case 'agent.handed-over':
      return msg('Traspasó lo pendiente de una persona');
    case 'agent.hand-over-cancelled':
      return msg('Detuvo un traspaso');
    case 'contact.created':
      return msg('Creó un contacto');
    case 'contact.changed':
      return msg('Cambió un contacto');
    case 'contact.deleted':
      return msg('Eliminó un contacto');
    case 'contact.merged':
      return msg('Unió dos contactos');
    case 'contact.merge-undone':
      return msg('Deshizo la unión de dos contactos');
    case 'contacts.imported':
      return msg('Importó contactos');
    case 'contacts.import-cancelled':
      return msg('Canceló una importación de contactos');
    case 'contacts.import-undone':
      return msg('Deshizo una importación de contactos');
    case 'outcomes.changed':
      return msg('Cambió los resultados');
    case 'wrap-up-fields.changed':
      return msg('Cambió los campos del resultado');
    case 'contact-fields.changed':
      return msg('Cambió los campos de los contactos');
    case 'pause-reasons.changed':
      return msg('Cambió los motivos de pausa');
    case 'desk-rules.changed':
      return msg('Cambió si el resultado es obligatorio');
    case 'contact-guard.changed':
      return msg('Cambió los horarios y límites de contacto');
    case 'dial-rules.changed':
      return msg('Cambió las reglas de marcado');
    case 'retention.changed':
      return msg('Cambió cuánto se conservan los datos');
    case 'personal-data.erased':
      return msg('Pidió borrar todos los datos de una persona');
    case 'export.personal-data':
      return msg('Descargó todos los datos de una persona');
    case 'homologation.started':
      return msg('Empezó una homologación');
    case 'homologation.case':
      return msg('Cambió una prueba de la homologación');
    case 'homologation.settings':
      return msg('Tomó ajustes de una homologación');
    case 'contacts.pushed':
      return msg('Recibió contactos de otro sistema');
    case 'api-key.created':
      return msg('Hizo una clave de la API');
    case 'api-key.deleted':
      return msg('Eliminó una clave de la API');
    case 'contact-lookup.changed':
      return msg('Cambió la consulta al CRM');
    case 'contact-lookup.secret-changed':
      return msg('Hizo otro secreto de la consulta al CRM');
    case 'contact-lookup.tested':
      return msg('Probó la consulta al CRM');
    case 'embed-origins.changed':
      return msg('Cambió las páginas de otros sistemas');
    case 'do-not-call.added':
      return msg('Puso un número en la lista de no llamar');
    case 'do-not-call.removed':
      return msg('Quitó un número de la lista de no llamar');
    case 'event-endpoint.created':
      return msg('Agregó un receptor de eventos');
    case 'event-endpoint.changed':
      return msg('Cambió un receptor de eventos');
    case 'event-endpoint.deleted':
      return msg('Quitó un receptor de eventos');
    case 'event-endpoint.secret-changed':
      return msg('Hizo otro secreto de un receptor de eventos');
    case 'event-endpoint.tested':
      return msg('Probó un receptor de eventos');
    case 'event-endpoint.replayed':
      return msg('Envió eventos otra vez');
    case 'statement.changed':
      return msg('Anotó el total de una factura');
    case 'reconciliation.started':
      return msg('Pidió conciliar un día otra vez');
    case 'backfill.started':
      return msg('Pidió leer registros otra vez');
    case 'backfill.cancelled':
      return msg('Canceló una lectura de registros');
    case 'recount.started':
      return msg('Pidió contar las llamadas otra vez');
    case 'indexes.repaired':
      return msg('Pidió revisar los índices');
    case 'poison.replayed':
      return msg('Reintentó mensajes apartados');
    case 'poison.deleted':
      return msg('Borró un mensaje apartado');
    case 'refused.replayed':
      return msg('Reintentó un aviso rechazado');
    case 'refused.deleted':
      return msg('Borró un aviso rechazado');
    case 'webhook-key.shown':
      return msg('Vio la dirección de los avisos');
    case 'operator-account.tested':
      return msg('Probó una cuenta del operador');
    case 'backup.made':
      return msg('Pidió un respaldo');
    case 'calls.erased':
      return msg('Quitó llamadas antiguas, por las reglas de conservación');
    case 'office.set-up':
      return msg('Instaló la oficina');
    case 'export.calls':
      return msg('Exportó llamadas');
    case 'export.contacts':
      return msg('Exportó contactos');
    case 'export.mappings':
      return msg('Exportó los teléfonos');
    case 'export.reports':
      return msg('Exportó un reporte');
    case 'export.statements':
      return msg('Exportó un estado de cuenta');
    case 'export.audit':
      return msg('Exportó la auditoría');
    case 'export.refused-contacts':
      return msg('Exportó las filas rechazadas de una importación');
    default:
      return what;
  }
}
