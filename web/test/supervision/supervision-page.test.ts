// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { SupervisionApi } from '../../src/api/supervision-api.js';
import type { Wallboard } from '../../src/api/supervision-types.js';
import type { Me } from '../../src/api/types.js';
import { Desk } from '../../src/desk/desk.js';
import type { SupervisionPage } from '../../src/supervision/supervision-page.js';
import '../../src/supervision/supervision-page.js';
import { drawn, focused, mount, textOf } from '../dom.js';
import { aBoard, aCall, aMissed, anAgent, now } from './builders.js';

const supervisor: Me = {
  id: 'sofia',
  name: 'Sofía',
  roles: ['supervisor'],
  endpoints: [{ endpointId: '1', label: '1' }],
};
const reasons = { items: [{ code: 'almuerzo', es: 'Almuerzo', en: 'Lunch', active: true }] };

let asked: string[] = [];
let found: Wallboard = aBoard();
let status = 200;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], now });
  asked = [];
  found = aBoard();
  status = 200;
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

async function open(me: Me = supervisor, search = ''): Promise<{ page: SupervisionPage; desk: Desk }> {
  const client = new ApiClient({
    fetch: async (address) => {
      const path = String(address);
      if (path.startsWith('/api/pause-reasons')) return Response.json(reasons);
      asked.push(path);
      return Response.json(status === 200 ? found : { title: 'No' }, { status });
    },
  });
  const desk = new Desk(client, () => new Promise(() => {}));
  const page = await mount<SupervisionPage>('cmw-supervision-page', {
    api: new SupervisionApi(client),
    desk,
    me,
    search,
  });
  await shown(page);
  return { page, desk };
}

async function shown(page: SupervisionPage): Promise<void> {
  await drawn(page);
  for (const part of page.renderRoot.querySelectorAll('cmw-agents-board, cmw-calls-board')) {
    await drawn(part as SupervisionPage);
  }
}

const agentsOf = (page: SupervisionPage): string => textOf(page.renderRoot.querySelector('cmw-agents-board') as never);
const callsOf = (page: SupervisionPage): string => textOf(page.renderRoot.querySelector('cmw-calls-board') as never);

test('it says who is doing what and since when, which calls wait, and what became of the missed ones', async () => {
  found = aBoard({
    agents: [
      anAgent({ state: 'inCall', since: '2026-03-02T15:08:00Z', call: { ...aCall(), callId: 'c1' } }),
      anAgent({ agentId: 'luis', name: 'Luis Mora', state: 'paused', reason: 'almuerzo' }),
    ],
    calls: [aCall(), aCall({ callId: 'q', queued: true, contactName: undefined as never })],
    missed: [
      aMissed(),
      aMissed({ callId: 'm2', open: false, returnedByName: 'Luis Mora', returnedAfterSeconds: 240 }),
      aMissed({ callId: 'm3', open: false, returnedAfterSeconds: 4000 }),
    ],
  });
  const { page } = await open();
  expect(agentsOf(page)).toContain('Ana Solano María Rojas 2:00');
  expect(agentsOf(page)).toContain('Luis Mora Almuerzo 5:00');
  expect(callsOf(page)).toContain('8888 1234 Espera sin agente');
  expect(callsOf(page)).toContain('Sin devolver');
  expect(callsOf(page)).toContain('Devuelta por Luis Mora tras 4 min');
  expect(callsOf(page)).toContain('Devuelta tras 1 h 7 min');
  expect(textOf(page)).toContain('Perdidas sin devolver 1');
  // Only what nobody has returned is offered to be called.
  expect(page.renderRoot.querySelector('cmw-calls-board')?.shadowRoot?.querySelectorAll('button.call')).toHaveLength(1);
});

test('what the channel tells is drawn without a reading', async () => {
  const { page, desk } = await open();
  expect(asked).toEqual(['/api/wallboard?live=true']);
  desk.onWallboard({ at: '', agents: [anAgent({ state: 'wrapUp', since: '2026-03-02T15:09:50Z' })] });
  await shown(page);
  expect(agentsOf(page)).toContain('Cierre 1 Ana Solano Cierre 0:10');
  expect(asked).toHaveLength(1);
});

test('it is read once a minute, at once where the team has changed, and not once the page is left', async () => {
  const { page, desk } = await open();
  await vi.advanceTimersByTimeAsync(61_000);
  const read = asked.length;
  expect(read).toBeGreaterThan(1);
  desk.onWallboard({ at: '', reset: true });
  await vi.advanceTimersByTimeAsync(1_001);
  expect(asked).toHaveLength(read + 1);
  page.remove();
  desk.onWallboard({ at: '', reset: true });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toHaveLength(read + 1);
});

