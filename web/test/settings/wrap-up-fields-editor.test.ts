// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { WrapUpField, WrapUpFieldList } from '../../src/api/types.js';
import type { WrapUpFieldsEditor } from '../../src/settings/wrap-up-fields-editor.js';
import '../../src/settings/wrap-up-fields-editor.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const field = (key: string): WrapUpField => ({
  key,
  es: key,
  en: key,
  kind: 'text',
  required: false,
  choices: [],
  outcomes: [],
});

let stands: WrapUpFieldList;
let put: WrapUpFieldList[];
let refusal: ApiError | undefined;
let editor: WrapUpFieldsEditor;

beforeEach(async () => {
  stands = { items: [field('uno'), field('dos')], etag: '1' };
  put = [];
  refusal = undefined;
  editor = await mount<WrapUpFieldsEditor>('cmw-wrap-up-fields', {
    api: {
      outcomes: async () => ({
        items: [{ code: 'refused', es: 'Se niega', en: 'Refused', requires: {}, active: true }],
      }),
      wrapUpFields: async () => stands,
      setWrapUpFields: async (list) => {
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
  await drawn(editor);
  await drawn(editor);
}

test('a new field keeps the key that it was stored with, whatever is typed meanwhile', async () => {
  const answers = new Pending<void>();
  const { setWrapUpFields } = editor.api;
  editor.api = {
    ...editor.api,
    setWrapUpFields: async (list) => {
      await answers.ask();
      return setWrapUpFields(list);
    },
  };
  button(editor, 'Agregar un campo').click();
  await drawn(editor);
  await type('es-2', 'Capa');
  await save();
  await type('es-2', 'Capacitación');
  await answers.answer();
  await drawn(editor);
  const own = editor.renderRoot.querySelector<HTMLInputElement>('#key-2');
  expect([own?.value, own?.readOnly, editor.isDirty]).toEqual(['capa', true, true]);

  await save();
  await answers.answer();
  expect(put.map(({ items }) => `${items[2]?.key} ${items[2]?.es}`)).toEqual(['capa Capa', 'capa Capacitación']);
});

test('a field is added with a key of its own, and gets the focus', async () => {
  button(editor, 'Agregar un campo').click();
  await drawn(editor);
  await drawn(editor);
  expect(editor.shadowRoot?.activeElement?.id).toBe('es-2');
  await type('es-2', 'Motivo del rechazo');
  await type('en-2', 'Reason');
  await type('kind-2', 'choice');
  await type('choices-2', 'Precio\nOtro');
  (editor.renderRoot.querySelectorAll('details')[2]?.querySelector('input') as HTMLInputElement).click();
  await drawn(editor);
  await save();

  expect(put[0]?.items[2]).toEqual({
    key: 'motivo-del-rechazo',
    es: 'Motivo del rechazo',
    en: 'Reason',
    kind: 'choice',
    required: false,
    choices: ['Precio', 'Otro'],
    outcomes: ['refused'],
  });
  expect(textOf(editor)).toContain('Guardado');
  expect(editor.renderRoot.querySelector('#key-2')?.hasAttribute('readonly')).toBe(true);
});

test('fields are put in order and removed, and what is pressed keeps the focus', async () => {
  button(editor, 'Bajar: uno').click();
  await drawn(editor);
  expect(editor.shadowRoot?.activeElement?.id).toBe('down-1');
  button(editor, 'Quitar: dos').click();
  await drawn(editor);
  await save();

  expect(put[0]).toEqual({ items: [field('uno')], etag: '1' });
});

test('what the API finds wrong is beside its field, and what was written stays', async () => {
  refusal = new ApiError(400, { errors: { 'items[1].en': ['Escriba un texto.'] } });
  await type('en-1', ' ');
  await save();

  expect(editor.shadowRoot?.activeElement?.id).toBe('en-1');
  expect(editor.renderRoot.querySelector('#en-1-error')?.textContent).toBe('Escriba un texto.');
  expect(editor.renderRoot.querySelector('[role=alert]')).toBeNull();
  expect((editor.renderRoot.querySelector('#en-1') as HTMLInputElement).value).toBe(' ');
});

test('of two administrators who save at once, the second chooses', async () => {
  stands = { items: [field('otra')], etag: '7' };
  await type('es-0', 'Mía');
  await save();
  expect(textOf(editor)).toContain('Otra persona lo cambió');
  button(editor, 'Conservar mi versión').click();
  for (let i = 0; i < 4; i++) await drawn(editor);

  expect(stands.items.map(({ es }) => es)).toEqual(['Mía', 'dos']);

  stands = { items: [field('otra')], etag: '9' };
  await type('es-0', 'Tarde');
  await save();
  button(editor, 'Usar la otra').click();
  for (let i = 0; i < 3; i++) await drawn(editor);
  expect((editor.renderRoot.querySelector('#es-0') as HTMLInputElement).value).toBe('otra');
});
