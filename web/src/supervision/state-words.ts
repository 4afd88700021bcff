import { msg, str } from '@lit/localize';
import type { AgentCall, AgentStateKind, BoardAgent, BoardCall, MissedCall } from '../api/supervision-types.js';
import type { PauseReason } from '../api/types.js';
import { pauseWords } from '../desk/presence-words.js';
import { duration } from '../i18n/format.js';

/** A state as the heading of those who are in it. */
export function stateWords(state: AgentStateKind): string {
  switch (state) {
    case 'inCall':
      return msg('En llamada');
    case 'ringing':
      return msg('Timbrando');
    case 'wrapUp':
      return msg('Cierre');
    case 'paused':
      return msg('En pausa');
    case 'free':
      return msg('Libres');
    default:
      return msg('Desconectados');
  }
}

/** What one agent is doing; the pause with its reason. */
export function agentStateWords(agent: BoardAgent, reasons: readonly PauseReason[]): string {
  switch (agent.state) {
    case 'ringing':
      return agent.call?.direction === 'out' ? msg('Llamando') : msg('Timbrando');
    case 'paused':
      return pauseWords(agent.reason, reasons);
    case 'free':
      return msg('Libre');
    case 'offline':
      return msg('Sin pantalla abierta');
    default:
      return stateWords(agent.state);
  }
}

/** Who is on the other side. */
export function otherWords(call: AgentCall | BoardCall | MissedCall): string {
  if (call.contactName) return call.contactName;
  if ('colleague' in call && call.colleague) return call.colleague.name;
  return call.number.kind === 'private' ? msg('Número privado') : call.number.display || msg('Número desconocido');
}

/** What became of a missed call. */
export function returnedWords(call: MissedCall): string {
  if (call.open) return msg('Sin devolver');
  const { returnedByName: name, returnedAfterSeconds: seconds } = call;
  // Nobody waits for the seconds of an hour.
  const after = seconds === undefined ? '' : duration(seconds < 600 ? seconds : Math.round(seconds / 60) * 60);
  if (name && after) return msg(str`Devuelta por ${name} tras ${after}`);
  if (name) return msg(str`Devuelta por ${name}`);
  return after ? msg(str`Devuelta tras ${after}`) : msg('Devuelta');
}
