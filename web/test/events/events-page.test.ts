// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { EventEndpoint } from '../../src/api/event-types.js';
import type { Me } from '../../src/api/types.js';
import type { SecretPanel } from '../../src/design/secret-panel.js';
import type { EndpointCard } from '../../src/events/endpoint-card.js';
import type { EndpointForm } from '../../src/events/endpoint-form.js';
import { EventsPage } from '../../src/events/events-page.js';
import { focused } from '../dom.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const crm: EventEndpoint = {
  endpointId: 'e1',
  url: 'https://crm.example.com/events',
  events: ['call.started', 'call.ended'],
  enabled: true,
  state: 'active',
  waiting: 0,
  createdAt: '2026-11-27T08:30:00Z',
  etag: '"1"',
};

let endpoints: readonly EventEndpoint[];
let page: EventsPage;

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  endpoints: vi.fn(async () => endpoints),
  create: vi.fn(async () => {
    endpoints = [crm];
    return { endpointId: 'e1', secret: 'whsec_abc', endpoint: crm };
  }),
  save: vi.fn(async () => crm),
  remove: vi.fn(async () => {
    endpoints = [];
  }),
  newSecret: vi.fn(async () => ({ secret: 'whsec_new', previousSecretUntil: '2026-11-29T12:00:00Z' })),
  test: vi.fn(async () => ({
    delivered: false,
    try: {
      at: '2026-11-28T12:00:00Z',
      milliseconds: 30,
      status: 500,
      error: 'status',
      why: 'Contestó 500.',
      answer: 'oops',
    },
    request: { url: crm.url, body: '{}' },
    endpoint: crm,
  })),
};

const open = async (found: readonly EventEndpoint[], me: Me = admin): Promise<void> => {
  endpoints = found;
  page = new EventsPage();
  page.api = api as unknown as EventsPage['api'];
  page.me = me;
  document.body.append(page);
  await settle();
};

const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((done) => setTimeout(done));
  await page.updateComplete;
};

const card = () => page.renderRoot.querySelector<EndpointCard>('cmw-event-endpoint');
const text = (of: { renderRoot: DocumentFragment | HTMLElement } | null | undefined) =>
  of?.renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';
const press = async (of: { renderRoot: DocumentFragment | HTMLElement } | null | undefined, words: string) => {
  const button = [...(of?.renderRoot.querySelectorAll('button') ?? [])].find((each) =>
    each.textContent?.includes(words),
  );
  expect(button, words).toBeDefined();
  button?.click();
  await settle();
};

beforeEach(() => vi.clearAllMocks());

afterEach(() => page.remove());

test('an endpoint is added, and its secret is shown until it is copied', async () => {
  await open([]);
  expect(text(page)).toContain('Todavía no se avisa a ningún sistema.');
  await press(page, 'Agregar un receptor');
  const form = page.renderRoot.querySelector<EndpointForm>('cmw-event-endpoint-form');
  const url = form?.renderRoot.querySelector<HTMLInputElement>('#url');
  if (url) url.value = ' https://crm.example.com/events ';
  url?.dispatchEvent(new InputEvent('input'));
  await settle();
  form?.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit'));
  await settle();

  expect(api.create).toHaveBeenCalledWith({
    url: 'https://crm.example.com/events',
    events: ['call.started', 'call.ended', 'call.missed'],
    enabled: true,
  });
  const secret = card()?.renderRoot.querySelector<SecretPanel>('cmw-secret-panel');
  expect(secret?.renderRoot.querySelector('input')?.value).toBe('whsec_abc');
  expect(page.renderRoot.querySelector('cmw-event-endpoint-form')).toBeNull();
  expect(focused()?.id).toBe('words');
  await press(secret, 'Ya lo copié');
  expect(card()?.renderRoot.querySelector<SecretPanel>('cmw-secret-panel')).toBeNull();
  expect(focused()?.id).toBe('name');
});

test('a paused endpoint says why and since when, and a test shows the answer', async () => {
  await open([
    { ...crm, state: 'paused', since: '2026-11-27T12:00:00Z', why: 'Pasó un día sin recibir nada.', waiting: 1000 },
  ]);
  expect(text(card())).toContain('Pasó un día sin recibir nada.');
  expect(text(card())).toContain('1000+');
  await press(card(), 'Probar y reanudar');
  expect(api.test).toHaveBeenCalledWith('e1');
  expect(text(card())).toContain('Contestó 500.');
  expect(text(card())).toContain('oops');
});

const form = () => card()?.renderRoot.querySelector<EndpointForm>('cmw-event-endpoint-form');
const url = () => form()?.renderRoot.querySelector('#url') as HTMLInputElement;
const type = async (text: string) => {
  url().value = text;
  url().dispatchEvent(new InputEvent('input'));
  await settle();
};
const submit = async () => {
  form()
    ?.renderRoot.querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
};
const mine = 'https://mine.example.com/';
const theirs = 'https://theirs.example.com/';

