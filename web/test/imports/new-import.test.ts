// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ContactImport, ImportPreview, ImportRules } from '../../src/api/import-types.js';
import type { ImportsApi } from '../../src/api/imports-api.js';
import type { ImportPage } from '../../src/imports/import-page.js';
import type { NewImport } from '../../src/imports/new-import.js';
import '../../src/imports/import-page.js';
import '../../src/imports/new-import.js';
import { mayClose } from '../../src/base/leaving.js';
import { mappingOf, mostBytes, newFieldOf, previewPart } from '../../src/imports/preview-file.js';
import type { PreviewTable } from '../../src/imports/preview-table.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let asked: { readonly size: number; readonly rules: ImportRules; readonly isPart: boolean }[];
let started: (readonly [string | undefined, ImportRules])[];
let refusal: ApiError | undefined;
let preview: ImportPreview;
/** What the next look at a file waits for. */
let look: Promise<unknown> | undefined;
let sentText: string;
let hold: Promise<unknown> | undefined;
let part: NewImport;
let picked: File;

const anImport = (changes: Partial<ContactImport> = {}): ContactImport => ({
  importId: 'i1',
  file: 'clientes.csv',
  state: 'done',
  ending: false,
  createdAt: '2026-11-27T12:00:00Z',
  duplicates: 'skip',
  by: 'both',
  encoding: 'utf-8',
  separator: ';',
  columns: [{ name: 'Nombre', field: 'name' }, { name: 'Zona' }],
  rows: 10,
  read: 10,
  added: 6,
  changed: 0,
  skipped: 3,
  refused: 1,
  keptUntil: '2026-12-11T12:00:00Z',
  ...changes,
});

const api = {
  now: () => Date.parse('2026-11-27T12:00:00Z'),
  preview: async (file: Blob, rules: ImportRules, isPart: boolean) => {
    asked.push({ size: file.size, rules, isPart });
    await look;
    if (refusal) throw refusal;
    return preview;
  },
  start: async (
    file: Blob,
    name: string | undefined,
    rules: ImportRules,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => {
    onProgress(0.5);
    await hold;
    if (signal.aborted) throw new ApiError(0);
    if (refusal) throw refusal;
    sentText = await file.text();
    started.push([name, rules]);
    return anImport();
  },
} as unknown as ImportsApi;

beforeEach(() => {
  asked = [];
  started = [];
  refusal = undefined;
  hold = undefined;
  look = undefined;
  preview = {
    encoding: 'windows-1252',
    separator: ';',
    hasHeader: true,
    columns: [{ name: 'Nombre', field: 'name' }, { name: 'Saldo', field: 'saldo' }, { name: 'Zona' }],
    rows: 2,
    sample: [
      { row: 2, cells: ['Ana', '100', 'Norte'], outcome: 'added', note: 'No se entiende: 8888-777' },
      { row: 3, cells: ['Leo', '', ''], outcome: 'refused', reason: 'Porque sí.' },
    ],
    problems: [
      { row: 3, reason: 'Porque sí.' },
      { row: 70_000, reason: 'Sobran 3.' },
    ],
    fields: [{ field: 'name' }, { field: 'phone' }, { field: 'saldo', label: 'Saldo' }],
  };
});

afterEach(() => part?.remove());

async function choose(size = 100, read?: () => Promise<ArrayBuffer>): Promise<void> {
  part = await mount<NewImport>('cmw-new-import', { api });
  const input = part.renderRoot.querySelector('input[type=file]') as HTMLInputElement;
  picked = new File(['x'.repeat(Math.min(size, 100))], 'clientes.csv');
  Object.defineProperty(picked, 'size', { value: size });
  if (read) picked.arrayBuffer = read;
  Object.defineProperty(input, 'files', { value: [picked] });
  input.dispatchEvent(new Event('change'));
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await drawn(part);
    const found = table();
    if (found) await drawn(found);
  }
}

const table = () => part.renderRoot.querySelector<PreviewTable>('cmw-preview-table');
const selects = () => [...(table()?.renderRoot.querySelectorAll('select') ?? [])];

async function pick(index: number, value: string): Promise<void> {
  const select = selects()[index] as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event('change'));
  await turn();
}

test('the first rows show what would become of them, and rows further down their problems', async () => {
  await choose();
  expect(textOf(part)).toContain('2 filas · WINDOWS-1252 · separado por «;»');
  const shown = textOf(table() as PreviewTable);
  expect(shown).toContain('2 Nuevo');
  expect(shown).toContain('No se entiende: 8888-777');
  expect(shown).toContain('Porque sí.');
  expect(shown).toContain('Fila 70000: Sobran 3.');
});

