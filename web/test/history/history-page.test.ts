// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { CallQuery, CallsPage, PastCall } from '../../src/api/history-types.js';
import type { Call, Contact, Me } from '../../src/api/types.js';
import { Observable } from '../../src/base/observable.js';
import { tellSignedInAgain } from '../../src/base/signed-in-again.js';
import type { Desk } from '../../src/desk/desk.js';
import type { FilterBar } from '../../src/history/filter-bar.js';
import type { HistoryPage } from '../../src/history/history-page.js';
import '../../src/history/history-page.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { aPopUp } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

/** 14:00 on Thursday the 26th in Costa Rica. */
let now: number;
let asked: { query: CallQuery; next: string | undefined }[];
let answer: () => Promise<CallsPage>;
let told: Told;
let page: HistoryPage;

class Told extends Observable {
  calls: readonly Call[] = [];

  tell(...calls: Call[]): void {
    this.calls = calls;
    this.changed();
  }
}

const ana: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [], timeZone: 'America/Costa_Rica' };
const sofia: Me = { ...ana, id: 'sofia', name: 'Sofía', roles: ['supervisor'], endpoints: [{ endpointId: '2001' }] };

const aCall = (callId: string, changes: Partial<PastCall> = {}): PastCall => ({
  ...aPopUp({ callId, state: 'ended', startedAt: '2026-11-26T15:00:00Z' }),
  ...changes,
});

async function open(me = sofia, search = ''): Promise<void> {
  history.replaceState(null, '', `/history${search}`);
  const outcomes = new OutcomesStore({
    outcomes: async () => ({
      items: [{ code: 'paid', es: 'Ya pagó', en: 'Paid', requires: {}, active: true }],
    }),
  });
  page = await mount<HistoryPage>('cmw-history-page', {
    me,
    search,
    api: {
      now: () => now,
      calls: async (query, next) => {
        asked.push({ query, next });
        return answer();
      },
      export: async () => new ReadableStream(),
      agents: async () => [
        { agentId: 'ana', name: 'Ana Solano', team: 'cobros' },
        { agentId: 'luis', name: 'Luis Mora', team: 'ventas' },
      ],
    },
    desk: {
      outcomes,
      calls: told,
      contactFields: [],
      api: {
        contact: async (contactId: string): Promise<Contact> => {
          if (contactId === 'gone') throw new ApiError(404);
          return { contactId, name: 'María Rojas', numbers: [] };
        },
        contacts: async () => [],
      },
    } as unknown as Desk,
  });
  await settled();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await drawn(page);
}

const bar = (): FilterBar => page.renderRoot.querySelector('cmw-history-filter') as FilterBar;

