import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Me, Presence } from '../../src/api/types.js';
import { PresenceStore } from '../../src/desk/presence-store.js';

interface Asked {
  readonly wanted: Presence;
  readonly accept: () => void;
  readonly refuse: () => void;
}

let asked: Asked[];
let store: PresenceStore;
let stands: Presence;

beforeEach(() => {
  asked = [];
  stands = { paused: false };
  store = new PresenceStore({
    me: async () => ({ id: 'ana', presence: stands }) as unknown as Me,
    setPresence: (wanted) =>
      new Promise((resolve, reject) => {
        asked.push({
          wanted,
          accept: () => resolve(wanted),
          refuse: () => reject(new ApiError(503, {})),
        });
      }),
    pauseReasons: async () => ({ items: [] }),
  });
  store.take({ id: 'ana', presence: { paused: false } } as unknown as Me);
});

test('where two changes are refused, what the server has is shown', async () => {
  const first = store.set(true, 'almuerzo');
  const second = store.set(true, 'pausa');
  asked[0]?.refuse();
  asked[1]?.refuse();
  await Promise.all([first, second]);

  expect(store.presence).toEqual({ paused: false });
  expect(store.error?.status).toBe(503);
});

test('where the later of two is refused, the earlier one stands', async () => {
  const first = store.set(true, 'almuerzo');
  const second = store.set(false);
  asked[0]?.accept();
  await first;
  asked[1]?.refuse();
  await second;

  expect(store.presence).toEqual({ paused: true, reason: 'almuerzo' });
});

test('what an agent had asked for is nothing to the next one', async () => {
  const change = store.set(true, 'almuerzo');
  store.clear();
  store.take({ id: 'luis', presence: { paused: false } } as unknown as Me);
  asked[0]?.accept();
  await change;

  expect(store.presence).toEqual({ paused: false });
  expect(store.changing).toBe(false);
});

test('what another screen has changed is shown, but not over a change that is on its way here', async () => {
  store.hear({ paused: true, reason: 'reunion', since: '2026-03-02T15:00:00Z' });
  expect(store.presence.reason).toBe('reunion');

  const back = store.set(false);
  store.hear({ paused: true, reason: 'almuerzo' });
  expect(store.presence).toEqual({ paused: false });
  asked[0]?.refuse();
  await back;
  expect(store.presence.reason).toBe('almuerzo');
});

test('of what the channel tells in any order the last that was said stays', async () => {
  store.hear({ paused: false, changedAt: '2026-03-02T15:00:02Z' });
  store.hear({ paused: true, reason: 'almuerzo', changedAt: '2026-03-02T15:00:01Z' });
  expect(store.presence.paused).toBe(false);
  store.hear({ paused: true, changedAt: '2026-03-02T15:00:03Z' });
  expect(store.presence.paused).toBe(true);
});

test('what was said while the channel was closed is read when it is open again', async () => {
  stands = { paused: true, changedAt: '2026-03-02T15:00:00Z' };
  await store.opened();
  expect(store.presence.paused).toBe(false);
  await store.opened();
  expect(store.presence.paused).toBe(true);
});
