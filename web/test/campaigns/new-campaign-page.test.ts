// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { CampaignInput, CampaignList } from '../../src/api/campaign-types.js';
import type { CampaignsApi } from '../../src/api/campaigns-api.js';
import type { ContactSource } from '../../src/campaigns/contact-source.js';
import type { NewCampaignPage } from '../../src/campaigns/new-campaign-page.js';
import '../../src/campaigns/new-campaign-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { aCampaign, sofia } from './builders.js';

let previews: CampaignInput[];
let created: CampaignInput[];
let list: CampaignList;
let refusal: ApiError | undefined;
let stored: (readonly [string, string])[];
let page: NewCampaignPage;

const counts = (total: number, refused: number) => ({
  ...{ held: 0, offered: 0, dialling: 0, unknown: 0, done: 0, exhausted: 0 },
  ...{ total, refused, waiting: total - refused },
});

const phones = [{ endpointId: '1001', label: 'Escritorio', agentId: 'ana', agentName: 'Ana Solano' }];

const api = {
  now: () => Date.parse('2026-11-27T16:00:00Z'),
  options: async () => ({
    coordination: { confirmed: true, perMinute: 20 },
    phones,
    defaults: { attempts: 3, gapMinutes: 60, perMinute: 10 },
  }),
  preview: async (input: CampaignInput) => {
    previews.push(input);
    if (refusal) throw refusal;
    return list;
  },
  create: async (input: CampaignInput) => {
    created.push(input);
    return aCampaign();
  },
} as unknown as CampaignsApi;

const contacts = async () => [{ contactId: 'c1', name: 'María Rojas', numbers: ['88881234'] }];
const desk = { api: { contacts }, contactFields: [] } as unknown as NewCampaignPage['desk'];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  window.confirm = () => true;
  previews = [];
  created = [];
  stored = [];
  refusal = undefined;
  list = {
    state: 'ready',
    counts: counts(5, 3),
    refused: [
      { number: '12', reason: 'invalid', message: 'No es un número.' },
      { number: '+50688887777', name: 'José', contactId: 'c2', reason: 'doNotCall', message: 'Pidió no ser llamado.' },
    ],
    refusedReasons: [
      { reason: 'doNotCall', count: 2 },
      { reason: 'invalid', count: 1 },
    ],
  };
  page = await mount<NewCampaignPage>('cmw-new-campaign-page', {
    api,
    desk,
    me: sofia,
    store: async (file, name) => {
      stored.push([name, await file.text()]);
    },
  });
  await turn();
});

afterEach(() => {
  page.remove();

  vi.useRealTimers();
});

const source = () => page.renderRoot.querySelector('cmw-contact-source') as ContactSource;

async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await drawn(page);
    await drawn(source());
  }
}

async function type(host: NewCampaignPage | ContactSource, id: string, value: string): Promise<void> {
  const field = host.renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('input'));
  await vi.advanceTimersByTimeAsync(300);
  await turn();
}

async function choose(at: number): Promise<void> {
  const radio = [...source().renderRoot.querySelectorAll<HTMLInputElement>('[name=source]')][at] as HTMLInputElement;
  radio.dispatchEvent(new Event('change'));
  await turn();
}

async function press(words: string): Promise<void> {
  button(page, words).click();
  await turn();
}

test('before it is stored it shows who will not be called and why', async () => {
  await type(page, 'name', 'Cobro');
  await type(source(), 'query', ' morosos ');
  await press('Revisar la lista');
  expect(previews).toEqual([
    {
      name: 'Cobro',
      mode: 'preview',
      order: 'agentFirst',
      attempts: 3,
      gapMinutes: 60,
      perMinute: 10,
      contacts: { query: 'morosos' },
    },
  ]);
  expect(created).toEqual([]);
  expect(textOf(page)).toContain('Se llamará a 2 contactos. A 3 contactos no se llamará:');
  expect(textOf(page)).toMatch(/Está en la lista de no llamar: 2 José \+50688887777 y 1 más/);

  await press('Descargar a quiénes no');
  expect(stored[0]?.[0]).toBe('no-se-llaman.csv');
  expect(stored[0]?.[1]).toContain("'+50688887777;José;Está en la lista de no llamar;Pidió no ser llamado.");
  expect(stored[0]?.[1]).toContain(';;Está en la lista de no llamar;2 en total');

  await press('Crear la campaña con 2 contactos');
  expect(created).toEqual(previews);
});

test.each([true, false])('a new campaign is opened if its page is still there (%s)', async (isThere) => {
  const pressed = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await type(page, 'name', 'Cobro');
  await type(source(), 'query', 'morosos');
  await press('Revisar la lista');
  button(page, 'Crear la campaña con 2 contactos').click();
  if (!isThere) page.remove();
  await drawn(page);
  await drawn(page);
  expect(created).toHaveLength(1);
  expect(pressed).toHaveBeenCalledTimes(isThere ? 1 : 0);
  pressed.mockRestore();
});

