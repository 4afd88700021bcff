import { beforeEach, expect, test } from 'vitest';
import { type Channel, type ChannelEvents, LiveConnection } from '../../src/pop-ups/live-connection.js';
import { aPopUp, Pending, settle } from '../builders.js';

let opening: Pending<Channel>;
let events: ChannelEvents[];
let timers: { run: () => void; ms: number }[];
let rereads: number;
let closed: number;
let messages: string[];
let hidden: boolean;
let connection: LiveConnection;
const channel: Channel = {
  close: async () => {
    closed++;
  },
};

/** Runs the timer that waits, as if its time had come. */
async function nextTry(): Promise<void> {
  timers.pop()?.run();
  await settle();
}

beforeEach(() => {
  opening = new Pending();
  events = [];
  timers = [];
  rereads = 0;
  closed = 0;
  messages = [];
  hidden = false;
  connection = new LiveConnection({
    open: (listener) => {
      events.push(listener);
      return opening.ask();
    },
    message: (kind) => messages.push(kind),
    calls: (changed) => messages.push(...changed.map((call) => call.callId)),
    opened: () => rereads++,
    failed: () => rereads++,
    setTimer: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return timer;
    },
    clearTimer: (timer) => {
      timers = timers.filter((known) => known !== timer);
    },
    random: () => 0.5,
    hidden: () => hidden,
  });
});

test('it connects and reads again', async () => {
  connection.start();
  expect(connection.state).toBe('connecting');
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
  expect(rereads).toBe(1);
});

test('what lists are told comes through, and not from a channel that was given up', async () => {
  connection.start();
  await opening.answer(channel);
  events[0]?.calls([aPopUp({ callId: 'a' }), aPopUp({ callId: 'b' })]);
  connection.stop();
  events[0]?.calls([aPopUp({ callId: 'late' })]);
  expect(messages).toEqual(['a', 'b']);
});

test('a broken channel is opened again, and what was missed is read', async () => {
  connection.start();
  await opening.answer(channel);
  events[0]?.lost();
  expect(connection.state).toBe('reconnecting');
  await nextTry();
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
  expect(rereads).toBe(2);
});

test('it tries for ever, less and less often, and says when it is offline', async () => {
  connection.start();
  const waits: number[] = [];
  for (let i = 0; i < 50; i++) {
    await opening.fail(new Error('refused'));
    waits.push(timers[0]?.ms ?? 0);
    await nextTry();
  }

  expect(connection.state).toBe('offline');
  expect(waits.slice(0, 7)).toEqual([500, 1_000, 2_000, 3_000, 5_000, 10_000, 10_000]);
  expect(waits.at(-1)).toBe(10_000);
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
});

test('where nobody looks at the page it tries once a minute in the end, and at once when somebody looks', async () => {
  hidden = true;
  connection.start();
  for (let i = 0; i < 6; i++) {
    await opening.fail(new Error('refused'));
    await nextTry();
  }

  await opening.fail(new Error('refused'));
  expect(timers[0]?.ms).toBe(60_000);
  hidden = false;
  connection.wake();
  expect(opening.count).toBe(1);
  await opening.fail(new Error('refused'));
  expect(timers[0]?.ms).toBe(10_000);
});

test('a try that failed reads all the same: the API may answer', async () => {
  connection.start();
  await opening.fail(new Error('refused'));
  expect(rereads).toBe(1);
});

test('a network that is back is not waited for', async () => {
  connection.start();
  await opening.answer(channel);
  connection.networkLost();
  events[0]?.lost();
  expect(connection.state).toBe('offline');
  connection.wake();
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
  expect(timers).toEqual([]);
});

test('a first try that hangs is not waited for either, once the agent looks again', async () => {
  connection.start();
  connection.wake();
  expect(opening.count).toBe(2);
  await opening.answer(channel);
  expect(closed).toBe(1);
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
});

test('waking a connected one does nothing', async () => {
  connection.start();
  await opening.answer(channel);
  connection.wake();
  expect(opening.count).toBe(0);
  expect(connection.state).toBe('connected');
});

test('messages come through while it is the channel in use', async () => {
  connection.start();
  await opening.answer(channel);
  events[0]?.message('popUp', aPopUp());
  events[0]?.lost();
  await nextTry();
  await opening.answer(channel);
  events[0]?.message('popUpClosed', aPopUp());
  events[1]?.message('popUpChanged', aPopUp());
  expect(messages).toEqual(['popUp', 'popUpChanged']);
});

test('stopped it stays stopped, and a channel that opens late is closed', async () => {
  connection.start();
  connection.stop();
  await opening.answer(channel);
  expect(connection.state).toBe('stopped');
  expect(closed).toBe(1);
  expect(rereads).toBe(0);
  expect(timers).toEqual([]);
});

test('it starts again after it was stopped', async () => {
  connection.start();
  await opening.answer(channel);
  connection.stop();
  connection.start();
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
});

test('the end of a channel that was given up says nothing of the one in use', async () => {
  connection.start();
  await opening.answer(channel);
  events[0]?.lost();
  await nextTry();
  await opening.answer(channel);
  events[0]?.lost();
  expect(connection.state).toBe('connected');
  expect(timers).toEqual([]);
});

test('a try that was given up fails unheard', async () => {
  connection.start();
  connection.wake();
  await opening.fail(new Error('refused'));
  expect(rereads).toBe(0);
  expect(timers).toEqual([]);
  await opening.answer(channel);
  expect(connection.state).toBe('connected');
});

test('after a connection the waits begin anew', async () => {
  connection.start();
  for (let i = 0; i < 3; i++) {
    await opening.fail(new Error('refused'));
    await nextTry();
  }

  await opening.answer(channel);
  events[3]?.lost();
  expect(timers[0]?.ms).toBe(500);
});

test('where nobody is signed in there is no connection that could be lost', async () => {
  connection.networkLost();
  expect(connection.state).toBe('stopped');
  connection.start();
  await opening.fail(new Error('refused'));
  connection.stop();
  expect(timers).toEqual([]);
});
