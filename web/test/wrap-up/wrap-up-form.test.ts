// @vitest-environment happy-dom
import type { LitElement } from 'lit';
import { beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { Outcome, WrapUp } from '../../src/api/types.js';
import { singleKeys } from '../../src/base/single-keys.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { WrapUpDraft } from '../../src/wrap-up/wrap-up-draft.js';
import type { WrapUpForm } from '../../src/wrap-up/wrap-up-form.js';
import '../../src/wrap-up/wrap-up-form.js';
import { aPopUp, replacing } from '../builders.js';
import { button, drawn, mount } from '../dom.js';

/** A Friday, in the evening in Costa Rica, when it is Saturday in UTC. */
const now = () => Date.parse('2026-11-28T03:10:00Z');
const outcomes = [
  { code: 'promise', es: 'Promesa', en: 'Promise', requires: { promise: true }, active: true },
  { code: 'gone', es: 'Ya no', en: 'Gone', requires: {}, active: false },
  { code: 'later', es: 'Después', en: 'Later', requires: { followUp: true }, active: true },
];

let draft: WrapUpDraft;
let form: WrapUpForm;
let sent: WrapUp | undefined;
let save: () => Promise<WrapUp>;

beforeEach(async () => {
  document.body.replaceChildren();
  sent = undefined;
  save = () => new Promise(() => {});
  const api = new ApiClient({
    fetch: async (path) => Response.json(`${path}`.endsWith('/outcomes') ? { items: outcomes } : aPopUp()),
  });
  const store = new OutcomesStore(api);
  draft = new WrapUpDraft({
    api: {
      call: async () => aPopUp(replacing(sent)),
      saveWrapUp: () => save(),
      undoWrapUp: async () => ({}),
      now,
    },
    call: aPopUp(),
    outcome: (code) => store.find(code),
    timeZone: () => 'America/Costa_Rica',
    memory: { get: () => null, set: () => {} },
    setTimer: () => {},
    clearTimer: () => {},
  });
  await store.read();
  form = await mount<WrapUpForm>('cmw-wrap-up-form', { draft, outcomes: store, now, currencies: ['CRC', 'USD'] });
});

const rows = () => [...form.renderRoot.querySelectorAll<HTMLElement>('.soon')];
const choices = () => [...form.renderRoot.querySelectorAll<HTMLButtonElement>('.soon button')];
const press = (on: Element | null, key: string) =>
  on?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));

async function choose(outcome: string): Promise<void> {
  draft.change({ outcome });
  await drawn(form);
}

test('a promise is for a day by one press, and each button says which', async () => {
  await choose('promise');
  expect(choices().map((choice) => choice.querySelector('span')?.textContent)).toEqual([
    'Mañana, sábado, 28 nov',
    'Viernes, 4 dic',
    'Quincena, lunes, 30 nov',
    'Fin de mes, lunes, 30 nov',
  ]);

  button(form, 'Viernes').click();

  expect(draft.text.promiseDay).toBe('2026-12-04');
});

test('the row of days is one tab stop: arrows move in it, and letters choose', async () => {
  await choose('promise');
  const stops = () => choices().map((choice) => choice.tabIndex);
  expect(stops()).toEqual([0, -1, -1, -1]);
  choices()[0]?.focus();
  press(choices()[0] ?? null, 'ArrowLeft');
  expect(stops()).toEqual([-1, -1, -1, 0]);

  press(choices()[3] ?? null, 'q');
  expect(draft.text.promiseDay).toBe('2026-11-30');
  expect(stops()).toEqual([-1, -1, 0, -1]);
  press(choices()[3] ?? null, 'M');
  expect(draft.text.promiseDay).toBe('2026-11-28');
  press(choices()[3] ?? null, 'x');
  expect(draft.text.promiseDay).toBe('2026-11-28');
});

test('an agent who has turned single keys off chooses with none of them', async () => {
  await choose('promise');
  singleKeys.on = false;
  press(choices()[3] ?? null, 'q');
  expect(draft.text.promiseDay).toBe('');
  singleKeys.on = true;
  press(choices()[3] ?? null, 'q');
  expect(draft.text.promiseDay).toBe('2026-11-30');
});

