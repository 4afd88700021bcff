// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { firstStepsApi } from '../../src/api/first-steps-api.js';
import { settingsApi } from '../../src/api/settings-api.js';
import type { Me } from '../../src/api/types.js';
import { Desk } from '../../src/desk/desk.js';
import type { FirstStepsPage } from '../../src/first-steps/first-steps-page.js';
import '../../src/first-steps/first-steps-page.js';
import { aPopUp } from '../builders.js';
import { button, drawn, focused, mount, textOf } from '../dom.js';

const eva: Me = { id: 'eva', name: 'Eva', roles: ['admin'], endpoints: [] };

let done: Set<string>;
let skipped: string[];
let hidden: boolean;
let asked: [string, string, unknown][];
let mappings: unknown[];
let page: FirstStepsPage;
let desk: Desk;

const view = () => {
  const steps = ['account', 'webhook', 'people', 'phones', 'contacts', 'call'].map((step) => ({
    step,
    state: done.has(step) ? 'done' : skipped.includes(step) ? 'skipped' : 'open',
  }));
  return { hidden, done: steps.every(({ state }) => state !== 'open'), steps };
};

async function server(url: string, init: RequestInit = {}): Promise<Response> {
  const body = init.body ? JSON.parse(String(init.body)) : undefined;
  const path = url.split('?')[0] ?? '';
  if (init.method) asked.push([init.method, path, body]);
  if (path === '/api/first-steps') {
    skipped = body?.skipped ?? skipped;
    hidden = body?.hidden ?? hidden;
    return Response.json(view());
  }

  if (path === '/api/agents') {
    return Response.json({
      items: [
        { agentId: 'eva', name: 'Eva' },
        { agentId: 'ana', name: 'Ana' },
      ],
    });
  }

  if (path === '/api/unmapped-endpoints' && mappings.length === 0) {
    return Response.json({ items: [{ endpointId: '1001', account: '8000001', lastSeen: '2026-11-30T17:59:00Z' }] });
  }

  if (path === '/api/mappings') return Response.json({ items: mappings });
  if (path === '/api/mappings/1001') {
    mappings = [{ endpointId: '1001', account: '8000001', ...body }];
    done.add('phones');
    return Response.json(mappings[0]);
  }

  if (path === '/api/contacts' && init.method === 'POST') {
    const kind = body.numbers[0] === '8888-777' ? 'invalid' : 'number';
    return Response.json({ ...body, contactId: 'c1', phones: [{ text: body.numbers[0], display: '', kind }] });
  }

  return Response.json({ items: [] });
}

beforeEach(async () => {
  [done, skipped, hidden, asked, mappings] = [new Set(), [], false, [], []];
  const api = new ApiClient({ fetch: (url, init) => server(String(url), init) });
  desk = new Desk(api, () => new Promise(() => {}));
  page = await mount<FirstStepsPage>('cmw-first-steps-page', {
    api: firstStepsApi(api),
    settings: settingsApi(api),
    desk,
    me: eva,
  });
  await goOn();
});

afterEach(() => {
  page.remove();
  desk.leave();
});

async function goOn(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await drawn(page);
}

async function type(id: string, text: string): Promise<void> {
  const input = page.renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await drawn(page);
}

const states = () =>
  [...page.renderRoot.querySelectorAll<HTMLElement>('.steps > li')].map(({ id, dataset }) => `${id} ${dataset.state}`);

test('each step says how far it is, and how many are left', async () => {
  expect(states()).toEqual([
    'account open',
    'webhook open',
    'people open',
    'phones open',
    'contacts open',
    'call open',
  ]);
  expect(textOf(page)).toContain('Faltan 6 pasos.');
});

test('one press says whose the phone is that just rang', async () => {
  const phones = page.renderRoot.querySelector('cmw-unmapped-phones');
  const press = [...(phones?.shadowRoot?.querySelectorAll('button') ?? [])].find((one) =>
    one.textContent?.includes('Es de Ana'),
  );
  press?.click();
  await goOn();
  expect(asked.find(([, path]) => path === '/api/mappings/1001')?.[2]).toMatchObject({ agentId: 'ana' });
  expect(states()).toContain('phones done');
  expect(textOf(page)).toContain('1001 es de Ana');
});

test('somebody is added, unless the user name is taken', async () => {
  await type('person-name', 'Ana Dos');
  await type('person-id', 'ana');
  button(page, 'Agregar agente').click();
  await goOn();
  expect(textOf(page)).toContain('Ya hay una persona con ese usuario.');
  expect(asked).toEqual([]);

  await type('person-id', 'ana.dos');
  button(page, 'Agregar agente').click();
  await goOn();
  expect(asked[0]).toEqual([
    'PUT',
    '/api/agents/ana.dos',
    { name: 'Ana Dos', signInName: 'ana.dos', roles: ['agent'] },
  ]);
  expect(textOf(page)).toContain('Agregado: Ana Dos');
});

test('where the directory signs in, somebody is added with their account there', async () => {
  page.me = { ...eva, host: { signIn: 'entra' } as Me['host'] };
  await goOn();
  await type('person-name', 'Ana Dos');
  await type('person-id', 'ana.dos');
  button(page, 'Agregar agente').click();
  await goOn();
  expect(textOf(page)).toContain('Escriba la cuenta de trabajo.');
  expect(asked).toEqual([]);

  await type('person-account', ' ana.dos@oficina.example ');
  button(page, 'Agregar agente').click();
  await goOn();
  expect(asked[0]).toEqual([
    'PUT',
    '/api/agents/ana.dos',
    { name: 'Ana Dos', signInName: 'ana.dos@oficina.example', roles: ['agent'] },
  ]);
});

test('a contact by whose number nobody is recognized is told, and leads to where it is mended', async () => {
  done = new Set(['account', 'webhook', 'people', 'phones']);
  await goOn();
  const add = async (number: string) => {
    await type('contact-number', number);
    button(page, 'Agregar contacto').click();
    await goOn();
  };
  await add('8888-777');
  expect(textOf(page)).toContain('«8888-777» no se entiende como teléfono');
  expect(page.renderRoot.querySelector('a[href="/contacts/c1"]')?.textContent).toBe('Corregirlo');
  await add('8888-7777');
  expect(textOf(page)).not.toContain('no se entiende');
});

test('where the call is skipped nothing says that it has come', async () => {
  done = new Set(['account', 'webhook', 'people', 'phones', 'contacts']);
  button(page, 'Omitir este paso: Una llamada de prueba').click();
  await goOn();
  expect(textOf(page)).toContain('No falta ningún paso.');
  expect(textOf(page)).not.toContain('Todo está listo');
});

test('a step is skipped and taken back, and the list can be hidden', async () => {
  button(page, 'Omitir este paso: Las personas').click();
  await goOn();
  expect(skipped).toEqual(['people']);
  expect(states()).toContain('people skipped');
  // The button that was pressed is gone.
  const heading = page.renderRoot.querySelector('#people h2');
  expect(focused()).toBe(heading);
  button(page, 'Hacerlo después de todo: Las personas').click();
  await goOn();
  expect(skipped).toEqual([]);
  expect(focused()).toBe(heading);
  button(page, 'No mostrar al entrar').click();
  await goOn();
  expect(hidden).toBe(true);
  expect(focused()?.textContent).toBe('Ya no se muestra al entrar.');
});

test('a call that the channel tells of has the steps read at once', async () => {
  done = new Set(['account', 'webhook', 'people', 'phones', 'contacts', 'call']);
  desk.popUps.show(aPopUp());
  await goOn();
  expect(textOf(page)).toContain('Todo está listo');
});
