import { expect, test } from 'vitest';
import { isMissed, isToDo, possible, stateWords } from '../../src/calls/call-words.js';
import { aPopUp } from '../builders.js';

test.each([
  [{ state: 'ended' }, true],
  [{ state: 'ringing' }, false],
  [{ state: 'ended', direction: 'out' }, false],
  [{ state: 'ended', connectedAt: '2026-03-02T15:00:05Z' }, false],
  [{ state: 'ended', noted: true }, false],
] as const)('a call that %o was missed: %s', (changes, missed) => expect(isMissed(aPopUp(changes))).toBe(missed));

test('a candidate is possible where it is the only one and the call is tied to none', () => {
  const [candidate] = aPopUp().candidates;
  expect(possible(aPopUp({ contactId: undefined }))).toEqual(candidate);
  expect(possible(aPopUp({ contactId: 'c1' }))).toBeUndefined();
  const twice = candidate ? [candidate, { ...candidate, contactId: 'c2' }] : [];
  expect(possible(aPopUp({ contactId: undefined, candidates: twice }))).toBeUndefined();
});

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

  expect(stateWords({ ...missed, returned })).toBe('Devuelta por Ana, 4 min 31 s');
  expect(stateWords({ ...missed, returned: { callId: 'c-2', at: returned.at } })).toBe('Devuelta');
  expect(isToDo({ ...missed, returned })).toBe(false);
});
