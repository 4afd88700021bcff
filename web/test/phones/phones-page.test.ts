// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Mapping, MappingImport, MappingInput, MappingTie, UnmappedPhone } from '../../src/api/phone-types.js';
import type { PhonesApi } from '../../src/api/phones-api.js';
import type { Me } from '../../src/api/types.js';
import type { UnmappedPhones } from '../../src/operator/unmapped-phones.js';
import type { PhoneForm } from '../../src/phones/phone-form.js';
import type { PhonesFile } from '../../src/phones/phones-file.js';
import type { PhonesPage } from '../../src/phones/phones-page.js';
import type { ShiftsEditor } from '../../src/phones/shifts-editor.js';
import '../../src/phones/phones-page.js';
import { button, drawn, mount, textOf } from '../dom.js';

const admin: Me = { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] };
const agents = [
  { agentId: 'ana', name: 'Ana Solano' },
  { agentId: 'luis', name: 'Luis Mora' },
];

let mappings: Mapping[];
let accounts: { account: string; accountIds: string[] }[];
let unmapped: UnmappedPhone[];
let ties: MappingTie[];
let added: (readonly [string, MappingInput])[];
let saved: (readonly [string, MappingInput, string | undefined])[];
let removed: string[];
let refusal: ApiError | undefined;
let preview: MappingImport;
let imported: (string | undefined)[];
let page: PhonesPage;

const aMapping = (changes: Partial<Mapping> = {}): Mapping => ({
  endpointId: '1001',
  account: 'office',
  agentId: 'ana',
  phone: '4000-1001',
  label: 'Escritorio',
  callerId: null,
  private: false,
  primary: true,
  etag: 'v1',
  ...changes,
});

const api = {
  now: () => Date.parse('2026-11-27T12:00:00Z'),
  mappings: async () => mappings,
  mapping: async (endpointId: string) => {
    const found = mappings.find((mapping) => mapping.endpointId === endpointId);
    if (!found) throw new ApiError(404);
    return found;
  },
  agents: async () => agents,
  accounts: async () => accounts,
  unmapped: async () => unmapped,
  ties: async () => ties,
  add: async (endpointId: string, input: MappingInput) => {
    if (refusal) throw refusal;
    added.push([endpointId, input]);
    unmapped = unmapped.filter((phone) => phone.endpointId !== endpointId);
    mappings = [...mappings, aMapping({ ...input, endpointId, account: 'office' })];
    return mappings.at(-1);
  },
  save: async (endpointId: string, input: MappingInput, etag: string | undefined) => {
    if (etag !== mappings[0]?.etag) throw new ApiError(412, { detail: 'Otra persona lo cambió' });
    saved.push([endpointId, input, etag]);
    mappings = [aMapping({ ...input, account: 'office', endpointId, etag: 'mine' })];
    return mappings[0];
  },
  remove: async (mapping: Mapping) => {
    if (refusal) throw refusal;
    removed.push(mapping.endpointId);
    mappings = mappings.filter(({ endpointId }) => endpointId !== mapping.endpointId);
  },
  file: async () => new Blob(['x']),
  preview: async () => {
    if (refusal) throw refusal;
    return preview;
  },
  importFile: async (_: Blob, etag: string | undefined) => {
    imported.push(etag);
    return { ...preview, rows: [] };
  },
} as unknown as PhonesApi;

beforeEach(() => {
  history.replaceState({}, '', '/phones');
  mappings = [
    aMapping(),
    aMapping({ endpointId: '1002', agentId: 'luis', label: null, phone: '1002', primary: false }),
  ];
  accounts = [{ account: 'office', accountIds: ['office'] }];
  unmapped = [];
  ties = [];
  added = [];
  saved = [];
  removed = [];
  refusal = undefined;
  imported = [];
  preview = { added: 1, changed: 1, unchanged: 3, refused: 1, etag: 'all', rows: [] };
});

afterEach(() => {
  page.remove();
  vi.unstubAllGlobals();
});

