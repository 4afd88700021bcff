// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { StatusApi } from '../../src/api/status-api.js';
import type { PoisonMessage, RefusedEvent, Status } from '../../src/api/status-types.js';
import type { ConnectionState } from '../../src/pop-ups/live-connection.js';
import { reasonWords, refusedEvents } from '../../src/status/held.js';
import type { HeldList } from '../../src/status/held-list.js';
import { queueWords, sizeWords, troublesOf } from '../../src/status/part-words.js';
import type { StatusPage } from '../../src/status/status-page.js';
import '../../src/status/status-page.js';
import { button, drawn, focused, mount, textOf } from '../dom.js';
import { anAdmin, now } from '../records/builders.js';

const aStatus = (changes: Partial<Status> = {}): Status => ({
  state: 'good',
  at: '2026-11-26T20:00:00Z',
  version: '0.2.0',
  storage: { state: 'good' },
  webhook: { state: 'good', lastAt: '2026-11-26T19:58:00Z' },
  records: [{ state: 'good', account: 'office', lastSuccess: '2026-11-26T19:59:00Z', secondsBehind: 60 }],
  queues: [{ state: 'good', name: 'call-events', waiting: 0, poison: 0 }],
  refused: { state: 'good', lastDay: 0 },
  screens: { state: 'good', connected: 3, agents: 2 },
  reconciliation: [{ state: 'good', account: 'office', open: 0, pending: 1 }],
  backups: { state: 'good', lastAt: '2026-11-26T08:30:00Z' },
  disk: { state: 'good', freeBytes: 52_000_000_000, totalBytes: 100_000_000_000, databaseBytes: 12_300_000 },
  ...changes,
});

const poisoned = aStatus({
  state: 'bad',
  queues: [{ state: 'bad', name: 'call-events', waiting: 2, oldestSeconds: 5, poison: 2, advice: 'Reinténtelos.' }],
});

let status: Status;
let poison: PoisonMessage[];
let refused: RefusedEvent[];
let failure: ApiError | undefined;
let asked: string[];
let page: StatusPage;

const api = {
  now: () => now,
  status: async () => {
    asked.push('status');
    if (failure) throw failure;
    return status;
  },
  poison: async () => ({ items: poison, next: null }),
  refused: async () => {
    asked.push('refused');
    return { items: refused, next: null };
  },
  retryPoison: async (queue: string, id: string) => {
    asked.push(`retry ${queue}/${id}`);
  },
  removePoison: async (queue: string, id: string) => {
    asked.push(`remove ${queue}/${id}`);
  },
  retryRefused: async (reference: string) => {
    asked.push(`retry ${reference}`);
    throw new ApiError(409, { detail: 'Todavía no se puede leer.' });
  },
  removeRefused: async (reference: string) => {
    asked.push(`remove ${reference}`);
    throw new ApiError(404, { detail: 'Ese aviso ya no está.' });
  },
} as unknown as StatusApi;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  status = aStatus();
  poison = ['m1', 'm2'].map((id) => ({
    queue: 'call-events',
    id,
    insertedAt: '2026-11-26T19:00:00Z',
    preview: `{"${id}":1}`,
  }));
  refused = [{ id: 'r1', reference: 'ref1', receivedAt: '2026-11-26T18:00:00Z', reason: 'A test.', body: '{' }];
  failure = undefined;
  asked = [];
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

const open = async (me = anAdmin): Promise<StatusPage> => {
  page = await mount<StatusPage>('cmw-status-page', { api, me });
  await drawn(page);
  return page;
};

const list = async (heading: string): Promise<HeldList> => {
  const found = page.renderRoot.querySelector<HeldList>(`section[aria-labelledby="${heading}"] cmw-held-list`);
  if (!found) throw new Error('There is no list.');
  await drawn(found);
  return found;
};

test('all is well in one sentence, and the figures are below it', async () => {
  await open();

  const words = textOf(page);
  expect(words).toContain('Todo funciona');
  expect(words).toContain('52 GB de 100 GB');
  expect(words).toContain('12,3 MB');
  expect(page.renderRoot.querySelector('.troubles')).toBeNull();
  expect(asked).toEqual(['status']);
});