test('the team stands in the address, and choosing another reads it', async () => {
  const { page } = await open(supervisor, '?team=ventas');
  expect(asked).toEqual(['/api/wallboard?live=true&team=ventas']);
  const select = page.renderRoot.querySelector('select') as HTMLSelectElement;
  select.value = 'cobros';
  select.dispatchEvent(new Event('change'));
  await shown(page);
  expect(asked.at(-1)).toBe('/api/wallboard?live=true&team=cobros');
  expect(location.search).toBe('?team=cobros');
});

test('who sees all teams and opens a link to one that is gone is led back too', async () => {
  status = 400;
  const { page } = await open(supervisor, '?team=noexiste');
  expect(textOf(page)).toContain('en el que no hay agentes');
  expect(page.renderRoot.querySelector('[role=alert], select')).toBeNull();
  status = 200;
  page.renderRoot.querySelector<HTMLButtonElement>('.notice button')?.click();
  await shown(page);
  await shown(page);
  expect(agentsOf(page)).toContain('Ana Solano');
});

test.each(['ventas', 'noexiste'])(
  'a link to the team %s of others says so, and leads back to one’s own',
  async (team) => {
    found = aBoard({ teams: ['cobros'], agents: [] });
    const { page } = await open(supervisor, `?team=${team}`);
    expect(textOf(page)).toContain('un equipo que usted no ve');
    expect(page.renderRoot.querySelector('cmw-agents-board, select, dl')).toBeNull();
    found = aBoard({ teams: ['cobros'] });
    page.renderRoot.querySelector<HTMLButtonElement>('.notice button')?.click();
    await shown(page);
    await shown(page);
    expect([asked.at(-1), location.search]).toEqual(['/api/wallboard?live=true', '']);
    expect(agentsOf(page)).toContain('Ana Solano');
  },
);

test('who is in a call that the supervisor may not see is in a call', async () => {
  found = aBoard({ agents: [anAgent({ state: 'inCall', since: '2026-03-02T15:08:00Z' })] });
  const { page } = await open();
  expect(agentsOf(page)).toContain('Ana Solano En llamada 2:00');
});

test('of two thousand agents a page is drawn, and the next ones are a press away', async () => {
  found = aBoard({
    agents: Array.from({ length: 2_000 }, (_, i) => anAgent({ agentId: `a${i}`, name: `Agente ${i}` })),
    calls: Array.from({ length: 900 }, (_, i) => aCall({ callId: `c${i}` })),
    missed: Array.from({ length: 50 }, (_, i) => aMissed({ callId: `m${i}` })),
  });
  const { page } = await open();
  const parts = [...page.renderRoot.querySelectorAll('cmw-agents-board, cmw-calls-board')];
  const nodes = parts.reduce((sum, part) => sum + (part.shadowRoot?.querySelectorAll('*').length ?? 0), 0);
  expect(nodes).toBeGreaterThan(500);
  expect(nodes).toBeLessThan(3_000);
  expect(agentsOf(page)).toContain('1 a 150 de 2000');
  expect(agentsOf(page)).toContain('Libres 2000');
  (parts[0]?.shadowRoot?.querySelectorAll('nav button')[1] as HTMLButtonElement).click();
  await shown(page);
  expect(agentsOf(page)).toContain('151 a 300 de 2000');
});

test('where it can not be read it says so, and offers to try again; an agent is told whose page it is', async () => {
  status = 503;
  const { page } = await open();
  expect(textOf(page)).toContain('No se pudo leer cómo está el equipo.');
  status = 200;
  (page.renderRoot.querySelector('.notice button') as HTMLButtonElement).click();
  await shown(page);
  expect(agentsOf(page)).toContain('Ana Solano');
  page.remove();
  asked = [];
  const { page: other } = await open({ ...supervisor, roles: ['agent'] });
  expect(textOf(other)).toContain('Esta página es de quien supervisa.');
  expect(asked).toEqual([]);
});

const linksOf = (page: SupervisionPage, part: string, list: string): readonly HTMLElement[] => [
  ...(page.renderRoot
    .querySelector(part)
    ?.shadowRoot?.querySelectorAll<HTMLElement>(
      `ul[aria-labelledby="${list}"] a, ul[aria-labelledby="${list}"] button`,
    ) ?? []),
];

