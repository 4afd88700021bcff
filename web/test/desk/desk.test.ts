// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { FollowUp, Me, Outcome, Page, PopUp, WorkEntry, WrapUp } from '../../src/api/types.js';
import { Desk } from '../../src/desk/desk.js';
import type { ChannelEvents } from '../../src/pop-ups/live-connection.js';
import { aPopUp, Pending, replacing, settle } from '../builders.js';

const attended: Outcome = { code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true };
const ana: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };

let popUps: PopUp[];
let asked: string[];
let channel: ChannelEvents;
let desk: Desk;
let wrapUps: Map<string, WrapUp>;
let refuses: boolean;
let opens: boolean;
let tries: number;
let undone: '' | 'late';
let outcomeRequired: boolean;
let roles: readonly string[];

/** The server, with the pop-ups that are open. */
async function server(url: string, init: RequestInit = {}): Promise<Response> {
  const path = url.split('?')[0] ?? '';
  asked.push(`${init.method ?? 'GET'} ${path}`);
  if (path === '/api/pop-ups') return Response.json({ items: popUps, outcomeRequired, roles });
  if (path === '/api/outcomes') return Response.json({ items: [attended] });
  const [, callId] = /^\/api\/calls\/([^/]+)/.exec(path) ?? [];
  if (!callId) return Response.json({ items: [] });
  if (callId === 'gone') return new Response(null, { status: 404 });
  if (path.endsWith('/acknowledge')) return new Response(null, { status: 204 });
  if (path.endsWith('/undo')) {
    if (undone === 'late') return Response.json({ detail: 'Pasó más de un minuto.' }, { status: 409 });
    wrapUps.delete(callId);
    return Response.json({ wrapUp: null, outcome: null });
  }

  if (path.endsWith('/wrap-up')) {
    if (refuses) return Response.json({ detail: 'No se puede.' }, { status: 400 });
    const sent = { ...JSON.parse(String(init.body)), draft: url.includes('draft=true') };
    const stamp = { agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag: String(asked.length) };
    wrapUps.set(callId, { ...sent, ...stamp });
    return Response.json(wrapUps.get(callId));
  }

  return Response.json({ ...aPopUp({ callId }), ...replacing(wrapUps.get(callId)) });
}

/** Lets time go by, in steps in which what follows from it happens. */
async function wait(ms: number): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    vi.advanceTimersByTime(Math.min(5_000, end - Date.now()));
    await settle();
  }
}

async function start(me = ana): Promise<void> {
  desk.start(me);
  for (let turn = 0; turn < 5; turn++) await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  // Not near midnight, when the desk reads the new day: tests that want that say so.
  vi.setSystemTime(new Date('2026-03-02T18:00:00Z'));
  localStorage.clear();
  popUps = [];
  asked = [];
  wrapUps = new Map();
  refuses = false;
  opens = true;
  tries = 0;
  undone = '';
  outcomeRequired = false;
  roles = ['agent'];
  desk = aDesk();
});

const aDesk = () =>
  new Desk(new ApiClient({ fetch: (url, init) => server(String(url), init) }), async () => async (events) => {
    tries++;
    if (!opens) throw new Error('The channel does not open.');
    channel = events;
    return { close: async () => {} };
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

test('an outcome that is obligatory from now on is asked for without a reload, and without a further request', async () => {
  await start();
  const drawn = vi.fn();
  desk.watch(drawn);
  await wait(60_000);
  expect([desk.outcomeRequired, drawn.mock.calls.length]).toEqual([false, 0]);
  outcomeRequired = true;
  asked = [];
  await wait(70_000);

  expect([desk.outcomeRequired, drawn.mock.calls.length]).toEqual([true, 1]);
  expect(new Set(asked)).toEqual(new Set(['GET /api/pop-ups']));
});

test('a call that a colleague took stays while the agent writes about it, also in a pause of the typing', async () => {
  await start();
  for (const callId of ['written', 'read']) channel.message('popUp', aPopUp({ callId }));
  desk.drafts.get(aPopUp({ callId: 'written' })).change({ notes: 'Dice que' });
  await wait(5_000);
  expect(desk.drafts.get(aPopUp({ callId: 'written' })).state).toBe('kept');
  for (const callId of ['written', 'read']) {
    channel.message('popUpClosed', { ...aPopUp({ callId }), answeredBy: { agentId: 'luis', name: 'Luis' } });
  }

  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['written']);
});

test('what was written long ago holds no call', async () => {
  await start();
  channel.message('popUp', aPopUp());
  desk.drafts.get(aPopUp()).change({ notes: 'Dice que' });
  await wait(40_000);
  channel.message('popUpClosed', aPopUp());

  expect(desk.popUps.open).toEqual([]);
});

test('a card whose draft is refused after it was put away comes back with what was typed', async () => {
  await start();
  channel.message('popUp', aPopUp());
  await desk.drafts.get(aPopUp()).load();
  refuses = true;
  desk.drafts.get(aPopUp()).change({ notes: 'Paga el viernes' });
  void desk.drafts.get(aPopUp()).flush();
  await desk.popUps.acknowledge(aPopUp());
  await wait(1_000);

  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['1001']);
  expect(desk.drafts.get(aPopUp()).text.notes).toBe('Paga el viernes');
});

