// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Contact, Me, Outcome, PopUp, WrapUp } from '../../src/api/types.js';
import { PhoneDesk } from '../../src/embed/phone-desk.js';
import type { ChannelEvents } from '../../src/pop-ups/live-connection.js';
import { aPopUp, settle } from '../builders.js';

const over: Partial<PopUp> = { state: 'ended', startedAt: '2026-03-02T18:00:02Z', endedAt: '2026-03-02T18:00:06Z' };
const before: Partial<PopUp> = { state: 'ended', startedAt: '2026-03-02T17:59:00Z', endedAt: '2026-03-02T17:59:55Z' };

const ana: Me = {
  id: 'ana',
  name: 'Ana',
  roles: ['agent'],
  endpoints: [
    { endpointId: '2001', callerId: '4000-2001' },
    { endpointId: '2003', callerId: '4000-2003', private: true },
  ],
};

const attended: Outcome = { code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true };

let popUps: PopUp[];
let channel: ChannelEvents | undefined;
let told: string[];
/** The number of the agent's own phone, as it was told with each. */
let lines: unknown[];
let saved: unknown[];
/** What was told, and «saved» for each save, in the order in which it came. */
let order: string[];
/** What stands after an undo. */
let undone: WrapUp | undefined;
let phone: PhoneDesk;

async function server(url: string, init: RequestInit = {}): Promise<Response> {
  if (url.startsWith('/api/contacts/'))
    return Response.json({ contactId: 'c1', phones: [] } satisfies Partial<Contact>);
  if (url.startsWith('/api/outcomes')) return Response.json({ items: [attended] });
  if (url.includes('/wrap-up/undo')) return Response.json({ wrapUp: undone, outcome: undone?.outcome });
  if (url.includes('/wrap-up'))
    return Response.json({ ...JSON.parse(String(init.body)), draft: false, etag: '1', agentId: 'ana' });
  if (url.includes('/contact')) return Response.json(aPopUp({ contactId: JSON.parse(String(init.body)).contactId }));
  if (url.startsWith('/api/calls/')) return Response.json(aPopUp());
  return Response.json({ items: url.startsWith('/api/pop-ups') ? popUps : [] });
}

async function soon(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await settle();
}

async function start(): Promise<void> {
  phone.start(ana);
  await soon();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  vi.setSystemTime(new Date('2026-03-02T18:00:00Z'));
  localStorage.clear();
  popUps = [];
  channel = undefined;
  told = [];
  lines = [];
  saved = [];
  order = [];
  phone = new PhoneDesk({
    api: new ApiClient({ fetch: (url, init) => server(String(url), init) }),
    openChannel: async () => async (events) => {
      channel = events;
      return { close: async () => {} };
    },
    tell: (name, { callId, line }) => {
      lines.push(line);
      told.push(`${name} ${callId}`);
      order.push(`${name} ${callId}`);
    },
    saved: (_, wrapUp, contactId) => {
      saved.push([wrapUp?.outcome, contactId]);
      order.push('saved');
    },
  });
});

afterEach(() => {
  phone.stop();
  vi.useRealTimers();
});

test('a short call whose end is heard first is told whole, once', async () => {
  await start();
  vi.setSystemTime(new Date('2026-03-02T18:00:07Z'));
  channel?.message('popUpChanged', aPopUp({ ...over, revision: 3 }));
  channel?.message('popUp', aPopUp({ revision: 1 }));
  await soon();

  expect(told).toEqual(['call-started 1001', 'call-ended 1001']);
});

test('a call is told with the number of the agent’s phone, where it has one', async () => {
  await start();
  channel?.message('popUp', aPopUp());
  channel?.message('popUp', aPopUp({ callId: 'other', endpointId: '2002' }));
  channel?.message('popUp', aPopUp({ callId: 'hidden', endpointId: '2003' }));
  await soon();

  expect(lines).toEqual(['4000-2001', undefined, undefined]);
});

test('a short call that a reading brings before any message is told whole, once', async () => {
  await start();
  vi.setSystemTime(new Date('2026-03-02T18:00:07Z'));
  popUps = [aPopUp({ ...over, revision: 3 })];
  await phone.popUps.read();
  channel?.message('popUp', aPopUp({ revision: 1 }));
  await soon();

  expect(told).toEqual(['call-started 1001', 'call-ended 1001']);
});

test('a call that rang for a group, and was taken by a colleague, ends for the page', async () => {
  await start();
  channel?.message('popUp', aPopUp({ revision: 1 }));
  channel?.message('popUpClosed', aPopUp({ revision: 2, state: 'ended' }));
  await soon();
  expect(told).toEqual(['call-started 1001']);
  await vi.advanceTimersByTimeAsync(2_000);
  await soon();
  expect(told).toEqual(['call-started 1001', 'call-ended 1001']);
});

test('a call that was over when the phone began is not told, whichever way it is heard of', async () => {
  popUps = [aPopUp({ ...before, revision: 3 })];
  phone.start(ana);
  await vi.waitFor(() => expect(channel).toBeDefined());
  // Before the first reading is in.
  channel?.message('popUpChanged', aPopUp({ ...before, callId: 'changed', revision: 4 }));
  await soon();
  channel?.message('popUpChanged', aPopUp({ ...before, revision: 4 }));
  popUps = [...popUps, aPopUp({ callId: 'rings', startedAt: '2026-03-02T18:00:02Z' })];
  await phone.popUps.read();
  await soon();

  expect(told).toEqual(['call-started rings']);
});

