import { msg } from '@lit/localize';
import type { WrapUpDraft } from './wrap-up-draft.js';

/** The state of the wrap-up: on this machine, on the server, or saved. */
export function draftWords({ state, wasSent, wantsToSend, error }: WrapUpDraft): string {
  switch (state) {
    case 'typed':
    case 'saving':
      return wasSent ? msg('Cambios sin guardar') : msg('Guardando el borrador…');
    case 'kept':
      return msg('Borrador guardado');
    case 'waiting':
      if (error?.status === 401) return msg('Su sesión terminó. Guardado en este equipo.');
      if (error?.status === 412 || error?.status === 428)
        return msg('Todavía no se pudo guardar. Quedó en este equipo y se reintenta.');
      return wantsToSend
        ? msg('Sin conexión. Se guardará apenas vuelva.')
        : msg('Sin conexión. Guardado en este equipo; se reintenta.');
    case 'refused':
      return msg('Falta corregir algo. Guardado en este equipo.');
    case 'conflict':
      return msg('Elija cuál de las dos queda');
    case 'sending':
      return msg('Guardando…');
    case 'sent':
      return msg('Guardado');
    default:
      return '';
  }
}
