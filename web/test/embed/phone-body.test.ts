// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Me, Outcome } from '../../src/api/types.js';
import type { EmbedFailure } from '../../src/embed/embed-types.js';
import { EmbeddedPhone } from '../../src/embed/phone-body.js';
import type { PhoneDesk } from '../../src/embed/phone-desk.js';
import { aPopUp, settle } from '../builders.js';

const attended: Outcome = { code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true };

let tokens: string[];
let revoked: string;
let refusedWith: string | undefined;
let asked: string[];
let told: string[];
let errors: unknown[];
let phone: EmbeddedPhone;
const restart = vi.fn(() => phone.stop());

/** The server. A token is the agent's id and a number. */
async function server(url: string, { method = 'GET', headers, body }: RequestInit = {}): Promise<Response> {
  const token = new Headers(headers).get('X-CallMyWay-Token') ?? '';
  const { pathname } = new URL(url);
  asked.push(`${token} ${method} ${pathname}`);
  if (token === revoked) return Response.json({ detail: refusedWith }, { status: 401 });
  const [id = ''] = token.split('-');
  const endpoints = [{ endpointId: '2001' }];
  if (pathname === '/api/me') return Response.json({ id, name: id, roles: ['agent'], endpoints } satisfies Me);
  if (pathname === '/api/outcomes') return Response.json({ items: [attended] });
  if (pathname.endsWith('/wrap-up/undo')) return Response.json({});
  if (pathname.endsWith('/wrap-up'))
    return Response.json({ ...JSON.parse(String(body)), draft: false, etag: '1', agentId: id });
  if (pathname.startsWith('/api/calls/')) return Response.json(aPopUp());
  return Response.json({ items: [] });
}

async function soon(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await settle();
}

const deskOf = (): PhoneDesk =>
  (phone.renderRoot.querySelector('cmw-pop-up-list') as unknown as { desk: PhoneDesk }).desk;

/** Writes about a call, as its card would. */
const write = async (): Promise<void> => {
  const desk = deskOf();
  desk.drafts.get(aPopUp()).change({ notes: 'de Ana' });
  await desk.drafts.get(aPopUp()).flush();
};

beforeEach(async () => {
  localStorage.clear();
  tokens = ['ana-1'];
  revoked = '';
  refusedWith = undefined;
  asked = [];
  told = [];
  errors = [];
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => server(String(url), init));
  phone = new EmbeddedPhone();
  phone.link = {
    api: 'https://office.example',
    site: 'https://console.example',
    language: 'es',
    token: async () => tokens.shift() ?? '',
    restart,
    tell: (name, detail) => {
      told.push(name === 'ready' ? `ready ${(detail as { agentId: string }).agentId}` : name);
      if (name === 'error') errors.push(detail);
    },
  };
  document.body.append(phone);
  await soon();
});

afterEach(() => {
  phone.stop();
  phone.remove();
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

test('a save is told, and its undo where nothing stood before', async () => {
  const desk = deskOf();
  const draft = desk.drafts.get(aPopUp());
  await desk.outcomes.read();
  await draft.load();
  draft.change({ outcome: 'attended' });
  await draft.send();
  await desk.undo();
  await soon();

  expect(told.filter((name) => name.startsWith('wrap-up'))).toEqual(['wrap-up-saved', 'wrap-up-undone']);
});

test('with another token of the same agent the phone goes on', async () => {
  revoked = 'ana-1';
  tokens = ['ana-2'];
  await write();
  await soon();
  expect(asked).toContain('ana-2 PUT /api/calls/1001/wrap-up');
  expect(restart).not.toHaveBeenCalled();
  expect(told).toEqual(['ready ana']);
});

test('with the token of another agent nothing is sent, and the phone begins anew', async () => {
  revoked = 'ana-1';
  tokens = ['luis-1', 'luis-2', 'luis-3'];
  await write();
  await soon();
  expect(restart).toHaveBeenCalledOnce();
  expect(asked.filter((one) => one.startsWith('luis'))).toEqual(['luis-1 GET /api/me']);
  expect(told).toEqual(['ready ana']);
  // It waits for its own agent.
  expect(Object.keys(localStorage)).toEqual(['cmw.draft.ana|office|1001']);
});

test.each([0, 503, 409])('a call by click without a yes is told as what it is (%i)', async (status) => {
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (!(init?.method === 'POST' && url.endsWith('/api/calls'))) return fetch(url, init);
    if (status === 0) throw new TypeError('Failed to fetch');
    return Response.json({ detail: 'Usted está en una llamada.' }, { status });
  });
  const failure = await phone.dial('8888 1234').catch((error: unknown) => error);
  expect(failure).toMatchObject(
    status === 409
      ? { code: 'dial-refused', message: 'Usted está en una llamada.', status }
      : {
          code: 'unreachable',
          message: 'No se sabe si se llamó a 8888 1234. Espere unos segundos; «Intentar de nuevo» no llama dos veces.',
          status,
        },
  );
  expect(errors).toEqual([{ code: (failure as EmbedFailure).code, message: (failure as Error).message, status }]);
});

test.each([
  [undefined, 'La autorización para CallMyWay venció o fue retirada. Recargue la página.'],
  ['Ese token no es de esta oficina.', 'Ese token no es de esta oficina.'],
])('without a token that is taken each method says so, and the page is told once why: %s', async (detail, message) => {
  revoked = 'ana-1';
  refusedWith = detail;
  tokens = ['ana-1'];
  for (const ask of [
    () => phone.dial('8888 1234'),
    () => phone.showContact('c1'),
    () => phone.setPresence({ paused: true }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'token-refused', message, status: 401 });
  await soon();
  expect(errors).toEqual([{ code: 'token-refused', message, status: 401 }]);
});

test('a phone that hears of no calls tells the page, once', async () => {
  window.dispatchEvent(new Event('offline'));
  window.dispatchEvent(new Event('offline'));
  await soon();

  expect(errors).toEqual([
    {
      code: 'unreachable',
      message: 'No hay conexión con el servidor. Revise su red e intente de nuevo.',
      status: 0,
    },
  ]);
});
