// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { PauseReasonList } from '../../src/api/types.js';
import type { PauseReasonsEditor } from '../../src/settings/pause-reasons-editor.js';
import '../../src/settings/pause-reasons-editor.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let stands: PauseReasonList;
let put: PauseReasonList[];
let refusal: ApiError | undefined;
let answer: () => Promise<void>;
let editor: PauseReasonsEditor;

beforeEach(async () => {
  stands = { items: [{ code: 'almuerzo', es: 'Almuerzo', en: 'Lunch', active: true }], etag: '1' };
  put = [];
  refusal = undefined;
  answer = async () => {};
  editor = await mount<PauseReasonsEditor>('cmw-pause-reasons', {
    api: {
      pauseReasons: async () => stands,
      setPauseReasons: async (list) => {
        put.push(list);
        await answer();
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
  input.dispatchEvent(new Event('input'));
  await drawn(editor);
}

async function save(): Promise<void> {
  editor.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(editor);
  await drawn(editor);
}

test('a reason that is added gets a code by its name, and a renamed one keeps its own', async () => {
  await type('es-0', 'Almuerzo y café');
  button(editor, 'Agregar un motivo').click();
  await drawn(editor);
  await type('es-1', 'Almuerzo');
  await type('en-1', 'Second lunch');
  await save();
  expect(put[0]).toEqual({
    items: [
      { code: 'almuerzo', es: 'Almuerzo y café', en: 'Lunch', active: true },
      { code: 'almuerzo-2', es: 'Almuerzo', en: 'Second lunch', active: true },
    ],
    etag: '1',
  });
  expect(textOf(editor)).toContain('Guardado');
});

test('what is typed while it is saved stays, and is saved over the version that stands then', async () => {
  const answers = new Pending<void>();
  answer = answers.ask;
  await type('es-0', 'Almuerzo y café');
  await save();
  await type('en-0', 'Lunch and coffee');
  await answers.answer();
  await drawn(editor);
  expect((editor.renderRoot.querySelector('#en-0') as HTMLInputElement).value).toBe('Lunch and coffee');
  expect(editor.isDirty).toBe(true);
  expect(textOf(editor)).not.toContain('Guardado');

  await save();
  await answers.answer();
  await drawn(editor);
  expect(put[1]).toEqual({
    items: [{ code: 'almuerzo', es: 'Almuerzo y café', en: 'Lunch and coffee', active: true }],
    etag: '2',
  });
  expect(editor.isDirty).toBe(false);
  expect(textOf(editor)).toContain('Guardado');
});

test('a new reason keeps the code that it was stored with, whatever is typed meanwhile', async () => {
  const answers = new Pending<void>();
  answer = answers.ask;
  button(editor, 'Agregar un motivo').click();
  await drawn(editor);
  await type('es-1', 'Capa');
  await save();
  await type('es-1', 'Capacitación');
  button(editor, 'Agregar un motivo').click();
  await drawn(editor);
  await type('es-2', 'Baño');
  await answers.answer();
  await drawn(editor);

  await save();
  await answers.answer();
  expect(put.map(({ items }) => items.slice(1).map(({ code, es }) => [code, es]))).toEqual([
    [['capa', 'Capa']],
    [
      ['capa', 'Capacitación'],
      ['bano', 'Baño'],
    ],
  ]);
});

test('a code is given to no other row where one is removed while they are saved', async () => {
  const answers = new Pending<void>();
  answer = answers.ask;
  for (const [id, name] of [
    ['es-1', 'Baño'],
    ['es-2', 'Reunión'],
  ] as const) {
    button(editor, 'Agregar un motivo').click();
    await drawn(editor);
    await type(id, name);
  }

  await save();
  button(editor, 'Quitar: Baño').click();
  await drawn(editor);
  await answers.answer();
  await drawn(editor);
  await save();
  await answers.answer();
  expect(put[1]?.items.slice(1).map(({ code }) => code)).toEqual(['reunion']);
});

test('a fault stands beside its field and gets the focus', async () => {
  refusal = new ApiError(400, { errors: { 'items[0].en': ['Escriba un texto.'] } });
  await type('en-0', '');
  await save();
  expect(editor.renderRoot.querySelector('#en-0-error')?.textContent).toBe('Escriba un texto.');
  expect((editor.renderRoot as ShadowRoot).activeElement?.id).toBe('en-0');
});

test('where somebody else was faster, either version can be kept', async () => {
  stands = { items: [], etag: '7' };
  await save();
  expect(textOf(editor)).toContain('Otra persona lo cambió');
  button(editor, 'Conservar mi versión').click();
  await drawn(editor);
  await drawn(editor);
  expect(stands.items.map(({ code }) => code)).toEqual(['almuerzo']);
});

test('a name without a letter for its code is told beside the name', async () => {
  button(editor, 'Agregar un motivo').click();
  await drawn(editor);
  await type('es-1', '昼休み');
  refusal = new ApiError(400, { errors: { 'items[1].code': ['Use letras minúsculas.'] } });
  await save();

  expect(put[0]?.items[1]?.code).toBe('');
  expect(editor.renderRoot.querySelector('#es-1-error')?.textContent).toBe('Use letras minúsculas.');
  expect(editor.shadowRoot?.activeElement?.id).toBe('es-1');
  expect(editor.renderRoot.querySelector('[role=alert]')).toBeNull();
});

test('a fault that has no field is told in the notice, from where it is saved again', async () => {
  refusal = new ApiError(400, {
    detail: 'Hay campos que corregir.',
    errors: { 'items[0].active': ['Indique sí o no.'] },
  });
  await save();
  expect(textOf(editor)).toContain('Hay campos que corregir. Indique sí o no.');

  refusal = undefined;
  button(editor, 'Intentar de nuevo').click();
  for (let i = 0; i < 2; i++) await drawn(editor);
  expect(put).toHaveLength(2);
  expect(editor.renderRoot.querySelector('[role=alert]')).toBeNull();
  expect(textOf(editor)).toContain('Guardado');
});