async function open(me: Me = admin): Promise<void> {
  page = await mount<PhonesPage>('cmw-phones-page', { api, me, search: location.search });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await drawn(page);
    for (const part of ['cmw-phone-form', 'cmw-unmapped-phones', 'cmw-phones-file'] as const) {
      const found = page.renderRoot.querySelector<PhoneForm>(part);
      if (found) await drawn(found);
    }
  }
}

const form = () => page.renderRoot.querySelector('cmw-phone-form') as PhoneForm;
const waiting = () => page.renderRoot.querySelector('cmw-unmapped-phones') as UnmappedPhones;
const file = () => page.renderRoot.querySelector('cmw-phones-file') as PhonesFile;

async function type(id: string, text: string): Promise<void> {
  const input = form().renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event(input.tagName === 'SELECT' ? 'change' : 'input'));
  await turn();
}

async function submit(): Promise<void> {
  form()
    .renderRoot.querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await turn();
}

test('a phone is changed in its place, and the focus goes back to its row', async () => {
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  await type('agentId', 'luis');
  await type('label', 'Recepción');
  await submit();
  expect(saved).toEqual([
    ['1001', expect.objectContaining({ agentId: 'luis', label: 'Recepción', phone: '4000-1001' }), 'v1'],
  ]);
  expect(form()).toBeNull();
  expect(textOf(page)).toContain('Guardado: Recepción (1001)');
  expect((page.renderRoot as ShadowRoot).activeElement?.id).toBe('edit-1001');
});

test('Escape leaves a phone as it is', async () => {
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  await type('label', 'Otra');
  form()
    .renderRoot.querySelector('form')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await turn();
  expect(form()).toBeNull();
  expect(saved).toEqual([]);
  expect(textOf(page)).toContain('Escritorio (1001)');
});

test('what another administrator has changed is shown beside what was typed, which can be kept', async () => {
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  await type('label', 'Recepción');
  mappings = [aMapping({ agentId: 'luis', etag: 'v2' })];
  await submit();
  expect(textOf(form())).toContain('Agente: Ana Solano → Luis Mora');
  expect((form().renderRoot.querySelector('#label') as HTMLInputElement).value).toBe('Recepción');
  button(form(), 'Conservar mi versión').click();
  await turn();
  expect(saved).toEqual([['1001', expect.objectContaining({ agentId: 'ana', label: 'Recepción' }), 'v2']]);
});

test('the version of the other can be taken instead', async () => {
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  await type('label', 'Recepción');
  mappings = [aMapping({ label: 'Bodega', etag: 'v2' })];
  await submit();
  button(form(), 'Usar la otra').click();
  await turn();
  expect(form()).toBeNull();
  expect(saved).toEqual([]);
  expect(textOf(page)).toContain('Bodega (1001)');
});

test('a phone that is somebody’s is not added again, and the field says whose it is', async () => {
  await open();
  button(page, 'Agregar un teléfono').click();
  await turn();
  await submit();
  expect(textOf(form())).toContain('Escriba el código del teléfono.');
  refusal = new ApiError(409, { errors: { endpointId: ['El teléfono 1001 ya es de Ana Solano.'] } });
  await type('endpointId', '1001');
  await submit();
  expect(textOf(form())).toContain('ya es de Ana Solano');
  refusal = undefined;
  await type('endpointId', ' 1003 ');
  await type('agentId', 'luis');
  await submit();
  expect(added).toEqual([['1003', expect.objectContaining({ agentId: 'luis' })]]);
});

test('a new phone is of an account that is chosen among those of the settings', async () => {
  accounts = [...accounts, { account: 'branch', accountIds: ['branch', '77'] }];
  await open();
  button(page, 'Agregar un teléfono').click();
  await turn();
  const choices = () =>
    [...form().renderRoot.querySelectorAll<HTMLOptionElement>('#account option')].map(({ value }) => value);
  expect(choices()).toEqual(['', 'office', 'branch']);
  await type('endpointId', '1003');
  await submit();
  expect(added).toEqual([]);
  expect(textOf(form())).toContain('Elija la cuenta.');
  await type('account', 'branch');
  await submit();
  expect(added).toEqual([['1003', expect.objectContaining({ account: 'branch' })]]);
});

