import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call, CallKey } from '../../src/api/types.js';
import { CallTracker } from '../../src/embed/call-tracker.js';
import { aPopUp } from '../builders.js';

/** `read` is what the server says of a call. */
function tracked(read = async (call: CallKey): Promise<Call> => aPopUp({ ...call, state: 'connected' })) {
  const told: [string, unknown][] = [];
  const tracker = new CallTracker((name, detail) => told.push([name, detail]), read);
  return { tracker, told, names: () => told.map(([name]) => name) };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const answeredBy = { agentId: 'luis', name: 'Luis Mora' };
const connectedAt = '2026-03-02T15:00:05Z';

test('each step of a call is told once, however often it is seen', () => {
  const { tracker, names } = tracked();
  const steps = [
    aPopUp(),
    aPopUp({ state: 'connected', connectedAt }),
    aPopUp({ state: 'ended', connectedAt, endedAt: '2026-03-02T15:01:05Z', durationSeconds: 60 }),
  ];

  for (const step of steps) for (let times = 0; times < 2; times++) tracker.see(step);
  // A message of before that came late.
  tracker.see(aPopUp());

  expect(names()).toEqual(['call-started', 'call-answered', 'call-ended']);
});

test('a call that is first seen while it goes on has begun, and was answered', () => {
  const { tracker, names } = tracked();

  tracker.see(aPopUp({ state: 'connected', connectedAt }));

  expect(names()).toEqual(['call-started', 'call-answered']);
});

test('a missed call ends without an answer, and one that was over before is none', () => {
  const { tracker, names } = tracked();

  tracker.see(aPopUp());
  tracker.see(aPopUp({ state: 'ended' }));
  tracker.see(aPopUp({ callId: 'old', state: 'ended' }));

  expect(names()).toEqual(['call-started', 'call-ended']);
});

test('a call that comes just now is told, even where it is over already', () => {
  const { tracker, names } = tracked();

  tracker.see(aPopUp({ state: 'ended' }), true);
  tracker.see(aPopUp({ state: 'ended' }), true);

  expect(names()).toEqual(['call-started', 'call-ended']);
});

test('a call whose end is heard before it is said to be new is told whole', () => {
  const { tracker, names } = tracked();
  const over = aPopUp({ state: 'ended', revision: 3, connectedAt, endedAt: '2026-03-02T15:01:05Z' });
  tracker.see(over);
  expect(names()).toEqual([]);

  tracker.see(aPopUp({ revision: 1 }), true);
  tracker.see(over);

  expect(names()).toEqual(['call-started', 'call-answered', 'call-ended']);
});

test('a call that was over before stays untold when it changes', () => {
  const { tracker, names } = tracked();

  tracker.see(aPopUp({ state: 'ended', revision: 3 }));
  tracker.see(aPopUp({ state: 'ended', revision: 4, contactId: 'c2' }));
  // A message of while it went on, which comes late.
  tracker.see(aPopUp({ state: 'connected', revision: 2 }));
  tracker.closed(aPopUp({ answeredBy: { agentId: 'luis', name: 'Luis Mora' } }));

  expect(names()).toEqual([]);
});

test('a call that was over before and rings again is told', () => {
  const { tracker, names } = tracked();

  tracker.see(aPopUp({ state: 'ended', revision: 3 }));
  tracker.see(aPopUp({ state: 'ringing', revision: 4 }));

  expect(names()).toEqual(['call-started']);
});

test('a contact that the call gets later is told', () => {
  const { tracker, told } = tracked();
  tracker.see(aPopUp({ contactId: undefined, candidates: [] }));
  const chosen = { contactId: 'c2', name: 'Ana Mora', reason: 'chosen' as const };

  tracker.see(aPopUp({ contactId: 'c2', candidates: [chosen] }));
  tracker.see(aPopUp({ contactId: 'c2', candidates: [chosen] }));

  expect(told.map(([name]) => name)).toEqual(['call-started', 'contact-chosen']);
  expect(told[1]?.[1]).toMatchObject({ callId: '1001', contact: { contactId: 'c2', name: 'Ana Mora' } });
});

test('a colleague who takes the call ends it here', () => {
  const { tracker, told } = tracked();
  tracker.see(aPopUp());

  tracker.closed(aPopUp({ answeredBy }));
  tracker.closed(aPopUp({ answeredBy }));

  expect(told[1]).toEqual(['call-ended', expect.objectContaining({ callId: '1001', answeredBy })]);
  expect(told).toHaveLength(2);
});

test('a phone that stops while others ring on ends the call here, with who took it if that is known', async () => {
  const read = vi.fn(async (call: CallKey): Promise<Call> => {
    if (call.callId === 'lost') throw new Error('no answer');
    return aPopUp({ ...call, state: 'connected', connectedAt, ...(call.callId === 'taken' ? { answeredBy } : {}) });
  });
  const { tracker, told } = tracked(read);
  const calls = ['taken', 'rings', 'lost'].map((callId) => ({ callId }));
  for (const call of calls) tracker.see(aPopUp({ revision: 1, ...call }), true);

  for (const call of [...calls, ...calls]) tracker.closed(aPopUp({ revision: 2, state: 'ended', ...call }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(9_000);

  expect(told.slice(3)).toEqual([
    ['call-ended', expect.objectContaining({ callId: 'taken', answeredBy })],
    ['call-ended', expect.not.objectContaining({ answeredBy: expect.anything() })],
    ['call-ended', expect.objectContaining({ callId: 'lost' })],
  ]);
  for (const [, detail] of told) expect(detail).not.toHaveProperty('connectedAt');
  expect(read).toHaveBeenCalledTimes(3);
});

test('a card that is being written on and stays ends its call with who took it too', async () => {
  const { tracker, told } = tracked(async (call) => aPopUp({ ...call, state: 'connected', connectedAt, answeredBy }));
  tracker.see(aPopUp({ revision: 1 }), true);
  tracker.closed(aPopUp({ revision: 2, state: 'ended' }));
  tracker.see(aPopUp({ revision: 2, state: 'ended' }));
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_000);

  expect(told.slice(1)).toEqual([['call-ended', expect.objectContaining({ answeredBy })]]);
});

test('a call that comes back to the phone that had stopped goes on, or begins anew', async () => {
  const { tracker, names } = tracked();
  tracker.see(aPopUp({ revision: 1 }), true);
  tracker.closed(aPopUp({ revision: 2, state: 'ended' }));
  tracker.see(aPopUp({ revision: 3 }), true);
  // Told late.
  tracker.closed(aPopUp({ revision: 2, state: 'ended', answeredBy }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(names()).toEqual(['call-started']);

  tracker.closed(aPopUp({ revision: 4, state: 'ended', answeredBy }));
  for (const revision of [1, 3, 4]) tracker.see(aPopUp({ revision }), true);
  tracker.see(aPopUp({ revision: 5, state: 'ended' }));
  expect(names()).toEqual(['call-started', 'call-ended']);
  tracker.see(aPopUp({ revision: 6, state: 'connected', connectedAt }), true);

  expect(names()).toEqual(['call-started', 'call-ended', 'call-started', 'call-answered']);
});

test('a pop-up that is put away ends no call', async () => {
  const { tracker, names } = tracked();
  tracker.see(aPopUp());

  tracker.closed(aPopUp());
  await vi.advanceTimersByTimeAsync(5_000);

  expect(names()).toEqual(['call-started']);
});

test('what is not promised to the page is not told', () => {
  const { tracker, told } = tracked();

  tracker.see(aPopUp({ revision: 7, notifiedAt: '2026-03-02T15:00:00Z' }));

  expect(Object.keys(told[0]?.[1] as object).sort()).toEqual([
    'account',
    'callId',
    'contact',
    'direction',
    'endpointId',
    'number',
    'startedAt',
  ]);
});
