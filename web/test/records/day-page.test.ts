// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Day } from '../../src/api/record-types.js';
import type { DayPage } from '../../src/records/day-page.js';
import '../../src/records/day-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { aDay, anAdmin, now } from './builders.js';

let stands: Day;
let reads: number;
let refusal: ApiError | undefined;
let page: DayPage;

async function open(): Promise<void> {
  page = await mount<DayPage>('cmw-day-page', {
    me: anAdmin,
    account: 'office',
    day: '2026-11-14',
    api: {
      now: () => now,
      day: async () => {
        reads++;
        return stands;
      },
      reconcile: async () => {
        if (refusal) throw refusal;
        return { ...stands, state: 'pending' as const };
      },
    },
  });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) await drawn(page);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  reads = 0;
  refusal = undefined;
  stands = aDay('2026-11-14', {
    state: 'open',
    workedOutAt: '2026-11-15T12:00:00Z',
    total: 9,
    webhookOnly: 1,
    differing: 1,
    calls: [
      { callId: 'a1', kind: 'webhookOnly', at: '2026-11-14T15:12:00Z' },
      {
        callId: 'a/3',
        kind: 'differing',
        at: '2026-11-14T17:02:00Z',
        fields: ['duration', 'cost'],
        webhookSeconds: 65,
        recordSeconds: 60,
        webhookCost: 13.55,
        recordCost: 12.5,
      },
      { callId: 'a5', kind: 'recordOnly', at: '2026-11-14T18:02:00Z', healedBy: 'pull' },
    ],
    moreCalls: 0,
  });
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

const rows = () =>
  [...page.renderRoot.querySelectorAll('.call')].map((row) => row.textContent?.replace(/\s+/g, ' ').trim());

test('each call says what is odd about it, what was done, and leads to the call', async () => {
  await open();
  expect(rows()).toEqual([
    '9:12 a. m. Sin registro del operador Por revisar',
    '11:02 a. m. No coinciden Duración: aviso 1 min 5 s → registro 1 minCosto: aviso 13,55 → registro 12,50 Vale el registro',
    '12:02 p. m. Sin aviso Corregida: el registro llegó al pedir el día de nuevo',
  ]);
  expect([...page.renderRoot.querySelectorAll('.call a')].map((link) => link.getAttribute('href'))).toEqual([
    '/calls/office/a1/history',
    '/calls/office/~YS8z/history',
    '/calls/office/a5/history',
  ]);
});

test('a call without a record whose record came later is not to be looked at any more', async () => {
  stands = { ...stands, calls: [{ callId: 'a1', kind: 'webhookOnly', at: '2026-11-14T15:12:00Z', healedBy: 'pull' }] };
  await open();
  const badge = page.renderRoot.querySelector('.call .badge');
  expect(badge?.classList.contains('bad')).toBe(false);
  expect(badge?.textContent).toContain('Corregida');
});

test.each([
  [7, 'Los avisos y los registros dicen lo mismo de todas.'],
  [0, 'Ese día no hubo llamadas.'],
])('a day of %i calls without differences says why none is listed', async (total, words) => {
  stands = aDay('2026-11-14', { state: 'healed', total, matched: total, calls: [] });
  await open();
  expect(page.renderRoot.querySelector('.empty')?.textContent).toContain(words);
});

test('a day that is worked out anew is read until it is, and not longer', async () => {
  await open();
  button(page, 'Conciliar de nuevo').click();
  await turn();
  expect(textOf(page)).toContain('Se está pidiendo el día al operador');
  stands = { ...stands, state: 'pending' };
  vi.advanceTimersByTime(3_000);
  await turn();
  expect(textOf(page)).toContain('Se está pidiendo el día al operador');
  stands = aDay('2026-11-14', { state: 'healed', calls: [] });
  vi.advanceTimersByTime(3_000);
  await turn();
  expect(textOf(page)).toContain('Algo faltaba o no coincidía, y ya se corrigió.');
  expect(reads).toBe(3);
  vi.advanceTimersByTime(9_000);
  await turn();
  expect(reads).toBe(3);
});

test('a refusal is said, and the day stays', async () => {
  refusal = new ApiError(503, { detail: 'El almacenamiento no responde.' });
  await open();
  button(page, 'Conciliar de nuevo').click();
  await turn();
  expect(page.renderRoot.querySelector('[role=alert]')?.textContent).toBe('El almacenamiento no responde.');
  expect(rows()).toHaveLength(3);
});

test('a day from before the reconciliation began says that nothing works it out by itself', async () => {
  stands = aDay('2026-11-14', { state: 'pending', unscheduled: true, total: 0, matched: 0 });
  await open();
  expect(textOf(page)).toContain('Sin conciliar');
  expect(textOf(page)).toContain('no se concilia solo');
  expect(textOf(page)).toContain('Presione «Conciliar» para hacerlo.');
  button(page, 'Conciliar').click();
  stands = { ...stands, unscheduled: false };
  await turn();
  expect(textOf(page)).toContain('Se está pidiendo el día al operador');
});

test('the day leads to the one before and to the one after, until today', async () => {
  const steps = () =>
    [...page.renderRoot.querySelectorAll('.beside a')].map((step) => step.getAttribute('href')?.split('/').at(-1));
  await open();
  for (const [day, beside] of [
    ['2026-11-25', ['2026-11-24', '2026-11-26']],
    ['2026-11-26', ['2026-11-25']],
  ] as const) {
    page.day = day;
    await turn();
    expect(steps()).toEqual(beside);
  }
});

test('what is worked out of a day is not shown on the page of another one', async () => {
  await open();
  let answer: (day: Day) => void = () => {};
  page.api = { ...page.api, reconcile: () => new Promise((done) => (answer = done)) };
  button(page, 'Conciliar de nuevo').click();
  stands = aDay('2026-11-13', { total: 4, matched: 4, calls: [] });
  page.day = '2026-11-13';
  await turn();
  answer(aDay('2026-11-14', { state: 'pending', total: 9 }));
  await turn();
  expect(textOf(page)).toContain('Llamadas4');
  expect(textOf(page)).not.toContain('Se está pidiendo el día al operador');
});

test('a day of which nothing was asked does not say that it is being worked out, as the one before did', async () => {
  await open();
  button(page, 'Conciliar de nuevo').click();
  await turn();
  expect(textOf(page)).toContain('Se está pidiendo el día al operador');
  stands = aDay('2026-11-15', { state: 'pending', total: 0, matched: 0 });
  page.day = '2026-11-15';
  await turn();
  expect(textOf(page)).not.toContain('Se está pidiendo el día al operador');
});
