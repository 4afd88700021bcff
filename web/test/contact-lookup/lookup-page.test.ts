// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ContactLookup, LookupFailure, LookupInput, LookupTest } from '../../src/api/lookup-api.js';
import type { Me } from '../../src/api/types.js';
import { LookupPage } from '../../src/contact-lookup/lookup-page.js';
import type { SecretPanel } from '../../src/design/secret-panel.js';
import { focused } from '../dom.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const none: ContactLookup = { enabled: false, timeoutMs: 800, source: 'lookup', state: 'off' };

const crm: ContactLookup = {
  url: 'https://crm.example.com/contacts',
  enabled: true,
  timeoutMs: 500,
  source: 'crm',
  state: 'active',
  etag: '"1"',
};

let stored: ContactLookup;
let tested: LookupTest;
let page: LookupPage;

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  lookup: vi.fn(async () => stored),
  save: vi.fn(async (input: LookupInput, etag: string | undefined): Promise<ContactLookup> => {
    if (etag !== stored.etag) throw new ApiError(412);
    const isFirst = stored.etag === undefined;
    stored = { ...stored, ...input, state: 'active', etag: '"2"' };
    return isFirst ? { ...stored, secret: 'whsec_abc' } : stored;
  }),
  newSecret: vi.fn(async () => ({ secret: 'whsec_new', previousSecretUntil: '2026-11-29T12:00:00Z' })),
  test: vi.fn(async () => tested),
};

const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((done) => setTimeout(done));
  await page.updateComplete;
};

const open = async (found: ContactLookup, me: Me = admin): Promise<void> => {
  stored = found;
  page = new LookupPage();
  page.api = api as unknown as LookupPage['api'];
  page.me = me;
  document.body.append(page);
  await settle();
};

type Drawn = { renderRoot: DocumentFragment | HTMLElement };
const part = (name: string) => page.renderRoot.querySelector(name) as unknown as Drawn | null;
const text = (of: Drawn | null | undefined) => of?.renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';

const type = async (of: Drawn | null, id: string, words: string) => {
  const field = of?.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  expect(field, id).toBeTruthy();
  if (field) field.value = words;
  field?.dispatchEvent(new InputEvent('input'));
  await settle();
};

const submit = async (of: Drawn | null) => {
  of?.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit'));
  await settle();
};

const press = async (of: Drawn | null | undefined, words: string) => {
  const button = [...(of?.renderRoot.querySelectorAll('button') ?? [])].find((each) =>
    each.textContent?.includes(words),
  );
  expect(button, words).toBeDefined();
  button?.click();
  await settle();
};

beforeEach(() => vi.clearAllMocks());

afterEach(() => page.remove());

test('an address is entered, and the secret is shown until it is copied', async () => {
  await open(none);
  expect(text(page)).toContain('Sin dirección todavía');
  expect(part('cmw-lookup-test')).toBeNull();
  const form = part('cmw-lookup-form');
  await type(form, 'url', ' https://crm.example.com/contacts ');
  await type(form, 'timeout', '600');
  await submit(form);

  expect(api.save).toHaveBeenCalledWith(
    { url: 'https://crm.example.com/contacts', enabled: true, timeoutMs: 600, source: 'lookup' },
    undefined,
  );
  expect(text(page)).toContain('Encendida');
  expect(text(form)).toContain('Guardado.');
  const secret = page.renderRoot.querySelector<SecretPanel>('cmw-secret-panel');
  expect(secret?.secret).toBe('whsec_abc');
  expect(focused()?.id).toBe('words');
  await press(secret, 'Ya lo copié');
  expect(page.renderRoot.querySelector('cmw-secret-panel')).toBeNull();
  expect(focused()?.id).toBe('where');
  expect(part('cmw-lookup-test')).not.toBeNull();
});

test('whoever changes the name of a CRM is told that its contacts would be there twice', async () => {
  const warning = 'cada uno aparece dos veces';
  await open(none);
  await type(part('cmw-lookup-form'), 'source', 'crm');
  expect(text(part('cmw-lookup-form')), 'nothing came from it yet').not.toContain(warning);
  page.remove();

  await open(crm);
  const form = part('cmw-lookup-form');
  await type(form, 'source', 'Crm ');
  expect(text(form), 'capitals do not matter').not.toContain(warning);
  await type(form, 'source', 'crm2');
  expect(text(form)).toContain(warning);
});

