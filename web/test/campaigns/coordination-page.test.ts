// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Coordination, CoordinationInput } from '../../src/api/campaign-types.js';
import type { CampaignsApi } from '../../src/api/campaigns-api.js';
import { type CoordinationPage, endOfDay } from '../../src/campaigns/coordination-page.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { sofia } from './builders.js';

let stored: Coordination;
let saved: (CoordinationInput & { readonly etag: string | undefined })[];
let answer: () => Promise<void>;
let page: CoordinationPage;

const api = {
  now: () => Date.parse('2026-11-27T16:00:00Z'),
  coordination: async () => stored,
  saveCoordination: async (coordination: CoordinationInput, etag: string | undefined) => {
    saved.push({ ...coordination, etag });
    await answer();
    if (etag !== stored.etag) throw new ApiError(412, { detail: 'Otra persona la cambió.' });
    const { confirmed, perMinute, until } = coordination;
    stored = { confirmed, perMinute: perMinute ?? 10, ...(until ? { until } : {}), etag: 'v9' };
    return stored;
  },
} as unknown as CampaignsApi;

beforeEach(async () => {
  window.confirm = () => true;
  stored = { confirmed: false, perMinute: 10, etag: 'v1' };
  saved = [];
  answer = async () => {};
  page = await mount<CoordinationPage>('cmw-coordination-page', { api, me: { ...sofia, roles: ['admin'] } });
  await drawn(page);
});

afterEach(() => page.remove());

async function fill(): Promise<void> {
  const box = page.renderRoot.querySelector('[type=checkbox]') as HTMLInputElement;
  box.checked = true;
  box.dispatchEvent(new Event('change'));
  await type('perMinute', '12', 'input');
  await type('until', '2026-12-31', 'change');
}

async function type(id: string, value: string, event: string): Promise<void> {
  const field = page.renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event(event));
  await drawn(page);
}

async function press(words: string): Promise<void> {
  button(page, words).click();
  for (let i = 0; i < 4; i++) await drawn(page);
}

test('it is confirmed with a rate, until the end of a day of the account', async () => {
  expect(textOf(page)).toContain('Sin confirmar');
  await fill();
  await press('Guardar');
  expect(saved).toEqual([{ confirmed: true, perMinute: 12, until: '2027-01-01T06:00:00.000Z', etag: 'v1' }]);
  expect(textOf(page)).toContain('Confirmada');
  expect((page.renderRoot.querySelector('#until') as HTMLInputElement).value).toBe('2026-12-31');
});

test('what is typed while it is saved stays, and is saved over the version that stands then', async () => {
  const answers = new Pending<void>();
  answer = answers.ask;
  await fill();
  await press('Guardar');
  await type('perMinute', '15', 'input');
  await answers.answer();
  await drawn(page);
  expect((page.renderRoot.querySelector('#perMinute') as HTMLInputElement).value).toBe('15');
  expect(textOf(page)).not.toContain('Guardado.');

  await press('Guardar');
  await answers.answer();
  await drawn(page);
  expect(saved.map(({ perMinute, etag }) => [perMinute, etag])).toEqual([
    [12, 'v1'],
    [15, 'v9'],
  ]);
  expect(textOf(page)).toContain('Guardado.');
});

test('where another was faster, one’s own version can take the place of theirs', async () => {
  await fill();
  stored = { confirmed: true, perMinute: 3, etag: 'v2' };
  await press('Guardar');
  await press('Conservar mi versión');
  expect(saved.map(({ perMinute, etag }) => [perMinute, etag])).toEqual([
    [12, 'v1'],
    [12, 'v2'],
  ]);
});

test('or be given up for theirs', async () => {
  await fill();
  stored = { confirmed: true, perMinute: 3, etag: 'v2' };
  await press('Guardar');
  await press('Usar la otra');
  expect((page.renderRoot.querySelector('#perMinute') as HTMLInputElement).value).toBe('3');
  expect(saved).toHaveLength(1);
});

test('what is no number is not sent', async () => {
  await type('perMinute', 'muchas', 'input');
  await press('Guardar');
  expect(textOf(page)).toContain('Escriba un número.');
  expect(saved).toEqual([]);
});

test('a day ends where the next one begins', () => {
  expect(endOfDay('2026-11-27', 'America/Costa_Rica')).toBe('2026-11-28T06:00:00.000Z');
  expect(endOfDay('', 'America/Costa_Rica')).toBeNull();
});