/** What was typed about a call, and had not reached the server when the page was loaded anew. */
function leave(callId: string, agentId = 'ana', text: object = { notes: 'Paga el viernes' }, etag?: string): void {
  localStorage.setItem(`cmw.draft.${agentId}|office|${callId}`, JSON.stringify({ text, etag }));
}

const left = () => Object.keys(localStorage).filter((key) => key.startsWith('cmw.draft.'));

test('what was left on this machine is saved, also of a call that is no longer on the screen', async () => {
  leave('1001');
  leave('gone');
  leave('1002', 'ana.maria');
  await start();
  await wait(5_000);

  expect(wrapUps.get('1001')).toMatchObject({ notes: 'Paga el viernes', draft: true });
  expect(desk.popUps.open).toEqual([]);
  // That of another agent is theirs.
  expect(left()).toEqual(['cmw.draft.ana.maria|office|1002']);
});

test('a correction that was not sent before the page was loaded anew is on the screen', async () => {
  wrapUps.set('1001', {
    outcome: 'attended',
    draft: false,
    agentId: 'ana',
    updatedAt: '2026-03-02T15:00:00Z',
    etag: '1',
  });
  leave('1001', 'ana', { outcome: 'attended', notes: 'Pagó la mitad' }, '1');
  await start();
  await wait(5_000);

  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['1001']);
});

test('a call of which something was typed while its outcome was sent stays on the screen', async () => {
  await start();
  for (const callId of ['typed', 'sent']) {
    channel.message('popUp', aPopUp({ callId, state: 'ended' }));
    await desk.drafts.get(aPopUp({ callId })).load();
    desk.drafts.get(aPopUp({ callId })).change({ outcome: 'attended' });
    const sending = desk.drafts.get(aPopUp({ callId })).send();
    if (callId === 'typed') desk.drafts.get(aPopUp({ callId })).change({ notes: 'y algo más' });
    await sending;
  }

  await wait(1_000);
  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['typed']);
});

/** Writes and saves the outcome of a call. */
async function save(callId: string): Promise<void> {
  const draft = desk.drafts.get(aPopUp({ callId }));
  await draft.load();
  draft.change({ outcome: 'attended', notes: 'Paga el viernes' });
  await draft.send();
  await settle();
}

test('a call that is saved while it goes on stays until its end, and then goes by itself', async () => {
  vi.setSystemTime(new Date('2026-03-02T20:00:00Z'));
  await start();
  channel.message('popUp', aPopUp({ revision: 1 }));
  desk.popUps.reopen(aPopUp({ callId: 'listed', revision: 1 }));
  for (const callId of ['1001', 'listed']) await save(callId);
  expect(desk.popUps.open).toHaveLength(2);

  channel.message('popUpClosed', aPopUp({ state: 'ended', revision: 2 }));
  channel.calls([aPopUp({ callId: 'listed', state: 'ended', revision: 2 })]);
  expect(desk.popUps.open).toEqual([]);
});

