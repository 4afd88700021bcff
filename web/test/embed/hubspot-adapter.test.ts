// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import type { EmbedCall, EmbedEvents } from '../../src/embed/embed-types.js';
import { type HubSpot, HubSpotAdapter } from '../../src/embed/hubspot-adapter.js';
import { isOfHubSpot, tokensAddress } from '../../src/embed/hubspot-origin.js';

const call: EmbedCall = {
  account: 'office',
  callId: '1001',
  direction: 'in',
  number: { e164: '+50688881234', display: '8888 1234', kind: 'number' },
  endpointId: '2001',
  line: '4000-2001',
  startedAt: '2026-03-02T15:00:00Z',
};
const answered = { ...call, connectedAt: '2026-03-02T15:00:05Z' };
const ended = { ...answered, endedAt: '2026-03-02T15:01:05Z', durationSeconds: 60 };

function adapted() {
  const said: [string, unknown][] = [];
  const hubSpot = new Proxy({} as HubSpot, {
    get: (_, name: string) => (data?: unknown) => said.push([name, data]),
  });
  const phone = Object.assign(new EventTarget(), {
    dial: vi.fn(async () => ({ dialId: 'd1' })),
    showContact: async () => {},
    setPresence: async () => {},
  });
  const adapter = new HubSpotAdapter(phone, hubSpot, { noHangUp: 'Hang up on your phone.' });
  const tell = <Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]) =>
    phone.dispatchEvent(new CustomEvent(name, { detail }));
  return { adapter, phone, said, tell };
}

test('HubSpot is told who is signed in once both are there', () => {
  const { adapter, said, tell } = adapted();

  adapter.ready();
  tell('ready', { agentId: 'ana', name: 'Ana' });

  expect(said).toEqual([
    ['initialized', { isLoggedIn: false }],
    ['userLoggedIn', undefined],
    ['userAvailable', undefined],
  ]);
});

test('a call becomes an engagement with its outcome', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();
  said.length = 0;
  const externalCallId = 'office|1001';

  tell('call-started', call);
  adapter.engaged({ engagementId: 77, externalCallId });
  tell('call-answered', answered);
  tell('call-ended', ended);
  tell('wrap-up-saved', {
    account: 'office',
    callId: '1001',
    outcome: 'paid',
    outcomeLabel: 'Pagó',
    notes: 'Por SINPE',
  });

  expect(said.map(([name]) => name)).toEqual(['incomingCall', 'callAnswered', 'callEnded', 'callCompleted']);
  expect(said[0]?.[1]).toEqual({
    externalCallId,
    callStartTime: Date.parse(call.startedAt),
    createEngagement: true,
    fromNumber: '+50688881234',
    toNumber: '4000-2001',
  });
  expect(said[2]?.[1]).toEqual({ externalCallId, callEndStatus: 'COMPLETED', engagementId: 77 });
  expect(said[3]?.[1]).toMatchObject({
    externalCallId,
    engagementId: 77,
    engagementProperties: {
      hs_call_title: 'Pagó',
      hs_call_body: 'Por SINPE',
      hs_call_direction: 'INBOUND',
      hs_call_duration: '60000',
      hs_call_status: 'COMPLETED',
      hs_call_from_number: '+50688881234',
    },
  });
});

test('of a phone without a number HubSpot is told none, and not the operator’s id', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();
  tell('call-started', { ...call, line: undefined } as EmbedCall);
  tell('call-started', { ...call, callId: '1002', direction: 'out' });

  expect(said.slice(-2)).toMatchObject([
    ['incomingCall', { toNumber: '' }],
    ['outgoingCall', { fromNumber: '4000-2001' }],
  ]);
});

test('an outcome that is taken back leaves the engagement without one', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();
  tell('call-started', call);
  const of = { account: 'office', callId: '1001' };
  tell('wrap-up-saved', { ...of, outcome: 'paid', outcomeLabel: 'Pagó', notes: 'Por SINPE' });
  tell('wrap-up-undone', of);

  expect(said.at(-1)).toMatchObject([
    'callCompleted',
    { engagementProperties: { hs_call_title: '', hs_call_body: '' } },
  ]);
});

test('of the calls of an agent before nothing more is told, and those of the same agent go on', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();
  tell('ready', { agentId: 'ana', name: 'Ana' });
  tell('call-started', call);
  tell('ready', { agentId: 'ana', name: 'Ana' });
  tell('wrap-up-saved', { account: 'office', callId: '1001', outcome: 'paid' });
  expect(said.at(-1)?.[0]).toBe('callCompleted');

  tell('ready', { agentId: 'luis', name: 'Luis' });
  said.length = 0;
  tell('wrap-up-saved', { account: 'office', callId: '1001', outcome: 'paid' });
  expect(said).toEqual([]);
});

test('a missed call and one that nobody took end as such', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();

  tell('call-ended', call);
  tell('call-ended', { ...call, callId: '1002', direction: 'out' });

  expect(said.slice(1).map(([, data]) => (data as { callEndStatus: string }).callEndStatus)).toEqual([
    'MISSED',
    'NO_ANSWER',
  ]);
});

test('a call that comes to the agent again stays one engagement', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();
  said.length = 0;
  tell('call-started', call);
  adapter.engaged({ engagementId: 77, externalCallId: 'office|1001' });
  tell('call-ended', { ...call, answeredBy: { agentId: 'luis', name: 'Luis' } });
  tell('call-started', call);

  expect(said.map(([name, data]) => [name, (data as { createEngagement?: boolean }).createEngagement])).toEqual([
    ['incomingCall', true],
    ['callEnded', undefined],
    ['incomingCall', false],
  ]);
});

test('a number that is pressed in HubSpot is dialled', async () => {
  const { adapter, phone } = adapted();

  await adapter.dial({ phone_number: '+50622223333' });
  await adapter.dial({ phoneNumber: '+50622224444' });
  await adapter.dial(undefined);

  expect(phone.dial.mock.calls).toEqual([['+50622223333'], ['+50622224444']]);
});

test('calls among colleagues stay in the office', () => {
  const { adapter, said, tell } = adapted();
  adapter.ready();
  said.length = 0;

  for (const name of ['call-started', 'call-answered', 'call-ended'] as const)
    tell(name, { ...ended, direction: 'internal' });

  expect(said).toEqual([]);
});

test('only pages of HubSpot are heard, and on one’s own machine those of it', () => {
  const office = { hostname: 'office.example' };
  for (const origin of ['https://app.hubspot.com', 'https://app-eu1.hubspot.com'])
    expect(isOfHubSpot(origin, office)).toBe(true);
  for (const origin of [
    'https://app.hubspot.com.evil.example',
    'http://app.hubspot.com',
    'http://127.0.0.1:7080',
    'null',
  ])
    expect(isOfHubSpot(origin, office)).toBe(false);
  expect(isOfHubSpot('http://127.0.0.1:7080', { hostname: '127.0.0.1' })).toBe(true);
});

test('tokens come from an https address alone', () => {
  const said = (tokens: string, hostname = 'office.example') =>
    tokensAddress({ search: `?${new URLSearchParams({ tokens })}`, hostname });

  expect(said('https://crm.example/token')).toBe('https://crm.example/token');
  for (const wrong of ['', '/token', 'http://crm.example/token', 'http://127.0.0.1/token'])
    expect(said(wrong)).toBeUndefined();
  expect(said('http://127.0.0.1:7080/token', '127.0.0.1')).toBe('http://127.0.0.1:7080/token');
});
