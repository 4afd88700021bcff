// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Delivery } from '../../src/api/event-types.js';
import type { Me } from '../../src/api/types.js';
import { DeliveriesPage, filterOf } from '../../src/events/deliveries-page.js';
import type { DeliveryRow } from '../../src/events/delivery-row.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const missed: Delivery = {
  deliveryId: 'd1',
  eventId: 'evt_1',
  type: 'call.missed',
  at: '2026-11-28T11:00:00Z',
  callId: 'c 1',
  account: '8000001',
  state: 'waiting',
  nextAt: '2026-11-28T13:00:00Z',
  tryCount: 2,
  tries: [
    { at: '2026-11-28T11:00:00Z', milliseconds: 15_000, error: 'timeout', why: 'No contestó.' },
    {
      at: '2026-11-28T11:00:05Z',
      milliseconds: 12,
      status: 503,
      error: 'status',
      why: 'Contestó 503.',
      answer: 'busy',
    },
  ],
  request: { url: 'https://crm.example.com', body: '{"type":"call.missed"}' },
};

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  endpoints: vi.fn(async () => []),
  deliveries: vi.fn(async () => ({ items: [missed], next: 'n2' })),
  replay: vi.fn(async () => undefined),
};

let page: DeliveriesPage;

const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((done) => setTimeout(done));
  await page.updateComplete;
};

beforeEach(async () => {
  vi.clearAllMocks();
  history.replaceState({}, '', '/events/e1?state=waiting&from=2026-11-01&to=2026-11-02&odd=1');
  page = new DeliveriesPage();
  page.api = api as unknown as DeliveriesPage['api'];
  page.me = admin;
  page.endpointId = 'e1';
  page.search = location.search;
  document.body.append(page);
  await settle();
});

afterEach(() => page.remove());

const row = () => page.renderRoot.querySelector<DeliveryRow>('cmw-delivery')?.renderRoot;

test('it shows what the address asks for, with each try and what was in it', () => {
  expect(api.deliveries).toHaveBeenCalledWith(
    'e1',
    { state: 'waiting', from: '2026-11-01', to: '2026-11-02' },
    undefined,
  );
  const text = row()?.textContent?.replace(/\s+/g, ' ');
  expect(text).toContain('Contestó 503.');
  expect(text).toContain('No contestó.');
  expect(text).toContain('"type": "call.missed"');
  expect(row()?.querySelector('details a')?.getAttribute('href')).toBe('/calls/8000001/c%201/history');
  expect(page.renderRoot.querySelector('.older')?.getAttribute('href')).toContain('next=n2');
});

test('one is sent again, and those of the days', async () => {
  row()?.querySelector('button')?.click();
  await settle();
  expect(api.replay).toHaveBeenCalledWith('e1', { deliveryId: 'd1' });
  const span = [...page.renderRoot.querySelectorAll('button')].find((each) => each.textContent?.includes('estos días'));
  span?.click();
  await settle();
  expect(api.replay).toHaveBeenLastCalledWith('e1', { from: '2026-11-01', to: '2026-11-02', state: 'waiting' });
});

test('a filter goes into the address, and days are kept in order', async () => {
  const from = page.renderRoot.querySelector<HTMLInputElement>('#from');
  if (from) from.value = '2026-11-20';
  from?.dispatchEvent(new Event('change'));
  await settle();
  expect(location.search).toBe('?state=waiting&from=2026-11-20&to=2026-11-20');
  expect(api.deliveries).toHaveBeenCalledTimes(2);
});

test('while something waits the page reads again, and not once all is delivered or on an older page', async () => {
  vi.useFakeTimers();
  try {
    page.remove();
    document.body.append(page);
    const passes = async (milliseconds: number) => {
      const before = api.deliveries.mock.calls.length;
      await vi.advanceTimersByTimeAsync(milliseconds);
      await page.updateComplete;
      return api.deliveries.mock.calls.length - before;
    };
    expect(await passes(31_000)).toBe(2);

    api.deliveries.mockResolvedValue({ items: [{ ...missed, state: 'delivered' }], next: 'n2' });
    expect(await passes(15_000)).toBe(1);
    expect(await passes(60_000)).toBe(0);

    api.deliveries.mockResolvedValue({ items: [missed], next: 'n3' });
    page.search = '?next=n2';
    expect(await passes(60_000)).toBe(1);
  } finally {
    vi.useRealTimers();
    api.deliveries.mockResolvedValue({ items: [missed], next: 'n2' });
  }
});

test('what means nothing in an address is left out', () => {
  expect(filterOf('?from=yesterday&state=&type=test')).toEqual({ type: 'test' });
});