test('a save can be taken back for a minute: the card is there again with what was typed', async () => {
  await start();
  channel.message('popUp', aPopUp({ state: 'ended', revision: 1 }));
  await save('1001');
  expect(desk.popUps.open).toEqual([]);
  expect(desk.saves.last?.wrapUp.outcome).toBe('attended');

  await desk.undo();
  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['1001']);
  expect(desk.drafts.get(aPopUp()).text).toMatchObject({ outcome: 'attended', notes: 'Paga el viernes' });
  expect(desk.saves.last).toBeUndefined();
  // The server opens its pop-up again, and tells so.
  channel.message('popUpChanged', aPopUp({ state: 'ended', revision: 3 }));
  await wait(5_000);
  expect(wrapUps.get('1001')).toMatchObject({ draft: true, notes: 'Paga el viernes' });

  await save('1001');
  await wait(59_000);
  expect(desk.saves.last).toBeDefined();
  await wait(2_000);
  expect(desk.saves.last).toBeUndefined();
});

test('of several saves the newest is taken back first', async () => {
  await start();
  for (const callId of ['1', '2']) {
    channel.message('popUp', aPopUp({ callId, state: 'ended' }));
    await save(callId);
  }

  expect((await desk.undo())?.callId).toBe('2');
  expect((await desk.undo())?.callId).toBe('1');
  expect(await desk.undo()).toBeUndefined();
});

test('an undo that comes too late says what stands', async () => {
  await start();
  channel.message('popUp', aPopUp({ state: 'ended' }));
  await save('1001');
  wrapUps.set('1001', {
    outcome: 'paid',
    draft: false,
    agentId: 'sofia',
    agentName: 'Sofía',
    updatedAt: '2026-03-02T15:00:00Z',
    etag: 'hers',
  });
  undone = 'late';

  expect(await desk.undo()).toBeUndefined();
  expect(desk.saves.last).toMatchObject({ error: { status: 409 }, stands: { outcome: 'paid', agentName: 'Sofía' } });
  expect(desk.drafts.get(aPopUp()).text.outcome).toBe('paid');
  expect(desk.popUps.open).toEqual([]);
});

test('a save that the server refuses leaves the card with all that was typed', async () => {
  await start();
  channel.message('popUp', aPopUp({ state: 'ended' }));
  refuses = true;
  await save('1001');

  expect(desk.popUps.open.map((open) => open.callId)).toEqual(['1001']);
  expect(desk.saves.last).toBeUndefined();
  expect(desk.drafts.get(aPopUp()).text).toMatchObject({ outcome: 'attended', notes: 'Paga el viernes' });
});

test('another agent who signs in finds nothing of the one before', async () => {
  await start();
  channel.message('popUp', aPopUp());
  desk.drafts.get(aPopUp()).change({ notes: 'de Ana' });
  await Promise.all([desk.missed.read(), desk.live.read()]);
  channel.message('popUp', aPopUp({ callId: 'missed', state: 'ended' }));
  channel.message('popUp', aPopUp({ callId: 'live' }));
  expect(desk.missed.calls.map((call) => call.callId)).toEqual(['missed']);
  expect(desk.live.calls.map((call) => call.callId)).toEqual(['live']);
  desk.dialler.endpointId = '1001';
  desk.dialler.contactFirst = true;
  desk.dialler.current = { click: { who: 'José' }, input: {}, key: 'key', before: new Set() };
  desk.pause();
  // The first page of the one before is still on its way.
  const pages = new Pending<Page<FollowUp>>();
  vi.spyOn(desk.api, 'followUps').mockImplementation(pages.ask);
  const reading = desk.followUps.read();
  desk.start({ ...ana, id: 'luis', name: 'Luis' });
  await pages.answer({ items: [] });
  await reading;
  expect(desk.popUps.open).toEqual([]);
  for (const list of [desk.calls, desk.missed, desk.live]) expect(list.calls).toEqual([]);
  expect(desk.followUps.loaded).toBe(false);
  expect(desk.dialler.current).toBeUndefined();
  expect(desk.dialler.endpointId).toBeUndefined();
  expect(desk.dialler.contactFirst).toBe(false);
  expect(desk.drafts.get(aPopUp()).text.notes).toBe('');
  await wait(5_000);
  expect(wrapUps.size).toBe(0);
  expect(left()).toEqual(['cmw.draft.ana|office|1001']);
});

