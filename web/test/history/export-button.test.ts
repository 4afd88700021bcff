// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ExportButton } from '../../src/history/export-button.js';
import '../../src/history/export-button.js';
import { settle } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let fails: boolean;
let stored: [string, string][];
let element: ExportButton;

const file = (text: string) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

async function open(): Promise<void> {
  element = await mount<ExportButton>('cmw-history-export', {
    api: {
      export: async ({ from }) => {
        if (fails && from === '2026-10-15') throw new ApiError(0);
        return file(`a,b\r\n${from},1\r\n`);
      },
    },
    query: { from: '2026-10-15' },
    days: { from: '2026-10-15', to: '2026-11-26' },
    most: 31,
    save: async (blob, name) => {
      stored.push([name, await blob.text()]);
    },
  });
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await settle();
  await drawn(element);
}

beforeEach(() => {
  fails = false;
  stored = [];
});

afterEach(() => element.remove());

test('one press stores one file, named by its days', async () => {
  await open();
  button(element, 'Exportar CSV').click();
  await settled();
  expect(stored).toEqual([['llamadas-2026-10-15-2026-11-26.csv', 'a,b\r\n2026-11-01,1\r\n2026-10-15,1\r\n']]);
  expect(textOf(element)).toContain('Se exportaron 2 llamadas: llamadas-2026-10-15-2026-11-26.csv');
});

test('a part that failed is named, and the file is stored once it is complete', async () => {
  fails = true;
  await open();
  button(element, 'Exportar CSV').click();
  await settled();
  expect(stored).toEqual([]);
  expect(textOf(element)).toContain('La exportación se cortó en octubre de 2026');
  fails = false;
  button(element, 'Seguir donde se cortó').click();
  await settled();
  expect(stored).toHaveLength(1);
});

test('what failed can be given up', async () => {
  fails = true;
  await open();
  button(element, 'Exportar CSV').click();
  await settled();
  button(element, 'Cancelar').click();
  await settled();
  expect(textOf(element)).toContain('Se canceló la exportación.');
  expect(stored).toEqual([]);
});
