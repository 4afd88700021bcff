// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Call } from '../../src/api/types.js';
import { isMissed } from '../../src/calls/call-words.js';
import type { CallsList } from '../../src/calls/calls-list.js';
import '../../src/calls/calls-list.js';
import { CallsStore } from '../../src/calls/calls-store.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { aPopUp } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const now = () => Date.parse('2026-03-02T16:00:00Z');
const missedCalls = ['a', 'b', 'c'].map((callId, i) =>
  aPopUp({ callId, state: 'ended', startedAt: `2026-03-02T15:0${9 - i}:00Z` }),
);

let refusal: ApiError | undefined;
let taken: string[];
let list: CallsList;

beforeEach(async () => {
  refusal = undefined;
  taken = [];
  const storeOf = (wants?: (call: Call) => boolean) =>
    new CallsStore({ calls: async () => ({ items: missedCalls }), now }, wants);
  const [all, missed, live] = [storeOf(), storeOf((call) => isMissed(call) && !call.dismissed), storeOf()];
  await all.read();
  list = await mount<CallsList>('cmw-calls-list', {
    all,
    missed,
    live,
    outcomes: new OutcomesStore({ outcomes: async () => ({ items: [] }) }),
    now,
    takeOff: async (call) => {
      taken.push(call.callId);
      if (refusal) return refusal;
      missed.tell({ ...call, dismissed: true });
      missed.tidy();
      return undefined;
    },
  });
});

afterEach(() => list.remove());

const buttonsOf = () => [...list.renderRoot.querySelectorAll<HTMLElement>('li .take-off')];

test('a list says how the other buttons of a row are reached', () => {
  const described = list.renderRoot.querySelector('ol')?.getAttribute('aria-describedby');
  expect(list.renderRoot.querySelector(`#${described}`)?.textContent).toContain('Flechas a los lados');
});

test('a missed call is taken off its list, and the focus goes to the next one', async () => {
  expect(buttonsOf(), 'the calls of a day are a history').toHaveLength(0);
  button(list, 'Solo perdidas').click();
  await drawn(list);
  expect(buttonsOf()).toHaveLength(3);
  buttonsOf()[1]?.click();
  await drawn(list);
  expect(taken).toEqual(['b']);
  expect(list.shadowRoot?.activeElement).toBe(buttonsOf()[1]);

  buttonsOf()[1]?.click();
  await drawn(list);
  expect(list.shadowRoot?.activeElement).toBe(buttonsOf()[0]);
  buttonsOf()[0]?.click();
  await drawn(list);
  expect(textOf(list)).toContain('No hay llamadas perdidas.');
  expect(list.shadowRoot?.activeElement?.tagName).toBe('H2');
});

test('a refusal is said above the list, and the call stays', async () => {
  button(list, 'Solo perdidas').click();
  await drawn(list);
  refusal = new ApiError(503, { detail: 'El almacén no responde.' });
  buttonsOf()[0]?.click();
  await drawn(list);

  expect(buttonsOf()).toHaveLength(3);
  expect(textOf(list)).toContain('El almacén no responde.');
});

test('who looks after a team reads that the call goes from everybody’s lists', async () => {
  list.team = true;
  button(list, 'Solo perdidas').click();
  await drawn(list);
  expect(buttonsOf()[0]?.getAttribute('aria-label')).toBe('Quitar de las listas de todos: María Rojas');
});

test('a row is one tab stop, and the arrows reach its buttons and the rows beside it', async () => {
  list.dials = true;
  button(list, 'Solo perdidas').click();
  await drawn(list);
  const rows = [...list.renderRoot.querySelectorAll('li')];
  for (const row of rows) expect([...row.querySelectorAll('button')].map((one) => one.tabIndex)).toEqual([0, -1, -1]);
  const press = (key: string) =>
    list.shadowRoot?.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
  rows[0]?.querySelector('button')?.focus();
  press('ArrowRight');
  expect((list.shadowRoot?.activeElement as HTMLAnchorElement).getAttribute('href')).toMatch(/^\/calls\/.*\/history$/);
  press('ArrowRight');
  press('ArrowDown');
  expect(list.shadowRoot?.activeElement).toBe(rows[1]?.querySelector('.call-back'));
  press('ArrowRight');
  press('ArrowRight');
  expect(list.shadowRoot?.activeElement).toBe(rows[1]?.querySelector('.take-off'));
  press('ArrowUp');
  press('ArrowLeft');
  press('ArrowLeft');
  press('ArrowLeft');
  expect(list.shadowRoot?.activeElement).toBe(rows[0]?.querySelector('.who'));
});

