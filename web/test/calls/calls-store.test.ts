import { beforeEach, expect, test } from 'vitest';
import type { CallsQuery } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, Page } from '../../src/api/types.js';
import { CallsStore } from '../../src/calls/calls-store.js';
import { aPopUp, Pending } from '../builders.js';

let pages: Pending<Page<Call>>;
let asked: CallsQuery[];
let now: number;
let store: CallsStore;
const ids = () => store.calls.map((call) => call.callId);
const call = (id: number, changes: Partial<Call> = {}): Call =>
  aPopUp({
    callId: String(id),
    startedAt: new Date(Date.UTC(2026, 2, 2, 12, id)).toISOString(),
    state: 'ended',
    ...changes,
  });

async function read(page: Page<Call>): Promise<void> {
  const reading = store.read();
  await pages.answer(page);
  await reading;
}

beforeEach(() => {
  pages = new Pending();
  asked = [];
  now = Date.parse('2026-03-02T20:00:00Z');
  store = new CallsStore({
    now: () => now,
    calls: (query) => {
      asked.push(query);
      return pages.ask();
    },
  });
});

test('it asks for the account’s day, and shows the newest first', async () => {
  await read({ items: [call(1), call(2)] });
  expect(asked[0]?.from.toISOString()).toBe('2026-03-02T06:00:00.000Z');
  expect(ids()).toEqual(['2', '1']);
  expect(store.more).toBe(false);
});

test('the next page goes below', async () => {
  await read({ items: [call(3), call(2)], next: 'older' });
  const more = store.readMore();
  await pages.answer({ items: [call(1)] });
  await more;
  expect(asked[1]?.next).toBe('older');
  expect(ids()).toEqual(['3', '2', '1']);
  expect(store.more).toBe(false);
});

test('a new call is listed as its pop-up comes, and goes on with it', async () => {
  await read({ items: [call(1, { agentName: 'Ana' })] });
  store.tell(call(2, { state: 'ringing' }));
  store.tell(call(2, { state: 'connected' }));
  store.tell(call(1));
  expect(store.calls.map((known) => known.state)).toEqual(['connected', 'ended']);
  expect(store.calls[1]?.agentName).toBe('Ana');
});

test('a call that rings again after it had ended goes on, and an older message takes nothing back', async () => {
  await read({ items: [call(1, { state: 'ended', revision: 2 })] });
  store.tellAll([call(1, { state: 'ringing', revision: 3 })]);
  expect(store.calls[0]?.state).toBe('ringing');
  store.tellAll([call(1, { state: 'ended', revision: 2 })]);
  expect(store.calls[0]?.state).toBe('ringing');
});

test('a call that is told whole has what a row shows, and nothing of before', async () => {
  await read({ items: [call(1, { agentName: 'Ana', outcome: 'promised', contactName: 'María Rojas', cost: 12 })] });
  const { contactId: _, ...untied } = call(1, { agentName: 'Luis' });
  store.tellAll([untied, call(2, { state: 'ringing', agentName: 'Eva' })]);
  expect(store.calls.map(({ agentName }) => agentName)).toEqual(['Eva', 'Luis']);
  expect(store.calls[1]).toMatchObject({ cost: 12 });
  for (const field of ['outcome', 'contactName', 'contactId']) expect(store.calls[1]).not.toHaveProperty(field);
});

test('a call that the viewer does not see any more goes, and does not come by being told', async () => {
  await read({ items: [call(1, { revision: 3 }), call(2)] });
  store.tellAll([call(1, { revision: 2, gone: true })]);
  expect(ids()).toHaveLength(2);
  store.tellAll([call(1, { revision: 4, gone: true }), call(3, { gone: true })]);
  expect(store.calls.map(({ callId }) => callId)).toEqual([call(2).callId]);
});

test('a message with many calls is one change of the list', async () => {
  await read({ items: [] });
  let changes = 0;
  store.watch(() => changes++);
  store.tellAll(Array.from({ length: 40 }, (_, id) => call(id)));
  expect(ids()).toHaveLength(40);
  store.tellAll([]);
  expect(changes).toBe(1);
});

test('a call of another day, or of a page that was not read, is told only where it is listed', async () => {
  const yesterday = call(9, { startedAt: '2026-03-02T05:00:00Z' });
  await read({ items: [call(3), call(2)], next: 'older' });
  store.tellAll([yesterday, call(1), call(4), call(2, { outcome: 'promised' })]);
  expect(ids()).toEqual(['4', '3', '2']);
  expect(store.calls[2]?.outcome).toBe('promised');

  const reading = store.read();
  store.tellAll([yesterday, call(1), call(5)]);
  await pages.answer({ items: [call(4), call(3)], next: 'older' });
  await reading;
  expect(ids()).toEqual(['5', '4', '3', '2']);
});

