import { msg } from '@lit/localize';
import type * as Api from '../api/generated/api.js';

/** The protocol of an erasure, as `GET /api/personal-data-erasures` tells of it. */
export type Erasure = Api.ErasureView;

export const isOpen = ({ state }: Erasure): boolean => state === 'queued' || state === 'running';

export function stateWords(state: Erasure['state']): string {
  switch (state) {
    case 'queued':
      return msg('Por empezar');
    case 'running':
      return msg('En curso');
    case 'done':
      return msg('Terminado');
    default:
      return msg('No terminó');
  }
}

/** What a protocol counts, in the order in which it is told. */
const kinds = [
  'calls',
  'contacts',
  'followups',
  'promises',
  'wrapups',
  'dials',
  'contactimports',
  'audit',
  'refusedevents',
  'asiderecords',
  'poison',
] as const;

function kindWords(kind: string): string {
  switch (kind) {
    case 'calls':
      return msg('Llamadas que ya no dicen con quién fueron');
    case 'contacts':
      return msg('Contactos');
    case 'followups':
      return msg('Seguimientos');
    case 'promises':
      return msg('Promesas de pago');
    case 'wrapups':
      return msg('Notas de llamadas con otros');
    case 'dials':
      return msg('Clics para llamar');
    case 'contactimports':
      return msg('Partes de archivos importados');
    case 'audit':
      return msg('Entradas de la auditoría');
    case 'refusedevents':
      return msg('Avisos rechazados');
    case 'asiderecords':
      return msg('Registros apartados');
    case 'poison':
      return msg('Mensajes apartados');
    default:
      return msg('Otros datos');
  }
}

/** How much was erased, by kind in words: kinds without words of their own are one. */
export function countsOf({ counts }: Erasure): readonly (readonly [words: string, count: number])[] {
  const known = kinds.filter((kind) => counts[kind]).map((kind) => [kindWords(kind), counts[kind] ?? 0] as const);
  const rest = Object.entries(counts)
    .filter(([kind]) => !(kinds as readonly string[]).includes(kind))
    .reduce((sum, [, count]) => sum + count, 0);
  return rest > 0 ? [...known, [kindWords(''), rest]] : known;
}
