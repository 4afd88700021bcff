// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { DialCheck, DialRules } from '../../src/api/settings-types.js';
import type { DialRulesEditor } from '../../src/settings/dial-rules-editor.js';
import '../../src/settings/dial-rules-editor.js';
import { button, drawn, mount, textOf } from '../dom.js';

let stands: DialRules;
let put: DialRules[];
let tried: [string, Omit<DialRules, 'etag'>][];
let refusal: ApiError | undefined;
let answer: DialCheck;
let editor: DialRulesEditor;

beforeEach(async () => {
  stands = {
    enabled: true,
    allowedPrefixes: ['+506'],
    deniedPrefixes: ['+506900', '+506905'],
    perAgentHour: 120,
    etag: '1',
  };
  put = [];
  tried = [];
  refusal = undefined;
  answer = { allowed: true, number: { display: '8888-1234', kind: 'number' }, as: '88881234' };
  editor = await mount<DialRulesEditor>('cmw-dial-rules', {
    api: {
      dialRules: async () => stands,
      setDialRules: async (rules) => {
        put.push(rules);
        if (refusal) throw refusal;
        stands = { ...rules, etag: '2' };
        return stands;
      },
      checkDial: async (number, rules) => {
        tried.push([number, rules]);
        if (refusal) throw refusal;
        return answer;
      },
    },
  });
  await drawn(editor);
});

afterEach(() => editor.remove());

const field = <T extends HTMLElement = HTMLInputElement>(id: string) => editor.renderRoot.querySelector(`#${id}`) as T;

async function type(id: string, text: string): Promise<void> {
  field(id).value = text;
  field(id).dispatchEvent(new Event('input'));
  await drawn(editor);
}

async function tickBox(words: string): Promise<void> {
  const label = [...editor.renderRoot.querySelectorAll('label')].find((one) => one.textContent?.includes(words));
  const box = label?.querySelector('input') as HTMLInputElement;
  box.checked = !box.checked;
  box.dispatchEvent(new Event('change'));
  await drawn(editor);
}

async function press(words: string): Promise<void> {
  button(editor, words).click();
  for (let turn = 0; turn < 3; turn++) await drawn(editor);
}

test('every rule is written in words, and saved with the version that was read', async () => {
  await type('allowed', '+506\n1\n');
  await type('perAgentHour', '');
  await type('totalDay', '900');
  await tickBox('Solo en un horario');
  await type('from', '08:00');
  await tickBox('sábado');
  await press('Guardar');
  expect(put[0]).toEqual({
    enabled: true,
    allowedPrefixes: ['+506', '1'],
    deniedPrefixes: ['+506900', '+506905'],
    perAgentHour: null,
    perAgentDay: null,
    totalHour: null,
    totalDay: 900,
    hours: { from: '08:00', to: '20:00', days: [1, 2, 3, 4, 5] },
    etag: '1',
  });
  expect(textOf(editor)).toContain('Guardado');
});

test('a faulty line is named beside its field', async () => {
  refusal = new ApiError(400, { errors: { 'deniedPrefixes[1]': ['Escriba de 1 a 15 dígitos.'] } });
  await type('denied', '+506900\nabc');
  await press('Guardar');
  expect(field('denied-error').textContent).toBe('abc: Escriba de 1 a 15 dígitos.');
  expect((editor.renderRoot as ShadowRoot).activeElement?.id).toBe('denied');
  expect(editor.renderRoot.querySelector('[role=alert]')).toBeNull();
});

test('what is typed is tried before it is saved', async () => {
  await type('denied', '');
  await type('number', '8888 1234');
  await press('Probar');
  expect(tried[0]?.[0]).toBe('8888 1234');
  expect(tried[0]?.[1].deniedPrefixes).toEqual([]);
  expect(textOf(editor)).toContain('Sí: se llamaría al 8888-1234.');
  expect(textOf(editor)).toContain('Al operador se le pide: 88881234');
  expect(put).toEqual([]);
  // What was found counts for what was tried alone.
  await type('denied', '+506');
  expect(textOf(editor)).not.toContain('se llamaría al 8888');

  answer = { allowed: false, number: { display: '8888-1234', kind: 'number' }, reason: 'Las reglas no lo permiten.' };
  await press('Probar');
  expect(textOf(editor)).toContain('No se llamaría al 8888-1234. Las reglas no lo permiten.');
});

test('a try-out of faulty rules says which', async () => {
  refusal = new ApiError(400, { errors: { 'rules.perAgentHour': ['Escriba un número.'] } });
  await type('number', '88881234');
  await press('Probar');
  expect(textOf(editor)).toContain('Primero corrija las reglas de arriba: Escriba un número.');
});

test('a try-out of a faulty number blames no rule', async () => {
  refusal = new ApiError(400, { errors: { number: ['Escriba un número, de hasta 64 caracteres.'] } });
  await press('Probar');
  expect(field('number-error').textContent).toBe('Escriba un número, de hasta 64 caracteres.');
  expect(textOf(editor)).not.toContain('Primero corrija');
});

test('where somebody else was faster, what they changed is said', async () => {
  await type('totalDay', '900');
  stands = { ...stands, enabled: false, allowedPrefixes: [], etag: '5' };
  refusal = new ApiError(412, { detail: 'Otra persona lo cambió' });
  await press('Guardar');
  expect(textOf(editor)).toContain('Cambió «Se puede llamar con un clic».Cambió «Números permitidos».');
});
