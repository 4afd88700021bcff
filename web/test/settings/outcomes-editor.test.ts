// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { StoredOutcomes } from '../../src/api/settings-api.js';
import type { Outcome } from '../../src/api/types.js';
import type { OutcomesEditor } from '../../src/settings/outcomes-editor.js';
import '../../src/settings/outcomes-editor.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const outcome = (code: string, es: string, more: Partial<Outcome> = {}): Outcome => ({
  code,
  es,
  en: es,
  requires: {},
  active: true,
  means: 'nothing',
  ...more,
});

let stands: StoredOutcomes;
let put: StoredOutcomes[];
let refusal: ApiError | undefined;
let editor: OutcomesEditor;

beforeEach(async () => {
  stands = {
    items: [outcome('paid', 'Pagó'), outcome('old', 'Viejo', { active: false }), outcome('other', 'Otro')],
    fields: [{ key: 'k', es: 'Boleta', en: 'Slip', kind: 'text', required: false, choices: [], outcomes: ['paid'] }],
    etag: '1',
  };
  put = [];
  refusal = undefined;
  editor = await mount<OutcomesEditor>('cmw-outcomes', {
    api: {
      outcomes: async () => stands,
      setOutcomes: async (list) => {
        put.push(list);
        if (refusal) throw refusal;
        if (list.etag !== stands.etag) throw new ApiError(412, { detail: 'Otra persona lo cambió' });
        stands = { items: list.items, etag: `${Number(list.etag) + 1}` };
        return stands;
      },
    },
  });
  await drawn(editor);
});

afterEach(() => editor.remove());

async function type(id: string, text: string): Promise<void> {
  const input = editor.renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? 'change' : 'input'));
  await drawn(editor);
}

async function save(): Promise<void> {
  editor.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  for (let turn = 0; turn < 3; turn++) await drawn(editor);
}

async function press(words: string): Promise<void> {
  button(editor, words).click();
  for (let turn = 0; turn < 3; turn++) await drawn(editor);
}

const sent = () => put.at(-1)?.items.map(({ code, active }) => (active ? code : `(${code})`));

test('a new outcome keeps the code that it was stored with, whatever is typed meanwhile', async () => {
  const answers = new Pending<void>();
  const { setOutcomes } = editor.api;
  editor.api = {
    ...editor.api,
    setOutcomes: async (list) => {
      await answers.ask();
      return setOutcomes(list);
    },
  };
  button(editor, 'Agregar un resultado').click();
  await drawn(editor);
  await type('es-3', 'Capa');
  await save();
  await type('es-3', 'Capacitación');
  await answers.answer();
  await drawn(editor);
  const own = editor.renderRoot.querySelector<HTMLInputElement>('#code-3');
  expect([own?.value, own?.readOnly, editor.isDirty]).toEqual(['capa', true, true]);

  await save();
  await answers.answer();
  expect(put.map(({ items }) => `${items[3]?.code} ${items[3]?.es}`)).toEqual(['capa Capa', 'capa Capacitación']);
});

test('an outcome that calls may have is archived, and can be used again', async () => {
  expect(editor.isDirty).toBe(false);
  await press('Archivar: Pagó');
  expect(editor.isDirty).toBe(true);
  await save();
  expect(sent()).toEqual(['(paid)', '(old)', 'other']);
  expect(editor.isDirty).toBe(false);

  await press('Volver a usar: Viejo');
  await save();
  expect(sent()).toEqual(['(paid)', 'old', 'other']);
});

test('a new one gets a code by its name, and is removed without a trace', async () => {
  await press('Agregar un resultado');
  await type('es-3', 'Otro');
  await type('means-3', 'doNotCall');
  await press('Agregar un resultado');
  await press('Quitar: Resultado 5');
  await save();
  expect(put[0]?.items.at(-1)).toMatchObject({ code: 'otro', es: 'Otro', means: 'doNotCall' });
  expect(put[0]?.items).toHaveLength(4);
  expect(put[0]?.etag).toBe('1');
});

test('the order goes past what is archived, and the focus stays at the button', async () => {
  await press('Bajar: Pagó');
  await save();
  expect(sent()).toEqual(['(old)', 'other', 'paid']);
  expect((editor.renderRoot as ShadowRoot).activeElement?.id).toBe('down-2');
});

test('what an outcome asks for is ticked, and the fields that it has are named', async () => {
  const [note] = [...editor.renderRoot.querySelectorAll<HTMLInputElement>('#row-0 input[type=checkbox]')];
  if (note) note.checked = true;
  note?.dispatchEvent(new Event('change'));
  await save();
  expect(put[0]?.items[0]?.requires).toEqual({ note: true });
  expect(textOf(editor)).toContain('Campos propios: Boleta.');
});

test('where somebody else was faster, what they changed is said before either version is chosen', async () => {
  await type('es-0', 'Ya pagó');
  stands = { items: [outcome('other', 'Otros'), outcome('paid', 'Pagó'), outcome('new', 'Nuevo')], etag: '7' };
  await save();
  const words = textOf(editor);
  expect(words).toContain('Otra persona lo cambió');
  for (const change of [
    'Agregó «Nuevo».',
    'Quitó «Viejo».',
    'Cambió «Otro», que ahora es «Otros».',
    'Cambió el orden.',
  ]) {
    expect(words).toContain(change);
  }

  await press('Conservar mi versión');
  expect(put.at(-1)?.etag).toBe('7');
  expect(stands.items.map(({ es }) => es)).toEqual(['Ya pagó', 'Viejo', 'Otro']);
});

test('the other version can be taken', async () => {
  await type('es-0', 'Ya pagó');
  stands = { items: [outcome('paid', 'Pagado')], etag: '7' };
  await save();
  await press('Usar la otra');
  expect((editor.renderRoot.querySelector('#es-0') as HTMLInputElement).value).toBe('Pagado');
  expect(editor.isDirty).toBe(false);
  expect(editor.renderRoot.querySelector('[role=alert]')).toBeNull();
});
