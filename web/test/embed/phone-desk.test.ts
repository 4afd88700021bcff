// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Contact, PopUp } from '../../src/api/types.js';
import { PhoneDesk } from '../../src/embed/phone-desk.js';
import type { ChannelEvents } from '../../src/pop-ups/live-connection.js';
import { aPopUp, settle } from '../builders.js';

const over: Partial<PopUp> = { state: 'ended', startedAt: '2026-03-02T17:59:50Z', endedAt: '2026-03-02T17:59:58Z' };
const longOver: Partial<PopUp> = { state: 'ended', startedAt: '2026-03-02T17:50:00Z', endedAt: '2026-03-02T17:55:00Z' };

let popUps: PopUp[];
let channel: ChannelEvents;
let told: string[];
let phone: PhoneDesk;

async function server(url: string): Promise<Response> {
  if (url.startsWith('/api/contacts/'))
    return Response.json({ contactId: 'c1', phones: [] } satisfies Partial<Contact>);
  return Response.json({ items: url.startsWith('/api/pop-ups') ? popUps : [] });
}

async function soon(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await settle();
}

async function start(): Promise<void> {
  phone.start({ id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '2001' }] });
  await soon();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  vi.setSystemTime(new Date('2026-03-02T18:00:00Z'));
  localStorage.clear();
  popUps = [];
  told = [];
  phone = new PhoneDesk({
    api: new ApiClient({ fetch: (url) => server(String(url)) }),
    openChannel: async () => async (events) => {
      channel = events;
      return { close: async () => {} };
    },
    tell: (name, { callId }) => told.push(`${name} ${callId}`),
    saved: () => {},
  });
});

afterEach(() => {
  phone.stop();
  vi.useRealTimers();
});

test('a short call whose end is heard first is told whole, once', async () => {
  await start();
  channel.message('popUpChanged', aPopUp({ ...over, revision: 3 }));
  channel.message('popUp', aPopUp({ revision: 1 }));
  await soon();

  expect(told).toEqual(['call-started 1001', 'call-ended 1001']);
});

test('a short call that a reading brings before any message is told whole, once', async () => {
  await start();
  popUps = [aPopUp({ ...over, revision: 3 })];
  await phone.popUps.read();
  channel.message('popUp', aPopUp({ revision: 1 }));
  await soon();

  expect(told).toEqual(['call-started 1001', 'call-ended 1001']);
});

test('calls that were over when the phone began, or long over when it hears of them, are not told', async () => {
  popUps = [aPopUp({ ...over, callId: 'before' })];
  await start();
  popUps = [...popUps, aPopUp({ ...longOver, callId: 'long-over' }), aPopUp({ callId: 'rings' })];
  await phone.popUps.read();
  await soon();

  expect(told).toEqual(['call-started rings']);
  expect(phone.popUps.open).toHaveLength(3);
});