test('it is read again once the page’s own screen is connected', async () => {
  let [state, tell]: [ConnectionState, () => void] = ['connecting', () => {}];
  const connection = {
    get state() {
      return state;
    },
    watch: (watcher: () => void) => {
      tell = watcher;
      return () => {};
    },
  };
  status = aStatus({ screens: { state: 'good', connected: 1, agents: 2 } });
  page = await mount<StatusPage>('cmw-status-page', { api, connection, me: anAdmin });
  await drawn(page);
  expect(textOf(page)).toMatch(/Conectadas\s*1\s*Personas\s*2/);

  status = aStatus({ screens: { state: 'good', connected: 2, agents: 2 } });
  state = 'connected';
  tell();
  for (let turn = 0; turn < 3; turn++) await drawn(page);
  expect(textOf(page)).toMatch(/Conectadas\s*2\s*Personas\s*2/);
  tell();
  await drawn(page);
  expect(asked).toEqual(['status', 'status']);
});

test('what is wrong comes first, the worst of it before the rest', () => {
  const troubles = troublesOf(
    aStatus({
      refused: { state: 'warning', lastDay: 3, advice: 'Mírelos.' },
      queues: [{ state: 'bad', name: 'jobs', waiting: 1, poison: 1, advice: 'Reinténtelo.' }],
    }),
  );

  expect(troubles).toEqual([
    { name: 'Cola: Trabajos largos', state: 'bad', advice: 'Reinténtelo.' },
    { name: 'Avisos rechazados', state: 'warning', advice: 'Mírelos.' },
  ]);
});

test('an endpoint that takes no events says why', async () => {
  const its = { endpointId: 'e-1', name: 'CRM', advice: 'Revíselo.' };
  status = aStatus({
    events: [
      { ...its, state: 'warning', since: '2026-11-26T18:00:00Z', lastError: 'El sistema contestó 500.' },
      { endpointId: 'e-2', name: 'Tablero', state: 'good' },
    ],
  });
  await open();

  const words = textOf(page);
  expect(words).toContain('El sistema contestó 500.');
  expect(words).not.toContain('undefined');
});

test('a part that could not be read is wrong, and hides nothing else', async () => {
  const { webhook: _, records: __, ...rest } = aStatus({ state: 'bad' });
  status = rest;
  await open();

  expect(troublesOf(status).map(({ name }) => name)).toEqual(['Avisos del operador', 'Registros de llamada']);
  expect(textOf(page)).toContain('Algo no funciona');
  expect(textOf(page)).toContain('Versión0.2.0');
});

test('a backup that failed is among what is wrong, and where none is made there is no part of it', async () => {
  status = aStatus({ state: 'bad', backups: { state: 'bad', advice: 'Haga uno ahora.' } });
  await open();
  expect(troublesOf(status)).toEqual([{ name: 'Respaldos', state: 'bad', advice: 'Haga uno ahora.' }]);
  expect(textOf(page)).toContain('Último respaldotodavía no');

  const { backups: _, ...rest } = aStatus();
  expect(troublesOf(rest)).toEqual([]);
});

test('a message that was set aside is retried, and the status is read again', async () => {
  status = poisoned;
  await open();
  const shown = await list('set-aside');
  expect(textOf(shown)).toContain('{"m1":1}');

  button(shown, 'Reintentar').click();
  await drawn(shown);

  expect(asked).toContain('retry call-events/m1');
  expect(textOf(shown)).not.toContain('{"m1":1}');
  expect(textOf(shown)).toContain('Se envió otra vez.');
  expect(asked.filter((what) => what === 'status').length).toBe(2);
});

test('after the last message that was set aside the list stays and says what was done', async () => {
  status = poisoned;
  poison = poison.slice(0, 1);
  await open();
  const shown = await list('set-aside');
  status = aStatus();
  poison = [];

  button(shown, 'Reintentar').click();
  await drawn(shown);
  await drawn(page);

  const kept = await list('set-aside');
  expect(textOf(kept)).toContain('Se envió otra vez.');
  expect(textOf(kept)).toContain('No queda ninguno.');
  expect(kept.shadowRoot?.activeElement?.getAttribute('role')).toBe('status');
});

test('a message that comes back after a retry is on the list again, whatever the figures say', async () => {
  status = poisoned;
  await open();
  const shown = await list('set-aside');
  button(shown, 'Reintentar').click();
  await drawn(shown);
  expect(textOf(shown)).not.toContain('{"m1":1}');

  vi.advanceTimersByTime(15_000);
  await drawn(page);
  await drawn(shown);
  expect(textOf(shown)).toContain('{"m1":1}');
});

