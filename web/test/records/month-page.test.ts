// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Day } from '../../src/api/record-types.js';
import type { RecordsApi } from '../../src/api/records-api.js';
import type { MonthPage } from '../../src/records/month-page.js';
import '../../src/records/month-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { aDay, anAdmin, now } from './builders.js';

let asked: string[];
let days: readonly Day[];
let failure: ApiError | undefined;
let accounts: string[];
let page: MonthPage;

const api = {
  now: () => now,
  states: async () => accounts.map((account) => ({ account, state: 'upToDate', aside: 0 })),
  days: async (account: string, from: string, to: string) => {
    asked.push(`${account} ${from} ${to}`);
    if (failure) throw failure;
    return days;
  },
} as unknown as RecordsApi;

async function open(properties: Partial<MonthPage> = {}): Promise<void> {
  page = await mount<MonthPage>('cmw-month-page', { api, me: anAdmin, ...properties });
  for (let turn = 0; turn < 4; turn++) await drawn(page);
}

beforeEach(() => {
  asked = [];
  days = [];
  failure = undefined;
  accounts = ['office'];
});

afterEach(() => {
  page.remove();
  vi.restoreAllMocks();
});

const link = (date: string) => page.renderRoot.querySelector<HTMLAnchorElement>(`[data-day="${date}"]`);
const focused = () => (page.shadowRoot?.activeElement as HTMLElement | null)?.dataset.day;

function press(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true });
  page.shadowRoot?.activeElement?.dispatchEvent(event);
}

test('without a month in the address it is this month of the first account', async () => {
  days = [aDay('2026-11-03', { state: 'open', webhookOnly: 2, total: 7, matched: 5 }), aDay('2026-11-04')];
  await open();
  expect(asked).toEqual(['office 2026-11-01 2026-11-30']);
  expect(link('2026-11-03')?.textContent?.replace(/\s+/g, ' ').trim()).toBe(
    'martes, 3 de noviembre de 2026, mar 3 Por revisar 2 de 7',
  );
  expect(link('2026-11-03')?.getAttribute('href')).toBe('/reconciliation/office/2026-11-03');
  expect(link('2026-11-04')?.textContent).toContain('Completo');
  // What the API does not tell of is not worked out, and what is to come is no link.
  expect(link('2026-11-26')?.textContent).toContain('Pendiente');
  expect(link('2026-11-27')).toBeNull();
  expect(textOf(page)).toContain('Por revisar: 1');
  expect(textOf(page)).toContain('Pendiente: 24');
  expect(textOf(page)).not.toContain('Sin conciliar');
});

test('records that were put aside are to be looked at, and only a complete day is said to be without calls', async () => {
  days = [
    aDay('2026-11-03', { state: 'open', total: 7, matched: 7, aside: 1 }),
    aDay('2026-11-04', { total: 0, matched: 0 }),
    aDay('2026-11-05', { state: 'pending', total: 0, matched: 0 }),
  ];
  await open();
  expect(link('2026-11-03')?.textContent).toContain('1 de 8');
  expect(link('2026-11-04')?.textContent).toContain('sin llamadas');
  expect(link('2026-11-05')?.textContent).not.toContain('sin llamadas');
});

test('a day from before the reconciliation began is not pending', async () => {
  days = [aDay('2026-11-23', { state: 'pending', unscheduled: true }), aDay('2026-11-24', { state: 'pending' })];
  await open();
  expect(link('2026-11-23')?.textContent).toContain('Sin conciliar');
  expect(link('2026-11-24')?.textContent).toContain('Pendiente');
  expect(textOf(page)).toContain('Sin conciliar: 1');
  expect(textOf(page)).toContain('Pendiente: 25');
});

test('arrows move by day and by week, and the calendar is one tab stop', async () => {
  await open();
  expect(page.renderRoot.querySelectorAll('.day[tabindex="0"]')).toHaveLength(1);
  link('2026-11-26')?.focus();
  const went = ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'Home', 'ArrowLeft', 'End', 'ArrowDown'].map((key) => {
    press(key);
    return focused()?.slice(8);
  });
  expect(went).toEqual(['25', '18', '19', '01', '01', '26', '26']);
  link('2026-11-10')?.focus();
  await drawn(page);
  expect(page.renderRoot.querySelector('.day[tabindex="0"]')?.getAttribute('data-day')).toBe('2026-11-10');
});

test('where each day is a line, the arrows up and down move by day', async () => {
  vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
  await open();
  link('2026-11-26')?.focus();
  const went = ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowLeft'].map((key) => {
    press(key);
    return focused()?.slice(8);
  });
  expect(went).toEqual(['25', '24', '25', '24']);
});

test('the month before and the other accounts have addresses, and another address is read', async () => {
  accounts = ['office', 'shop/1'];
  await open({ account: 'office', month: '2026-01' });
  const links = [...page.renderRoot.querySelectorAll('.steps a')].map((one) => one.getAttribute('href'));
  expect(links).toEqual([
    '/reconciliation/office/2025-12',
    '/reconciliation/office/2026-02',
    '/reconciliation/office/2026-01',
    '/reconciliation/shop%2F1/2026-01',
  ]);
  page.account = 'shop/1';
  page.month = '2025-12';
  for (let turn = 0; turn < 3; turn++) await drawn(page);
  expect(asked).toEqual(['office 2026-01-01 2026-01-31', 'shop/1 2025-12-01 2025-12-31']);
});

test('what could not be read is said, and read again', async () => {
  failure = new ApiError(503, { detail: 'No responde.' });
  await open();
  expect(textOf(page)).toContain('No se pudo leer la conciliación. No responde.');
  failure = undefined;
  button(page, 'Intentar de nuevo').click();
  for (let turn = 0; turn < 3; turn++) await drawn(page);
  expect(link('2026-11-01')).not.toBeNull();
  expect(page.renderRoot.querySelector('[role=alert]')).toBeNull();
});

test('an agent reads nothing', async () => {
  await open({ me: { ...anAdmin, roles: ['agent'] } });
  expect(asked).toEqual([]);
  expect(textOf(page)).toContain('Esta página es de un administrador.');
});

test('this month leads to none after it, and of another one nothing is shown before it was read', async () => {
  const nextMonth = () => page.renderRoot.querySelector('[aria-label^="Mes siguiente"]')?.getAttribute('href');
  await open();
  expect(nextMonth()).toBeUndefined();
  let answer: (days: readonly Day[]) => void = () => {};
  page.api = { ...page.api, days: () => new Promise((done) => (answer = done)) } as unknown as RecordsApi;
  page.month = '2026-10';
  for (let turn = 0; turn < 3; turn++) await drawn(page);
  expect(nextMonth()).toBe('/reconciliation/office/2026-11');
  expect(page.renderRoot.querySelector('.day')).toBeNull();

  answer([aDay('2026-10-05')]);
  for (let turn = 0; turn < 3; turn++) await drawn(page);
  expect(link('2026-10-05')?.textContent).toContain('Completo');
});
