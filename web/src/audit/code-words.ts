import { msg } from '@lit/localize';

type Words = Readonly<Record<string, () => string>>;

/** The codes that fields hold, and what the pages that show them call them. */
const codes: Readonly<Record<string, Words>> = {
  roles: {
    agent: () => msg('agente'),
    supervisor: () => msg('supervisor'),
    admin: () => msg('administrador'),
  },
  language: { es: () => msg('español'), en: () => msg('inglés') },
  callAction: { remove: () => msg('se borran'), anonymize: () => msg('pierden los datos personales') },
  stage: {
    remove: () => msg('se borraron'),
    anonymize: () => msg('perdieron los datos personales'),
    events: () => msg('perdieron los avisos guardados'),
  },
  source: { person: () => msg('una persona'), outcome: () => msg('el resultado de una llamada') },
  direction: { in: () => msg('entrante'), out: () => msg('saliente'), internal: () => msg('interna') },
  mode: { preview: () => msg('Vista previa'), progressive: () => msg('Progresiva') },
  order: { agentFirst: () => msg('Primero el agente'), contactFirst: () => msg('Primero el contacto') },
  means: {
    nothing: () => msg('Nada más'),
    promise: () => msg('Promete pagar'),
    wrongNumber: () => msg('El número no es de esa persona'),
    doNotCall: () => msg('No quiere que la llamen'),
    notReached: () => msg('No se le localizó'),
  },
  kind: {
    text: () => msg('Texto'),
    number: () => msg('Número'),
    amount: () => msg('Monto'),
    date: () => msg('Fecha'),
    choice: () => msg('Opciones'),
    extension: () => msg('Extensión'),
    private: () => msg('Número oculto'),
    invalid: () => msg('No es un número de teléfono'),
  },
  scopes: {
    embed: () => msg('Mostrar el teléfono en sus páginas'),
    contacts: () => msg('Leer y cambiar contactos'),
    calls: () => msg('Leer llamadas'),
    events: () => msg('Leer los envíos de eventos'),
    status: () => msg('Leer el estado del sistema'),
  },
  events: {
    'call.started': () => msg('Empezó una llamada'),
    'call.answered': () => msg('Se contestó'),
    'call.ended': () => msg('Terminó'),
    'call.missed': () => msg('Quedó perdida'),
    'call.wrapped-up': () => msg('Se guardó el resultado'),
    'call.contact-tied': () => msg('Se supo con quién fue'),
    'record.received': () => msg('Llegó el registro del operador'),
    'promise.due': () => msg('Vence una promesa'),
  },
  duplicates: {
    skip: () => msg('Dejarlo como está'),
    merge: () => msg('Completar lo que le falta'),
    replace: () => msg('Reemplazar con lo del archivo'),
  },
  do: {
    start: () => msg('Se inició'),
    stop: () => msg('Se detuvo'),
    decide: () => msg('Se decidió'),
    skip: () => msg('Se omitió'),
    reopen: () => msg('Se abrió otra vez'),
  },
  queue: {
    'call-events': () => msg('Avisos del operador'),
    jobs: () => msg('Trabajos largos'),
    'events-out': () => msg('Eventos hacia otros sistemas'),
    'campaign-dials': () => msg('Llamadas de campañas'),
  },
  CostIncludesAccessFee: { true: () => msg('sí'), false: () => msg('no') },
  RecordsHaveLive: { true: () => msg('sí'), false: () => msg('no') },
};

/** Those of fields that mean something else in the entries of one thing. */
const codesOf: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  campaign: {
    state: {
      building: () => msg('Preparando la lista'),
      ready: () => msg('Lista para iniciar'),
      running: () => msg('En marcha'),
      paused: () => msg('En pausa'),
      stopped: () => msg('Detenida'),
      done: () => msg('Terminada'),
    },
  },
  'event-endpoint': {
    state: {
      delivered: () => msg('Recibido'),
      failed: () => msg('No recibido'),
      waiting: () => msg('Por enviar'),
    },
  },
  export: {
    state: {
      missed: () => msg('Perdidas'),
      answered: () => msg('Contestadas'),
      ringing: () => msg('Timbrando o llamando'),
      connected: () => msg('En llamada'),
      ended: () => msg('Terminadas'),
    },
    by: {
      day: () => msg('día'),
      hour: () => msg('hora'),
      agent: () => msg('agente'),
      team: () => msg('equipo'),
      outcome: () => msg('resultado'),
      contact: () => msg('contacto'),
    },
    tied: { true: () => msg('sí'), false: () => msg('no') },
    followUp: { open: () => msg('pendiente') },
  },
  contacts: {
    by: {
      both: () => msg('La identificación o el teléfono'),
      number: () => msg('El teléfono'),
      document: () => msg('La identificación'),
    },
  },
  // A name that the office gives the CRM, whatever it is.
  'contact-lookup': { source: {} },
  contact: { source: {} },
};

/** A code of a field in an entry of `what`; undefined where the text is no code. */
export function codeWords(text: string, field: string, what: string): string | undefined {
  const words = codesOf[what.split('.')[0] ?? '']?.[field] ?? codes[field];
  return words && Object.hasOwn(words, text) ? words[text]?.() : undefined;
}