test('a phone of an account that the settings no longer have can get one that they have', async () => {
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  expect(form().renderRoot.querySelector('#account'), 'there is one account only').toBeNull();

  button(form(), 'Cancelar').click();
  mappings = [aMapping({ account: 'former' })];
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  expect(form().renderRoot.querySelector<HTMLSelectElement>('#account')?.value).toBe('former');
  await type('account', 'office');
  await submit();
  expect(saved[0]?.[1].account).toBe('office');
});

test('without the accounts no phone is added', async () => {
  const read = vi.spyOn(api, 'accounts').mockRejectedValue(new ApiError(503));
  await open();
  button(page, 'Agregar un teléfono').click();
  await turn();
  expect(textOf(page)).toContain('No se pudieron leer las cuentas.');
  expect(form()).toBeNull();
  read.mockRestore();
  button(page, 'Intentar de nuevo').click();
  await turn();
  expect(form()).not.toBeNull();
});

test('shifts are written by days and times, and a fault stands at its shift', async () => {
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  const shifts = form().renderRoot.querySelector('cmw-shifts-editor') as ShiftsEditor;
  button(shifts, 'Agregar un turno').click();
  await turn();
  await drawn(shifts);
  const agent = shifts.renderRoot.querySelector('select') as HTMLSelectElement;
  agent.value = 'luis';
  agent.dispatchEvent(new Event('change'));
  shifts.renderRoot.querySelector<HTMLButtonElement>('.day[title="lunes"]')?.click();
  await turn();
  shifts.renderRoot.querySelector<HTMLButtonElement>('.day[title="sábado"]')?.click();
  await turn();
  await submit();
  expect(saved[0]?.[1].shifts).toEqual([{ agentId: 'luis', days: [2, 3, 4, 5, 6], from: '14:00', to: '22:00' }]);
  expect(textOf(page)).toContain('Luis Mora: mar a sáb, 14:00–22:00');
});

test('a phone that rang gets its agent by one press', async () => {
  mappings = [aMapping()];
  unmapped = [{ endpointId: '1009', account: 'office', phone: '40001009', lastSeen: '2026-11-27T11:59:00Z' }];
  await open();
  button(waiting(), 'Es de Luis Mora').click();
  await turn();
  expect(added).toEqual([
    ['1009', expect.objectContaining({ agentId: 'luis', phone: '40001009', account: 'office', primary: true })],
  ]);
  expect(textOf(page)).toContain('El teléfono 1009 es de Luis Mora.');
  expect(textOf(waiting())).toBe('');
});

test('a phone that rang with an account id that nobody lists gets the account that is chosen', async () => {
  accounts = [...accounts, { account: 'branch', accountIds: ['branch', '77'] }];
  const lastSeen = '2026-11-27T11:59:00Z';
  unmapped = [
    { endpointId: '1009', account: 'foreign', lastSeen },
    { endpointId: '1010', account: '77', lastSeen },
  ];
  mappings = [];
  await open();
  const choices = [...waiting().renderRoot.querySelectorAll<HTMLSelectElement>('select.account')];
  expect(choices.map((choice) => choice.getAttribute('aria-label'))).toEqual(['De qué cuenta es el teléfono 1009']);
  if (choices[0]) choices[0].value = 'office';
  choices[0]?.dispatchEvent(new Event('change'));
  button(waiting(), 'El teléfono 1009 es de Luis Mora').click();
  await turn();
  button(waiting(), 'El teléfono 1010 es de Ana Solano').click();
  await turn();
  expect(added.map(([endpointId, { account }]) => [endpointId, account])).toEqual([
    ['1009', 'office'],
    ['1010', 'branch'],
  ]);
});

