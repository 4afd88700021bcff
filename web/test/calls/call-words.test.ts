import { expect, test } from 'vitest';
import {
  agentWords,
  isMissed,
  isPrivate,
  isToDo,
  isToReturn,
  possible,
  stateWords,
  takeOffWords,
  talkerName,
  whoWords,
} from '../../src/calls/call-words.js';
import { aPopUp } from '../builders.js';

test.each([
  ['Perdida', { missed: true }],
  // Its end is only concluded: nobody knows whether it was taken.
  ['Terminada', { missed: false }],
  ['Terminada', { connectedAt: '2026-03-02T15:00:05Z' }],
  ['Sin respuesta', { direction: 'out' }],
] as const)('how a call that is over went is said as the server tells it: %s', (words, changes) => {
  const call = aPopUp({ state: 'ended', ...changes });
  expect(stateWords(call)).toBe(words);
  expect(isMissed(call)).toBe(words === 'Perdida');
  expect(isToReturn(call)).toBe(words === 'Perdida');
});

test('a candidate is possible where it is the only one and the call is tied to none', () => {
  const [candidate] = aPopUp().candidates;
  expect(possible(aPopUp({ contactId: undefined }))).toEqual(candidate);
  expect(possible(aPopUp({ contactId: 'c1' }))).toBeUndefined();
  const twice = candidate ? [candidate, { ...candidate, contactId: 'c2' }] : [];
  expect(possible(aPopUp({ contactId: undefined, candidates: twice }))).toBeUndefined();
});

test('who was ruled out is no more possible', () =>
  expect(possible(aPopUp({ contactId: undefined, ignored: true }))).toBeUndefined());

test('a call whose answer nobody tells goes on after a while', () => {
  const rings = aPopUp({ ongoingFrom: '2026-03-02T15:01:00Z' });
  expect(stateWords(rings, Date.parse('2026-03-02T15:00:59Z'))).toBe('Timbrando');
  expect(stateWords(rings, Date.parse('2026-03-02T15:01:00Z'))).toBe('En curso');
  expect(stateWords(aPopUp({ state: 'connected' }))).toBe('En curso');
  expect(stateWords(aPopUp({ state: 'connected', connectedAt: '2026-03-02T15:00:08Z' }))).toBe('En llamada');
});

test('a call that was noted by hand says so', () =>
  expect(stateWords(aPopUp({ state: 'ended', noted: true }))).toBe('Anotada a mano'));

test('a missed call says who reached the caller since, and is in no list of what is to be done', () => {
  const missed = aPopUp({ state: 'ended' });
  const returned = {
    callId: 'c-2',
    at: '2026-03-02T16:00:00Z',
    agentId: 'ana',
    agentName: 'Ana',
    durationSeconds: 271,
  };
  expect([isMissed(missed), isToDo(missed), stateWords(missed)]).toEqual([true, true, 'Perdida']);

  expect(stateWords({ ...missed, returned })).toBe('Devuelta por Ana: hablaron 4\u00a0min 31\u00a0s');
  expect(stateWords({ ...missed, returned: { callId: 'c-2', at: returned.at } })).toBe('Devuelta');
  expect(isToDo({ ...missed, returned })).toBe(false);
});

test('whose call it is is said by name, and never by an id', () => {
  expect(agentWords({ ...aPopUp(), agentName: 'Ana Solano' })).toBe('Ana Solano');
  expect(agentWords(aPopUp({ agentId: 'ana' }))).toBe('Agente eliminado');
  expect(agentWords(aPopUp({ agentId: undefined }))).toBe('Sin agente');
});

test('of a call whoever wrote is named, else who talked, and nobody where nobody did', () => {
  const talked = { ...aPopUp({ connectedAt: '2026-03-02T15:00:05Z' }), agentName: 'Ana' };
  const wrapUp = { draft: false, agentId: 'luis', agentName: 'Luis', updatedAt: '', etag: '1' };
  expect(talkerName({ ...talked, wrapUp })).toBe('Luis');
  expect(talkerName({ ...talked, answeredBy: { agentId: 'omar', name: 'Omar' } })).toBe('Omar');
  expect(talkerName(talked)).toBe('Ana');
  expect(talkerName({ ...aPopUp(), agentName: 'Ana' })).toBeUndefined();
});

test('what was taken off the lists is no more to be done, and a supervisor takes it off everybody’s', () => {
  expect([isToDo(aPopUp()), isToDo(aPopUp({ dismissed: true }))]).toEqual([true, false]);
  expect(takeOffWords(false)).toBe('Quitar de la lista');
  expect(takeOffWords(true)).toBe('Quitar de las listas de todos');
});

test('a private number is one of nobody who is known', () => {
  const unknown = { contactId: undefined, candidates: [] };
  const hidden = { display: '', kind: 'private' as const };
  expect(isPrivate(aPopUp({ ...unknown, number: hidden }))).toBe(true);
  expect(isPrivate(aPopUp({ ...unknown, match: 'private' }))).toBe(true);
  expect(isPrivate(aPopUp(unknown))).toBe(false);
  expect(isPrivate(aPopUp({ number: hidden }))).toBe(false);
  expect(whoWords(aPopUp({ ...unknown, number: hidden }))).toBe('Número privado');
  expect(whoWords(aPopUp({ ...unknown, number: { display: '', kind: 'invalid' as const } }))).toBe(
    'Número desconocido',
  );
});