test('the same agent who signs in again finds all as it was', async () => {
  await start();
  channel.message('popUp', aPopUp());
  popUps = [aPopUp()];
  desk.dialler.endpointId = '1001';
  desk.pause();
  desk.start(ana);
  expect(desk.popUps.open).toHaveLength(1);
  expect(desk.dialler.endpointId).toBe('1001');
});

test('a tab that nobody looks at asks for nothing but the pop-ups', async () => {
  vi.setSystemTime(new Date('2026-03-02T15:00:00Z'));
  await start();
  desk.pause();
  desk.start({ ...ana, roles: ['supervisor'] });
  await settle();
  await desk.live.read();
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  asked = [];
  await wait(70_000);
  expect(new Set(asked)).toEqual(new Set(['GET /api/pop-ups']));
});

test('the calls that go on are asked for again only where their list was opened', async () => {
  await start(supervisor);
  await wait(70_000);
  expect(asked).not.toContain('GET /api/live-calls');
  await desk.live.read();
  asked = [];
  await wait(70_000);
  expect(asked).toContain('GET /api/live-calls');
});

test('a supervisor’s lists go on with what the channel tells, however much it is, and nothing is asked for it', async () => {
  vi.setSystemTime(new Date('2026-03-02T20:00:00Z'));
  await start(supervisor);
  await Promise.all([desk.live.read(), desk.missed.read()]);
  await wait(15_000);
  asked = [];
  for (const state of ['ringing', 'ended'] as const) {
    for (let id = 0; id < 40; id++)
      channel.calls([aPopUp({ callId: String(id), agentName: 'Luis', agentId: 'luis', state })]);
    expect(desk.calls.calls).toHaveLength(40);
    // A call that has ended leaves the list of those that go on at once.
    expect(desk.live.calls).toHaveLength(state === 'ringing' ? 40 : 0);
  }

  await wait(10_000);
  expect(desk.live.calls).toEqual([]);
  expect(desk.missed.calls).toHaveLength(40);
  expect(desk.missed.calls[0]).toMatchObject({ state: 'ended', agentName: 'Luis' });
  expect(desk.popUps.open).toEqual([]);
  expect(asked.filter((path) => path !== 'GET /api/pop-ups')).toEqual([]);
});

test('in a team’s list a supervisor’s own call has her name too', async () => {
  await start(supervisor);
  channel.message('popUp', aPopUp({ agentId: supervisor.id }));
  expect(desk.calls.calls.map((call) => call.agentName)).toEqual([supervisor.name]);
});

test('a call that an agent is done with goes on in the list, and on the card that was opened from it', async () => {
  vi.setSystemTime(new Date('2026-03-02T20:00:00Z'));
  await start();
  channel.message('popUp', aPopUp());
  channel.message('popUpClosed', aPopUp());
  desk.popUps.reopen(aPopUp());
  channel.calls([aPopUp({ state: 'ended' })]);
  expect(desk.calls.calls.map((call) => call.state)).toEqual(['ended']);
  expect(desk.popUps.open.map((card) => card.state)).toEqual(['ended']);
});

test('while a call goes on that an agent is done with, the list is read once a minute: a message may be lost', async () => {
  vi.setSystemTime(new Date('2026-03-02T20:00:00Z'));
  popUps = [aPopUp()];
  await start();
  channel.message('popUp', aPopUp());
  expect(await counted()).toEqual({ 'GET /api/pop-ups': between(9, 12) });
  channel.message('popUp', aPopUp({ callId: 'away' }));
  channel.message('popUpClosed', aPopUp({ callId: 'away' }));
  asked = [];
  await wait(70_000);
  expect(asked).toContain('GET /api/calls');
});

test.each([
  ['the network is back', () => window.dispatchEvent(new Event('online'))],
  ['the agent looks at the page again', () => document.dispatchEvent(new Event('visibilitychange'))],
])('where %s all is read again, and what waits is saved', async (_, event) => {
  await start();
  window.dispatchEvent(new Event('offline'));
  expect(desk.connection.state).toBe('offline');
  const draft = desk.drafts.get(aPopUp());
  await draft.load();
  const server = vi.spyOn(desk.api, 'saveWrapUp').mockRejectedValueOnce(new ApiError(0));
  draft.change({ notes: 'Dice que' });
  await draft.flush();
  expect(draft.state).toBe('waiting');
  asked = [];
  event();
  await settle();
  await settle();
  expect(desk.connection.state).toBe('connected');
  expect(asked).toEqual(expect.arrayContaining(['GET /api/pop-ups', 'GET /api/calls', 'GET /api/follow-ups']));
  expect(server).toHaveBeenCalledTimes(2);
});