test('the focus stays with an agent who goes to another group, and goes on where their link goes', async () => {
  const call = { ...aCall(), callId: 'c1' };
  found = aBoard({ agents: [anAgent({ state: 'ringing', call }), anAgent({ agentId: 'luis', name: 'Luis Mora' })] });
  const { page, desk } = await open();
  linksOf(page, 'cmw-agents-board', 'ringing')[0]?.focus();
  desk.onWallboard({ at: '', agents: [anAgent({ state: 'inCall', call })] });
  await shown(page);
  expect(focused()).toBe(linksOf(page, 'cmw-agents-board', 'inCall')[0]);
  desk.onWallboard({ at: '', agents: [anAgent({ state: 'wrapUp' })] });
  await shown(page);
  expect(focused()?.textContent).toBe('Agentes');
});

test('the focus goes from a call that ended to the next one, else to the heading of its part', async () => {
  found = aBoard({
    calls: [aCall({ startedAt: '2026-03-02T15:09:00Z' }), aCall({ callId: 'c2', contactName: 'Eva' })],
  });
  const { page, desk } = await open();
  linksOf(page, 'cmw-calls-board', 'calls')[0]?.focus();
  desk.onWallboard({ at: '', goneCalls: [{ callId: 'c1', account: 'office' }] });
  await shown(page);
  expect(focused()?.textContent).toBe('Eva');
  desk.onWallboard({ at: '', goneCalls: [{ callId: 'c2', account: 'office' }] });
  await shown(page);
  expect(focused()?.textContent?.trim()).toBe('En curso 0');
});

test('where somebody else reaches the caller, the focus stays with that caller', async () => {
  found = aBoard({ missed: [aMissed(), aMissed({ callId: 'm2', at: '2026-03-02T14:00:00Z' })] });
  const { page, desk } = await open();
  linksOf(page, 'cmw-calls-board', 'missed')[1]?.focus();
  expect(focused()?.tagName).toBe('BUTTON');
  desk.onWallboard({ at: '', missed: [aMissed({ open: false })] });
  await shown(page);
  // Those that are open come first.
  expect(focused()).toBe(linksOf(page, 'cmw-calls-board', 'missed').at(-1));
});

test('the focus is left where it is while its row does not move', async () => {
  found = aBoard({ calls: [aCall()] });
  const { page, desk } = await open();
  const link = linksOf(page, 'cmw-calls-board', 'calls')[0];
  link?.focus();
  desk.onWallboard({ at: '', calls: [aCall({ callId: 'c2', startedAt: '2026-03-02T15:09:30Z' })] });
  await shown(page);
  expect(focused()).toBe(link);
});

test('who asks for the other calls goes on at the first of them', async () => {
  found = aBoard({
    calls: Array.from({ length: 60 }, (_, i) => aCall({ callId: `c${i}`, contactName: `Cliente ${i}` })),
  });
  const { page } = await open();
  const more = page.renderRoot.querySelector('cmw-calls-board')?.shadowRoot?.querySelector('section > button');
  (more as HTMLElement).focus();
  (more as HTMLElement).click();
  await shown(page);
  expect(focused()?.textContent).toBe('Cliente 50');
});

test('without a network one notice says so, and the words of the other come to a place that is there', async () => {
  const { page, desk } = await open();
  const state = vi.spyOn(desk.connection, 'state', 'get').mockReturnValue('connected');
  page.requestUpdate();
  await shown(page);
  const place = page.renderRoot.querySelector('[role="status"]');
  expect(place?.textContent).toBe('');
  state.mockReturnValue('reconnecting');
  page.requestUpdate();
  await shown(page);
  expect(page.renderRoot.querySelector('[role="status"]')).toBe(place);
  expect(place?.textContent).toContain('esto se lee cada 15 segundos');
  status = 503;
  await vi.advanceTimersByTimeAsync(20_000);
  await shown(page);
  expect(textOf(page)).toContain('Esto puede no estar al día.');
  expect(place?.textContent).toBe('');
});

test('an agent and their call show the same time at any moment', async () => {
  const { page, desk } = await open();
  await vi.advanceTimersByTimeAsync(650);
  const since = new Date(Date.now() - 300).toISOString();
  desk.onWallboard({ at: '', agents: [anAgent({ state: 'inCall', since })], calls: [aCall({ since })] });
  for (let i = 0; i < 30; i++) {
    await vi.advanceTimersByTimeAsync(100);
    await shown(page);
    const times = [...page.renderRoot.querySelectorAll('cmw-agents-board, cmw-calls-board')].map(
      (part) => part.shadowRoot?.querySelector('[role="timer"]')?.textContent,
    );
    expect(times[0]).toBe(times[1]);
  }
});