test('a column is mapped by its number, a field of the office with its prefix', async () => {
  await choose();
  expect(selects().map(({ value }) => value)).toEqual(['name', 'field.saldo', '']);
  await pick(2, 'field.Zona');
  expect(asked.at(-1)?.rules.mapping).toBe('1:name,2:field.saldo,3:field.Zona');
  await pick(1, '');
  expect(asked.at(-1)?.rules.mapping).toBe('1:name,2:-,3:-');
  // Several columns can be the name.
  await pick(2, 'name');
  expect(asked.at(-1)?.rules.mapping).toBe('1:name,2:field.saldo,3:name');
});

test('what can be in one column only is taken from the column that had it', async () => {
  await choose();
  await pick(2, 'field.saldo');
  expect(asked.at(-1)?.rules.mapping).toBe('1:name,2:-,3:field.saldo');
});

test('the import begins with the rules that are shown', async () => {
  await choose();
  const rule = part.renderRoot.querySelector('#duplicates') as HTMLSelectElement;
  rule.value = 'merge';
  rule.dispatchEvent(new Event('change'));
  await turn();
  expect(asked.at(-1)?.rules.duplicates).toBe('merge');
  button(part, 'Importar 2 filas').click();
  await turn();
  expect(started).toEqual([['clientes.csv', { mapping: '1:name,2:field.saldo,3:-', duplicates: 'merge', by: 'both' }]]);
});

test('an upload can be cancelled, which is no error', async () => {
  let release: (value: unknown) => void = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  await choose();
  button(part, 'Importar 2 filas').click();
  await turn();
  expect(textOf(part)).toContain('Enviando el archivo: 50 %');
  button(part, 'Cancelar el envío').click();
  release(undefined);
  await turn();
  expect(started).toEqual([]);
  expect(part.renderRoot.querySelector('.problem')).toBeNull();
  expect(button(part, 'Importar 2 filas')).toBeDefined();
});

test('leaving the page while the file is sent asks first, and the import that was begun is shown unasked', async () => {
  const confirm = vi.fn(() => false);
  vi.stubGlobal('confirm', confirm);
  const held = new Pending<void>();
  hold = held.ask();
  await choose();
  expect(mayClose()).toBe(true);
  button(part, 'Importar 2 filas').click();
  await turn();
  expect(mayClose()).toBe(false);
  expect(confirm.mock.calls).toEqual([['El archivo todavía se está enviando. ¿Salir y cancelar el envío?']]);

  const followed = new Promise<string>((resolve) => {
    part.addEventListener('click', (event) => {
      event.preventDefault();
      resolve((event.composedPath()[0] as HTMLAnchorElement).pathname);
    });
  });
  await held.answer();
  expect(await followed).toBe('/contact-imports/i1');
  expect(confirm).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
});

test('what is imported is what was looked at, also where the file is changed meanwhile', async () => {
  await choose();
  picked.arrayBuffer = () => Promise.reject(new DOMException('It was changed.', 'NotReadableError'));
  picked.text = () => Promise.reject(new DOMException('It was changed.', 'NotReadableError'));
  button(part, 'Importar 2 filas').click();
  await turn();
  expect(started).toHaveLength(1);
  expect(sentText).toBe('x'.repeat(100));
});

test('a file that can not be read is told so', async () => {
  await choose(100, () => Promise.reject(new DOMException('It is gone.', 'NotFoundError')));
  expect(textOf(part)).toContain('No se pudo leer el archivo. Ábralo de nuevo.');
  expect(asked).toEqual([]);
});

test('nothing is begun while what is shown is not what is chosen', async () => {
  await choose();
  const begin = () => button(part, 'Importar 2 filas');
  const header = part.renderRoot.querySelector('.check input') as HTMLInputElement;
  const waiting = new Pending<void>();
  look = waiting.ask();
  header.checked = false;
  header.dispatchEvent(new Event('change'));
  await turn();
  expect([asked.at(-1)?.rules.mapping, begin().getAttribute('aria-disabled')]).toEqual(['', 'true']);
  expect(selects().map(({ value }) => value)).toEqual(['name', 'field.saldo', '']);
  begin().click();
  await waiting.answer();
  await turn();
  expect(begin().getAttribute('aria-disabled')).toBe('false');

  refusal = new ApiError(0);
  await pick(2, 'phone');
  expect(begin().getAttribute('aria-disabled')).toBe('true');
  begin().click();
  await turn();
  expect(started).toEqual([]);

  refusal = undefined;
  button(part, 'Intentar de nuevo').click();
  await turn();
  begin().click();
  await turn();
  expect(started).toHaveLength(1);
});

