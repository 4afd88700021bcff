// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Backfill, BackfillInput, PullState } from '../../src/api/record-types.js';
import type { RecordsApi } from '../../src/api/records-api.js';
import type { Backfills } from '../../src/records/backfills.js';
import type { PullPage } from '../../src/records/pull-page.js';
import '../../src/records/pull-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { anAdmin, now } from './builders.js';

let states: readonly PullState[];
let backfills: Backfill[];
let started: BackfillInput[];
let cancelled: string[];
let refusal: ApiError | undefined;
let listed: number;
let page: PullPage;

const api = {
  now: () => now,
  states: async () => states,
  aside: async () => ({ items: [] }),
  backfills: async () => {
    listed++;
    return { items: backfills };
  },
  startBackfill: async (input: BackfillInput) => {
    started.push(input);
    if (refusal) throw refusal;
    backfills = [aBackfill(), ...backfills];
    return backfills[0];
  },
  cancelBackfill: async (id: string) => {
    cancelled.push(id);
    backfills = backfills.map((one) => ({ ...one, state: 'cancelled' }));
    return backfills[0];
  },
} as unknown as RecordsApi;

const aBackfill = (changes: Partial<Backfill> = {}): Backfill => ({
  backfillId: 'b1',
  account: 'office',
  from: '2026-10-01T06:00:00Z',
  to: '2026-10-11T06:00:00Z',
  state: 'running',
  createdAt: '2026-11-26T19:00:00Z',
  reachedAt: '2026-10-04T06:00:00Z',
  records: 1200,
  requests: 3,
  estimatedSeconds: 95,
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  states = [{ account: 'office', state: 'upToDate', watermark: '2026-11-26T19:42:00Z', aside: 0, perDay: 40 }];
  backfills = [];
  started = [];
  cancelled = [];
  refusal = undefined;
  listed = 0;
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

async function open(): Promise<void> {
  page = await mount<PullPage>('cmw-pull-page', { api, me: anAdmin });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await drawn(page);
    if (form()) await drawn(form());
  }
}

const form = () => page.renderRoot.querySelector('cmw-backfills') as Backfills;

async function submit(): Promise<void> {
  form()
    .renderRoot.querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await turn();
}

async function choose(id: string, day: string): Promise<void> {
  const input = form().renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  input.value = day;
  input.dispatchEvent(new Event('change'));
  await turn();
}

test('how the pull goes is said in plain words, and read again', async () => {
  await open();
  expect(textOf(page)).toContain('Al día');
  expect(textOf(page)).toContain('Leído hasta: 1:42 p. m.');
  states = [
    {
      account: 'office',
      state: 'failing',
      watermark: '2026-11-26T15:00:00Z',
      failingSince: '2026-11-26T15:15:00Z',
      aside: 3,
      lastError: {
        result: 'refused',
        title: 'El operador no acepta consultas',
        detail: 'Pida que la habilite.',
        answer: '403 <b>no</b>',
      },
    },
  ];
  vi.advanceTimersByTime(15_000);
  await turn();
  expect(textOf(page)).toContain('El operador no acepta consultas Con falla desde: 9:15 a. m.');
  expect(page.renderRoot.querySelector('pre')?.textContent).toBe('403 <b>no</b>');
});

test('the days of this month until yesterday are offered, and what is begun is followed until its end', async () => {
  await open();
  expect(textOf(form())).toContain('25 días, unos 1 000 registros.');
  await submit();
  expect(started).toEqual([{ account: 'office', from: '2026-11-01', to: '2026-11-25' }]);
  expect(textOf(form())).toContain('La lectura empezó. Toma unos 1 min 35 s');
  expect(textOf(form())).toContain('1 oct 2026 a 10 oct 2026');
  expect((form().renderRoot.querySelector('progress') as HTMLProgressElement).value).toBeCloseTo(0.3);
  const before = listed;
  vi.advanceTimersByTime(4_000);
  expect(listed).toBe(before + 1);
  backfills = [aBackfill({ state: 'done', reachedAt: '2026-10-11T06:00:00Z' })];
  await turn();
  vi.advanceTimersByTime(4_000);
  await turn();
  const after = listed;
  vi.advanceTimersByTime(20_000);
  expect(listed).toBe(after);
  expect(textOf(form())).toContain('Terminada');
});

test('a wrong day is said beside its field, by this page or by the API', async () => {
  await open();
  await choose('from', '2026-11-30');
  await submit();
  expect(started).toEqual([]);
  expect(form().renderRoot.querySelector('#from-error')?.textContent).toBe('Debe ser antes del último día.');
  await choose('from', '');
  await submit();
  expect(form().renderRoot.querySelector('#from-error')?.textContent).toBe('Elija un día.');
  await choose('from', '2026-11-01');
  await choose('to', '2026-12-24');
  refusal = new ApiError(400, { errors: { to: ['No puede estar en el futuro.'] } });
  await submit();
  expect(started).toHaveLength(1);
  expect(form().renderRoot.querySelector('#to-error')?.textContent).toBe('No puede estar en el futuro.');
  expect(form().shadowRoot?.activeElement?.id).toBe('to');
});

test('what is under way can be cancelled', async () => {
  backfills = [aBackfill()];
  await open();
  button(form(), 'Cancelar la lectura').click();
  await turn();
  expect(cancelled).toEqual(['b1']);
  expect(textOf(form())).toContain('Cancelada');
  expect(textOf(form())).toContain('leído hasta');
  expect(form().renderRoot.querySelector('.cancel')).toBeNull();
});

test('one day can be read, and what waits can be cancelled too', async () => {
  backfills = [aBackfill({ state: 'queued' })];
  await open();
  expect(button(form(), 'Cancelar')).toBeDefined();
  await choose('from', '2026-11-10');
  await choose('to', '2026-11-10');
  await submit();
  expect(started).toHaveLength(1);
});

test('the days that are proposed are those of the month until yesterday, by the office’s day', async () => {
  await open();
  const days = [...form().renderRoot.querySelectorAll<HTMLInputElement>('input[type=date]')].map(({ value }) => value);
  expect(days).toEqual(['2026-11-01', '2026-11-25']);
  expect(textOf(form())).toContain('25 días, unos 1 000 registros.');
});

test.each<[string, Partial<Backfill>, string]>([
  ['has only begun', { reachedAt: '2026-09-30T06:00:00Z' }, '0 %, faltan unos'],
  ['is past its end', { reachedAt: '2026-10-12T06:00:00Z' }, '100 %, faltan unos'],
  ['was cancelled at once', { state: 'cancelled', reachedAt: '2026-10-01T06:00:00Z' }, 'no se llegó a leer nada'],
  ['was cancelled on its way', { state: 'cancelled' }, 'leído hasta dom, 4 oct'],
])('a reading that %s says how far it came, and of which days it is', async (_, changes, words) => {
  backfills = [aBackfill(changes)];
  await open();
  expect(textOf(form())).toContain('1 oct 2026 a 10 oct 2026');
  expect(textOf(form())).toContain(words);
});