test('a phone with an account id that nobody lists waits until its own account is chosen', async () => {
  accounts = [...accounts, { account: 'branch', accountIds: ['branch'] }];
  const lastSeen = '2026-11-27T11:59:00Z';
  unmapped = [
    { endpointId: '1009', account: 'foreign', lastSeen },
    { endpointId: '1009', account: 'other', lastSeen },
  ];
  mappings = [];
  await open();
  const choices = () => [...waiting().renderRoot.querySelectorAll<HTMLSelectElement>('select.account')];
  const [first, second] = choices();
  if (first) first.value = 'office';
  first?.dispatchEvent(new Event('change'));
  await turn();
  expect(second?.value, 'it is another phone').toBe('');

  [...waiting().renderRoot.querySelectorAll<HTMLButtonElement>('button.tonal')].at(-1)?.click();
  await turn();
  expect(added).toEqual([]);
  expect(choices().map((choice) => choice.getAttribute('aria-invalid'))).toEqual(['false', 'true']);
  expect(waiting().renderRoot.querySelector('#account-error')?.textContent).toBe('Elija la cuenta.');
  expect(waiting().shadowRoot?.activeElement).toBe(second);

  if (second) second.value = 'branch';
  second?.dispatchEvent(new Event('change'));
  await turn();
  expect(waiting().renderRoot.querySelector('#account-error')).toBeNull();
  [...waiting().renderRoot.querySelectorAll<HTMLButtonElement>('button.tonal')].at(-1)?.click();
  await turn();
  expect(added).toEqual([['1009', expect.objectContaining({ account: 'branch' })]]);
});

test('without the accounts no phone that rang is mapped', async () => {
  unmapped = [{ endpointId: '1009', account: '77', lastSeen: '2026-11-27T11:59:00Z' }];
  const read = vi.spyOn(api, 'accounts').mockRejectedValueOnce(new ApiError(503));
  await open();
  expect(textOf(waiting())).toBe('');
  button(page, 'Intentar de nuevo').click();
  await turn();
  expect(textOf(waiting())).toContain('1009');
  read.mockRestore();
});

test('it is told what a removal means before it is done', async () => {
  await open();
  button(page, 'Quitar el teléfono Escritorio').click();
  await turn();
  expect(textOf(page)).toContain('no le aparecerán a Ana Solano');
  expect(removed).toEqual([]);
  refusal = new ApiError(412, { detail: 'El registro cambió.' });
  [...page.renderRoot.querySelectorAll<HTMLButtonElement>('.removal .primary')][0]?.click();
  await turn();
  expect(textOf(page)).toContain('El registro cambió.');
  refusal = undefined;
  button(page, 'Intentar de nuevo').click();
  await turn();
  [...page.renderRoot.querySelectorAll<HTMLButtonElement>('.removal .primary')][0]?.click();
  await turn();
  expect(removed).toEqual(['1001']);
});

test('phones with the same number are marked, and how far their earlier calls are', async () => {
  mappings = [aMapping({ sharesPhoneWith: ['1002'] })];
  ties = [{ tieId: 't', endpointId: '1001', state: 'running', createdAt: '2026-11-27T11:59:00Z', calls: 120, tied: 3 }];
  await open();
  expect(textOf(page)).toContain('El mismo número tiene también: 1002');
  expect(textOf(page)).toContain('120 revisadas, 3 encontradas');
});

test('the search stands in the address, and finds by the agent’s name without marks', async () => {
  history.replaceState({}, '', '/phones?q=solano');
  await open();
  expect(page.renderRoot.querySelectorAll('.phones > li')).toHaveLength(1);
  const find = page.renderRoot.querySelector('input[type=search]') as HTMLInputElement;
  find.value = '1002';
  find.dispatchEvent(new Event('input'));
  await turn();
  expect(location.search).toBe('?q=1002');
  expect(textOf(page)).toContain('Luis Mora');
});

