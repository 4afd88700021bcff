import { expect, test } from 'vitest';
import { outcomeOf } from '../../src/calls/call-row.js';
import { aPopUp } from '../builders.js';

test('a call that a colleague took says who, not how long they talked', () => {
  const call = aPopUp({ state: 'ended', connectedAt: '2026-03-02T15:00:05Z', durationSeconds: 65 });
  expect(outcomeOf(call)).not.toContain('contestó');
  const answeredBy = { agentId: 'ana', name: 'Ana Solano' };
  expect(outcomeOf({ ...call, answeredBy })).toBe('La contestó Ana Solano');
  expect(outcomeOf(aPopUp({ state: 'connected', answeredBy }))).toBe('La contestó Ana Solano');
});

test('a call that nobody took is missed', () => {
  expect(outcomeOf(aPopUp({ state: 'ended' }))).toBe('Perdida');
});
