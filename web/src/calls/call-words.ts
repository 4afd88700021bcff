import { msg, str } from '@lit/localize';
import type { Call, Candidate, Direction, MatchReason, PopUp, Returned } from '../api/types.js';
import { duration } from '../i18n/format.js';

/** Came in and nobody took it. The server tells: of a call that is over it may not be known. */
export const isMissed = (call: PopUp): boolean => call.missed === true;

/** Was missed, and nobody has reached the caller since. */
export const isToReturn = (call: PopUp): boolean => isMissed(call) && !call.returned;

/** Goes on or was missed: it is in a list of what is to be done, off which an agent can take it. */
export const isToDo = (call: Call): boolean => (call.state !== 'ended' || isToReturn(call)) && !call.dismissed;

/** To take a call off the lists; what a supervisor takes off goes from everybody's. */
export const takeOffWords = (team: boolean): string =>
  team ? msg('Quitar de las listas de todos') : msg('Quitar de la lista');

/** The contact that the call is tied to, by its name. */
export const tiedName = (call: Call): string | undefined =>
  call.contactName ??
  (call.contactId ? call.candidates.find((candidate) => candidate.contactId === call.contactId)?.name : undefined);

/** The only candidate, where it is too weak to be taken as the contact, and nobody has ruled it out. */
export const possible = (call: PopUp): Candidate | undefined =>
  call.contactId === undefined && !call.ignored && call.candidates.length === 1 ? call.candidates[0] : undefined;

/** Nobody knows the number, and so who it is. */
export const isPrivate = (call: Call): boolean =>
  !tiedName(call) && !call.colleague && (call.number.kind === 'private' || call.match === 'private');

/** Whose call it is; never by an id. */
export const agentWords = (call: Call): string =>
  call.agentName ?? (call.agentId ? msg('Agente eliminado') : msg('Sin agente'));

/** Who wrote of it, else who talked in it; none where nobody did, or the name is not known. */
export const talkerName = ({ wrapUp, connectedAt, answeredBy, agentName }: Call): string | undefined =>
  wrapUp ? wrapUp.agentName : connectedAt ? (answeredBy?.name ?? agentName) : undefined;

/** Who the call is with, in a few words. */
export function whoWords(call: Call): string {
  const name = tiedName(call);
  if (name) return name;
  if (call.colleague) return call.colleague.name;
  if (isPrivate(call)) return msg('Número privado');
  return call.number.display || msg('Número desconocido');
}

export function directionWords(direction: Direction): string {
  switch (direction) {
    case 'in':
      return msg('Llamada entrante');
    case 'out':
      return msg('Llamada saliente');
    default:
      return msg('Llamada interna');
  }
}

/** The same, where it is plain that it is about a call. */
export function directionShort(direction: Direction): string {
  switch (direction) {
    case 'in':
      return msg('Entrante');
    case 'out':
      return msg('Saliente');
    default:
      return msg('Interna');
  }
}

/** How far the call has come, or how it went: also who took it in the agent's place. */
export function stateWords(call: PopUp, now = Date.now()): string {
  if (call.noted) return msg('Anotada a mano');
  if (call.answeredBy) return msg(str`La contestó ${call.answeredBy.name}`);
  switch (call.state) {
    case 'ringing':
      if (call.ongoingFrom && now >= Date.parse(call.ongoingFrom)) return msg('En curso');
      return call.direction === 'out' ? msg('Llamando') : msg('Timbrando');
    case 'connected':
      return call.connectedAt ? msg('En llamada') : msg('En curso');
    default:
      if (call.returned) return returnedWords(call.returned);
      if (isMissed(call)) return msg('Perdida');
      // Of a call that came in, and that nobody is known to have missed, it is not known whether it was taken.
      return call.connectedAt || call.direction === 'in' ? msg('Terminada') : msg('Sin respuesta');
  }
}

/** Who reached the caller of a missed call, and how long they talked. */
function returnedWords({ agentName, durationSeconds }: Returned): string {
  const time = durationSeconds === undefined ? '' : duration(durationSeconds);
  if (agentName && time) return msg(str`Devuelta por ${agentName}: hablaron ${time}`);
  return agentName ? msg(str`Devuelta por ${agentName}`) : msg('Devuelta');
}

/** Why we think so. */
export function reasonWords(reason: MatchReason): string {
  switch (reason) {
    case 'chosen':
      return msg('Elegido en esta llamada');
    case 'dialled':
      return msg('Es a quien usted llamó');
    case 'chosenBefore':
      return msg('Elegido la última vez para este número');
    case 'mainNumber':
      return msg('Es su número principal');
    case 'otherNumber':
      return msg('Es otro de sus números');
    case 'nationalNumber':
      return msg('Coincide sin el código de país');
    case 'lastDigits':
      return msg('Solo coinciden las últimas cifras: confirme quién es');
    default:
      return '';
  }
}
