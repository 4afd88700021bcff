// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Me } from '../../src/api/types.js';
import { type BackupItem, BackupsPage, sizeWords } from '../../src/backups/backups-page.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const whole: BackupItem = {
  backupId: 'callmyway-20261127T083000Z',
  state: 'done',
  at: '2026-11-27T08:30:00Z',
  bytes: 12_345_678,
  release: '1.2.0',
  progress: 1,
};

let items: readonly BackupItem[];
let page: BackupsPage;

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  read: vi.fn(async () => ({ items, next: null, folder: '/data/backups', at: '02:30', keep: 7 })),
  change: vi.fn(async () => {
    items = [{ ...whole, backupId: undefined, state: 'running', bytes: undefined, progress: 0.25 }, ...items];
  }),
};

beforeEach(async () => {
  vi.useFakeTimers();
  items = [whole];
  page = new BackupsPage();
  page.api = api as unknown as BackupsPage['api'];
  page.me = admin;
  document.body.append(page);
  await settle();
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
  vi.clearAllMocks();
});

const settle = async () => {
  await vi.advanceTimersByTimeAsync(0);
  await page.updateComplete;
};

const text = () => page.renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';

test('it tells which backups there are, and when the next ones are made', () => {
  expect(text()).toContain('2:30 a. m.');
  expect(text()).toContain('Los últimos 7');
  expect(text()).toContain('/data/backups');
  expect(page.renderRoot.querySelector('tbody')?.textContent).toContain('12,3 MB');
});

test('a backup is made by a press, and its progress is shown until it is done', async () => {
  const button = page.renderRoot.querySelector<HTMLButtonElement>('button.primary');
  button?.click();
  await settle();
  button?.click();
  await settle();
  expect(api.change).toHaveBeenCalledTimes(1);
  expect(page.renderRoot.querySelector('progress')?.value).toBe(0.25);

  items = [{ ...whole, backupId: 'callmyway-20261128T120000Z', at: '2026-11-28T12:00:00Z' }, whole];
  await vi.advanceTimersByTimeAsync(1000);
  await page.updateComplete;
  expect(page.renderRoot.querySelector('progress')).toBeNull();
  expect(page.renderRoot.querySelector('[role="status"]')?.textContent).toContain('El respaldo está listo.');

  // Nobody asks any more.
  const asked = api.read.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(api.read).toHaveBeenCalledTimes(asked);
});

test('one that failed says why, and the button stays', async () => {
  items = [{ ...whole, backupId: undefined, state: 'failed', error: 'The disk has 3 MB free.' }, whole];
  page.renderRoot.querySelector<HTMLButtonElement>('button.primary')?.click();
  await vi.advanceTimersByTimeAsync(2000);
  items = items.filter(({ state }) => state !== 'running');
  await vi.advanceTimersByTimeAsync(2000);
  await page.updateComplete;
  expect(page.renderRoot.querySelector('[role="alert"]')?.textContent).toContain('The disk has 3 MB free.');
  expect(text()).not.toContain('El respaldo está listo.');
});

test('who is no administrator asks for nothing', async () => {
  const other = new BackupsPage();
  other.api = page.api;
  other.me = { roles: ['supervisor'] } as unknown as Me;
  api.read.mockClear();
  document.body.append(other);
  await vi.advanceTimersByTimeAsync(0);
  expect(other.renderRoot.textContent).toContain('Esta página es de un administrador.');
  expect(api.read).not.toHaveBeenCalled();
  other.remove();
});

test.each([
  [40_000, '0,1 MB'],
  [999_000_000, '999 MB'],
  [2_340_000_000, '2,3 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
