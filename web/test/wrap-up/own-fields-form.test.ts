// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Call, Outcome, WrapUp, WrapUpField, WrapUpInput } from '../../src/api/types.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { WrapUpDraft } from '../../src/wrap-up/wrap-up-draft.js';
import type { WrapUpForm } from '../../src/wrap-up/wrap-up-form.js';
import '../../src/wrap-up/wrap-up-form.js';
import { aPopUp, replacing } from '../builders.js';
import { drawn, mount, textOf } from '../dom.js';

const outcome = (code: string): Outcome => ({ code, es: code, en: code, requires: {}, active: true });
const reason: WrapUpField = {
  key: 'reason',
  es: 'Motivo',
  en: 'Reason',
  kind: 'choice',
  required: true,
  choices: ['Precio', 'Otro'],
  outcomes: ['refused'],
};
const invoice: WrapUpField = {
  ...reason,
  key: 'invoice',
  es: 'Factura',
  kind: 'number',
  required: false,
  outcomes: [],
};

let saved: { input: WrapUpInput; draft: boolean }[];
let draft: WrapUpDraft;
let form: WrapUpForm;

beforeEach(async () => {
  saved = [];
  const outcomes = new OutcomesStore({
    outcomes: async () => ({ items: [outcome('refused'), outcome('paid')], fields: [reason, invoice] }),
  });
  draft = new WrapUpDraft({
    api: {
      now: Date.now,
      call: async () => ({ ...aPopUp(), ...replacing({ ...stored({ fields: { crm: '7' } }), draft: true }) }) as Call,
      saveWrapUp: async (_, input, isDraft) => {
        saved.push({ input, draft: isDraft });
        return { ...stored(input), draft: isDraft };
      },
      undoWrapUp: async () => ({}),
    },
    call: aPopUp(),
    outcome: (code) => outcomes.find(code),
    fields: () => outcomes.fields,
    timeZone: () => 'America/Costa_Rica',
    memory: { get: () => null, set: () => {} },
    setTimer: () => 0,
    clearTimer: () => {},
  });
  form = await mount<WrapUpForm>('cmw-wrap-up-form', { draft, outcomes });
  await drawn(form);
});

afterEach(() => form.remove());

const stored = (input: WrapUpInput): WrapUp => ({
  ...input,
  draft: false,
  agentId: 'ana',
  updatedAt: '2026-03-02T15:00:00Z',
  etag: '1',
});
const field = (name: string) => form.renderRoot.querySelector(`[id="${name}"]`) as HTMLInputElement | null;

async function choose(code: string): Promise<void> {
  draft.change({ outcome: code });
  await drawn(form);
}

async function type(name: string, value: string): Promise<void> {
  const input = field(name) as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new Event(input.tagName === 'SELECT' ? 'change' : 'input'));
  await drawn(form);
}

test('without an outcome there are no fields of one’s own, and a value without a field is shown by its key', () => {
  expect(field('fields.invoice')).toBeNull();
  expect(textOf(form)).toContain('crm: 7');
});

test('an outcome shows its fields, and what is missing is said beside it', async () => {
  await choose('refused');
  expect(textOf(form)).toContain('Factura (opcional)');
  await draft.send();
  await drawn(form);

  expect(saved.filter(({ draft }) => !draft)).toEqual([]);
  expect(field('fields.reason')?.getAttribute('aria-invalid')).toBe('true');
  expect(textOf(form)).toContain('Este resultado necesita este dato.');
});

test('what was typed comes back with its outcome, and only the outcome’s own is sent', async () => {
  await choose('refused');
  await type('fields.reason', 'Precio');
  await type('fields.invoice', '1.500,5');
  await choose('paid');
  expect(field('fields.reason')).toBeNull();
  expect(field('fields.invoice')?.value).toBe('1.500,5');
  await choose('refused');
  expect(field('fields.reason')?.value).toBe('Precio');
  await choose('paid');
  await draft.send();

  expect(saved.at(-1)).toEqual({
    draft: false,
    input: expect.objectContaining({ outcome: 'paid', fields: { crm: '7', invoice: '1500.5' } }),
  });
});
