import { msg } from '@lit/localize';
import type { ApiError } from '../api/api-error.js';
import { directionShort } from '../calls/call-words.js';
import { plainWords } from '../i18n/plain-words.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { type FilterKey, isFilterKey } from './filter.js';

/** What a part of the filter is about. */
export function keyWords(key: FilterKey): string {
  switch (key) {
    case 'from':
      return msg('Desde');
    case 'to':
      return msg('Hasta');
    case 'agent':
      return msg('Agente');
    case 'team':
      return msg('Equipo');
    case 'contact':
      return msg('Contacto');
    case 'number':
      return msg('Número');
    case 'direction':
      return msg('Sentido');
    case 'outcome':
      return msg('Resultado');
    case 'state':
      return msg('Estado');
    case 'followUp':
      return msg('Seguimiento');
    default:
      return msg('Contacto asociado');
  }
}

/** The states that can be asked for. */
export const states = ['missed', 'answered', 'ringing', 'connected', 'ended'] as const;

export function stateChoice(state: string): string {
  switch (state) {
    case 'missed':
      return msg('Perdidas');
    case 'answered':
      return msg('Contestadas');
    case 'ringing':
      return msg('Timbrando o llamando');
    case 'connected':
      return msg('En llamada');
    default:
      return msg('Terminadas');
  }
}

/** What is wrong with what was asked for, by the API; else that it failed and why. */
export function refusalWords(error: ApiError, failed: string): string {
  const faults = Object.entries(error.problem.errors ?? {}).map(([field, words]) =>
    isFilterKey(field) ? `${keyWords(field)}: ${words.join(' ')}` : words.join(' '),
  );
  if (faults.length > 0) return faults.join(' ');
  // Nothing has failed: an address that a colleague has sent asks for more than the reader may see.
  return error.status === 403 ? plainWords(error) : `${failed} ${plainWords(error)}`;
}

/** What the values of a filter are called: by the agents, the outcomes and the contact that were read. */
export interface Names {
  readonly outcomes: OutcomesStore;
  readonly agent: string | undefined;
  readonly contact: string | undefined;
}

export function valueWords(key: FilterKey, value: string, { outcomes, agent, contact }: Names): string {
  switch (key) {
    case 'agent':
      return agent ?? '…';
    case 'contact':
      return contact ?? '…';
    case 'direction':
      return directionShort(value as 'in');
    case 'outcome':
      return outcomes.label(value);
    case 'state':
      return stateChoice(value);
    case 'followUp':
      return msg('pendiente');
    case 'tied':
      return value === 'true' ? msg('sí') : msg('no');
    default:
      return value;
  }
}
