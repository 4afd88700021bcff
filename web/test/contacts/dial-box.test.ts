// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Endpoint } from '../../src/api/types.js';
import type { DialBox } from '../../src/contacts/dial-box.js';
import { Desk } from '../../src/desk/desk.js';
import '../../src/contacts/dial-box.js';
import { drawn, mount, textOf } from '../dom.js';

const jose = { contactId: 'c1', name: 'José Rodríguez', numbers: ['8888-1234'] };
let box: DialBox;

const luis = { name: 'Luis Mora', endpointId: '1002', label: 'Escritorio' };
let asked: string[];
let dialled: unknown[];

async function open(endpoints: readonly Endpoint[], contacts: readonly unknown[] = [jose]): Promise<void> {
  asked = [];
  dialled = [];
  const api = new ApiClient({
    fetch: async (input, init) => {
      const path = String(input);
      asked.push(path);
      if (init?.method === 'POST') {
        dialled.push(JSON.parse(String(init.body)));
        return new Promise<Response>(() => {});
      }
      if (path.startsWith('/api/colleagues')) return Response.json({ items: path.includes('lu') ? [luis] : [] });
      return Response.json({ items: contacts });
    },
  });
  box = await mount<DialBox>('cmw-dial-box', { desk: new Desk(api, () => new Promise(() => {})), endpoints });
}

async function type(text: string): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const input = box.renderRoot.querySelector('input') as HTMLInputElement;
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input'));
  vi.advanceTimersByTime(500);
  vi.useRealTimers();
  for (let turn = 0; turn < 3; turn++) await drawn(box);
}

const options = () => [...box.renderRoot.querySelectorAll('[role=option] strong')].map((one) => one.textContent);
const label = () => box.renderRoot.querySelector('input')?.getAttribute('aria-label');

afterEach(() => box.remove());

test('an agent with a phone can find contacts and call', async () => {
  await open([{ endpointId: '1001' }]);
  await type('8888 1234');
  expect(options()).toEqual(['Llamar al 8888 1234', 'José Rodríguez']);
  expect(box.renderRoot.querySelector('button')?.title).toBe('Teclado');
  expect(label()).toBe('Buscar un contacto o marcar un número');
});

test('an agent without a phone can only find contacts', async () => {
  await open([]);
  await type('8888 1234');
  expect(options()).toEqual(['José Rodríguez']);
  expect(box.renderRoot.querySelectorAll('button')).toHaveLength(0);
  expect(textOf(box)).not.toContain('Llamar');
  expect(label()).toBe('Buscar un contacto');
  expect(asked.filter((path) => path.includes('colleagues'))).toEqual([]);
});

test('a colleague is found by name and called', async () => {
  await open([{ endpointId: '1001' }]);
  await type('luis');
  expect(options()).toEqual(['Llamar a Luis Mora', 'José Rodríguez']);
  expect(box.renderRoot.querySelector('[role=option] .hint')?.textContent).toBe('Colega · Escritorio · 1002');
  box.renderRoot.querySelector<HTMLElement>('[role=option]')?.click();
  expect(dialled).toEqual([{ colleagueEndpointId: '1002' }]);
});

test('a colleague who is the only one found is not called by the Enter key alone', async () => {
  await open([{ endpointId: '1001' }], []);
  await type('luis');
  const press = (key: string) =>
    box.renderRoot.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  press('Enter');
  expect(dialled).toEqual([]);
  press('ArrowDown');
  press('Enter');
  expect(dialled).toEqual([{ colleagueEndpointId: '1002' }]);
});

const press = (key: string) =>
  box.renderRoot.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));

test('Enter calls the number that was typed, whoever was found, and the field is empty then', async () => {
  await open([{ endpointId: '1001' }]);
  await type('8888 1234');
  press('Enter');
  expect(dialled).toEqual([{ number: '8888 1234' }]);
  await drawn(box);
  expect((box.renderRoot.querySelector('input') as HTMLInputElement).value).toBe('');
});

test('a key opens nobody who was found for what was typed before', async () => {
  await open([]);
  await type('jos');
  const input = box.renderRoot.querySelector('input') as HTMLInputElement;
  input.value = 'josué';
  input.dispatchEvent(new InputEvent('input'));
  await drawn(box);
  expect(options()).toEqual(['José Rodríguez']);
  press('Enter');
  for (let turn = 0; turn < 3; turn++) await drawn(box);
  expect(box.renderRoot.querySelector('cmw-contact-panel')).toBeNull();
  expect(options()).toEqual(['José Rodríguez']);
});

test('a phone that hides its number says so, and the one used last can be chosen again', async () => {
  await open([
    { endpointId: '1001', private: true },
    { endpointId: '1002', callerId: '2222-0001' },
  ]);
  await type('8888 1234');
  const select = box.renderRoot.querySelector('select') as HTMLSelectElement;
  expect([...select.options].map((option) => option.textContent?.trim())).toEqual([
    'El último que usó',
    '1001 · número oculto',
    '1002 · 2222-0001',
  ]);
  const choose = (value: string) => {
    select.value = value;
    select.dispatchEvent(new Event('change'));
    return box.desk.dialler.endpointId;
  };
  expect([choose('1002'), choose('')]).toEqual(['1002', undefined]);
});