test('a call that came and went while the phone did not hear is told for three minutes', async () => {
  await start();
  popUps = [aPopUp(over)];
  vi.setSystemTime(new Date('2026-03-02T18:03:00Z'));
  await phone.popUps.read();
  popUps = [...popUps, aPopUp({ ...over, callId: 'late' })];
  vi.setSystemTime(new Date('2026-03-02T18:03:10Z'));
  await phone.popUps.read();
  await soon();

  expect(told).toEqual(['call-started 1001', 'call-ended 1001']);
});

test.each<[string, Partial<PopUp>]>([
  ['ended', over],
  ['goes on', {}],
])(
  'what is saved of a call that %s names the contact that it was tied to after its card was opened',
  async (_, how) => {
    await start();
    channel?.message('popUp', aPopUp(how));
    const draft = phone.drafts.get(aPopUp());
    await draft.load();
    await phone.popUps.choose(aPopUp(), 'c2');
    draft.change({ outcome: 'attended' });
    await draft.send();
    await soon();

    expect(saved).toEqual([['attended', 'c2']]);
  },
);

test('a pause in another tab of the page is shown in this one, of the same agent, until the phone ends', async () => {
  await start();
  const tell = (agentId: string, paused: boolean): void => {
    const newValue = JSON.stringify({ agentId, presence: { paused } });
    window.dispatchEvent(Object.assign(new Event('storage'), { key: 'cmw.presence', newValue }));
  };
  tell('luis', true);
  expect(phone.presence.presence.paused).toBe(false);
  tell('ana', true);
  expect(phone.presence.presence.paused).toBe(true);
  phone.stop();
  tell('ana', false);
  expect(phone.presence.presence.paused).toBe(true);
});

test('a pause that the agent began in the console is shown in the phone', async () => {
  await start();
  channel?.presence({ paused: true, reason: 'reunion' });
  expect(phone.presence.presence.reason).toBe('reunion');
});

test('the next agent calls with nothing that the one before chose', async () => {
  await start();
  phone.dialler.endpointId = '2001';
  phone.dialler.contactFirst = true;
  phone.start({ ...ana, id: 'luis', name: 'Luis' });

  expect(phone.dialler).toMatchObject({ endpointId: undefined, contactFirst: false });
});

test('the next agent finds nothing of the one before, and what they had typed is not sent', async () => {
  await start();
  phone.presence.take({ ...ana, presence: { paused: true, since: '2026-03-02T17:00:00Z' } });
  channel?.message('popUp', aPopUp());
  channel?.message('popUp', aPopUp({ callId: 'saved' }));
  const draft = phone.drafts.get(aPopUp());
  await draft.load();
  draft.change({ notes: 'de Ana' });
  const other = phone.drafts.get(aPopUp({ callId: 'saved' }));
  await other.load();
  other.change({ outcome: 'attended' });
  await other.send();
  await soon();
  expect(phone.saves.last).toBeDefined();

  phone.start({ ...ana, id: 'luis', name: 'Luis' });
  await soon();
  expect([phone.agentId, phone.popUps.open, phone.saves.last]).toEqual(['luis', [], undefined]);
  expect(phone.presence.presence.paused).toBe(false);
  expect([phone.drafts.find(aPopUp()), phone.drafts.get(aPopUp()).text.notes]).toEqual([undefined, '']);

  // The same call, which came to the first agent, is new to the second.
  told = [];
  channel?.message('popUp', aPopUp());
  await soon();
  expect(told).toEqual(['call-started 1001']);
});

test('what is saved is told after what the page still has to hear of the call', async () => {
  await start();
  // The page hears of a call with its contact, for which it waits a second.
  vi.spyOn(phone.api, 'contact').mockReturnValue(new Promise(() => {}));
  channel?.message('popUp', aPopUp());
  const draft = phone.drafts.get(aPopUp());
  await draft.load();
  draft.change({ outcome: 'attended' });
  await draft.send();
  await soon();
  expect(order).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await soon();
  expect(order).toEqual(['call-started 1001', 'saved']);
});

test.each([
  ['none', undefined, undefined],
  ['a draft', { outcome: 'attended', draft: true }, undefined],
  ['what was sent before', { outcome: 'paid', draft: false }, 'paid'],
])('a save that is taken back is told with what stands then: %s', async (_, stands, outcome) => {
  undone = stands && ({ ...stands, agentId: 'ana', etag: '0' } as WrapUp);
  await start();
  channel?.message('popUp', aPopUp({ ...over, contactId: 'c1' }));
  const draft = phone.drafts.get(aPopUp());
  await draft.load();
  draft.change({ outcome: 'attended' });
  await draft.send();
  await phone.undo();
  await soon();

  expect(saved).toEqual([
    ['attended', 'c1'],
    [outcome, 'c1'],
  ]);
  expect(order.at(-1)).toBe('saved');
});

test('what another tab has stored of a draft is read here, also when the phone is looked at again', async () => {
  await start();
  popUps = [aPopUp()];
  await phone.popUps.read();
  await phone.drafts.get(aPopUp()).load();
  const read = vi.spyOn(phone.api, 'call');
  const told = { key: 'cmw.draftStored', newValue: JSON.stringify(['draft.ana|office|1001', '7']) };
  window.dispatchEvent(Object.assign(new Event('storage'), told));
  await soon();
  expect(read).toHaveBeenCalledTimes(1);

  document.dispatchEvent(new Event('visibilitychange'));
  await soon();
  expect(read).toHaveBeenCalledTimes(2);
  phone.stop();
  window.dispatchEvent(Object.assign(new Event('storage'), told));
  expect(read).toHaveBeenCalledTimes(2);
});
