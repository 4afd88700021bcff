import { msg } from '@lit/localize';

/** A page that is linked, with a sentence of what is done there. */
export interface LinkedPage {
  readonly path: string;
  readonly words: () => string;
  readonly about: () => string;
}

export interface Group {
  readonly words: () => string;
  readonly pages: readonly LinkedPage[];
}

/** The groups in the order in which an office comes to need them. */
export const groups: readonly Group[] = [
  {
    words: () => msg('Para empezar'),
    pages: [
      {
        path: '/first-steps',
        words: () => msg('Primeros pasos'),
        about: () => msg('De la instalación vacía a la primera llamada en pantalla, paso por paso.'),
      },
      {
        path: '/homologation',
        words: () => msg('Homologación'),
        about: () => msg('Comprobar caso por caso qué hace la central del operador, antes de trabajar con ella.'),
      },
    ],
  },
  {
    words: () => msg('Personas y teléfonos'),
    pages: [
      {
        path: '/people',
        words: () => msg('Personas'),
        about: () => msg('Quién entra a la consola, con qué permisos y en qué equipo.'),
      },
      {
        path: '/phones',
        words: () => msg('Teléfonos'),
        about: () => msg('De quién es cada teléfono de la central, y los que sonaron y no son de nadie.'),
      },
    ],
  },
  {
    words: () => msg('Contactos'),
    pages: [
      {
        path: '/contacts',
        words: () => msg('Contactos'),
        about: () => msg('Buscar, corregir y unir los contactos de la oficina.'),
      },
      {
        path: '/contact-imports',
        words: () => msg('Importar contactos'),
        about: () => msg('Traer contactos de una hoja de cálculo, y deshacerlo si algo salió mal.'),
      },
      {
        path: '/do-not-call',
        words: () => msg('No llamar'),
        about: () => msg('Los números a los que no se llama, desde cuándo y por qué.'),
      },
      {
        path: '/personal-data',
        words: () => msg('Datos personales'),
        about: () => msg('Los protocolos de las personas que pidieron que se borrara todo lo suyo.'),
      },
    ],
  },
  {
    words: () => msg('Cómo trabaja la oficina'),
    pages: [
      {
        path: '/contact-guard',
        words: () => msg('Horarios y límites de contacto'),
        about: () => msg('A qué horas, en qué días y cuántas veces se puede llamar a una persona.'),
      },
      {
        path: '/settings',
        words: () => msg('Ajustes'),
        about: () =>
          msg('Resultados, campos, reglas de marcado, pausas, conservación de datos y la conexión con el operador.'),
      },
      {
        path: '/campaigns/coordination',
        words: () => msg('Coordinación de campañas'),
        about: () => msg('Confirmar lo que se acordó con el operador antes de que una campaña llame.'),
      },
    ],
  },
  {
    words: () => msg('Otros sistemas'),
    pages: [
      {
        path: '/events',
        words: () => msg('Eventos hacia su sistema'),
        about: () => msg('Avisar a su CRM u otro sistema de cada llamada, y ver qué recibió.'),
      },
      {
        path: '/contact-lookup',
        words: () => msg('Consulta al CRM en cada llamada'),
        about: () => msg('Preguntar a su CRM de quién es el número mientras suena el teléfono.'),
      },
      {
        path: '/applications',
        words: () => msg('Claves y páginas de otros sistemas'),
        about: () => msg('Con qué clave entra su CRM, y en qué páginas suyas se muestra el teléfono.'),
      },
    ],
  },
  {
    words: () => msg('Funcionamiento'),
    pages: [
      {
        path: '/status',
        words: () => msg('Estado del sistema'),
        about: () => msg('Si todo está funcionando, y qué hacer con lo que no.'),
      },
      {
        path: '/audit',
        words: () => msg('Auditoría'),
        about: () => msg('Quién cambió o exportó qué, y cuándo.'),
      },
      {
        path: '/backups',
        words: () => msg('Respaldos'),
        about: () => msg('Las copias de los datos de este servidor, y hacer una ahora.'),
      },
    ],
  },
  {
    words: () => msg('Registros del operador'),
    pages: [
      {
        path: '/call-records',
        words: () => msg('Registros de llamada'),
        about: () => msg('Hasta cuándo se han leído, y leer otra vez días anteriores.'),
      },
      {
        path: '/reconciliation',
        words: () => msg('Conciliación'),
        about: () => msg('Día por día, si los avisos y los registros del operador dicen lo mismo.'),
      },
      {
        path: '/statements',
        words: () => msg('Estado de cuenta'),
        about: () => msg('Lo que cuesta cada mes, junto a la factura del operador.'),
      },
    ],
  },
];