test('a list that is read again keeps what was read behind its first page', async () => {
  const messages = refusedEvents({
    refused: async (next?: string) =>
      next ? { items: [{ ...refused[0], reference: 'ref2' }], next: null } : { items: refused, next: 'more' },
  } as unknown as StatusApi);
  await messages.read();
  await messages.readMore();
  await messages.read();
  expect(messages.items.map(({ key }) => key)).toEqual(['ref1', 'ref2']);
  expect(messages.more).toBe(false);
});

test('a message is deleted only when somebody says so twice', async () => {
  status = poisoned;
  await open();
  const shown = await list('set-aside');

  button(shown, 'Borrar').click();
  await drawn(shown);
  expect(asked.some((what) => what.startsWith('remove'))).toBe(false);
  button(shown, 'Cancelar').click();
  await drawn(shown);
  button(shown, 'Borrar').click();
  await drawn(shown);
  button(shown, 'Sí, borrar').click();
  await drawn(shown);

  expect(asked).toContain('remove call-events/m1');
});

test('why a notification is still refused is said beside it, and one that is gone leaves the list', async () => {
  status = aStatus({ state: 'warning', refused: { state: 'warning', lastDay: 1, advice: 'Mírelos.' } });
  await open();
  const shown = await list('refused');

  button(shown, 'Reintentar').click();
  await drawn(shown);
  expect(shown.renderRoot.querySelector('[role=alert]')?.textContent).toContain('Todavía no se puede leer.');

  button(shown, 'Borrar').click();
  await drawn(shown);
  button(shown, 'Sí, borrar').click();
  await drawn(shown);
  expect(textOf(shown)).toContain('Ese aviso ya no está.');
  expect(textOf(shown)).toContain('No queda ninguno.');

  // The status says now that there is none, and what was done can still be read.
  status = aStatus({ refused: { state: 'good', lastDay: 0 } });
  vi.advanceTimersByTime(15_000);
  await drawn(page);
  expect(textOf(await list('refused'))).toContain('Ese aviso ya no está.');
});

test('earlier refused notifications are read where somebody asks for them', async () => {
  await open();
  expect(asked).not.toContain('refused');

  button(page, 'Ver los anteriores').click();
  await drawn(page);
  await list('refused');

  expect(asked).toContain('refused');
  expect(focused()?.id).toBe('refused');
});

test('the page reads again each 15 seconds, and shows what it had where that fails', async () => {
  await open();
  vi.advanceTimersByTime(15_000);
  await drawn(page);
  expect(asked.filter((what) => what === 'status').length).toBe(2);

  failure = new ApiError(503);
  vi.advanceTimersByTime(15_000);
  await drawn(page);
  expect(textOf(page)).toContain('Esto puede no estar al día.');
  expect(textOf(page)).toContain('No se sabe si todo funciona');
  expect(textOf(page)).not.toContain('Todo funciona');
  expect(textOf(page)).toContain('Avisos del operador');
});

test('who is no administrator reads nothing', async () => {
  await open({ ...anAdmin, roles: ['supervisor'] });
  expect(asked).toEqual([]);
  expect(textOf(page)).toContain('Esta página es de un administrador.');
});

test('sizes and reasons are in words', () => {
  expect([sizeWords(1000), sizeWords(12_340_000), sizeWords(1_500_000_000)]).toEqual(['0,1 MB', '12,3 MB', '1,5 GB']);
  expect(reasonWords("Its account id is in no account's list: its account is not known.")).toContain('de qué cuenta');
  expect(reasonWords('The body is empty.')).toBe('El cuerpo llegó vacío.');
  expect(reasonWords('The body is not JSON.')).toBe('No es JSON.');
  expect(reasonWords('The body is not a JSON object.')).toBe('No es JSON.');
  expect(reasonWords('The field "action" is neither callStart nor callEnd.')).toBe(
    'Su «action» no es callStart ni callEnd.',
  );
  expect(reasonWords('"callid" is missing, or "callid" or "account_id" is longer than 256 characters.')).toBe(
    'Falta «callid», o un identificador es demasiado largo.',
  );
  expect(reasonWords('The body is full of control characters.')).toBe('Está lleno de caracteres de control.');
  expect(reasonWords('Something else.')).toBe('No se pudo leer. Something else.');
});

test('each queue has words', () => {
  for (const queue of ['call-events', 'jobs', 'events-out', 'campaign-dials']) {
    expect(queueWords(queue)).not.toBe(queue);
  }
});
