// @vitest-environment happy-dom
import { render } from 'lit';
import { expect, test } from 'vitest';
import { callRow, outcomeOf } from '../../src/calls/call-row.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
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

test.each([
  [undefined, 'Devolver la llamada a María Rojas'],
  [true, 'Llamar a María Rojas'],
])('a missed call is to be returned, unless it was taken off the lists (%s)', (dismissed, words) => {
  const place = document.createElement('ul');
  const context = {
    now: Date.parse('2026-03-02T15:10:00Z'),
    timeZone: 'America/Costa_Rica',
    outcomes: new OutcomesStore({ outcomes: async () => ({ items: [] }) }),
    team: false,
    dials: true,
    open: () => {},
    dial: () => {},
  };
  render(callRow(context, aPopUp({ state: 'ended', dismissed })), place);

  expect(place.querySelector('button.call-back')?.getAttribute('aria-label')).toBe(words);
});