test('a file is looked at first, and what was looked at is imported', async () => {
  preview = {
    ...preview,
    rows: [
      {
        line: 2,
        endpointId: '1001',
        action: 'changed',
        changes: [{ field: 'agente', before: 'ana', after: 'luis' }],
        errors: [],
      },
      { line: 3, endpointId: '1009', action: 'refused', changes: [], errors: ['No hay un agente con ese código.'] },
    ],
  };
  await open();
  const input = file().renderRoot.querySelector('input') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [new File(['a'], 'tabla.csv')] });
  input.dispatchEvent(new Event('change'));
  await turn();
  expect(textOf(file())).toContain('tabla.csv. Nuevos: 1; cambian: 1; quedan igual: 3; no se importan: 1');
  expect(textOf(file())).toContain('agente: ana → luis');
  expect(textOf(file())).toContain('No hay un agente con ese código.');
  expect(imported).toEqual([]);
  button(file(), 'Importar 2 teléfonos').click();
  await turn();
  expect(imported).toEqual(['all']);
  expect(textOf(file())).toContain('Se importó. Nuevos: 1');
});

test('what is imported is what was looked at, and a file that can not be read is told so', async () => {
  const sent: string[] = [];
  const stores = vi.spyOn(api, 'importFile').mockImplementation(async (table) => {
    sent.push(await table.text());
    return { ...preview, rows: [] };
  });
  await open();
  const input = file().renderRoot.querySelector('input') as HTMLInputElement;
  const onDisk = new File(['a'], 'tabla.csv');
  Object.defineProperty(input, 'files', { value: [onDisk] });
  input.dispatchEvent(new Event('change'));
  await turn();
  const changed = () => Promise.reject(new DOMException('It was changed.', 'NotReadableError'));
  Object.assign(onDisk, { text: changed, arrayBuffer: changed });
  button(file(), 'Importar 2 teléfonos').click();
  await turn();
  expect(sent).toEqual(['a']);

  input.dispatchEvent(new Event('change'));
  await turn();
  expect(textOf(file())).toContain('No se pudo leer el archivo. Ábralo de nuevo.');
  stores.mockRestore();
});

test('a file that is picked while another is looked at is not imported in its place', async () => {
  const sent: string[] = [];
  let looked: (value: MappingImport) => void = () => {};
  const looks = vi.spyOn(api, 'preview').mockImplementation(
    () =>
      new Promise((done) => {
        looked = done;
      }),
  );
  const stores = vi.spyOn(api, 'importFile').mockImplementation(async (table) => {
    sent.push((table as File).name);
    return { ...preview, rows: [] };
  });
  await open();
  const pick = async (name: string) => {
    const input = file().renderRoot.querySelector('input') as HTMLInputElement;
    Object.defineProperty(input, 'files', { value: [new File(['a'], name)], configurable: true });
    input.dispatchEvent(new Event('change'));
    await turn();
  };
  await pick('primera.csv');
  await pick('segunda.csv');
  expect(textOf(file())).toContain('segunda.csv no se leyó');
  expect(button(file(), 'Importar CSV').getAttribute('aria-disabled')).toBe('true');
  looked(preview);
  await turn();
  expect(textOf(file())).toContain('primera.csv. Nuevos: 1');
  button(file(), 'Importar 2 teléfonos').click();
  await turn();
  expect(sent).toEqual(['primera.csv']);

  await pick('segunda.csv');
  expect(textOf(file())).not.toContain('no se leyó');
  looked(preview);
  await turn();
  expect(textOf(file())).toContain('segunda.csv. Nuevos: 1');
  looks.mockRestore();
  stores.mockRestore();
});

test('who is no administrator reads nothing', async () => {
  await open({ ...admin, roles: ['supervisor'] });
  expect(textOf(page)).toContain('Esta página es de un administrador.');
  expect(textOf(page)).not.toContain('Ana');
});