test('a new day begins by itself, and in a tab that nobody looks at once somebody does', async () => {
  vi.setSystemTime(new Date('2026-03-03T05:59:30Z')); // 23:59:30 in Costa Rica
  await start();
  await desk.workList.read();
  asked = [];
  await wait(65_000);
  expect(asked).toContain('GET /api/calls');
  expect(asked.filter((path) => path === 'GET /api/work-list')).toHaveLength(1);

  vi.setSystemTime(new Date('2026-03-04T05:59:30Z'));
  look(false);
  asked = [];
  await wait(65_000);
  expect(asked).not.toContain('GET /api/calls');
  look(true);
  await settle();
  expect(asked).toContain('GET /api/calls');
});

const tenMinutes = 600_000;
const supervisor: Me = { ...ana, id: 'sofia', roles: ['supervisor'] };

/** Somebody looks at the tab, or turns to another one. */
function look(at: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(!at);
  document.dispatchEvent(new Event('visibilitychange'));
}

/** How often each address is asked in ten minutes. */
async function counted(): Promise<Record<string, number>> {
  asked = [];
  await wait(tenMinutes);
  const counts: Record<string, number> = {};
  for (const path of asked) counts[path] = (counts[path] ?? 0) + 1;
  return counts;
}

const between = (least: number, most: number) => ({
  asymmetricMatch: (count: unknown) => Number(count) >= least && Number(count) <= most,
});

test.each([
  ['an agent', ana],
  ['a supervisor', supervisor],
])(
  'in ten minutes a tab of %s that nobody looks at asks for nothing but the open pop-ups, once a minute',
  async (_, me) => {
    await start(me);
    await Promise.all([desk.live.read(), desk.missed.read()]);
    look(false);
    expect(await counted()).toEqual({ 'GET /api/pop-ups': between(9, 12) });
  },
);

test('so does one whose channel does not open', async () => {
  opens = false;
  await start(supervisor);
  look(false);
  expect(await counted()).toEqual({ 'GET /api/pop-ups': between(9, 12) });
  expect(tries).toBeLessThan(30);
});

test('in ten minutes an agent’s tab asks for the open pop-ups, and messages tell the rest', async () => {
  await start();
  expect(await counted()).toEqual({ 'GET /api/pop-ups': between(9, 12) });
});

test('in ten minutes a supervisor’s tab asks for the pop-ups and the opened lists once a minute', async () => {
  await start(supervisor);
  await desk.live.read();
  expect(await counted()).toEqual({
    'GET /api/pop-ups': between(9, 12),
    'GET /api/calls': between(9, 12),
    'GET /api/live-calls': between(9, 12),
  });
});

test('while messages don’t come a supervisor’s tab asks for the opened lists four times a minute', async () => {
  opens = false;
  await start(supervisor);
  await desk.live.read();
  expect(await counted()).toEqual({
    'GET /api/pop-ups': between(40, 90),
    'GET /api/calls': between(35, 50),
    'GET /api/live-calls': between(35, 50),
  });
});

test('at the first opening of the channel an agent’s list learns from the pop-ups what came meanwhile', async () => {
  popUps = [aPopUp({ callId: 'now', startedAt: new Date().toISOString() }), aPopUp({ callId: 'old', state: 'ended' })];
  await start();
  expect(asked.filter((request) => request === 'GET /api/pop-ups')).toHaveLength(2);
  expect(asked.filter((request) => request === 'GET /api/calls')).toHaveLength(1);
  expect(desk.calls.calls.map((call) => call.callId)).toEqual(['now']);
});

test.each([
  ['is an open pop-up', 'once', [aPopUp()], 1],
  ['is none, as the agent is done with it,', 'twice', [], 2],
])('at that opening the list with a call that goes on and %s is read %s', async (_, __, open, times) => {
  popUps = [...open];
  const calls = vi.spyOn(desk.api, 'calls').mockResolvedValue({ items: [aPopUp()] });
  // The first answer about the pop-ups is the last to come.
  const pending = new Pending<PopUp[]>();
  vi.spyOn(desk.api, 'popUps').mockImplementationOnce(pending.ask);
  await start();
  expect(desk.connection.state).toBe('connected');
  await pending.answer(popUps);
  for (let turn = 0; turn < 5; turn++) await settle();

  expect(calls).toHaveBeenCalledTimes(times);
});

