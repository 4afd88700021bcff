import { msg } from '@lit/localize';
import { isAdmin, type Me, seesTeam, takesCalls } from '../api/types.js';

/** A page that the header leads to. */
export interface NavigationPlace {
  readonly path: string;
  readonly words: () => string;
  readonly isFor: (me: Me) => boolean;
}

/** In the order in which the header shows them. */
export const places: readonly NavigationPlace[] = [
  { path: '/', words: () => msg('Escritorio'), isFor: () => true },
  { path: '/contacts', words: () => msg('Contactos'), isFor: () => true },
  { path: '/history', words: () => msg('Historial'), isFor: () => true },
  { path: '/campaigns', words: () => msg('Campañas'), isFor: seesTeam },
  { path: '/campaign-work', words: () => msg('Campañas'), isFor: (me) => takesCalls(me) && !seesTeam(me) },
  { path: '/supervision', words: () => msg('Supervisión'), isFor: seesTeam },
  { path: '/reports', words: () => msg('Reportes'), isFor: seesTeam },
  { path: '/administration', words: () => msg('Administración'), isFor: isAdmin },
];
