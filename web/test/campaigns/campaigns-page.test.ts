// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Agreement, Campaign } from '../../src/api/campaign-types.js';
import type { CampaignsApi } from '../../src/api/campaigns-api.js';
import type { CampaignActions } from '../../src/campaigns/campaign-actions.js';
import type { CampaignsPage } from '../../src/campaigns/campaigns-page.js';
import '../../src/campaigns/campaigns-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { aCampaign, sofia } from './builders.js';

let list: readonly Campaign[];
let coordination: Agreement;
let asked: string[];
let refusal: ApiError | undefined;
let page: CampaignsPage;

const act = (what: string) => async (id: string) => {
  asked.push(`${what} ${id}`);
  if (refusal) throw refusal;
  return aCampaign({ campaignId: id, state: what === 'start' ? 'running' : what === 'pause' ? 'paused' : 'stopped' });
};

const api = {
  now: () => Date.parse('2026-11-27T16:00:00Z'),
  list: async (next?: string) => {
    asked.push(`list ${next ?? ''}`);
    return next ? { items: [aCampaign({ campaignId: 'old', name: 'La vieja' })] } : { items: list, next: 'p2' };
  },
  options: async () => ({ coordination, phones: [] }),
  start: act('start'),
  pause: act('pause'),
  stop: act('stop'),
} as unknown as CampaignsApi;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  list = [aCampaign()];
  coordination = { confirmed: true, perMinute: 20, until: '2027-01-01T06:00:00Z' };
  asked = [];
  refusal = undefined;
});

afterEach(() => {
  page?.remove();
  vi.useRealTimers();
});

async function open(me = sofia): Promise<void> {
  page = await mount<CampaignsPage>('cmw-campaigns-page', { api, me });
  await turn();
}

const actions = () => [...page.renderRoot.querySelectorAll<CampaignActions>('cmw-campaign-actions')];

async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await drawn(page);
    for (const each of actions()) await drawn(each);
  }
}

test('who supervises sees what was agreed, and whom to ask where nothing was', async () => {
  await open();
  expect(textOf(page)).toContain('20 llamadas por minuto entre todas las campañas, hasta el 31 dic 2026.');
  expect(page.renderRoot.querySelector('a[href="/campaigns/coordination"]')).toBeNull();
  page.remove();
  coordination = { confirmed: true, perMinute: 1 };
  await open();
  expect(textOf(page)).toContain('1 llamada por minuto entre todas las campañas.');
  page.remove();
  coordination = { confirmed: false, perMinute: 10 };
  await open();
  expect(textOf(page)).toContain('no está confirmada: ninguna campaña llama. Pídale a un administrador');
  expect(page.renderRoot.querySelector('a[href="/campaigns/coordination"]')).toBeNull();
});

test('a campaign shows how far it is, in a bar with words, and what it has cost', async () => {
  list = [aCampaign({ budget: 5000, why: 'Se gastó el presupuesto.' })];
  await open();
  expect(textOf(page)).toMatch(/Atendidos 30.*No localizados 12.*Pendientes 48.*No se llaman 10/);
  expect(textOf(page)).toMatch(/Gastado: ₡1.?500,00 de ₡5.?000,00/);
  expect(textOf(page)).toContain('Se gastó el presupuesto.');
  const bar = page.renderRoot.querySelector('svg[role=img]');
  expect(bar?.getAttribute('aria-label')).toContain('Atendidos: 30. No localizados: 12. Pendientes: 48');
  expect([...(bar?.querySelectorAll('rect[x]') ?? [])].map((part) => part.getAttribute('width'))).toEqual([
    '30%',
    '12%',
    '48%',
    '10%',
  ]);
});

test('it is read again while it goes on, and not when all is done', async () => {
  await open();
  await vi.advanceTimersByTimeAsync(4_500);
  await turn();
  expect(asked.filter((one) => one === 'list ')).toHaveLength(2);
  list = [aCampaign({ state: 'done', counts: { ...aCampaign().counts, offered: 0, dialling: 0, unknown: 0 } })];
  await vi.advanceTimersByTimeAsync(4_500);
  await turn();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked.filter((one) => one === 'list ')).toHaveLength(3);
});

test('a campaign is stopped only after a second press', async () => {
  await open();
  const [part] = actions() as [CampaignActions];
  button(part, 'Detener').click();
  await turn();
  expect(asked).not.toContain('stop k1');
  expect(textOf(part)).toContain('no se puede reanudar');
  button(part, 'Sí, detener').click();
  await turn();
  expect(asked).toContain('stop k1');
  expect(textOf(page)).toContain('Detenida');
});

test('a paused one goes on, and a refusal is told in the words of the API', async () => {
  list = [aCampaign({ state: 'paused' })];
  refusal = new ApiError(409, { detail: 'La coordinación no está confirmada.' });
  await open();
  const [part] = actions() as [CampaignActions];
  button(part, 'Reanudar').click();
  await turn();
  expect(textOf(part)).toContain('La coordinación no está confirmada.');
  refusal = undefined;
  button(part, 'Intentar de nuevo').click();
  await turn();
  expect(asked.filter((one) => one === 'start k1')).toHaveLength(2);
  expect(textOf(page)).toContain('En marcha');
});

test.each([
  [{ confirmed: false, perMinute: 10 }, 'no está confirmada'],
  [{ confirmed: true, perMinute: 5, until: '2026-11-20T06:00:00Z' }, 'venció el 19 nov 2026:'],
])('a coordination that is not valid is told: %o', async (value, words) => {
  coordination = value;
  await open({ ...sofia, roles: ['admin'] });
  expect(textOf(page)).toContain(words);
  expect(page.renderRoot.querySelector('a[href="/campaigns/coordination"]')).not.toBeNull();
});

test('older ones follow by a press', async () => {
  await open();
  button(page, 'Ver más').click();
  await turn();
  expect(textOf(page)).toContain('La vieja');
  expect(asked).toContain('list p2');
});

test('an agent is led to their work', async () => {
  await open({ ...sofia, roles: ['agent'] });
  expect(asked).toEqual([]);
  expect(page.renderRoot.querySelector('a[href="/campaign-work"]')).not.toBeNull();
});
