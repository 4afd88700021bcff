import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastingChannel } from '../../src/pop-ups/lasting-channel.js';
import { type Channel, type ChannelEvents, LiveConnection } from '../../src/pop-ups/live-connection.js';
import { aPopUp } from '../builders.js';

const minuteMs = 60_000;
/** How long Azure's service lets a connection be. */
const endsMs = 15 * minuteMs;

let opened: ChannelEvents[];
let closed: number[];
let fails: boolean;
let heard: string[];
let states: string[];
let rereads: number;
let connection: LiveConnection;

const open = async (events: ChannelEvents): Promise<Channel> => {
  if (fails) throw new Error('no network');
  const place = opened.push(events) - 1;
  const end = setTimeout(() => events.lost(), endsMs);
  return {
    close: async () => {
      clearTimeout(end);
      closed.push(place);
    },
  };
};

function connect(random: number): void {
  connection = new LiveConnection({
    open: lastingChannel(open, () => random),
    message: (_, { callId }) => heard.push(callId),
    calls: () => {},
    opened: () => rereads++,
    failed: () => {},
    hidden: () => false,
  });
  connection.watch(() => states.push(connection.state));
  connection.start();
}

beforeEach(() => {
  vi.useFakeTimers();
  [opened, closed, heard, states] = [[], [], [], []];
  fails = false;
  rereads = 0;
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

test.each([0, 0.999])('for a whole day it is never told as broken (%s)', async (random) => {
  connect(random);
  await vi.advanceTimersByTimeAsync(8 * 60 * minuteMs);

  expect(states).toEqual(['connecting', 'connected']);
  expect(rereads).toBe(1);
  expect(opened.length).toBeGreaterThan(8 * 4);
  // All but the one in use.
  expect(closed).toEqual([...opened.keys()].slice(0, -1));
});

test('no message is lost where the connection changes', async () => {
  connect(0.5);
  await vi.advanceTimersByTimeAsync(0);
  opened[0]?.message('popUp', aPopUp({ callId: 'before' }));
  await vi.advanceTimersByTimeAsync(12 * minuteMs - 1);
  expect([opened.length, closed]).toEqual([1, []]);

  opened[0]?.message('popUp', aPopUp({ callId: 'at the last moment' }));
  await vi.advanceTimersByTimeAsync(1);
  // Still under way by the old one while the new one is open.
  opened[0]?.message('popUp', aPopUp({ callId: 'late' }));
  opened[1]?.message('popUp', aPopUp({ callId: 'after' }));

  expect(heard).toEqual(['before', 'at the last moment', 'late', 'after']);
  expect(closed).toEqual([0]);
});

test('a network that is away for a moment is tried again before the old connection ends', async () => {
  connect(0.5);
  await vi.advanceTimersByTimeAsync(12 * minuteMs - 1);
  fails = true;
  await vi.advanceTimersByTimeAsync(2 * minuteMs);
  expect([opened.length, closed]).toEqual([1, []]);
  fails = false;
  await vi.advanceTimersByTimeAsync(10 * minuteMs);

  expect([opened.length, closed]).toEqual([2, [0]]);
  expect(states).toEqual(['connecting', 'connected']);
});

test('who gets no token any more is cut off when the last one ends', async () => {
  connect(0.5);
  await vi.advanceTimersByTimeAsync(minuteMs);
  fails = true;
  await vi.advanceTimersByTimeAsync(endsMs - minuteMs - 1);
  expect(connection.state).toBe('connected');
  await vi.advanceTimersByTimeAsync(1);
  expect(connection.state).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(connection.state).toBe('offline');
});

test('a connection that was lost or closed is not changed for another', async () => {
  connect(0.5);
  await vi.advanceTimersByTimeAsync(0);
  opened[0]?.lost();
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(opened.length).toBe(2);
  await vi.advanceTimersByTimeAsync(11 * minuteMs);
  expect(opened.length).toBe(2);
  connection.stop();
  await vi.advanceTimersByTimeAsync(60 * minuteMs);
  expect([opened.length, vi.getTimerCount()]).toEqual([2, 0]);
});

test('after a sleep that was longer than the connection, what came meanwhile is read', async () => {
  connect(0.5);
  await vi.advanceTimersByTimeAsync(11 * minuteMs);
  // The clock of the timers stands still while the machine sleeps, the time of day does not.
  vi.setSystemTime(Date.now() + 60 * minuteMs);
  await vi.advanceTimersByTimeAsync(2 * minuteMs);

  expect(closed).toEqual([0]);
  expect(rereads).toBe(2);
  expect(states.slice(0, 3)).toEqual(['connecting', 'connected', 'reconnecting']);
});
