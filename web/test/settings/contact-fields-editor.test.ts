// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ContactFieldList } from '../../src/api/settings-types.js';
import type { ContactFieldsEditor } from '../../src/settings/contact-fields-editor.js';
import '../../src/settings/contact-fields-editor.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let stands: ContactFieldList;
let put: ContactFieldList[];
let refusal: ApiError | undefined;
let editor: ContactFieldsEditor;

beforeEach(async () => {
  stands = { fields: [{ key: 'saldo', label: { es: 'Saldo', en: 'Balance' }, kind: 'amount', currency: 'USD' }] };
  put = [];
  refusal = undefined;
  editor = await mount<ContactFieldsEditor>('cmw-contact-fields', {
    api: {
      contactFields: async () => stands,
      setContactFields: async (list) => {
        put.push(list);
        if (refusal) throw refusal;
        stands = { ...list, etag: '2' };
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

async function press(words: string): Promise<void> {
  button(editor, words).click();
  for (let turn = 0; turn < 3; turn++) await drawn(editor);
}

test('fields get keys of their own by their names, and stored keys stay', async () => {
  for (const place of [1, 2]) {
    await press('Agregar un campo');
    await type(`es-${place}`, 'Número de caso');
    await type(`en-${place}`, 'Case number');
  }

  await type('kind-2', 'choice');
  await type('choices-2', 'Cobro\n\nLegal ');
  await press('Guardar');
  expect(put[0]).toEqual({
    fields: [
      { key: 'saldo', label: { es: 'Saldo', en: 'Balance' }, kind: 'amount', required: false, currency: 'USD' },
      { key: 'numero-de-caso', label: { es: 'Número de caso', en: 'Case number' }, kind: 'text', required: false },
      {
        key: 'numero-de-caso-2',
        label: { es: 'Número de caso', en: 'Case number' },
        kind: 'choice',
        choices: ['Cobro', 'Legal'],
        required: false,
      },
    ],
  });
  expect(textOf(editor)).toContain('Guardado');
  expect((editor.renderRoot.querySelector('#key-1') as HTMLInputElement).readOnly).toBe(true);
  expect(editor.isDirty).toBe(false);
});

test('a new field keeps the key that it was stored with, whatever is typed meanwhile', async () => {
  const answers = new Pending<void>();
  const { setContactFields } = editor.api;
  editor.api = {
    ...editor.api,
    setContactFields: async (list) => {
      await answers.ask();
      return setContactFields(list);
    },
  };
  button(editor, 'Agregar un campo').click();
  await drawn(editor);
  await type('es-1', 'Capa');
  await press('Guardar');
  await type('es-1', 'Capacitación');
  await answers.answer();
  await drawn(editor);
  const own = editor.renderRoot.querySelector<HTMLInputElement>('#key-1');
  expect([own?.value, own?.readOnly, editor.isDirty]).toEqual(['capa', true, true]);

  await press('Guardar');
  await answers.answer();
  expect(put.map(({ fields }) => `${fields[1]?.key} ${fields[1]?.label.es}`)).toEqual([
    'capa Capa',
    'capa Capacitación',
  ]);
});

test('a fault stands beside its field, and gets the focus', async () => {
  refusal = new ApiError(400, { errors: { 'fields[0].label.en': ['Escriba un texto.'] } });
  await type('en-0', '');
  await press('Guardar');
  expect(editor.renderRoot.querySelector('#en-0-error')?.textContent).toBe('Escriba un texto.');
  expect((editor.renderRoot as ShadowRoot).activeElement?.id).toBe('en-0');
});

test('a field can be moved and removed', async () => {
  await press('Agregar un campo');
  await type('es-1', 'Etapa');
  await press('Subir: Etapa');
  expect((editor.renderRoot as ShadowRoot).activeElement?.id).toBe('up-0');
  await press('Quitar: Saldo');
  await press('Guardar');
  expect(put[0]?.fields.map(({ key }) => key)).toEqual(['etapa']);
});
