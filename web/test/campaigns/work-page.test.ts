// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { CampaignWork } from '../../src/api/campaign-types.js';
import type { CampaignsApi } from '../../src/api/campaigns-api.js';
import type { WorkPage } from '../../src/campaigns/work-page.js';
import '../../src/campaigns/work-page.js';
import type { WorkStore } from '../../src/campaigns/work-store.js';
import { Desk } from '../../src/desk/desk.js';
import '../../src/desk/desk-page.js';
import type { Click } from '../../src/dial/dialler.js';
import { aPopUp } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { aCard, sofia } from './builders.js';

let works: CampaignWork[];
let asked: number;
let skipped: (readonly [string, string, string | undefined])[];
let refusal: ApiError | undefined;
let dialled: { readonly body: unknown; readonly key: string }[];
let answer: () => Response;
let hold: Promise<void> | undefined;
let desk: Desk;
let page: WorkPage;

const ana = { ...sofia, id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };
const campaigns = [{ campaignId: 'k1', name: 'Cobro de noviembre', mode: 'preview' as const, waiting: 40 }];

const api = {
  work: async () => {
    asked++;
    await hold;
    if (refusal) throw refusal;
    return works[0] as CampaignWork;
  },
  skip: async (campaignId: string, entryId: string, until?: string) => {
    skipped.push([campaignId, entryId, until]);
    works.shift();
  },
} as unknown as CampaignsApi;

const dial = (state: string) => ({
  dialId: 'd1',
  state,
  number: aCard().number,
  endpointId: '1001',
  order: 'agentFirst',
  message: 'El operador no quiso.',
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  vi.setSystemTime('2026-11-27T16:00:00Z');
  works = [
    { card: aCard(), campaigns },
    { card: aCard({ entryId: 'e2', name: 'José Mora' }), campaigns },
  ];
  asked = 0;
  skipped = [];
  dialled = [];
  refusal = undefined;
  hold = undefined;
  answer = () => Response.json(dial('placed'), { status: 202 });
  desk = new Desk(
    new ApiClient({
      fetch: async (url, init) => {
        if (url === '/api/dials/d1') return Response.json({ ...dial('ringing'), callId: '1001' });
        if (url === '/api/contacts/c1') return Response.json({ contactId: 'c1', name: 'María', numbers: [] });
        if (url !== '/api/calls' || init?.method !== 'POST') return Response.json({ items: [] });
        dialled.push({
          body: JSON.parse(String(init.body)),
          key: new Headers(init.headers).get('Idempotency-Key') ?? '',
        });
        return answer();
      },
    }),
    () => new Promise(() => {}),
  );
  page = await mount<WorkPage>('cmw-campaign-work-page', { api, desk });
  // As the frame does.
  page.addEventListener('dial', (event) => void desk.dialler.call((event as CustomEvent<Click>).detail));
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) await drawn(page);
}

async function join(me = ana): Promise<void> {
  page.me = me;
  await turn();
  await vi.advanceTimersByTimeAsync(700);
}

test('nothing is asked before it is known who works, or without a phone', async () => {
  expect(asked).toBe(0);
  await join({ ...ana, endpoints: [] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(0);
  expect(textOf(page)).toContain('Usted no tiene un teléfono asignado');
});

test('who signs in after another agent does not see their card', async () => {
  await join();
  expect(textOf(page)).toContain('María Rojas');
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  works.shift();
  page.me = { ...ana, id: 'luis', name: 'Luis' };
  await turn();
  expect(textOf(page)).not.toContain('María Rojas');
  page.press('n');
  expect(dialled).toEqual([]);
  release();
  await turn();
  expect(textOf(page)).toContain('José Mora');

  // Who has no phone has no work.
  page.me = { ...ana, endpoints: [], id: 'eva' };
  await turn();
  const before = asked;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked - before, page.renderRoot.querySelector('.who')]).toEqual([0, null]);
});

