// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, Page, PromiseInput, WorkEntry } from '../../src/api/types.js';
import { type WorkList } from '../../src/work-list/work-list.js';
import '../../src/work-list/work-list.js';
import { WorkListStore } from '../../src/work-list/work-list-store.js';
import { drawn, focused, mount } from '../dom.js';

const now = Date.parse('2026-03-10T18:00:00Z');
const entry = (kind: WorkEntry['kind'], callId: string, changes: Partial<WorkEntry> = {}): WorkEntry => ({
  kind,
  callId,
  account: 'office',
  agentId: 'ana',
  at: '2026-03-10T15:00:00Z',
  number: { e164: '+50688881234', display: '8888-1234', kind: 'number' },
  ...changes,
});
const promise = entry('promise', 'p', {
  id: 'p-1',
  amount: 100,
  currency: 'CRC',
  state: 'open',
  contactName: 'Ema',
  etag: '7',
});
const followUp = entry('followUp', 'f', { id: 'f-1', note: 'Devolver' });
const missed = entry('missed', 'm');
const draft = entry('draft', 'd', { note: 'a medias' });

let items: readonly WorkEntry[];
let next: string | undefined;
const closeFollowUp = vi.fn(async (_id: string) => {});
const decidePromise = vi.fn(async (_id: string, _input: PromiseInput, _etag: string | undefined) => {});
const api = {
  workList: async (): Promise<Page<WorkEntry>> => ({ items, next: next ?? null }),
  closeFollowUp,
  decidePromise,
  call: async () => ({ callId: 'm', account: 'office' }) as Call,
};
let store: WorkListStore;
let list: WorkList;

beforeEach(async () => {
  items = [promise, followUp, missed, draft];
  next = undefined;
  store = new WorkListStore(api);
  await store.read();
  list = await mount<WorkList>('cmw-work-list', { store, now: () => now, dials: true });
});

afterEach(() => {
  list.remove();
  vi.clearAllMocks();
});

const all = (selector: string) => [...list.renderRoot.querySelectorAll<HTMLElement>(selector)];
const texts = (selector: string) => all(selector).map((found) => found.textContent?.replace(/\s+/g, ' ').trim());
const button = (words: string) => all('button').find((found) => found.textContent?.trim() === words);
const settle = () => drawn(list);

test('where only calls to write about are left, whoever asks for the next one to call is told', async () => {
  const said = () => texts('.nobody')[0];
  items = [draft];
  expect(await store.readNext()).toBeUndefined();
  await settle();
  expect(said()).toContain('no queda nadie a quien llamar');

  next = 'page-2';
  expect(await store.readNext(), 'somebody may be behind what is read').toBeUndefined();
  await settle();
  expect(said()).toBe('');
  next = undefined;

  items = [draft, missed];
  expect(await store.readNext()).toBe(missed);
  await settle();
  expect(said()).toBe('');

  items = [];
  expect(await store.readNext()).toBeUndefined();
  await settle();
  expect(said()).toBe('');
});

test('each kind has its group, and a draft is to be documented as well', () => {
  expect(texts('h3')).toEqual(['Promesas de pago 1', 'Seguimientos 1', 'Llamadas perdidas 1', 'Por documentar 1']);
  expect(texts('li .who')).toEqual(['Ema', '8888-1234', '8888-1234', '8888-1234']);
});

test.each([
  ['2026-03-10T06:00:00Z', 'open', 'Vence hoy'],
  ['2026-03-10T05:59:00Z', 'broken', 'Venció ayer'],
  ['2026-02-28T18:00:00Z', 'broken', 'Venció hace 10 días'],
] as const)('a promise for %s says when it was due', async (at, state, words) => {
  items = [{ ...promise, at, state }];
  await store.read();
  await list.updateComplete;
  expect(texts('time')).toEqual([words]);
  expect(all('time.overdue').length).toBe(state === 'broken' ? 1 : 0);
});

test('a promise that was kept leaves the list, and the focus moves to the next entry', async () => {
  button('Pagó')?.focus();
  button('Pagó')?.click();
  await settle();
  expect(decidePromise).toHaveBeenCalledWith('p-1', { state: 'kept' }, '7');
  expect(texts('li .who')).not.toContain('Ema');
  expect(list.shadowRoot?.activeElement?.textContent?.trim()).toBe('Hecho');
});