test('a test takes nothing away that is typed in the form', async () => {
  await open([crm]);
  await press(card(), 'Cambiar');
  await type(mine);
  endpoints = [{ ...crm, etag: '"2"' }];
  await press(card(), 'Probar');
  expect(url().value).toBe(mine);

  await submit();
  expect(api.save).toHaveBeenCalledWith('e1', expect.objectContaining({ url: mine }), '"2"');
  expect(form()).toBeNull();
});

test('what is typed does not replace unseen what another has stored meanwhile', async () => {
  await open([crm]);
  await press(card(), 'Cambiar');
  await type(mine);
  endpoints = [{ ...crm, url: theirs, etag: '"2"' }];
  await press(card(), 'Probar');
  api.save.mockRejectedValueOnce(new ApiError(412, { detail: 'Otra persona lo cambió.' }));
  await submit();
  expect(api.save).toHaveBeenLastCalledWith('e1', expect.anything(), '"1"');
  await press(form(), 'Conservar mi versión');
  expect(api.save).toHaveBeenLastCalledWith('e1', expect.objectContaining({ url: mine }), '"2"');
  expect(form()).toBeNull();
});

test('or is given up for it', async () => {
  await open([crm]);
  await press(card(), 'Cambiar');
  await type(mine);
  endpoints = [{ ...crm, url: theirs, etag: '"2"' }];
  api.save.mockRejectedValueOnce(new ApiError(412, { detail: 'Otra persona lo cambió.' }));
  await submit();
  await press(form(), 'Usar la otra');
  expect(url().value).toBe(theirs);
});

test('what is typed while a change is sent is still to be saved', async () => {
  await open([crm]);
  await press(card(), 'Cambiar');
  await type(mine);
  let answer = (): void => {};
  api.save.mockImplementationOnce(
    () => new Promise((done) => (answer = () => done({ ...crm, url: mine, etag: '"2"' }))),
  );
  await submit();
  await type(theirs);
  endpoints = [{ ...crm, url: mine, etag: '"2"' }];
  answer();
  await settle();
  expect(url().value).toBe(theirs);
  await submit();
  expect(api.save).toHaveBeenLastCalledWith('e1', expect.objectContaining({ url: theirs }), '"2"');
});

test('a form whose text is again what was sent closes', async () => {
  await open([crm]);
  await press(card(), 'Cambiar');
  await type(mine);
  let answer = (): void => {};
  api.save.mockImplementationOnce(
    () => new Promise((done) => (answer = () => done({ ...crm, url: mine, etag: '"2"' }))),
  );
  await submit();
  await type(theirs);
  await type(mine);
  answer();
  await settle();
  expect(form()).toBeNull();
});

test('nothing is typed in the form of a new endpoint while it is added', async () => {
  await open([]);
  await press(page, 'Agregar un receptor');
  const added = page.renderRoot.querySelector<EndpointForm>('cmw-event-endpoint-form')?.renderRoot;
  let refuse = (): void => {};
  api.create.mockImplementationOnce(() => new Promise((_, no) => (refuse = () => no(new ApiError(503)))));
  added?.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
  const locked = () => [
    added?.querySelector<HTMLInputElement>('#url')?.readOnly,
    added?.querySelector<HTMLInputElement>('#description')?.readOnly,
    added?.querySelector('fieldset')?.disabled,
  ];
  expect(locked()).toEqual([true, true, true]);
  refuse();
  await settle();
  expect(locked()).toEqual([false, false, false]);
});

test('another secret is shown with until when the old one is valid', async () => {
  await open([crm]);
  await press(card(), 'Hacer otro secreto');
  const secret = card()?.renderRoot.querySelector<SecretPanel>('cmw-secret-panel');
  expect(secret?.renderRoot.querySelector('input')?.value).toBe('whsec_new');
  expect(text(secret)).toMatch(/El anterior sigue valiendo hasta .+\sm\.(?!\.)/u);
});

test('it is removed only after it is asked', async () => {
  await open([crm]);
  await press(card(), 'Quitar');
  expect(api.remove).not.toHaveBeenCalled();
  expect(focused()?.textContent).toBe('Quitar este receptor');
  await press(card(), 'Cancelar');
  expect(focused()?.textContent).toBe('Quitar');
  await press(card(), 'Quitar');
  await press(card(), 'Quitar este receptor');
  expect(api.remove).toHaveBeenCalledWith('e1');
  expect(card()).toBeNull();
  expect(focused()?.localName).toBe('h1');
});

test('nobody but an administrator sees it', async () => {
  await open([crm], { roles: ['supervisor'] } as unknown as Me);
  expect(api.endpoints).not.toHaveBeenCalled();
  expect(text(page)).toContain('Esta página es de un administrador.');
});
