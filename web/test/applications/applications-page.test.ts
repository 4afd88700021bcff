// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ApiKey } from '../../src/api/applications-api.js';
import type { Me } from '../../src/api/types.js';
import { ApplicationsPage } from '../../src/applications/applications-page.js';
import { focused } from '../dom.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const crm: ApiKey = {
  keyId: 'k1',
  name: 'CRM',
  scopes: ['embed', 'contacts'],
  createdAt: '2026-11-26T12:00:00Z',
  createdBy: 'admin',
};

let keys: readonly ApiKey[] = [];
let missing: readonly string[] = [];
let page: ApplicationsPage;

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  keys: vi.fn(async () => keys),
  create: vi.fn(async (_name: string, _scopes: readonly string[]) => {
    keys = [crm];
    return { keyId: 'k1', key: 'cmwk_secret' };
  }),
  remove: vi.fn(async () => {
    keys = [];
  }),
  origins: vi.fn(async () => ({ origins: ['https://crm.example.com'], missing, etag: '"1"' })),
  saveOrigins: vi.fn(async (origins: readonly string[]) => ({ origins, missing, etag: '"2"' })),
};

const settle = async (): Promise<void> => {
  for (let i = 0; i < 8; i++) await new Promise((done) => setTimeout(done));
};

const open = async (found: readonly ApiKey[], me: Me = admin): Promise<void> => {
  keys = found;
  page = new ApplicationsPage();
  page.api = api as unknown as ApplicationsPage['api'];
  page.me = me;
  document.body.append(page);
  await settle();
};

const inside = (name: string): ShadowRoot => {
  const root = page.renderRoot.querySelector(name)?.shadowRoot;
  if (!root) throw new Error(`There is no ${name}.`);
  return root;
};

const press = async (root: ParentNode, words: string): Promise<void> => {
  const button = [...root.querySelectorAll('button')].find((each) => each.textContent?.trim().startsWith(words));
  if (!button) throw new Error(`There is no button ${words}.`);
  button.click();
  await settle();
};

const type = (root: ParentNode, selector: string, text: string): void => {
  const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`There is no ${selector}.`);
  field.value = text;
  field.dispatchEvent(new InputEvent('input'));
};

afterEach(() => {
  page.remove();
  vi.clearAllMocks();
});

test('a key is made for what was ticked, and shown once', async () => {
  await open([]);
  await press(page.renderRoot, 'Hacer una clave');
  const form = inside('cmw-key-form');
  type(form, '#name', ' CRM ');
  form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')[1]?.click();
  await settle();
  form.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();

  expect(api.create).toHaveBeenCalledWith('CRM', ['contacts']);
  const panel = inside('cmw-secret-panel');
  expect(panel.querySelector('input')?.value).toBe('cmwk_secret');
  expect(page.renderRoot.querySelector('.rows')?.textContent).toContain('No se ha usado');
  expect(focused()?.textContent).toBe('La clave de CRM');
  await press(panel, 'Ya lo copié');
  expect(page.renderRoot.querySelector('cmw-secret-panel')).toBeNull();
  expect(focused()?.id).toBe('keys');
});

test('what the server refuses stands beside its field', async () => {
  await open([]);
  api.create.mockRejectedValueOnce(
    new ApiError(400, { title: 'No', errors: { name: ['Escriba para qué es.'], scopes: ['Elija uno.'] } }),
  );
  await press(page.renderRoot, 'Hacer una clave');
  const form = inside('cmw-key-form');
  form.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();

  expect(form.querySelector('#name-error')?.textContent).toContain('Escriba para qué es.');
  expect(form.querySelector('#scopes-error')?.textContent).toContain('Elija uno.');
});

test('a form or a question that is left gives the focus to the heading', async () => {
  await open([crm]);
  await press(page.renderRoot, 'Hacer una clave');
  await press(inside('cmw-key-form'), 'Cancelar');
  expect(focused()?.id).toBe('keys');
  await press(page.renderRoot, 'Eliminar');
  (focused() as HTMLElement | null)?.blur();
  await press(page.renderRoot, 'Cancelar');
  expect(focused()?.id).toBe('keys');
});

test('a key is deleted only when somebody says so twice', async () => {
  await open([crm]);
  await press(page.renderRoot, 'Eliminar');
  expect(api.remove).not.toHaveBeenCalled();
  await press(page.renderRoot, 'Eliminar esta clave');

  expect(api.remove).toHaveBeenCalledWith('k1');
  expect(page.renderRoot.querySelector('.rows')).toBeNull();
  expect(focused()?.id).toBe('keys');
  expect(page.renderRoot.querySelector('[role="status"]')?.textContent).toBe('Se eliminó la clave.');
});

test('the pages are saved a line each, over the version that was read', async () => {
  await open([crm]);
  const form = inside('cmw-origins-form');
  type(form, 'textarea', 'https://crm.example.com\n\n https://other.example.com ');
  await settle();
  form.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();

  expect(api.saveOrigins).toHaveBeenCalledWith(['https://crm.example.com', 'https://other.example.com'], '"1"');
});

test('where somebody else has saved meanwhile, one version is chosen and nothing that was typed is lost', async () => {
  await open([crm]);
  const form = inside('cmw-origins-form');
  const conflict = new ApiError(412, { title: 'Otra persona lo cambió' });
  const submit = async (): Promise<void> => {
    type(form, 'textarea', 'https://mine.example.com');
    await settle();
    api.saveOrigins.mockRejectedValueOnce(conflict);
    form.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
  };

  await submit();
  api.origins.mockResolvedValueOnce({ origins: ['https://theirs.example.com'], missing, etag: '"2"' });
  await press(form, 'Conservar mi versión');
  expect(api.saveOrigins).toHaveBeenLastCalledWith(['https://mine.example.com'], '"2"');

  await submit();
  api.origins.mockResolvedValueOnce({ origins: ['https://theirs.example.com'], missing, etag: '"3"' });
  await press(form, 'Usar la otra');
  expect(form.querySelector('textarea')?.value).toBe('https://theirs.example.com');
  expect(form.querySelector('[role=alert]')).toBeNull();
});

test('who is no administrator reads nothing', async () => {
  await open([], { ...admin, roles: ['supervisor'] } as unknown as Me);

  expect(api.keys).not.toHaveBeenCalled();
  expect(page.renderRoot.textContent).toContain('Esta página es de un administrador.');
});

test('an origin that the deployment lacks is named, and otherwise nothing is', async () => {
  await open([crm]);
  expect(inside('cmw-origins-form').querySelector('.missing')).toBeNull();
  page.remove();
  document.body.replaceChildren();

  missing = ['https://crm.example.com'];
  await open([crm]);
  missing = [];

  expect(inside('cmw-origins-form').querySelector('.missing li')?.textContent).toBe('https://crm.example.com');
});