test('a call that goes on shows how long, and whose it is never by an id', async () => {
  list.team = true;
  list.all.tellAll([
    aPopUp({ callId: 'live', state: 'connected', connectedAt: '2026-03-02T15:57:00Z', agentName: 'Luis Mora' }),
    aPopUp({ callId: 'nobody', state: 'connected', connectedAt: '2026-03-02T15:58:30Z', agentId: 'x-17' }),
  ]);
  await drawn(list);
  const rows = [...list.renderRoot.querySelectorAll('li')].map((row) => row.textContent?.replace(/\s+/g, ' '));
  expect(rows.find((row) => row?.includes('Luis Mora'))).toContain('En llamada 3:00');
  expect(rows.find((row) => row?.includes('1:30'))).toMatch(/Agente eliminado.*En llamada 1:30/);
  expect(rows.join()).not.toContain('x-17');
});

test.each<[string, Partial<Call>]>([
  ['La contestó Luis Mora', { missed: false, answeredBy: { agentId: 'luis', name: 'Luis Mora' } }],
  ['Devuelta por Luis Mora', { returned: { callId: 'later', at: '2026-03-02T15:30:00Z', agentName: 'Luis Mora' } }],
])('who the call was with has its room beside who took it, and it waits no more: %s', async (words, changes) => {
  list.all.tellAll([aPopUp({ callId: 'a', state: 'ended', startedAt: '2026-03-02T15:09:00Z', ...changes })]);
  await drawn(list);
  const row = list.renderRoot.querySelector('li');
  expect(row?.querySelector('.text > .outcome')?.textContent).toBe(words);
  expect(row?.querySelector('.side')?.textContent).not.toContain(words);
  expect(row?.className).not.toContain('missed');
});

test('of very many calls fifty rows are drawn, and a press draws more', async () => {
  list.all.tellAll(Array.from({ length: 70 }, (_, place) => aPopUp({ callId: `many-${place}`, state: 'ended' })));
  await drawn(list);
  expect(list.renderRoot.querySelectorAll('li')).toHaveLength(50);
  button(list, 'Ver más').click();
  await drawn(list);
  expect(list.renderRoot.querySelectorAll('li')).toHaveLength(73);
  expect(() => button(list, 'Ver más')).toThrow();
});

test('a call of another day says its day, and one of today only its time', async () => {
  button(list, 'Solo perdidas').click();
  await drawn(list);
  list.missed.tell(aPopUp({ callId: 'today', state: 'ended', startedAt: '2026-03-02T06:00:00Z' }));
  list.missed.tell(aPopUp({ callId: 'yesterday', state: 'ended', startedAt: '2026-03-02T05:59:00Z' }));
  await drawn(list);
  const times = [...list.renderRoot.querySelectorAll('li time')].map((time) =>
    time.textContent?.replace(/\s+/gu, ' ').trim(),
  );
  expect(times.slice(-2)).toEqual(['12:00 a. m.', 'dom, 1 mar, 11:59 p. m.']);
});

test.each([
  ['Solo perdidas', 'No hay llamadas perdidas.'],
  ['En curso', 'Nadie está en una llamada.'],
])('where «%s» has none, it says so', async (filter, words) => {
  const empty = new CallsStore({ calls: async () => ({ items: [] }), now });
  Object.assign(list, { team: true, missed: empty, live: empty });
  await drawn(list);
  button(list, filter).click();
  await drawn(list);
  expect(textOf(list)).toContain(words);
});