test('an answer to an earlier question changes nothing', async () => {
  await choose();
  const waiting = new Pending<void>();
  look = waiting.ask();
  await pick(2, 'phone');
  look = undefined;
  await pick(2, 'document');
  refusal = new ApiError(400, { detail: 'Ya no cuenta.' });
  await waiting.answer();
  await turn();
  expect(textOf(part)).not.toContain('Ya no cuenta.');
  expect(button(part, 'Importar 2 filas').getAttribute('aria-disabled')).toBe('false');
});

test('what is no table is told in the words of the API', async () => {
  refusal = new ApiError(400, { detail: 'Es un libro de Excel.' });
  await choose();
  expect(textOf(part)).toContain('Es un libro de Excel.');
});

test('a file without a name or a number can not be begun', async () => {
  preview = { ...preview, problems: [{ reason: 'Ninguna columna es el nombre.' }] };
  await choose();
  expect(textOf(part)).toContain('Ninguna columna es el nombre.');
  button(part, 'Importar 2 filas').click();
  await turn();
  expect(started).toEqual([]);
});

test('a file that is too large is refused before it is sent', async () => {
  await choose(mostBytes + 1);
  expect(textOf(part)).toContain('El archivo pasa de 32 MB');
  expect(asked).toEqual([]);
});

test('of a large file the beginning is sent, of a small one all', () => {
  const blob = (size: number) => new Blob([new Uint8Array(size)]);
  expect(previewPart(blob(2_000_000)).isPart).toBe(false);
  const { part: first, isPart } = previewPart(blob(3_000_000));
  expect([first.size, isPart]).toEqual([256 * 1024, true]);
  expect(mappingOf(['', 'phone'])).toBe('1:-,2:phone');
  expect(newFieldOf('Código: postal, 2')).toBe('field.Codigo-postal-2');
  expect(newFieldOf('…')).toBe('');
});

test('a result is undone only after a second press', async () => {
  let undone = 0;
  let current = anImport();
  const page = await mount<ImportPage>('cmw-import-page', {
    api: {
      ...api,
      get: async () => current,
      undo: async () => {
        undone++;
        current = anImport({ undo: { state: 'done', undone: 5, kept: 1, progress: 1 } });
        return current;
      },
    } as unknown as ImportsApi,
    me: { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] },
    importId: 'i1',
  });
  await drawn(page);
  button(page, 'Deshacer la importación').click();
  await drawn(page);
  expect(undone).toBe(0);
  button(page, 'Sí, deshacer').click();
  await drawn(page);
  await drawn(page);
  expect(undone).toBe(1);
  expect(textOf(page)).toContain('Se deshicieron 5 contactos.');
  expect(textOf(page)).toContain('Otro queda como está, porque alguien lo cambió después.');
  expect([...page.renderRoot.querySelectorAll('button')].some((one) => one.textContent?.includes('Deshacer'))).toBe(
    false,
  );
  page.remove();
});

test.each<[string, Partial<ContactImport>, boolean]>([
  ['that added contacts', { added: 3, changed: 0 }, true],
  ['that changed contacts alone', { added: 0, changed: 2 }, true],
  ['that changed nobody', { added: 0, changed: 0 }, false],
  ['whose undo failed', { added: 3, undo: { state: 'failed', undone: 1, kept: 0, progress: 0.3 } }, true],
  ['that was undone', { added: 3, undo: { state: 'done', undone: 3, kept: 0, progress: 1 } }, false],
  ['whose time is over', { added: 3, keptUntil: '2020-01-01T00:00:00Z' }, false],
])('an import %s can be undone or not', async (_, changes, canBe) => {
  const page = await mount<ImportPage>('cmw-import-page', {
    api: { ...api, get: async () => anImport(changes) } as unknown as ImportsApi,
    me: { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] },
    importId: 'i1',
  });
  await drawn(page);
  expect(page.renderRoot.querySelector('.undo') !== null).toBe(canBe);
  page.remove();
});

test('what was asked of one import is not asked of the next', async () => {
  const page = await mount<ImportPage>('cmw-import-page', {
    api: { ...api, get: async (importId: string) => anImport({ importId }) } as unknown as ImportsApi,
    me: { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] },
    importId: 'i1',
  });
  await drawn(page);
  button(page, 'Deshacer la importación').click();
  await drawn(page);
  expect(page.renderRoot.querySelector('.sure')).not.toBeNull();
  page.importId = 'i2';
  for (let turn = 0; turn < 3; turn++) await drawn(page);
  expect(page.renderRoot.querySelector('.undo')).not.toBeNull();
  expect(page.renderRoot.querySelector('.sure')).toBeNull();
  page.remove();
});