test('a failure says why and since when, and one that is over is told as such', async () => {
  const lastFailure: LookupFailure = {
    at: '2026-11-28T11:59:00Z',
    error: 'timeout',
    why: 'El CRM no contestó en 500 milisegundos.',
  };
  await open({
    ...crm,
    state: 'paused',
    lastFailure: { ...lastFailure, since: '2026-11-28T11:50:00Z', pausedUntil: '2026-11-28T12:00:30Z' },
  });
  const notice = page.renderRoot.querySelector('.notice')?.textContent ?? '';
  expect(notice).toContain('El CRM no contestó en 500 milisegundos.');
  expect(notice).toContain('Desde:');
  expect(notice).toContain('no se le pregunta durante un minuto');
  page.remove();

  await open({ ...crm, lastFailure });
  expect(page.renderRoot.querySelector('.notice')).toBeNull();
  expect(text(page)).toContain('Último fallo:');
});

test('a value that was left out is told with what its field expects', async () => {
  const why = 'El campo «Vencimiento» espera una fecha como 2026-11-30.';
  await open({ ...crm, lastLeftOut: { at: '2026-11-28T11:59:00Z', field: 'vencimiento', why } });
  expect(page.renderRoot.querySelector('.notice')).toBeNull();
  expect(text(page)).toMatch(/Último valor que no se tomó: .+\sm\. El campo «Vencimiento» espera una fecha/);
  expect(text(page)).toContain('Encendida');

  tested = {
    answered: true,
    milliseconds: 120,
    contacts: [{ id: '7', name: 'Irene Mata', numbers: ['8735-0001'] }],
    leftOut: why,
    request: { url: crm.url ?? '', body: '{}' },
    lookup: crm,
  };
  const tester = part('cmw-lookup-test');
  await type(tester, 'number', '8735-0001');
  await submit(tester);
  expect(text(tester)).toContain('Irene Mata');
  expect(text(tester)).toContain(why);
});

test('a test shows the contacts and the time, or what is wrong with the answer', async () => {
  await open(crm);
  tested = {
    answered: true,
    milliseconds: 120,
    status: 200,
    contacts: [{ id: '7', name: 'Irene Mata', numbers: ['8735-0001'], link: 'https://crm.example.com/7' }],
    answer: '{"contacts":[]}',
    request: { url: crm.url ?? '', body: '{"number":"+50687350001"}' },
    lookup: crm,
  };
  const tester = part('cmw-lookup-test');
  await type(tester, 'number', '8735-0001');
  await submit(tester);
  expect(api.test).toHaveBeenCalledWith('8735-0001');
  expect(text(tester)).toContain('El CRM contestó en 120 ms:');
  expect(tester?.renderRoot.querySelector('a')?.getAttribute('href')).toBe('https://crm.example.com/7');
  expect(text(tester)).toContain('+50687350001');

  tested = { ...tested, contacts: [] };
  await submit(tester);
  expect(text(tester)).toContain('nadie tiene ese número');
  tested = {
    ...tested,
    answered: false,
    why: 'La respuesta pasa de 64 KB.',
    lookup: { ...crm, state: 'failing' },
  };
  await submit(tester);
  expect(text(tester)).toContain('La respuesta pasa de 64 KB. (120 ms)');
  expect(text(page)).toContain('El CRM no contesta bien');
});

test('what somebody else has saved meanwhile is not written over unasked', async () => {
  await open(crm);
  const form = part('cmw-lookup-form');
  await type(form, 'timeout', '700');
  stored = { ...crm, source: 'otro', etag: '"9"' };
  // A reading in between does not change what is typed, nor over what it is saved.
  (page.renderRoot.querySelector('cmw-lookup-form') as unknown as { lookup: ContactLookup }).lookup = stored;
  await settle();
  await submit(form);
  expect(api.save).toHaveBeenLastCalledWith(expect.objectContaining({ timeoutMs: 700, source: 'crm' }), '"1"');
  await press(form, 'Usar la otra');
  expect(form?.renderRoot.querySelector<HTMLInputElement>('#source')?.value).toBe('otro');
});

test('another secret is shown with until when the old one is valid', async () => {
  await open(crm);
  await press(page, 'Hacer otro secreto');
  const secret = page.renderRoot.querySelector<SecretPanel>('cmw-secret-panel');
  expect(secret?.secret).toBe('whsec_new');
  expect(text(secret)).toMatch(/El anterior sigue valiendo hasta .+\sm\.(?!\.)/u);
});

test('nobody but an administrator sees it', async () => {
  await open(crm, { roles: ['supervisor'] } as unknown as Me);
  expect(api.lookup).not.toHaveBeenCalled();
  expect(text(page)).toContain('Esta página es de un administrador.');
});
