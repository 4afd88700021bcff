import type { PopUp } from '../api/types.js';
import * as icons from '../design/icons.js';
import { isMissed, tiedName } from './call-words.js';
import { initials } from './initials.js';

/** Who a call is with, as a sign: the initials of a name, or else what is known. */
export function avatar(call: PopUp): unknown {
  const name = tiedName(call);
  const known = name ?? call.colleague?.name;
  if (known) return initials(known) || icons.person(26);
  if (call.match === 'private') return icons.hidden(26);
  if (call.candidates.length > 1) return icons.people(26);
  return call.direction === 'internal' ? icons.person(26) : icons.unknown(26);
}

export function directionIcon(call: PopUp, size = 18): unknown {
  if (isMissed(call)) return icons.missed(size);
  if (call.direction === 'internal') return icons.internal(size);
  return call.direction === 'in' ? icons.incoming(size) : icons.outgoing(size);
}