test('who signs in again sees at once whether the card is still theirs', async () => {
  await join();
  works.shift();
  page.me = { ...ana };
  await turn();
  expect(asked).toBe(2);
  expect(textOf(page)).toContain('José Mora');
});

test('the card is called as the campaign’s, and the next one comes when its call is closed', async () => {
  await join();
  expect(textOf(page)).toMatch(/María Rojas.*8888-1234.*Cobro de noviembre.*Intento 2 de 3/);
  button(page, 'Llamar').click();
  await turn();
  expect(dialled).toHaveLength(1);
  expect(dialled[0]?.body).toEqual({ number: '+50688881234', campaignId: 'k1' });
  expect(dialled[0]?.key).not.toBe('');
  expect(textOf(page)).toContain('Usted está en una llamada');
  // A second press and the key do nothing meanwhile.
  page.press('Enter');
  await turn();
  expect(dialled).toHaveLength(1);

  works.shift();
  const call = aPopUp({ dialId: 'd1', direction: 'out', state: 'connected' });
  desk.popUps.show(call, true);
  desk.dialler.tell(call);
  await turn();
  desk.popUps.show({ ...call, state: 'ended', revision: 2 });
  await turn();
  // Its outcome is still to be written.
  expect(asked).toBe(1);
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  desk.popUps.close({ ...call, revision: 3 });
  await turn();
  expect(asked).toBe(2);
  // Who was called is not called again while the next one is on its way.
  expect(textOf(page)).not.toContain('María Rojas');
  await vi.advanceTimersByTimeAsync(700);
  page.press('n');
  await turn();
  expect(dialled).toHaveLength(1);
  release();
  await turn();
  expect(textOf(page)).toContain('José Mora');
});

test('after a press whose answer was lost the next one comes too when its call is closed', async () => {
  await join();
  answer = () => {
    throw new TypeError('The network is gone.');
  };
  const before = dialled.length;
  button(page, 'Llamar').click();
  await turn();
  expect(dialled).toHaveLength(before + 1);
  const call = aPopUp({ dialId: 'd1', direction: 'out', state: 'ringing' });
  desk.popUps.show(call, true);
  await turn();
  desk.popUps.show({ ...call, state: 'ended', revision: 2 });
  desk.dialler.tell({ ...call, state: 'ended', revision: 2 });
  await turn();
  const soFar = asked;
  works.shift();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(textOf(page)).toContain('Usted está en una llamada');
  expect(asked).toBe(soFar);

  desk.popUps.close({ ...call, revision: 3 });
  await turn();
  expect(textOf(page)).toContain('José Mora');
});

test('a press that was refused leads to a new card', async () => {
  await join();
  answer = () => Response.json(dial('refused'), { status: 202 });
  works.shift();
  button(page, 'Llamar').click();
  await turn();
  expect(asked).toBe(2);
  expect(textOf(page)).toContain('José Mora');
});

test('a card is put back until later today, or until tomorrow', async () => {
  await join();
  expect(page.press('s')).toBe(true);
  await turn();
  expect(textOf(page)).toContain('José Mora');
  works = [works[0] as CampaignWork, { why: 'later', message: 'Los demás son para más tarde.', campaigns }];
  button(page, 'Mañana').click();
  await turn();
  expect(skipped).toEqual([
    ['k1', 'e1', undefined],
    ['k1', 'e2', '2026-11-28T06:00:00.000Z'],
  ]);
  expect(textOf(page)).toContain('Los demás son para más tarde.');
});

