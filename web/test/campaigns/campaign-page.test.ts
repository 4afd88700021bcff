// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Campaign, CampaignSettings } from '../../src/api/campaign-types.js';
import type { CampaignsApi } from '../../src/api/campaigns-api.js';
import type { CampaignForm } from '../../src/campaigns/campaign-form.js';
import type { CampaignPage } from '../../src/campaigns/campaign-page.js';
import type { EntriesList } from '../../src/campaigns/entries-list.js';
import '../../src/campaigns/campaign-page.js';
import { hoursWords } from '../../src/campaigns/words.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { aCampaign, anEntry, sofia } from './builders.js';

let campaign: Campaign;
let saved: (readonly [CampaignSettings, string | undefined])[];
let asked: string[];
let page: CampaignPage;
let stored: string[];

const api = {
  now: () => Date.parse('2026-11-27T16:00:00Z'),
  get: async () => campaign,
  save: async (_: string, settings: CampaignSettings, etag: string | undefined) => {
    saved.push([settings, etag]);
    if (etag !== campaign.etag) throw new ApiError(412, { detail: 'Otra persona la cambió.' });
    campaign = { ...campaign, ...settings, etag: 'v9' };
    return campaign;
  },
  contacts: async (_: string, state?: string, next?: string) => {
    asked.push(`${state ?? ''} ${next ?? ''}`);
    return {
      items: [
        anEntry({
          name: 'María',
          contactId: 'c1',
          attempts: 1,
          lastAt: '2026-11-27T15:30:00Z',
          lastOutcome: 'promesa',
          agentId: 'ana',
        }),
        anEntry({
          entryId: 'e2',
          state: 'held',
          refusedBecause: 'Hoy ya se le llamó dos veces.',
          nextAt: '2026-11-28T14:00:00Z',
        }),
        anEntry({ entryId: 'e3', state: 'refused', refusedBecause: 'Está en la lista de no llamar.' }),
      ],
      next: next ? null : 'p2',
    };
  },
  options: async () => ({
    coordination: { confirmed, perMinute: 20 },
    phones: [],
    defaults: { attempts: 3, gapMinutes: 60, perMinute: 10 },
  }),
  names: async () => new Map([['ana', 'Ana Solano']]),
  file: async () => new Blob(['x']),
} as unknown as CampaignsApi;

const outcomes = new OutcomesStore({
  outcomes: async () => ({
    items: [{ code: 'promesa', es: 'Promesa de pago', en: 'Promise', requires: {}, active: true }],
  }),
});

let confirmed: boolean;

beforeEach(async () => {
  confirmed = true;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  window.confirm = () => true;
  history.replaceState({}, '', '/campaigns/k1');
  campaign = aCampaign({ budget: 5000, outcomes: [{ outcome: 'promesa', count: 12 }] });
  saved = [];
  asked = [];
  stored = [];
  await open();
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

const entries = () => page.renderRoot.querySelector('cmw-campaign-entries') as EntriesList;
const form = () => page.renderRoot.querySelector<CampaignForm>('cmw-campaign-form');

async function open(): Promise<void> {
  page = await mount<CampaignPage>('cmw-campaign-page', {
    api,
    outcomes,
    me: sofia,
    campaignId: 'k1',
    store: (_, name) => stored.push(name),
  });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await drawn(page);
    await drawn(entries() ?? page);
    const changing = form();
    if (changing) await drawn(changing);
  }
}

async function type(id: string, value: string): Promise<void> {
  const field = form()?.renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('input'));
  await turn();
}

test('it shows what came of the calls, and of each contact why it waits', async () => {
  expect(textOf(page)).toMatch(/Promesa de pago 12/);
  expect(textOf(page)).toMatch(/₡1.?500,00 de ₡5.?000,00/);
  const rows = [...entries().renderRoot.querySelectorAll('li')].map((row) => row.textContent?.replace(/\s+/g, ' '));
  expect(rows[0]).toMatch(/María.*Por llamar.*Intento 1 de 3.*Promesa de pago.*Ana Solano/);
  expect(rows[1]).toMatch(/Ahora no se puede.*Hoy ya se le llamó dos veces\. Desde: sáb/);
  expect(rows[2]).toContain('Está en la lista de no llamar.');
});

test('which contacts are shown stands in the address, and Back leads to the ones before', async () => {
  const select = entries().renderRoot.querySelector('#state') as HTMLSelectElement;
  select.value = 'held';
  select.dispatchEvent(new Event('change'));
  await turn();
  expect(location.search).toBe('?state=held');
  button(entries(), 'Siguientes').click();
  await turn();
  expect(location.search).toBe('?state=held&next=p2');
  expect(asked).toEqual([' ', 'held ', 'held p2']);
  page.search = '?state=nonsense';
  await turn();
  expect(asked.at(-1)).toBe(' ');
});