test('another list is reviewed anew', async () => {
  await type(page, 'name', 'Cobro');
  await type(source(), 'query', 'morosos');
  await press('Revisar la lista');
  await type(source(), 'query', 'otros');
  expect(textOf(page)).not.toContain('Crear la campaña');
});

test('pasted numbers and chosen contacts are lists too', async () => {
  await type(page, 'name', 'Cobro');
  await choose(1);
  await type(source(), 'numbers', 'nombre;celular\nAna;88881234\nLeo;22223344');
  expect(textOf(source())).toContain('2 números');
  await press('Revisar la lista');
  expect(previews.at(-1)?.contacts).toEqual({ numbers: ['88881234', '22223344'] });

  await choose(2);
  await type(source(), 'find', 'maría');
  (source().renderRoot.querySelector('[role=option]') as HTMLElement).click();
  await turn();
  await press('Revisar la lista');
  expect(previews.at(-1)?.contacts).toEqual({ ids: ['c1'] });
});

test('numbers that were pasted a moment ago are reviewed, and no campaign is made of the list before', async () => {
  const paste = (value: string) => {
    const field = source().renderRoot.querySelector('#numbers') as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event('input'));
  };
  await type(page, 'name', 'Cobro');
  await choose(1);
  paste('88881234');
  await press('Revisar la lista');
  expect(source().fault).toBe('');
  expect(previews.at(-1)?.contacts).toEqual({ numbers: ['88881234'] });

  paste('22223344');
  await press('Crear la campaña con');
  expect(created).toEqual([]);
  expect(previews.at(-1)?.contacts).toEqual({ numbers: ['22223344'] });
  await press('Crear la campaña con');
  expect(created).toHaveLength(1);
});

test('what is missing or no number is told beside its field, and nothing is asked', async () => {
  await type(page, 'budget', 'mucho');
  await press('Revisar la lista');
  expect(textOf(page)).toContain('Escriba un número.');
  await type(page, 'budget', '10 000,50');
  await press('Revisar la lista');
  expect(source().fault).toBe('Diga a quién se llama.');
  expect(previews).toEqual([]);
  await type(source(), 'query', 'x');
  await press('Revisar la lista');
  expect(previews[0]?.budget).toBe(10000.5);
});

test.each([
  ['50.000', 50_000],
  ['1.500,50', 1500.5],
  ['0', 0],
])('the budget %s is %d', async (typed, budget) => {
  await type(page, 'budget', typed);
  await choose(3);
  await press('Revisar la lista');
  expect(previews[0]?.budget).toBe(budget);
});

test('of a long list the first are reviewed, and all contacts can be one', async () => {
  list = { ...list, state: 'building', counts: counts(20_000, 3) };
  await choose(3);
  await press('Revisar la lista');
  expect(previews[0]?.contacts).toEqual({ query: '' });
  expect(textOf(page)).toMatch(/se revisaron los primeros 20.?000 contactos/);
  await press('Crear la campaña');
  expect(created).toHaveLength(1);
});

test('hours need a day', async () => {
  await choose(3);
  const box = page.renderRoot.querySelector('fieldset:not([role]) input[type=checkbox]') as HTMLInputElement;
  const tick = async (field: HTMLInputElement, on: boolean) => {
    field.checked = on;
    field.dispatchEvent(new Event('change'));
    await turn();
  };
  await tick(box, true);
  for (const day of page.renderRoot.querySelectorAll<HTMLInputElement>('.ticks input:checked')) await tick(day, false);
  for (const day of page.renderRoot.querySelectorAll<HTMLInputElement>('.ticks input')) await tick(day, false);
  await press('Revisar la lista');
  expect(textOf(page)).toContain('Elija al menos un día.');
  expect(previews).toEqual([]);
});

test('a list with nobody to call can not be stored', async () => {
  list = { ...list, counts: counts(3, 3) };
  await type(source(), 'query', 'x');
  await press('Revisar la lista');
  expect(textOf(page)).toContain('No se llamaría a nadie.');
  expect(textOf(page)).not.toContain('Crear la campaña');
});

test('what the API refuses is told beside the field', async () => {
  refusal = new ApiError(400, { errors: { name: ['Falta el nombre.'], attempts: ['De 1 a 10.'] } });
  await type(source(), 'query', 'x');
  await press('Revisar la lista');
  expect(textOf(page)).toContain('Falta el nombre.');
  expect(textOf(page)).toContain('De 1 a 10.');
});

test('who supervises ticks the phones that take part, by whose they are', async () => {
  await drawn(page);
  const tick = [...page.renderRoot.querySelectorAll('label')].find((label) =>
    label.textContent?.includes('Ana Solano · Escritorio · 1001'),
  );
  tick?.querySelector('input')?.click();
  await drawn(page);
  expect(page.renderRoot.querySelector<HTMLInputElement>('#endpointIds')?.value).toBe('1001');
});