test('what no longer belongs into a list leaves it, and what does stays', async () => {
  const live = new CallsStore({ now: () => now, calls: () => pages.ask() }, (of) => of.state !== 'ended');
  const reading = live.read();
  await pages.answer({ items: [call(1, { state: 'connected' }), call(2, { state: 'ringing' })] });
  await reading;
  live.tellAll([call(1)]);
  live.tidy();
  expect(live.calls.map((of) => of.callId)).toEqual(['2']);
});

test('an ended call does not ring again', async () => {
  await read({ items: [call(1)] });
  store.tell(call(1, { state: 'ringing' }));
  store.tellAll([call(1, { state: 'connected' })]);
  expect(store.calls[0]?.state).toBe('ended');
});

test('a reading does not lose the call that came meanwhile', async () => {
  const reading = store.read();
  store.tell(call(2, { state: 'ringing' }));
  await pages.answer({ items: [call(1)] });
  await reading;
  expect(ids()).toEqual(['2', '1']);
});

test('a further page does not take back what a message told while it was read', async () => {
  await read({ items: [call(3)], next: 'older' });
  const more = store.readMore();
  store.tellAll([call(1, { outcome: 'attended' })]);
  await pages.answer({ items: [call(2), call(1, { state: 'connected' })] });
  await more;
  expect(store.calls.map(({ callId, state }) => [callId, state])).toEqual([
    ['3', 'ended'],
    ['2', 'ended'],
    ['1', 'ended'],
  ]);
  expect(store.calls[2]?.outcome).toBe('attended');
});

test('reading again keeps the pages that were read', async () => {
  await read({ items: [call(3), call(2)], next: 'a' });
  const more = store.readMore();
  await pages.answer({ items: [call(1)] });
  await more;
  await read({ items: [call(4), call(3)], next: 'b' });
  expect(ids()).toEqual(['4', '3', '2', '1']);
  expect(store.more).toBe(false);
});

test('reading again after long leaves no gap in the list', async () => {
  await read({ items: [call(2), call(1)], next: 'a' });
  await read({ items: [call(9), call(8)], next: 'b' });
  expect(ids()).toEqual(['9', '8']);
  expect(store.more).toBe(true);
});

test('a new day begins with an empty list', async () => {
  await read({ items: [call(1)] });
  expect(store.stale).toBe(false);
  now = Date.parse('2026-03-03T06:00:00Z');
  expect(store.stale).toBe(true);
  await read({ items: [] });
  expect(ids()).toEqual([]);
});

test('a reading that fails keeps the list and says why', async () => {
  await read({ items: [call(1)] });
  const reading = store.read();
  await pages.fail(new ApiError(500));
  await reading;
  expect(ids()).toEqual(['1']);
  expect(store.error?.status).toBe(500);
  await read({ items: [call(1)] });
  expect(store.error).toBeUndefined();
});

test('another contact is not shown by the name of the one before', async () => {
  await read({ items: [call(1, { contactId: 'c1', contactName: 'María Rojas' })] });
  store.tell(call(1, { contactId: 'c2' }));
  expect(store.calls[0]).toMatchObject({ contactId: 'c2', contactName: undefined });
  const { contactId: _, ...untied } = call(1);
  store.tell(untied);
  expect(store.calls[0]?.contactId).toBeUndefined();
});

test('a list of several days begins that many days ago, and what ends in it stays until it is read again', async () => {
  store = new CallsStore(
    {
      now: () => now,
      calls: (query) => {
        asked.push(query);
        return pages.ask();
      },
    },
    (of) => of.state !== 'ended',
    7,
  );
  await read({ items: [call(1, { state: 'connected' })] });
  expect(asked[0]?.from.toISOString()).toBe('2026-02-24T06:00:00.000Z');
  store.tell(call(1, { state: 'ended' }));
  store.tell(call(2, { state: 'ended' }));
  expect(store.calls.map((of) => [of.callId, of.state])).toEqual([['1', 'ended']]);
});

test('a list of several days begins with a whole day also where the clock changed in between', async () => {
  const week = new CallsStore(
    {
      now: () => Date.parse('2026-03-10T20:00:00Z'),
      calls: (query) => {
        asked.push(query);
        return pages.ask();
      },
    },
    () => true,
    4,
  );
  week.timeZone = 'America/New_York';
  void week.read();
  // The 7th of March, a day before the clock goes forward.
  expect(asked[0]?.from.toISOString()).toBe('2026-03-07T05:00:00.000Z');
});

test('what a pop-up told before a reading is as old as the list', async () => {
  await read({ items: [call(1)] });
  const first = store.read();
  store.tell(call(2, { state: 'ended' }));
  await pages.answer({ items: [call(1)] });
  await first;
  expect(ids()).toEqual(['2', '1']);
  await read({ items: [call(1)] });
  expect(ids()).toEqual(['1']);
});

test('the next agent finds no call of the one before, and asks for the day anew', async () => {
  await read({ items: [call(1)], next: 'older' });
  store.clear();
  expect(ids()).toEqual([]);
  now = Date.parse('2026-03-04T20:00:00Z');
  expect(store.stale).toBe(false);
});
