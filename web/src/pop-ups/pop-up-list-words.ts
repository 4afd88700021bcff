import { msg, str } from '@lit/localize';
import type { PopUp } from '../api/types.js';
import { directionWords, isPrivate, possible, tiedName, whoWords } from '../calls/call-words.js';

/** That a colleague took a call that rang here too. */
export function takenWords(taken: PopUp): string {
  const name = taken.answeredBy?.name ?? '';
  return isPrivate(taken)
    ? msg(str`${name} contestó una llamada de un número privado.`)
    : msg(str`${name} contestó la llamada de ${whoWords(taken)}.`);
}

/** What is said of a call that arrives. */
export function announcementOf(popUp: PopUp): string {
  const who = tiedName(popUp) ? `${whoWords(popUp)}, ${popUp.number.display}` : whoWords(popUp);
  const hint = possible(popUp);
  return hint
    ? msg(str`${directionWords(popUp.direction)}: ${who}, posible ${hint.name}`)
    : msg(str`${directionWords(popUp.direction)}: ${who}`);
}