test('where the channel opens again, all lists that were opened are read', async () => {
  await start(supervisor);
  await Promise.all([desk.live.read(), desk.missed.read()]);
  asked = [];
  channel.lost();
  await wait(2_000);
  expect(desk.connection.state).toBe('connected');
  expect(asked.sort()).toEqual([
    'GET /api/calls',
    'GET /api/live-calls',
    'GET /api/me',
    'GET /api/missed-calls',
    'GET /api/pop-ups',
  ]);
});

test('while messages don’t come an agent’s tab asks for the calls too', async () => {
  opens = false;
  await start();
  const counts = await counted();
  expect(counts).toEqual({ 'GET /api/pop-ups': between(40, 90), 'GET /api/calls': between(35, 50) });
});

test('after a break of the channel a tab that nobody looks at reads the pop-ups, and the rest when somebody does', async () => {
  await start();
  look(false);
  asked = [];
  channel.lost();
  await wait(2_000);
  expect(desk.connection.state).toBe('connected');
  expect(asked.sort()).toEqual(['GET /api/me', 'GET /api/pop-ups']);
  look(true);
  await settle();
  expect(asked).toEqual(expect.arrayContaining(['GET /api/calls', 'GET /api/follow-ups', 'GET /api/outcomes']));
});

test('what waits is saved when the channel opens again, also in a tab that nobody looks at', async () => {
  await start();
  const draft = desk.drafts.get(aPopUp());
  await draft.load();
  const server = vi.spyOn(desk.api, 'saveWrapUp').mockRejectedValueOnce(new ApiError(0));
  draft.change({ notes: 'Dice que' });
  await draft.flush();
  expect(draft.state).toBe('waiting');
  look(false);
  channel.lost();
  await wait(1_500);
  expect(server).toHaveBeenCalledTimes(2);
});

test('who goes to and fro between two tabs has all read once', async () => {
  await start();
  await wait(20_000);
  asked = [];
  for (let turn = 0; turn < 10; turn++) {
    look(false);
    look(true);
    await wait(500);
  }

  await wait(10_000);
  expect(asked.filter((path) => path === 'GET /api/calls')).toHaveLength(2);
});

test('a slow server is not asked for the calls that go on while they are on their way', async () => {
  await start(supervisor);
  await desk.live.read();
  vi.spyOn(desk.api, 'liveCalls').mockReturnValue(new Promise(() => {}));
  await wait(200_000);
  expect(desk.api.liveCalls).toHaveBeenCalledOnce();
});

test('the notice of a click goes once its call is answered', async () => {
  await start();
  const dial = { dialId: 'd1', state: 'placed', number: { display: '8888 1234', kind: 'number' }, order: 'agentFirst' };
  desk.dialler.current = {
    click: { who: 'José' },
    input: {},
    key: 'key',
    dial,
  } as unknown as typeof desk.dialler.current;
  channel.message('popUp', aPopUp({ dialId: 'd1', revision: 1 }));
  expect(desk.dialler.current).toBeDefined();
  channel.message('popUpChanged', aPopUp({ dialId: 'd1', state: 'connected', revision: 2 }));
  expect(desk.dialler.current).toBeUndefined();
});

test('after the agent left nothing is asked any more', async () => {
  await start();
  desk.leave();
  asked = [];
  await wait(150_000);
  expect(asked).toEqual([]);
  expect(desk.connection.state).toBe('stopped');
  channel.message('popUp', aPopUp());
  expect(desk.popUps.open).toEqual([]);
});

test('what an agent wrote is not sent once their session is over, until they are there again', async () => {
  const luis: Me = { ...ana, id: 'luis', name: 'Luis' };
  const puts = () => asked.filter((each) => each.startsWith('PUT'));
  await start();
  const draft = desk.drafts.get(aPopUp());
  await draft.load();
  draft.change({ notes: 'Lo escribe Ana' });
  desk.pause();
  window.dispatchEvent(new Event('online'));
  await wait(60_000);
  await draft.send();
  await start(luis);
  await wait(60_000);
  expect(puts()).toEqual([]);

  await start(ana);
  await wait(5_000);
  expect(puts()).toEqual(['PUT /api/calls/1001/wrap-up']);
  expect(wrapUps.get('1001')).toMatchObject({ notes: 'Lo escribe Ana' });
});