test('a cancelled import is read again until its last rows are counted, and only then can be undone', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let current = anImport({ state: 'cancelled', ending: true, read: 0, added: 0, skipped: 0, refused: 0 });
  const page = await mount<ImportPage>('cmw-import-page', {
    api: { ...api, get: async () => current } as unknown as ImportsApi,
    me: { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] },
    importId: 'i1',
  });
  await drawn(page);
  expect(textOf(page)).toContain('Se está cancelando');
  expect(textOf(page)).not.toContain('Se trabajaron');

  current = { ...current, read: 4, added: 4 };
  vi.advanceTimersByTime(1_000);
  await drawn(page);
  expect(page.renderRoot.querySelector('.undo')).toBeNull();

  current = { ...current, ending: false };
  vi.advanceTimersByTime(1_000);
  await drawn(page);
  expect(textOf(page)).toContain('Se trabajaron 4 de 10 filas');
  expect(button(page, 'Deshacer la importación')).toBeDefined();
  vi.useRealTimers();
  page.remove();
});

test.each([
  [
    'an import',
    (read: number) => anImport({ state: 'running', read }),
    () => anImport({ state: 'done', read: 10 }),
    'Terminada',
  ],
  [
    'an undo',
    (undone: number) => anImport({ undo: { state: 'running', undone, kept: 0, progress: undone / 10 } }),
    () => anImport({ undo: { state: 'done', undone: 10, kept: 0, progress: 1 } }),
    'Se deshicieron 10 contactos.',
  ],
] as const)('while %s counts, nothing is read aloud until it ends', async (_, under, over, end) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let current = under(2);
  const page = await mount<ImportPage>('cmw-import-page', {
    api: { ...api, get: async () => current } as unknown as ImportsApi,
    me: { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] },
    importId: 'i1',
  });
  const said = () => [...page.renderRoot.querySelectorAll('[role=status]')].map((one) => one.textContent?.trim());
  const next = async (then: typeof current): Promise<void> => {
    current = then;
    vi.advanceTimersByTime(1_000);
    await drawn(page);
  };
  await drawn(page);
  const [first, places] = [said(), [...page.renderRoot.querySelectorAll('[role=status]')]];
  await next(under(7));
  expect(textOf(page)).toContain('7');
  expect(said()).toEqual(first);
  await next(over());
  expect(said().join(' ')).toContain(end);
  expect([...page.renderRoot.querySelectorAll('[role=status]')]).toEqual(places);
  vi.useRealTimers();
  page.remove();
});

test('how it was imported names the fields as the form before did', async () => {
  const columns = ['name', 'saldo-mora', 'zona'].map((field) => ({ name: `Columna ${field}`, field }));
  const page = await mount<ImportPage>('cmw-import-page', {
    api: { ...api, get: async () => anImport({ columns }) } as unknown as ImportsApi,
    me: {
      id: 'admin',
      name: 'Admin',
      roles: ['admin'],
      endpoints: [],
      contactFields: [{ key: 'saldo-mora', label: 'Saldo en mora', type: 'money' }],
    },
    importId: 'i1',
  });
  await drawn(page);
  expect(
    [...page.renderRoot.querySelectorAll('section[aria-labelledby=how] dd')]
      .slice(-3)
      .map(({ textContent }) => textContent),
  ).toEqual(['Nombre', 'Saldo en mora', 'zona']);
  page.remove();
});

test('the undo of one contact is told in the singular', async () => {
  const page = await mount<ImportPage>('cmw-import-page', {
    api: {
      ...api,
      get: async () => anImport({ undo: { state: 'done', undone: 1, kept: 2, progress: 1 } }),
    } as unknown as ImportsApi,
    me: { id: 'admin', name: 'Admin', roles: ['admin'], endpoints: [] },
    importId: 'i1',
  });
  await drawn(page);
  expect(textOf(page)).toContain('Se deshizo 1 contacto. Otros 2 quedan como están');
  page.remove();
});

test('of a very wide file the first columns are drawn, and fewer rows', async () => {
  const columns = Array.from({ length: 200 }, (_, index) => ({ name: `c${index}` }));
  const cells = columns.map(({ name }) => name);
  preview = {
    ...preview,
    columns: [{ name: 'Nombre', field: 'name' }, ...columns.slice(1)],
    sample: Array.from({ length: 50 }, (_, index) => ({ row: index + 2, cells, outcome: 'added' as const })),
    problems: [],
  };
  await choose();
  expect(selects()).toHaveLength(60);
  expect(textOf(table() as PreviewTable)).toContain('Y 140 columnas más');
  expect(table()?.renderRoot.querySelectorAll('*').length).toBeLessThan(3_000);
});