test('what is typed of a phone is not lost without a question', async () => {
  const form = await mount<PhoneForm>('cmw-phone-form', { api, agents, mapping: aMapping() });
  const closes = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(closes()).toBe(true);
  const label = form.renderRoot.querySelector<HTMLInputElement>('#label');
  if (label) label.value = 'Sala';
  label?.dispatchEvent(new InputEvent('input'));
  await drawn(form);
  expect(closes()).toBe(false);
  form.remove();
  expect(closes()).toBe(true);
});

function confirms(agrees: () => boolean): { times: number } {
  const asked = { times: 0 };
  vi.stubGlobal('confirm', () => {
    asked.times++;
    return agrees();
  });
  return asked;
}

test('another row takes the place of what was typed only once that is agreed to', async () => {
  let agrees = false;
  const asked = confirms(() => agrees);
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  button(page, 'Cambiar el teléfono 1002').click();
  await turn();
  expect(asked.times, 'nothing was typed').toBe(0);
  expect(form().mapping?.endpointId).toBe('1002');

  await type('label', 'Sala de espera');
  for (const words of ['Cambiar el teléfono Escritorio', 'Agregar un teléfono']) {
    button(page, words).click();
    await turn();
    expect(form().mapping?.endpointId, words).toBe('1002');
    expect(form().renderRoot.querySelector<HTMLInputElement>('#label')?.value).toBe('Sala de espera');
  }
  expect(asked.times).toBe(2);
  agrees = true;
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  expect(form().mapping?.endpointId).toBe('1001');
  expect(form().renderRoot.querySelector<HTMLInputElement>('#label')?.value).toBe('Escritorio');
  expect(asked.times).toBe(3);
});

test('what is typed stays while another phone is looked for, removed, or gets its agent', async () => {
  confirms(() => false);
  mappings = [...mappings, aMapping({ endpointId: '1003', label: 'Bodega' })];
  await open();
  button(page, 'Cambiar el teléfono Escritorio').click();
  await turn();
  await type('label', 'Sala');
  const find = page.renderRoot.querySelector<HTMLInputElement>('.find');
  if (find) find.value = 'bodega';
  find?.dispatchEvent(new InputEvent('input'));
  await turn();
  expect(page.renderRoot.querySelectorAll('.phones > li')).toHaveLength(2);
  button(page, 'Quitar el teléfono Bodega').click();
  await turn();
  button(page, 'Cancelar').click();
  await turn();
  button(page, 'Quitar el teléfono Bodega').click();
  await turn();
  (page.renderRoot.querySelector('.removal .primary') as HTMLElement).click();
  await turn();
  expect(removed).toEqual(['1003']);
  waiting().dispatchEvent(new CustomEvent('mapped', { detail: aMapping({ endpointId: '1004' }) }));
  await turn();
  expect(form().renderRoot.querySelector<HTMLInputElement>('#label')?.value).toBe('Sala');
});

test('of two thousand phones a hundred are drawn, and the page stands in the address', async () => {
  mappings = Array.from({ length: 2_000 }, (_, place) =>
    aMapping({ endpointId: `${3_000 + place}`, label: `Puesto ${3_000 + place}`, callerId: '40001000' }),
  );
  history.replaceState({}, '', '/phones?page=3');
  await open();
  expect(page.renderRoot.querySelectorAll('.phones > li')).toHaveLength(100);
  expect(page.renderRoot.querySelectorAll('*').length).toBeLessThan(3_000);
  expect(textOf(page)).toContain('201 a 300 de 2000');

  button(page, 'Siguientes').click();
  await turn();
  expect(page.renderRoot.querySelectorAll('.phones > li')).toHaveLength(100);
  expect(textOf(page)).toContain('301 a 400 de 2000');
  expect(location.search).toBe('?page=4');
  expect((page.renderRoot as ShadowRoot).activeElement?.id).toBe('phones');

  const find = page.renderRoot.querySelector<HTMLInputElement>('.find');
  if (find) find.value = '4999';
  find?.dispatchEvent(new InputEvent('input'));
  await turn();
  expect(location.search).toBe('?q=4999');
  expect(page.renderRoot.querySelectorAll('.phones > li')).toHaveLength(1);
}, 30_000);