function choose(id: string, value: string): void {
  const field = bar().renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  if (!field) throw new Error(`There is no field ${id}.`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
}

const rows = (): readonly string[] =>
  [...page.renderRoot.querySelectorAll('ol li')].map((row) => row.textContent?.replace(/\s+/g, ' ').trim() ?? '');

const link = (words: string): string | undefined =>
  [...page.renderRoot.querySelectorAll('a')].find((one) => one.textContent?.trim() === words)?.getAttribute('href') ??
  undefined;

beforeEach(() => {
  // In the evening, when it is the next day in UTC.
  now = Date.parse('2026-11-27T03:00:00Z');
  asked = [];
  told = new Told();
  answer = async () => ({ items: [aCall('1')] });
});

afterEach(() => {
  page.remove();
  history.replaceState(null, '', '/');
  vi.restoreAllMocks();
});

test('the address says what is asked for', async () => {
  await open(sofia, '?from=2026-11-01&to=2026-11-20&agent=ana&state=missed&next=t2');
  expect(asked).toEqual([
    { query: { from: '2026-11-01', to: '2026-11-20', agent: 'ana', state: 'missed' }, next: 't2' },
  ]);
  expect(textOf(page)).toContain('Agente: Ana Solano');
  expect(textOf(page)).toContain('Estado: Perdidas');
});

test('a row says how the call went, what came of it, and what is next', async () => {
  answer = async () => ({
    items: [
      aCall('1', {
        agentName: 'Ana Solano',
        connectedAt: '2026-11-26T15:00:10Z',
        durationSeconds: 65,
        outcome: 'paid',
        cost: 12.5,
        currency: 'CRC',
        nextAction: { kind: 'promise', dueAt: '2026-11-25T06:00:00Z', amount: 5000, currency: 'CRC' },
      }),
      aCall('2', { contactId: undefined, candidates: [], match: 'none' }),
    ],
  });
  await open();
  for (const words of ['María Rojas', '8888 1234', 'Ana Solano', 'Duración: 1 min 5 s', 'Ya pagó', 'Costo: ₡12,50']) {
    expect(rows()[0]).toContain(words);
  }
  expect(rows()[0]).toContain('Promesa ₡5 000,00 Venció ayer · 25 nov 2026');
  expect(rows()[1]).toContain('Perdida');
  expect(rows()[1]).not.toContain('Duración');
  expect(page.renderRoot.querySelector('li a')?.getAttribute('href')).toBe('/calls/office/1/history');
});

test('a choice goes into the address, from the first page on, and a chip takes it back', async () => {
  await open(sofia, '?next=t2');
  choose('direction', 'in');
  await settled();
  expect(location.search).toBe('?direction=in');
  expect(asked.at(-1)).toEqual({ query: { from: '2026-11-20', direction: 'in' }, next: undefined });
  button(page, 'Quitar el filtro Sentido: Entrante').click();
  await settled();
  expect(location.search).toBe('');
  expect(asked.at(-1)?.query).toEqual({ from: '2026-11-20' });
});

test('the same choice again asks for nothing', async () => {
  await open(sofia, '?direction=in');
  choose('direction', 'in');
  await settled();
  expect(asked).toHaveLength(1);
});

test('the first day moves the last one along where it comes after it', async () => {
  await open(sofia, '?from=2026-11-01&to=2026-11-05');
  choose('from', '2026-11-10');
  await settled();
  expect(location.search).toBe('?from=2026-11-10&to=2026-11-10');
  // While a year is typed the field holds the year 2.
  choose('from', '0002-11-10');
  await settled();
  expect(location.search).toBe('?from=2026-11-10&to=2026-11-10');
});

test('an agent is not asked for agents and teams', async () => {
  await open(ana);
  expect(bar().renderRoot.querySelector('#agent')).toBeNull();
  expect(bar().renderRoot.querySelector('#team')).toBeNull();
});

test('an agent who has left is still named as the filter', async () => {
  await open(sofia, '?agent=eva');
  expect(textOf(page)).toContain('Agente: Agente eliminado');
  expect(bar().renderRoot.querySelector<HTMLSelectElement>('#agent')?.value).toBe('eva');
});

test('an agent of the filter who is not in the list is named by a call, or is of another team', async () => {
  answer = async () => ({ items: [aCall('1', { agentId: 'eva', agentName: 'Eva Ruiz' })], next: null, previous: null });
  await open(sofia, '?agent=eva');
  expect(textOf(page)).toContain('Agente: Eva Ruiz');
  expect(textOf(page)).not.toContain('Agente eliminado');
  page.remove();

  answer = async () => {
    throw new ApiError(403);
  };
  await open(sofia, '?agent=eva');
  expect(textOf(page)).toContain('Agente: Agente de otro equipo');
});

test('a link to calls of others says so, and offers nothing that would change nothing', async () => {
  answer = async () => {
    throw new ApiError(403, { detail: 'Este filtro pide llamadas de otro equipo o de otra persona.' });
  };
  await open(ana, '?agent=luis');
  expect(textOf(page)).toContain('Agente: Otra persona');
  const notice = page.renderRoot.querySelector('.notice[role=alert]');
  expect(notice?.textContent?.trim()).toBe('Este filtro pide llamadas de otro equipo o de otra persona.');
  page.remove();

  // Their own are not a secret to them.
  answer = async () => ({ items: [aCall('1')] });
  await open(ana, '?agent=ana');
  expect(textOf(page)).toContain('Agente: Ana');
});

test('an old address of a page leads to the first one', async () => {
  answer = async () => {
    if (asked.at(-1)?.next) throw new ApiError(400, { errors: { next: ['Use el valor de «next».'] } });
    return { items: [aCall('1')] };
  };
  await open(sofia, '?state=missed&next=zzz');
  await settled();
  expect(asked.map(({ next }) => next)).toEqual(['zzz', undefined]);
  expect(location.search).toBe('?state=missed');
  expect(rows()).toHaveLength(1);
  expect(textOf(page)).not.toContain('next');
});

test.each([
  ['c1', 'Contacto: María Rojas'],
  ['gone', 'Contacto: Contacto eliminado'],
])('the contact %s of the address is named: %s', async (contact, words) => {
  await open(sofia, `?contact=${contact}`);
  expect(textOf(page)).toContain(words);
});

test('pages are links: older, newer, and the newest where the page was opened by its address', async () => {
  answer = async () => ({ items: [aCall('1')], next: 't3', previous: 't1' });
  await open(sofia, '?agent=ana&next=t2');
  expect(link('Más antiguas')).toBe('/history?agent=ana&next=t3');
  expect(link('Más recientes')).toBe('/history?agent=ana&next=t1');
  expect(link('Las más nuevas')).toBe('/history?agent=ana');
  answer = async () => ({ items: [aCall('1')], next: 't2', previous: null });
  page.search = '?agent=ana';
  await settled();
  expect(link('Más antiguas')).toBe('/history?agent=ana&next=t2');
  expect(link('Más recientes')).toBeUndefined();
  expect(link('Las más nuevas')).toBeUndefined();
});

test('a filter that looked only so far says until when, and goes on', async () => {
  answer = async () => ({ items: [], next: 't2', lookedUntil: '2026-11-02T15:00:00Z' });
  await open(sofia, '?outcome=paid');
  expect(textOf(page)).toContain('Se buscó hasta el lun, 2 nov, 9:00 a. m., y no se encontró ninguna.');
  expect(link('Seguir buscando')).toBe('/history?outcome=paid&next=t2');
  expect(textOf(page)).not.toContain('Ninguna llamada cumple');
});

test('an empty list says what to do', async () => {
  answer = async () => ({ items: [] });
  await open();
  expect(textOf(page)).toContain('No hay llamadas en estos días. Elija otros días, arriba.');
  page.search = '?state=missed';
  await settled();
  expect(textOf(page)).toContain('Ninguna llamada cumple estos filtros.');
  button(page, 'Quitar filtros').click();
  await settled();
  expect(location.search).toBe('');
});

test('what the API says of a wrong filter is shown, and the rows of before stay', async () => {
  await open();
  answer = () => Promise.reject(new ApiError(400, { errors: { number: ['No es un número.'] } }));
  page.search = '?number=x';
  await settled();
  expect(textOf(page)).toContain('Número: No es un número.');
  expect(textOf(page)).not.toContain('Intentar de nuevo');
  expect(rows()).toHaveLength(1);
});

test('a new call does not move the page, and can be shown', async () => {
  await open();
  told.tell(aCall('0', { startedAt: '2026-11-26T19:00:00Z' }));
  await settled();
  expect(textOf(page)).not.toContain('Hay llamadas nuevas');
  told.tell(aCall('2', { startedAt: '2026-11-27T03:00:10Z' }));
  await settled();
  expect(rows()).toHaveLength(1);
  // Beside the heading, which is there before it.
  expect(button(page, 'Hay llamadas nuevas').closest('.heading')?.querySelector('h2')).not.toBeNull();
  answer = async () => ({ items: [aCall('2', { startedAt: '2026-11-27T03:00:10Z' }), aCall('1')] });
  now += 20_000;
  button(page, 'Hay llamadas nuevas').click();
  await settled();
  expect(rows()).toHaveLength(2);
  expect(textOf(page)).not.toContain('Hay llamadas nuevas');
});

test.each([
  ['?next=t2', 'of an earlier page'],
  ['?from=2026-11-01&to=2026-11-25', 'of days that are over'],
  ['?direction=out', 'of another direction'],
])('a new call is no news on a list %s (%s)', async (search) => {
  await open(sofia, search);
  told.tell(aCall('2', { startedAt: '2026-11-27T03:00:10Z' }));
  await settled();
  expect(textOf(page)).not.toContain('Hay llamadas nuevas');
});

test('a row follows what a message tells of its call', async () => {
  answer = async () => ({ items: [aCall('1', { state: 'ringing', revision: 1 })] });
  await open();
  expect(rows()[0]).toContain('Timbrando');
  told.tell(aCall('1', { revision: 2, connectedAt: '2026-11-26T15:00:10Z', durationSeconds: 30, outcome: 'paid' }));
  await settled();
  expect(rows()[0]).toContain('30 s');
  expect(rows()[0]).toContain('Ya pagó');
});

test('the arrows go from row to row', async () => {
  answer = async () => ({ items: [aCall('1'), aCall('2')] });
  await open();
  const [first, second] = page.renderRoot.querySelectorAll<HTMLElement>('li .who a');
  first?.focus();
  first?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
  expect(page.shadowRoot?.activeElement).toBe(second);
  second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, composed: true }));
  expect(page.shadowRoot?.activeElement?.getAttribute('aria-label')).toContain('Llamar a');
});

