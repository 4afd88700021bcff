// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Retention } from '../../src/api/types.js';
import type { RetentionEditor } from '../../src/settings/retention-editor.js';
import '../../src/settings/retention-editor.js';
import { button, drawn, mount, textOf } from '../dom.js';

let stands: Retention;
let put: Retention[];
let over: (string | undefined)[];
let refusal: ApiError | undefined;
let editor: RetentionEditor;

beforeEach(async () => {
  stands = { callDays: null, eventDays: null };
  put = [];
  over = [];
  refusal = undefined;
  editor = await mount<RetentionEditor>('cmw-retention', {
    api: {
      retention: async () => stands,
      setRetention: async (rules, etag) => {
        put.push(rules);
        over.push(etag);
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
  expect(textOf(editor)).toContain('Revisadas la última vez: 120 llamadas. Cambiadas: 7');
});

async function press(words: string): Promise<void> {
  button(editor, words).click();
  for (let i = 0; i < 4; i++) await drawn(editor);
}

/** Another administrator has stored these rules meanwhile. */
function storedByOther(rules: Retention): void {
  stands = rules;
  refusal = new ApiError(412, { detail: 'Otra persona lo cambió' });
}

const fieldText = (id: string) => (editor.renderRoot.querySelector(`#${id}`) as HTMLInputElement).value;

test('the operator’s events go only after it was asked for twice, in words of their own', async () => {
  await type('eventDays', '90');
  await submit();
  expect(put).toEqual([]);
  expect(textOf(editor)).toContain('se borran los avisos del operador de más de 90 días');
  expect(textOf(editor)).not.toContain('las llamadas de más de');

  await press('Guardar de todos modos');
  expect(put).toEqual([{ callDays: null, eventDays: 90 }]);

  await type('eventDays', '120');
  await submit();
  expect(put.at(-1)).toEqual({ callDays: null, eventDays: 120 });
});

test('calls and events that go together are both told', async () => {
  await type('callDays', '400');
  await type('callAction', 'remove');
  await type('eventDays', '90');
  await submit();
  expect(textOf(editor)).toContain('llamadas de más de 400 días, con sus notas y promesas');
  expect(textOf(editor)).toContain('avisos del operador de más de 90 días');
});

test('what can be no number is not asked about: the server refuses it beside the field', async () => {
  refusal = new ApiError(400, { errors: { callDays: ['Indique de 31 a 36500 días'] } });
  await type('callDays', 'un año');
  await type('eventDays', '90');
  await submit();
  expect(put).toEqual([{ callDays: -1, callAction: 'anonymize', eventDays: 90 }]);
  expect(editor.renderRoot.querySelector('#callDays-error')?.textContent).toBe('Indique de 31 a 36500 días');
  expect(editor.shadowRoot?.activeElement?.id).toBe('callDays');
});

test('what was typed stays after a refusal and is saved again, and asked again only where it has changed', async () => {
  await type('callDays', '400');
  await submit();
  refusal = new ApiError(503);
  await press('Guardar de todos modos');
  expect(fieldText('callDays')).toBe('400');

  await press('Intentar de nuevo');
  expect(put).toHaveLength(2);

  await type('callDays', '300');
  await press('Intentar de nuevo');
  expect(put).toHaveLength(2);
  expect(textOf(editor)).toContain('de más de 300 días');

  refusal = undefined;
  await press('Guardar de todos modos');
  expect(put.at(-1)?.callDays).toBe(300);
  expect(textOf(editor)).toContain('Guardado');
});

test('where somebody else was faster, one’s own rules can be kept, and are asked about again', async () => {
  stands = { callDays: 100, callAction: 'anonymize', eventDays: null, etag: '1' };
  editor.remove();
  editor = await mount<RetentionEditor>('cmw-retention', { api: editor.api });
  await drawn(editor);
  await type('callDays', '400');
  storedByOther({ callDays: null, eventDays: null, etag: '7' });
  await submit();
  expect(textOf(editor)).toContain('Otra persona lo cambió');

  refusal = undefined;
  await press('Conservar mi versión');
  expect(put).toHaveLength(1);
  await press('Guardar de todos modos');
  expect(stands.callDays).toBe(400);
});

test('where somebody else was faster, the other rules can be used', async () => {
  await type('callDays', '400');
  await submit();
  storedByOther({ callDays: 200, callAction: 'remove', eventDays: null, etag: '7' });
  await press('Guardar de todos modos');
  expect(textOf(editor)).toContain('Cambió «Llamadas, en días».');

  await press('Usar la otra');
  expect(fieldText('callDays')).toBe('200');
  expect(editor.renderRoot.querySelector('[role=alert]')).toBeNull();
});

test('rules are stored over those that were read, and no others', async () => {
  editor.remove();
  stands = { callDays: 400, callAction: 'anonymize', eventDays: null, etag: '5' };
  editor = await mount<RetentionEditor>('cmw-retention', { api: editor.api });
  await drawn(editor);
  await type('callDays', '500');
  await submit();
  expect(over).toEqual(['5']);
});

test('that calls are deleted where they were anonymized is asked, though their days stay', async () => {
  editor.remove();
  stands = { callDays: 400, callAction: 'anonymize', eventDays: null, etag: '5' };
  editor = await mount<RetentionEditor>('cmw-retention', { api: editor.api });
  await drawn(editor);
  await type('callAction', 'remove');
  await submit();
  expect(put).toEqual([]);
  expect(textOf(editor)).toContain('se borran las llamadas de más de 400 días');
  // What is typed then is asked about by itself.
  await type('callDays', '300');
  expect(textOf(editor)).not.toContain('Guardar de todos modos');
});
