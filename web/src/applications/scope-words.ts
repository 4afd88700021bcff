import { msg } from '@lit/localize';
import type { KeyScope } from '../api/applications-api.js';

/** What a key with this scope is for. */
export function scopeWords(scope: KeyScope): string {
  switch (scope) {
    case 'embed':
      return msg('Mostrar el teléfono en sus páginas');
    case 'contacts':
      return msg('Leer y cambiar contactos');
    case 'calls':
      return msg('Leer llamadas');
    case 'events':
      return msg('Leer los envíos de eventos');
    case 'status':
      return msg('Leer el estado del sistema');
  }
}