test('what comes next is said in one place that stays', async () => {
  hold = new Promise(() => {});
  page.me = ana;
  await turn();
  const said = page.renderRoot.querySelector('section [role="status"]');
  expect(said?.textContent).toBe('');
  hold = undefined;
  await (page as unknown as { work: WorkStore }).work.read();
  await turn();
  expect(said?.textContent).toBe('Sigue María Rojas');
  page.press('s');
  await turn();
  expect(said?.textContent).toBe('Sigue José Mora');
  works = [{ why: 'later', message: 'Los demás son para más tarde.', campaigns }];
  await (page as unknown as { work: WorkStore }).work.read();
  await turn();
  expect(said?.textContent).toContain('Los demás son para más tarde.');
  works = [{ card: aCard(), campaigns }];
  await (page as unknown as { work: WorkStore }).work.read();
  await turn();
  button(page, 'Llamar').click();
  await turn();
  expect(said?.textContent).toContain('Usted está en una llamada');
  expect(said?.isConnected).toBe(true);
});

test('Enter calls, but not with a key that is still held down from the call before', async () => {
  page.me = ana;
  await turn();
  expect(page.press('Enter')).toBe(false);
  await vi.advanceTimersByTimeAsync(700);
  expect(page.press('Enter')).toBe(true);
  await turn();
  expect(dialled).toHaveLength(1);
});

test('Enter on a button is that button', async () => {
  await join();
  button(page, 'Mañana').focus();
  expect(page.press('Enter')).toBe(false);
  expect(dialled).toEqual([]);
});

test('where there is no card it says why, when the next is due, and looks again', async () => {
  works = [{ why: 'later', nextAt: '2026-11-27T20:30:00Z', campaigns }];
  await join();
  expect(textOf(page)).toMatch(/los que faltan son para más tarde\. El próximo se puede llamar: 2:30/);
  works = [{ card: aCard(), campaigns }];
  await vi.advanceTimersByTimeAsync(5_000);
  await turn();
  expect(textOf(page)).toContain('María Rojas');
});

test('a card is renewed each minute, and left to others when the page is left', async () => {
  await join();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toBe(2);
  page.remove();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toBe(2);
});

test('a failure is told, and asked again', async () => {
  refusal = new ApiError(503, { detail: 'El almacén no responde.' });
  await join();
  expect(textOf(page)).toContain('El almacén no responde.');
  refusal = undefined;
  button(page, 'Intentar de nuevo').click();
  await turn();
  expect(textOf(page)).toContain('María Rojas');
});

test('a number of nobody is told, and the agent writes down who it is', async () => {
  await join();
  const made = await import('../../src/campaigns/card-contact.js');
  const part = page.renderRoot.querySelector<InstanceType<typeof made.CardContact>>('cmw-card-contact');
  expect(part).not.toBeNull();
  if (!part) return;
  await drawn(part);
  expect(textOf(part)).toContain('Este número no es de ningún contacto.');
  button(part, 'Crear contacto').click();
  await vi.waitFor(() => expect(part.renderRoot.querySelector('cmw-contact-form')).not.toBeNull());
  works[0] = { card: aCard({ contactId: 'c1' }), campaigns };
  part.renderRoot.querySelector('cmw-contact-form')?.dispatchEvent(new CustomEvent('saved'));
  await turn();
  expect(page.renderRoot.querySelector('cmw-contact-file')).not.toBeNull();
  expect(page.renderRoot.querySelector('cmw-card-contact')).toBeNull();
});

test('how many are left says that they are for later too, as some of them can’t be called now', async () => {
  works = [{ why: 'none', campaigns }];
  await join();
  expect(textOf(page)).toContain('40 por llamar, ahora o más tarde');
});

test('an agent for whom campaigns dial nobody reads why, and when they go on', async () => {
  const rest = { until: '2026-11-27T17:00:00Z', message: 'Se llegó al máximo de esta hora.' };
  const progressive = { campaignId: 'k2', name: 'Avisos', mode: 'progressive' as const, waiting: 3 };
  works = [{ why: 'none', campaigns: [progressive], rest }];
  await join();
  expect(textOf(page)).toMatch(/Se llegó al máximo de esta hora. Las llamadas de campaña siguen: 11:00/);
});
