// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Me, PopUp } from '../../src/api/types.js';
import { Desk } from '../../src/desk/desk.js';
import type { ChannelEvents } from '../../src/pop-ups/live-connection.js';
import { aPopUp, settle } from '../builders.js';

const ana: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };

let popUps: PopUp[];
let asked: string[];
let channel: ChannelEvents;
let desk: Desk;

/** The server, with the pop-ups that are open. */
async function server(url: string, init: RequestInit = {}): Promise<Response> {
  const path = url.split('?')[0] ?? '';
  asked.push(`${init.method ?? 'GET'} ${path}`);
  if (path === '/api/pop-ups') return Response.json({ items: popUps });
  if (path.endsWith('/wrap-up')) {
    const sent = { ...JSON.parse(String(init.body)), draft: url.includes('draft=true') };
    return Response.json({ ...sent, agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag: String(asked.length) });
  }

  return Response.json(path.startsWith('/api/calls/') ? aPopUp() : { items: [] });
}

/** Lets time go by, in steps in which what follows from it happens. */
async function wait(ms: number): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    vi.advanceTimersByTime(Math.min(5_000, end - Date.now()));
    await settle();
  }
}

async function start(): Promise<void> {
  desk.start(ana);
  for (let turn = 0; turn < 5; turn++) await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  localStorage.clear();
  popUps = [];
  asked = [];
  desk = new Desk(new ApiClient({ fetch: (url, init) => server(String(url), init) }), async () => async (events) => {
    channel = events;
    return { close: async () => {} };
  });
});

afterEach(() => {
  desk.leave();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('a call whose message was lost is found in a minute, also by a tab that nobody looks at', async () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await start();
  expect(desk.connection.state).toBe('connected');
  popUps = [aPopUp()];
  await wait(70_000);

  expect(desk.popUps.open).toHaveLength(1);
});

test('a call that a colleague took stays while the agent writes about it, also in a pause of the typing', async () => {
  await start();
  for (const callId of ['written', 'read']) channel.message('popUp', aPopUp({ callId }));
  desk.drafts.of(aPopUp({ callId: 'written' })).change({ notes: 'Dice que' });
  await wait(5_000);
  expect(desk.drafts.of(aPopUp({ callId: 'written' })).state).toBe('kept');
  for (const callId of ['written', 'read']) {
    channel.message('popUpClosed', { ...aPopUp({ callId }), answeredBy: { agentId: 'luis', name: 'Luis' } });
  }

  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['written']);
});

test('what was written long ago holds no call', async () => {
  await start();
  channel.message('popUp', aPopUp());
  desk.drafts.of(aPopUp()).change({ notes: 'Dice que' });
  await wait(40_000);
  channel.message('popUpClosed', aPopUp());

  expect(desk.popUps.open).toEqual([]);
});

test('after the agent left nothing is asked any more', async () => {
  await start();
  desk.leave();
  asked = [];
  await wait(150_000);
  expect(asked).toEqual([]);
  expect(channel).toBeDefined();
});
