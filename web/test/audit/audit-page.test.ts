// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { AuditEntry, AuditQuery, AuditPage as Entries } from '../../src/api/audit-types.js';
import type { AuditPage } from '../../src/audit/audit-page.js';
import type { Entry } from '../../src/audit/entry.js';
import '../../src/audit/audit-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { anAdmin, now } from '../records/builders.js';

let asked: (readonly [AuditQuery, string | undefined])[];
let answer: Entries;
let failure: ApiError | undefined;
let exported: AuditQuery[];
let saved: string[];
let page: AuditPage;

const api = {
  now: () => now,
  entries: async (query: AuditQuery, next?: string) => {
    asked.push([query, next]);
    if (failure) throw failure;
    return answer;
  },
  file: async (query: AuditQuery) => {
    exported.push(query);
    if (failure) throw failure;
    return new Blob(['x']);
  },
};

const people = { agents: async () => [{ agentId: 'ana', name: 'Ana Solano' }] };

const anEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  entryId: 'e1',
  at: '2026-11-27T14:30:00Z',
  who: 'admin',
  whoName: 'Carmen Rojas',
  what: 'mapping.changed',
  id: '1001',
  before: { endpointId: '1001', agentId: 'ana', label: 'Uno' },
  after: { endpointId: '1001', agentId: 'luis', label: 'Uno' },
  address: '192.168.1.20',
  ...changes,
});

beforeEach(() => {
  history.replaceState({}, '', '/audit');
  asked = [];
  exported = [];
  saved = [];
  failure = undefined;
  answer = { items: [anEntry()], next: null };
});

afterEach(() => page.remove());

const open = async (search = '', me = anAdmin): Promise<AuditPage> => {
  page = await mount<AuditPage>('cmw-audit-page', {
    api,
    people,
    me,
    search,
    save: (_, name) => saved.push(name),
  });
  await drawn(page);
  return page;
};

const entry = async (): Promise<Entry> => {
  const found = page.renderRoot.querySelector<Entry>('cmw-audit-entry');
  if (!found) throw new Error('There is no entry.');
  await drawn(found);
  return found;
};

test('an entry says who did what, from where, and what is different now', async () => {
  await open();

  const words = textOf(await entry());

  expect(words).toContain('Cambió un teléfono');
  expect(words).toContain('Carmen Rojas');
  expect(words).toContain('desde 192.168.1.20');
  expect(words).toMatch(/Agente\s*antes: Ana Solano → después: luis/);
  expect(words).not.toContain('Nombre');
  expect(words).not.toContain('{');
});

test('all data are there where somebody unfolds them', async () => {
  await open();
  const shown = await entry();
  const details = shown.renderRoot.querySelector('details');
  if (!details) throw new Error('There are no details.');
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await drawn(shown);

  expect(JSON.parse(shown.renderRoot.querySelector('pre')?.textContent ?? '')).toMatchObject({ id: '1001' });
});

test('of many fields some are shown, and the others on request', async () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`campo${i}`, `v${i}`]));
  answer = {
    items: [anEntry({ what: 'contact.created', before: undefined, after: many, cut: ['campo3', 'numbers', '*'] })],
    next: null,
  };
  await open();
  const shown = await entry();
  expect(textOf(shown)).not.toContain('campo11');
  expect(textOf(shown)).toContain('se guardó solo su comienzo: campo3, Números, Todo');

  button(shown, 'Mostrar los 12 campos').click();
  await drawn(shown);

  expect(textOf(shown)).toContain('campo11');
});

test('the filter of the address is asked for, and a choice changes the address', async () => {
  await open('?who=ana&next=t1');
  expect(asked).toEqual([[{ who: 'ana' }, 't1']]);
  const what = page.renderRoot.querySelector<HTMLSelectElement>('#what');
  if (!what) throw new Error('There is no choice.');

  what.value = 'contact';
  what.dispatchEvent(new Event('change'));
  await drawn(page);

  expect(location.search).toBe('?who=ana&what=contact');
  expect(asked.at(-1)).toEqual([{ who: 'ana', what: 'contact' }, undefined]);
});

test('a page that is not full says how far it looked, and leads on', async () => {
  answer = { items: [], next: 't2', lookedUntil: '2026-10-01T12:00:00Z' };
  await open('?who=ana');

  expect(textOf(page)).toContain('y no se encontró ninguna');
  expect(page.renderRoot.querySelector('.notice a')?.getAttribute('href')).toBe('/audit?who=ana&next=t2');
});

test('nothing yet and nothing of a filter are told apart', async () => {
  answer = { items: [], next: null };
  await open();
  expect(textOf(page)).toContain('Todavía no hay anotaciones.');
  page.remove();

  await open('?id=1001');
  expect(textOf(page)).toContain('Ninguna anotación cumple estos filtros.');
});

test('a failure says so, and is tried again', async () => {
  failure = new ApiError(503);
  await open();
  expect(page.renderRoot.querySelector('[role=alert]')).not.toBeNull();

  failure = undefined;
  button(page, 'Intentar de nuevo').click();
  await drawn(page);

  expect(page.renderRoot.querySelector('[role=alert]')).toBeNull();
  expect(page.renderRoot.querySelectorAll('cmw-audit-entry').length).toBe(1);

  failure = new ApiError(503);
  page.search = '?what=export';
  await drawn(page);
  await drawn(page);
  expect(textOf(page)).toContain('Abajo sigue lo que se mostraba antes.');
  expect(page.renderRoot.querySelectorAll('.waits cmw-audit-entry').length).toBe(1);
});

test('the export has the filter of the page', async () => {
  await open('?what=export&from=2026-11-01');
  button(page, 'Exportar CSV').click();
  await drawn(page);

  expect(exported).toEqual([{ from: '2026-11-01', what: 'export' }]);
  expect(saved).toEqual(['auditoria-2026-11-26.csv']);
  failure = new ApiError(0);
  button(page, 'Exportar CSV').click();
  await drawn(page);
  expect(textOf(page)).toContain('La exportación se cortó.');
});

test('who is no administrator reads nothing', async () => {
  await open('', { ...anAdmin, roles: ['supervisor'] });

  expect(textOf(page)).toContain('Esta página es de un administrador.');
  expect(asked).toEqual([]);
});