test('what somebody else said meanwhile is told, and is replaced only by who has read it', async () => {
  const detail = 'Sofía ya indicó qué pasó con esta promesa: pagó una parte.';
  const theirs = { etag: '8', paidAmount: 40, currency: 'CRC' };
  decidePromise.mockRejectedValueOnce(new ApiError(412, { detail, promise: theirs }));
  button('No pagó')?.click();
  await settle();
  await settle();
  expect(texts('li.promise .refusal')).toEqual([`${detail} Consta un pago de ₡40,00.`]);
  button('No pagó')?.click();
  await settle();
  expect(decidePromise.mock.calls).toEqual([
    ['p-1', { state: 'broken' }, '7'],
    ['p-1', { state: 'broken' }, '8'],
  ]);
  expect(texts('li .who')).not.toContain('Ema');
});

test.each([
  ['', false],
  ['0', false],
  ['100', false],
  ['cien', false],
  ['40,5', true],
])('of a part, %j is asked for again or sent', async (typed, sound) => {
  button('Una parte')?.click();
  await settle();
  const input = all('#amount')[0] as HTMLInputElement;
  input.value = typed;
  all('form')[0]?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
  if (sound) expect(decidePromise).toHaveBeenCalledWith('p-1', { state: 'partly', amount: 40.5 }, '7');
  else {
    expect(decidePromise).not.toHaveBeenCalled();
    expect(input.getAttribute('aria-invalid')).toBe('true');
  }
});

test('who leaves the amount is at the button that asked for it', async () => {
  button('Una parte')?.click();
  await settle();
  expect(focused()?.id).toBe('amount');
  button('Cancelar')?.click();
  await settle();
  expect(focused()).toBe(button('Una parte'));
});

test('the next to call comes by kind, and who was called has a turn again after all others', async () => {
  const [one, two, three] = [promise, followUp, missed].map((each, place) => ({ ...each, contactId: `c-${place}` }));
  // The same person once more, and a number without a contact.
  const again = { ...missed, callId: 'again', contactId: one?.contactId };
  const nobody = entry('missed', 'n');
  items = [one, two, three, again, nobody, draft].flatMap((each) => each ?? []);
  await store.read();
  const call = () => {
    const { next } = store;
    if (next) store.called(next);
    return next;
  };
  expect([store.next, store.next], 'nobody was called').toEqual([one, one]);
  expect([call(), call()]).toEqual([one, two]);
  await store.close(two as WorkEntry);
  expect([call(), call(), call(), call()]).toEqual([three, nobody, one, three]);
  items = [draft, entry('missed', 'x', { number: { display: '', kind: 'private' } })];
  await store.read();
  expect(store.next).toBeUndefined();
});

test('what the server refuses comes back with the reason', async () => {
  closeFollowUp.mockRejectedValueOnce(new ApiError(503));
  button('Hecho')?.click();
  await settle();
  await settle();
  expect(texts('li.followUp .refusal').length).toBe(1);
});

test('a follow-up that is not there any more goes, and that is said until something else is done', async () => {
  const said = all('[role="status"].gone')[0];
  expect(said?.textContent).toBe('');
  closeFollowUp.mockRejectedValueOnce(new ApiError(404));
  await store.close(followUp);
  await list.updateComplete;
  expect(store.open).not.toContain(followUp);
  expect(said?.textContent).toContain('ya no estaba en su lista');
  expect(said?.isConnected).toBe(true);
  await store.decide(promise, { state: 'kept' });
  await list.updateComplete;
  expect(said?.textContent).toBe('');
});

test('what was said to be gone is not said once the list has it again, nor after the agent looked elsewhere', async () => {
  closeFollowUp.mockRejectedValue(new ApiError(404));
  items = [];
  await store.close(followUp);
  await store.read();
  expect(store.gone).toBe(followUp);
  items = [missed];
  await store.read();
  expect(store.gone).toBeUndefined();

  await store.close(followUp);
  closeFollowUp.mockReset();
  list.remove();
  expect(store.gone).toBeUndefined();
});

test('a missed call and a draft are opened to be documented', () => {
  const opened: WorkEntry[] = [];
  list.addEventListener('open-work', (event) => opened.push((event as CustomEvent<WorkEntry>).detail));
  for (const way of all('button').filter((found) => found.textContent?.trim() === 'Documentar')) way.click();
  expect(opened).toEqual([missed, draft]);
});

test('a call that can not be read says why at its row', async () => {
  api.call = async () => {
    throw new ApiError(0);
  };
  expect(await store.callOf(missed)).toBeUndefined();
  expect(store.refusal(missed)?.status).toBe(0);
});

test('an empty list says what will be in it', async () => {
  items = [];
  await store.read();
  await list.updateComplete;
  expect(texts('.empty p')[0]).toBe('No tiene nada pendiente para hoy.');
});