test('a page of 50 calls has few nodes', async () => {
  answer = async () => ({ items: Array.from({ length: 50 }, (_, place) => aCall(String(place), { outcome: 'paid' })) });
  await open();
  expect(rows()).toHaveLength(50);
  expect(page.renderRoot.querySelectorAll('*').length).toBeLessThan(2_000);
});

test('a filter that was asked for as the session ended is shown after the sign-in', async () => {
  answer = async () => ({ items: [aCall('c1')], next: null }) as CallsPage;
  await open();
  answer = async () => {
    throw new ApiError(401);
  };
  page.search = '?direction=in';
  await settled();
  expect(page.renderRoot.querySelector('.waits')).not.toBeNull();

  answer = async () => ({ items: [aCall('c2')], next: null }) as CallsPage;
  page.me = { ...sofia };
  tellSignedInAgain();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  await settled();
  expect(asked.at(-1)?.query).toMatchObject({ direction: 'in' });
  expect(page.renderRoot.querySelector('.waits')).toBeNull();
});

test('the calls of the filter before are not shown as those of a filter that failed', async () => {
  answer = async () => ({ items: [aCall('c1')], next: null }) as CallsPage;
  await open();
  answer = async () => {
    throw new ApiError(503);
  };
  page.search = '?direction=in';
  await settled();
  expect(textOf(page)).toContain('Abajo sigue lo que se mostraba antes.');
  expect(page.renderRoot.querySelectorAll('.waits ol > li')).toHaveLength(1);
});

test('what a call cost is in its currency, and what cost nothing has no amount', async () => {
  const items = [
    aCall('1', { cost: 1.5, currency: 'USD' }),
    aCall('2', { cost: 25 }),
    aCall('3', { cost: 0, currency: 'USD' }),
  ];
  answer = async () => ({ items });
  await open();
  const costs = [...page.renderRoot.querySelectorAll('ol li')].map(
    (row) => row.querySelector('.cost')?.textContent ?? '',
  );
  expect(costs.map((cost) => cost.replace(/\s/gu, ' '))).toEqual(['Costo: USD 1,50', 'Costo: ₡25,00', '']);
});
