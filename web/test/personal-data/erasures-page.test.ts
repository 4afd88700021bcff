// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Me } from '../../src/api/types.js';
import { countsOf, type Erasure } from '../../src/personal-data/erasures.js';
import { ErasuresPage } from '../../src/personal-data/erasures-page.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const done: Erasure = {
  erasureId: '0198aa00000070008000000000000001',
  reference: 'Oficio 2026-014',
  state: 'done',
  askedBy: 'admin',
  askedByName: 'Carmen',
  askedAt: '2026-11-27T14:00:00Z',
  finishedAt: '2026-11-27T14:01:00Z',
  counts: { calls: 12, contacts: 1, homologation: 2, operatorpace: 1 },
};

let items: readonly Erasure[];
let page: ErasuresPage | undefined;

const api = {
  now: () => Date.parse('2026-11-27T15:00:00Z'),
  read: vi.fn(async () => ({ items, next: null })),
  change: vi.fn(async () => {
    items = [{ ...done, state: 'running', counts: {} }];
  }),
};

const open = async () => {
  page = new ErasuresPage();
  page.api = api as unknown as ErasuresPage['api'];
  page.me = admin;
  document.body.append(page);
  await settle();
};

const settle = async () => {
  await vi.advanceTimersByTimeAsync(0);
  await page?.updateComplete;
};

const root = () => {
  if (!page) throw new Error('no page');
  return page.renderRoot;
};

const text = () => root().textContent?.replace(/\s+/g, ' ') ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  items = [done];
});

afterEach(() => {
  page?.remove();
  page = undefined;
  vi.useRealTimers();
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

test('what has no words of its own is counted together', () => {
  expect(countsOf(done)).toEqual([
    ['Llamadas que ya no dicen con quién fueron', 12],
    ['Contactos', 1],
    ['Otros datos', 3],
  ]);
});

test('a protocol says who, when and how much, and is printed alone', async () => {
  items = [done, { ...done, erasureId: 'other', reference: 'Oficio 2' }];
  await open();
  expect(text()).toContain('Borrado de datos: Oficio 2026-014');
  expect(text()).toContain('Carmen');
  expect(text()).toContain('Terminado');

  const seen: string[] = [];
  const print = vi.fn(() => {
    seen.push(...[...root().querySelectorAll('section:not(.screen) h2')].map((each) => each.textContent ?? ''));
  });
  vi.stubGlobal('print', print);
  [...root().querySelectorAll('button')].at(-1)?.click();
  await settle();
  expect(print).toHaveBeenCalledTimes(1);
  expect(seen).toEqual(['Borrado de datos: Oficio 2']);
});

test('one that goes on is asked about until it is done', async () => {
  items = [{ ...done, state: 'running', error: 'Hay una llamada en curso con la persona: se sigue cuando termine.' }];
  await open();
  expect(text()).toContain('En curso');
  expect(text()).toContain('Hay una llamada en curso');

  items = [done];
  await vi.advanceTimersByTimeAsync(2000);
  await page?.updateComplete;
  expect(text()).toContain('Terminado');
  const asked = api.read.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(api.read).toHaveBeenCalledTimes(asked);
});

test('one that failed goes on by a press', async () => {
  items = [{ ...done, state: 'failed', contactId: 'c 1', error: 'El paso falló 5 veces.' }];
  await open();
  root().querySelector<HTMLButtonElement>('section:not(.screen) button')?.click();
  await settle();
  expect(api.change).toHaveBeenCalledWith('/api/personal-data/c%201?reference=Oficio+2026-014&confirmed=true', {
    method: 'DELETE',
  });
  await settle();
  expect(text()).toContain('En curso');
});