test('the same agent goes on where the session was over', async () => {
  await start();
  const draft = desk.drafts.get(aPopUp());
  await draft.load();
  draft.change({ notes: 'Lo escribe Ana' });
  desk.pause();
  await wait(60_000);
  expect(draft.state).toBe('typed');
  await start(ana);
  expect(draft.state).toBe('kept');
});

test('the list of today follows the missed calls, once it was looked at', async () => {
  const reads = () => asked.filter((each) => each === 'GET /api/work-list').length;
  await start();
  const missed = aPopUp({ state: 'ended', connectedAt: undefined });
  channel.calls([missed]);
  await wait(5_000);
  expect(reads()).toBe(0);

  await desk.workList.read();
  channel.calls([aPopUp({ state: 'connected' })]);
  await wait(5_000);
  expect(reads()).toBe(1);
  channel.message('popUpChanged', missed);
  channel.calls([{ ...missed, revision: 7, returned: { agentId: 'luis', at: '2026-03-02T15:00:00Z' } } as PopUp]);
  await wait(5_000);
  expect(reads(), 'several in a row are one reading').toBe(2);
});

test('who has become a supervisor is told by what they hear, and calls nobody else’s people', async () => {
  await start();
  const workList = vi.spyOn(desk.api, 'workList');
  const others = vi.fn();
  desk.onOtherRoles = others;
  await desk.workList.read();
  channel.calls([aPopUp({ callId: 'own' }), aPopUp({ callId: 'other', agentId: 'luis' })]);
  channel.calls([aPopUp({ callId: 'nobody', agentId: undefined })]);
  expect(desk.calls.calls.map(({ callId }) => callId)).toEqual(['own']);
  expect(others).toHaveBeenCalledTimes(1);

  roles = ['supervisor'];
  await wait(70_000);
  expect(others).toHaveBeenCalledTimes(2);
  asked = [];
  desk.setMe({ ...ana, roles });
  await settle();
  expect(asked).toEqual(expect.arrayContaining(['GET /api/calls', 'GET /api/work-list']));
  expect(desk.calls.calls, 'the agent’s own calls are no part of the team’s first page').toEqual([]);
  expect([workList.mock.calls[0]?.[0], workList.mock.lastCall?.[0]]).toEqual(['ana', undefined]);
  await wait(70_000);
  expect(others).toHaveBeenCalledTimes(2);
});

test('a follow-up that is done in one list leaves the other', async () => {
  await start();
  const item = { followUpId: 'f', dueAt: '2026-03-02T15:00:00Z', contactId: 'c' } as FollowUp;
  const entry = { kind: 'followUp', id: 'f', agentId: 'ana', account: 'a', callId: 'c', number: {} } as WorkEntry;
  vi.spyOn(desk.api, 'followUps').mockResolvedValue({ items: [item] });
  vi.spyOn(desk.api, 'workList').mockResolvedValue({ items: [entry] });
  const close = vi.spyOn(desk.api, 'closeFollowUp').mockResolvedValue();
  const read = () => Promise.all([desk.followUps.read(), desk.workList.read()]);
  await read();
  await desk.workList.close(entry);
  expect([desk.followUps.open, desk.workList.open]).toEqual([[], []]);

  await read();
  await desk.followUps.close(item);
  expect([desk.followUps.open, desk.workList.open]).toEqual([[], []]);

  await read();
  close.mockRejectedValueOnce(new ApiError(503));
  await desk.workList.close(entry);
  expect([desk.followUps.open, desk.workList.open]).toEqual([[item], [entry]]);
});

test('a pause that the agent began at another screen is shown, without a request', async () => {
  await start();
  const before = asked.length;
  channel.presence({ paused: true, reason: 'reunion', since: '2026-03-02T18:00:00Z' });
  expect(desk.presence.presence).toMatchObject({ paused: true, reason: 'reunion' });
  expect(asked).toHaveLength(before);
});
