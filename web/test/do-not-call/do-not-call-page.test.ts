// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { DoNotCall } from '../../src/api/do-not-call-api.js';
import type { Me } from '../../src/api/types.js';
import type { DoNotCallForm } from '../../src/do-not-call/add-form.js';
import { DoNotCallPage } from '../../src/do-not-call/do-not-call-page.js';
import { Pending } from '../builders.js';
import { button, drawn, textOf } from '../dom.js';

const sofia = { id: 'sofia', roles: ['supervisor'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const asked: DoNotCall = {
  number: '+50688881234',
  display: '8888-1234',
  reason: 'Pidió no ser llamado',
  addedAt: '2026-11-20T18:00:00Z',
  addedBy: 'ana',
  addedByName: 'Ana Solano',
  source: 'outcome',
  callId: 'c-1',
  account: '8000001',
  contactId: 'demo-01',
};

const erased: DoNotCall = {
  number: '+50670000001',
  display: '7000-0001',
  addedAt: '2026-10-02T18:00:00Z',
  addedBy: 'luis',
  source: 'person',
  erasedAt: '2026-11-01T00:00:00Z',
};

let items: readonly DoNotCall[] = [];
let page: DoNotCallPage;

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  list: vi.fn(async (_query: string, next: string | undefined) => ({ items, next: next ? null : 'second' })),
  add: vi.fn(async (number: string, _reason: string) => {
    if (number === 'nada') {
      throw new ApiError(400, { title: 'Revise', errors: { number: ['No es un número completo.'] } });
    }

    return asked;
  }),
  remove: vi.fn(async (_number: string) => {
    items = [];
  }),
};

async function open(found: readonly DoNotCall[], { me = sofia, search = '' } = {}): Promise<void> {
  items = found;
  page = new DoNotCallPage();
  page.api = api as unknown as DoNotCallPage['api'];
  page.me = me;
  page.search = search;
  document.body.append(page);
  await drawn(page);
}

afterEach(() => {
  page.remove();
  vi.clearAllMocks();
  history.replaceState(null, '', '/');
});

test('each number says why, since when and by whom, and leads to its call', async () => {
  await open([asked, erased]);

  const [first, second] = [...page.renderRoot.querySelectorAll('ol > li')];
  expect(first?.textContent).toContain('8888-1234');
  expect(first?.textContent).toContain('Pidió no ser llamado');
  expect(first?.textContent?.replace(/\s+/g, ' ')).toMatch(/Desde el 20 nov.*, por el resultado que puso Ana Solano/);
  expect([...(first?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'))).toEqual([
    '/calls/8000001/c-1/history',
    '/contacts/demo-01',
  ]);
  expect(second?.textContent).toContain('Los datos de la persona se borraron');
  expect(second?.textContent?.replace(/\s+/g, ' ')).toMatch(/lo agregó luis/);
  expect(page.renderRoot.querySelector('nav.pager a')?.getAttribute('href')).toBe('/do-not-call?next=second');
});

test('what is searched stands in the address, and a number that is not there is said', async () => {
  await open([], { search: '?query=7000-0002' });

  expect(api.list).toHaveBeenCalledWith('7000-0002', undefined);
  expect(textOf(page)).toContain('No hay ningún «7000-0002» en la lista.');
  const field = page.renderRoot.querySelector('input');
  if (!field) throw new Error('There is no field.');
  field.value = '8888';
  page.renderRoot.querySelector('form.search')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(page);
  expect(location.search).toBe('?query=8888');
  expect(api.list).toHaveBeenLastCalledWith('8888', undefined);
});

test('that a number is not on the list is said only once it is known', async () => {
  await open([], { search: '?query=7000-0002' });
  const answers = new Pending<{ items: readonly DoNotCall[]; next: string | null }>();
  api.list.mockImplementation(answers.ask);
  page.search = '?query=8888';
  await drawn(page);
  expect(textOf(page)).not.toContain('No hay ningún');
  await answers.fail(new ApiError(503));
  await drawn(page);
  expect(textOf(page)).toContain('No se pudo leer la lista.');
  expect(textOf(page)).not.toContain('se puede llamar');

  button(page, 'Intentar de nuevo').click();
  await answers.answer({ items: [], next: null });
  await drawn(page);
  expect(textOf(page)).toContain('No hay ningún «8888» en la lista.');
  api.list.mockImplementation(async (_, next) => ({ items, next: next ? null : 'second' }));
});

test('a number is taken off only after a question', async () => {
  await open([asked]);
  button(page, 'Quitar').click();
  await drawn(page);
  expect(api.remove).not.toHaveBeenCalled();
  expect(textOf(page)).toContain('Se podrá volver a llamar al 8888-1234.');
  button(page, 'Cancelar').click();
  await drawn(page);
  expect(textOf(page)).not.toContain('Se podrá volver');

  button(page, 'Quitar').click();
  await drawn(page);
  button(page, 'Quitar de la lista').click();
  await drawn(page);
  expect(api.remove).toHaveBeenCalledWith('+50688881234');
  expect(textOf(page)).toContain('8888-1234 ya no está en la lista.');
  expect(textOf(page)).toContain('La lista está vacía.');
});

test('of many numbers each refused one is said, and stays to be corrected', async () => {
  await open([]);
  button(page, 'Agregar números').click();
  await drawn(page);
  const form = page.renderRoot.querySelector<DoNotCallForm>('cmw-do-not-call-form');
  if (!form) throw new Error('There is no form.');
  const [numbers, reason] = [form.renderRoot.querySelector('textarea'), form.renderRoot.querySelector('#reason')];
  const send = async (): Promise<void> => {
    form.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn(form);
  };
  await send();
  expect(textOf(form)).toContain('Escriba al menos un número.');
  expect(textOf(form)).toContain('Escriba por qué no se debe llamar.');
  expect(api.add).not.toHaveBeenCalled();

  for (const [field, text] of [
    [numbers, '8888-1234\nnada\n7000-0001'],
    [reason, ' Carta '],
  ] as const) {
    (field as HTMLInputElement).value = text;
    field?.dispatchEvent(new InputEvent('input'));
  }

  await send();
  expect(api.add.mock.calls).toEqual([
    ['8888-1234', 'Carta'],
    ['nada', 'Carta'],
    ['7000-0001', 'Carta'],
  ]);
  expect(textOf(form)).toContain('2 números están en la lista.');
  expect(textOf(form)).toContain('nada: No es un número completo.');
  expect(form.renderRoot.querySelector('textarea')?.value).toBe('nada');
  expect(api.list).toHaveBeenCalledTimes(2);
});

test('while numbers are being added the form stays, and nothing is typed that would be lost', async () => {
  await open([]);
  button(page, 'Agregar números').click();
  await drawn(page);
  const form = page.renderRoot.querySelector<DoNotCallForm>('cmw-do-not-call-form');
  if (!form) throw new Error('There is no form.');
  const field = <T extends HTMLElement>(selector: string) => form.renderRoot.querySelector<T>(selector) as T;
  const [numbers, reason] = [field<HTMLTextAreaElement>('textarea'), field<HTMLInputElement>('#reason')];
  for (const [one, text] of [
    [numbers, '8888-1234'],
    [reason, 'Carta'],
  ] as const) {
    one.value = text;
    one.dispatchEvent(new InputEvent('input'));
  }

  const answers = new Pending<DoNotCall>();
  api.add.mockImplementationOnce(answers.ask);
  field('form').dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(form);
  expect([numbers.readOnly, reason.readOnly, field<HTMLInputElement>('[type="file"]').disabled]).toEqual([
    true,
    true,
    true,
  ]);
  button(form, 'Cerrar').click();
  button(page, 'Agregar números').click();
  await drawn(page);
  expect(form.isConnected).toBe(true);

  await answers.answer(asked);
  await drawn(form);
  expect([numbers.readOnly, reason.readOnly, numbers.value]).toEqual([false, false, '']);
  button(form, 'Cerrar').click();
  await drawn(page);
  expect(form.isConnected).toBe(false);
});

test('while a file is read nothing is added, and its numbers stay in the field', async () => {
  await open([]);
  button(page, 'Agregar números').click();
  await drawn(page);
  const form = page.renderRoot.querySelector<DoNotCallForm>('cmw-do-not-call-form');
  if (!form) throw new Error('There is no form.');
  const field = <T extends HTMLElement>(selector: string) => form.renderRoot.querySelector<T>(selector) as T;
  const [numbers, reason] = [field<HTMLTextAreaElement>('textarea'), field<HTMLInputElement>('#reason')];
  for (const [one, text] of [
    [numbers, '8888-1234'],
    [reason, 'Carta'],
  ] as const) {
    one.value = text;
    one.dispatchEvent(new InputEvent('input'));
  }

  const bytes = new Pending<ArrayBuffer>();
  const file = field<HTMLInputElement>('[type="file"]');
  Object.defineProperty(file, 'files', { configurable: true, value: [{ size: 9, arrayBuffer: bytes.ask }] });
  file.dispatchEvent(new Event('change'));
  field('form').dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(form);
  expect([numbers.readOnly, button(form, 'Agregar a la lista').getAttribute('aria-disabled')]).toEqual([true, 'true']);
  await bytes.answer(new TextEncoder().encode('7000-0001').buffer);
  await drawn(form);
  expect(api.add).not.toHaveBeenCalled();
  expect([numbers.value, numbers.readOnly]).toEqual(['7000-0001', false]);

  field('form').dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(form);
  expect(api.add.mock.calls).toEqual([['7000-0001', 'Carta']]);

  Object.defineProperty(file, 'files', { value: [{ size: 9, arrayBuffer: () => Promise.reject(new Error('gone')) }] });
  file.dispatchEvent(new Event('change'));
  await drawn(form);
  expect(textOf(form)).toContain('No se pudo leer el archivo. Ábralo de nuevo.');
});

test('it is not for an agent', async () => {
  await open([asked], { me: { ...sofia, roles: ['agent'] } });

  expect(textOf(page)).toContain('Esta página es de quien supervisa.');
  expect(api.list).not.toHaveBeenCalled();
  expect(page.renderRoot.querySelector('button')).toBeNull();
});