test('what is shown follows while it goes on', async () => {
  campaign = aCampaign({ counts: { ...campaign.counts, done: 31 } });
  await vi.advanceTimersByTimeAsync(4_500);
  await turn();
  expect(textOf(page)).toContain('Atendidos 31');
  expect(asked).toEqual([' ', ' ']);
});

test('once it is started the coordination is read again', async () => {
  confirmed = false;
  page.remove();
  await open();
  expect(textOf(page)).toContain('La coordinación con el operador no está confirmada');
  confirmed = true;
  page.renderRoot
    .querySelector('cmw-campaign-actions')
    ?.dispatchEvent(new CustomEvent('changed', { detail: { ...campaign, state: 'running' } }));
  await turn();
  expect(textOf(page)).not.toContain('La coordinación con el operador no está confirmada');
});

test('it is changed while it runs', async () => {
  button(page, 'Cambiar').click();
  await turn();
  await type('budget', '9000');
  // What is read meanwhile takes nothing away.
  await vi.advanceTimersByTimeAsync(4_500);
  await turn();
  button(form() as CampaignForm, 'Guardar').click();
  await turn();
  expect(saved).toEqual([
    [{ name: 'Cobro de noviembre', attempts: 3, gapMinutes: 120, perMinute: 10, budget: 9000 }, 'v1'],
  ]);
  expect(form()).toBeNull();
});

test('a stored budget with many decimals is not read as thousands', async () => {
  campaign = aCampaign({ ...campaign, budget: 150.125 });
  page.remove();
  await open();
  button(page, 'Cambiar').click();
  await turn();
  await type('attempts', '5');
  button(form() as CampaignForm, 'Guardar').click();
  await turn();
  expect(saved[0]?.[0]).toMatchObject({ attempts: 5, budget: 150.13 });
});

test('where another was faster, it says what they changed, and either version stays', async () => {
  button(page, 'Cambiar').click();
  await turn();
  await type('attempts', '5');
  campaign = { ...campaign, attempts: 4, hours: { from: '08:00', to: '12:00', days: [1] }, etag: 'v2' };
  const open = form() as CampaignForm;
  button(open, 'Guardar').click();
  await turn();
  expect(textOf(open)).toContain('Los intentos son 4.');
  expect(textOf(open)).toContain('El horario es ahora: De 8:00 a. m. a 12:00 p. m. · lunes.');
  button(open, 'Conservar mi versión').click();
  await turn();
  expect(saved.map(([{ attempts }, etag]) => [attempts, etag])).toEqual([
    [5, 'v1'],
    [5, 'v2'],
  ]);
  expect(form()).toBeNull();
});

test('the file is stored under the campaign’s name', async () => {
  button(page, 'Exportar CSV').click();
  await turn();
  expect(stored).toEqual(['campaña-Cobro-de-noviembre.csv']);
});

test.each([
  [undefined, 'A toda hora en que se permite llamar'],
  [[1, 2, 3, 4, 5], 'De 8:00 a. m. a 6:00 p. m. · de lunes a viernes'],
  [[0, 6], 'De 8:00 a. m. a 6:00 p. m. · sábado, domingo'],
  [[1, 3, 5], 'De 8:00 a. m. a 6:00 p. m. · lunes, miércoles, viernes'],
  [[], 'De 8:00 a. m. a 6:00 p. m.'],
])('hours are said in words: %o', (days, words) => {
  expect(hoursWords(days && { from: '08:00:00', to: '18:00:00', days })).toBe(words);
});

test('who rests is told with the time, and so are costs that the amount lacks', async () => {
  campaign = aCampaign({
    budget: 5000,
    unpriced: 3,
    spentOtherwise: [{ amount: 3.5, currency: 'USD' }],
    resting: [{ agentId: 'ana', message: 'Se llegó al máximo de esta hora.', until: '2026-11-27T17:00:00Z' }],
  });
  page.campaignId = 'k2';
  await turn();
  expect(textOf(page)).toMatch(/Ana Solano: Se llegó al máximo de esta hora. Se sigue: 11:00/);
  expect(textOf(page)).toContain('Falta el costo de 3 llamadas.');
  expect(textOf(page)).toMatch(/Además se gastó USD.3,50. Es otra moneda: no se suma al presupuesto/);
});
