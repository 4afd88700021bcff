// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

const noon = Date.parse('2026-11-28T12:00:00Z');

const api = {
  now: vi.fn(() => noon),
  endpoints: vi.fn(async () => []),
  deliveries: vi.fn(async () => ({ items: [missed] as Delivery[], next: 'n2' })),
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

const due: Delivery = { ...missed, nextAt: '2026-11-28T12:00:05Z' };
const delivered: Delivery = { ...missed, state: 'delivered', nextAt: undefined };

/** Answers with this from now on, and passes time. Returns how often the page read meanwhile. */
const passes = async (items: Delivery[], milliseconds: number) => {
  api.deliveries.mockResolvedValue({ items, next: 'n2' });
  const before = api.deliveries.mock.calls.length;
  await vi.advanceTimersByTimeAsync(milliseconds);
  await page.updateComplete;
  return api.deliveries.mock.calls.length - before;
};

describe('by itself the page', () => {
  beforeEach(async () => {
    page.remove();
    vi.useFakeTimers();
    document.body.append(page);
    page.search = '?state=waiting';
    await passes([due], 0);
  });

  afterEach(() => {
    vi.useRealTimers();
    api.deliveries.mockResolvedValue({ items: [missed], next: 'n2' });
    api.now.mockReturnValue(noon);
  });

  test('reads again while a try is due, and no more once all is delivered', async () => {
    expect(await passes([due], 30_000)).toBe(2);
    expect(await passes([delivered], 15_000)).toBe(1);
    expect(await passes([delivered], 60_000)).toBe(0);
  });

  test('does not wait for a try that is an hour away, or for an endpoint that is paused', async () => {
    await passes([missed, { ...missed, deliveryId: 'd2', nextAt: undefined }], 15_000);
    expect(await passes([missed], 60_000)).toBe(0);
  });

  test('reads for a minute after something was sent again', async () => {
    await passes([delivered], 15_000);
    row()?.querySelector('button')?.click();
    expect(await passes([delivered], 45_000)).toBe(4);
    api.now.mockReturnValue(noon + 60_000);
    expect(await passes([delivered], 60_000)).toBe(0);
  });

  test('leaves alone a date that is being typed', async () => {
    const from = page.renderRoot.querySelector<HTMLInputElement>('#from');
    from?.focus();
    expect(await passes([due], 60_000)).toBe(0);
    from?.blur();
    expect(await passes([due], 15_000)).toBe(1);
  });

  test('moves the focus to the list when the row that has it leaves', async () => {
    row()?.querySelector('button')?.focus();
    await passes([], 15_000);
    expect(page.shadowRoot?.activeElement?.id).toBe('list');
  });
});

test('what means nothing in an address is left out', () => {
  expect(filterOf('?from=yesterday&state=&type=test')).toEqual({ type: 'test' });
});