test('a follow-up is due at a time, at nine for another day', async () => {
  await choose('later');
  press(rows()[0]?.querySelector('button') ?? null, 'h');
  expect(draft.text.followUpAt).toBe('2026-11-27T22:10');
  press(rows()[0]?.querySelector('button') ?? null, 's');
  expect(draft.text.followUpAt).toBe('2026-12-04T09:00');
  button(form, 'Quincena').click();
  expect(draft.text.followUpAt).toBe('2026-11-30T09:00');
  expect(button(form, 'Mañana').title).toMatch(/^sáb, 28 nov, 9:00\sa\.\sm\.$/u);
});

test('the whole balance is promised by one press or one key, in its currency', async () => {
  await choose('promise');
  expect(() => button(form, 'Todo el saldo')).toThrow();
  form.balance = { label: 'Saldo', amount: 1234.5, currency: 'USD' };
  await drawn(form);
  button(form, 'Todo el saldo').click();
  expect([draft.text.promiseAmount, draft.text.promiseCurrency]).toEqual(['1234.5', 'USD']);

  draft.change({ promiseAmount: '', promiseCurrency: '' });
  press(form.renderRoot.querySelector('[id="promise.amount"]'), '5');
  expect(draft.text.promiseAmount).toBe('');
  press(form.renderRoot.querySelector('[id="promise.amount"]'), 't');
  expect([draft.text.promiseAmount, draft.text.promiseCurrency]).toEqual(['1234.5', 'USD']);
});

test('an office that has archived all outcomes is told so, and one whose outcomes are not read yet is not', async () => {
  const shown = () => form.renderRoot.querySelector<LitElement>('cmw-outcome-choice')?.renderRoot.textContent?.trim();
  const empty = new OutcomesStore({ outcomes: async () => ({ items: [outcomes[1] as Outcome] }) });
  form.outcomes = empty;
  await drawn(form);
  expect(shown()).toBe('');

  await empty.read();
  await drawn(form);
  expect(shown()).toBe('No hay resultados para elegir. Pida a un administrador que active alguno.');
});

test('an outcome that was archived is offered only where the call was sent with it, after the others', async () => {
  const offered = () => {
    const inputs = form.renderRoot
      .querySelector<LitElement>('cmw-outcome-choice')
      ?.renderRoot.querySelectorAll('input');
    return [...(inputs ?? [])].map(({ value, checked }) => (checked ? `${value}!` : value));
  };
  expect(offered()).toEqual(['promise', 'later']);

  sent = { draft: false, outcome: 'gone', agentId: 'ana', updatedAt: '2026-11-27T20:00:00Z', etag: '1' };
  await draft.load();
  await drawn(form);
  expect(offered()).toEqual(['promise', 'later', 'gone!']);

  draft.change({ outcome: 'later' });
  await drawn(form);
  expect(offered()).toEqual(['promise', 'later!', 'gone']);
});

test.each(['Conservar mi versión', 'Usar la otra'])(
  'the focus stays in the form where a version is chosen: %s',
  async (choice) => {
    sent = { draft: true, notes: 'Otra', agentId: 'luis', updatedAt: '2026-11-28T03:09:00Z', etag: '2' };
    save = () => Promise.reject(new ApiError(412));
    draft.change({ notes: 'Mía' });
    await draft.flush();
    save = () => new Promise(() => {});
    await drawn(form);
    const conflict = form.renderRoot.querySelector<LitElement>('cmw-wrap-up-conflict');
    if (!conflict) expect.fail('There is no conflict.');
    await drawn(conflict);
    button(conflict, choice).focus();
    button(conflict, choice).click();
    await drawn(form);

    expect(form.renderRoot.querySelector('cmw-wrap-up-conflict')).toBeNull();
    expect(form.shadowRoot?.activeElement?.textContent).toBe('Resultado de la llamada');
  },
);
