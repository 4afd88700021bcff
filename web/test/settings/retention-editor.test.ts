// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Retention } from '../../src/api/types.js';
import type { RetentionEditor } from '../../src/settings/retention-editor.js';
import '../../src/settings/retention-editor.js';
import { button, drawn, mount, textOf } from '../dom.js';

let stands: Retention;
let put: Retention[];
let refusal: ApiError | undefined;
let editor: RetentionEditor;

beforeEach(async () => {
  stands = { callDays: null, eventDays: null };
  put = [];
  refusal = undefined;
  editor = await mount<RetentionEditor>('cmw-retention', {
    api: {
      retention: async () => stands,
      setRetention: async (rules) => {
        put.push(rules);
        if (refusal) throw refusal;
        stands = { ...rules, etag: '2' };
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

async function submit(): Promise<void> {
  editor.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(editor);
  await drawn(editor);
}

test('calls go only after it was asked for twice', async () => {
  await type('callDays', '400');
  await type('callAction', 'remove');
  await submit();

  expect(put).toEqual([]);
  expect(textOf(editor)).toContain('se borran las llamadas de más de 400 días');

  button(editor, 'Guardar de todos modos').click();
  await drawn(editor);
  await drawn(editor);
  expect(put).toEqual([{ callDays: 400, callAction: 'remove', eventDays: null }]);
  expect(textOf(editor)).toContain('Guardado');
});

test('who thinks better of it saves nothing', async () => {
  await type('callDays', '400');
  await submit();

  button(editor, 'Cancelar').click();
  await drawn(editor);

  expect(put).toEqual([]);
  expect(textOf(editor)).not.toContain('No se pueden recuperar');
});

test('to keep for ever is not asked twice', async () => {
  await type('callDays', '');
  await submit();

  expect(put.at(-1)).toEqual({ callDays: null, eventDays: null });
});

test('an error of a field stands beside it', async () => {
  refusal = new ApiError(400, { errors: { eventDays: ['Indique de 31 a 36500 días'] } });
  await type('eventDays', 'x');
  await submit();

  expect(put).toEqual([{ callDays: null, eventDays: -1 }]);
  const input = editor.renderRoot.querySelector('#eventDays') as HTMLInputElement;
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(textOf(editor)).toContain('Indique de 31 a 36500 días');
});

test('the last run is told', async () => {
  editor.remove();
  stands = { callDays: 400, eventDays: null, lastRun: { state: 'done', calls: 120, changed: 7 } };
  editor = await mount<RetentionEditor>('cmw-retention', {
    api: { retention: async () => stands, setRetention: async () => stands },
  });
  await drawn(editor);
  await drawn(editor);
  expect(textOf(editor)).toContain('se revisaron 120 llamadas y se cambiaron 7');
});
