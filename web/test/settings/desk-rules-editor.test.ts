// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { DeskRules } from '../../src/api/types.js';
import type { DeskRulesEditor } from '../../src/settings/desk-rules-editor.js';
import '../../src/settings/desk-rules-editor.js';
import { drawn, mount, textOf } from '../dom.js';

let put: DeskRules[];
let refusal: ApiError | undefined;
let editor: DeskRulesEditor;

beforeEach(async () => {
  put = [];
  refusal = undefined;
  editor = await mount<DeskRulesEditor>('cmw-desk-rules', {
    api: {
      deskRules: async () => ({ outcomeRequired: false, etag: '1' }),
      setDeskRules: async (rules) => {
        put.push(rules);
        if (refusal) throw refusal;
        return { ...rules, etag: '2' };
      },
    },
  });
  await drawn(editor);
});

afterEach(() => editor.remove());

const theSwitch = () => editor.renderRoot.querySelector('input') as HTMLInputElement;

async function turn(): Promise<void> {
  theSwitch().click();
  for (let i = 0; i < 3; i++) await drawn(editor);
}

test('the switch saves at once, each time the version that stands', async () => {
  await turn();
  expect([theSwitch().checked, textOf(editor).includes('Guardado')]).toEqual([true, true]);
  await turn();
  expect(put).toEqual([
    { outcomeRequired: true, etag: '1' },
    { outcomeRequired: false, etag: '2' },
  ]);
});

test('a switch that is refused goes back, and says why', async () => {
  refusal = new ApiError(503, { detail: 'El almacenamiento no responde.' });
  await turn();
  expect(theSwitch().checked).toBe(false);
  expect(textOf(editor)).toContain('El almacenamiento no responde.');
  expect(textOf(editor)).not.toContain('Guardado');
});
