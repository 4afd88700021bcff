import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wrongImports } from './floors.js';

const src = join(import.meta.dirname, '..', 'src');

const files = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(src, path), 'utf8')]),
);

test('a folder knows only the folders below it', () => {
  expect(files.size).toBeGreaterThan(50);
  expect(wrongImports(files)).toEqual([]);
});

const planted = (path: string, text: string) => wrongImports(new Map([...files, [path, text]]));

test.each([
  ['of a value', "import { Desk } from '../desk/desk.js';"],
  ['of a type', "import type { Desk } from '../desk/desk.js';"],
  ['in several lines', "import {\n  Desk,\n} from '../desk/desk.js';"],
  ['for its effects', "import '../desk/desk.js';"],
  ['later', "const load = () => import('../desk/desk.js');"],
  ['of a type in place', "type Desk = import('../desk/desk.js').Desk;"],
  ['that hands on', "export * from '../desk/desk.js';"],
  ['in other quotes', 'import "../desk/desk.js";'],
])('an import upwards is found: %s', (_, text) => {
  expect(planted('calls/planted.ts', text)).toEqual(['calls/planted.ts -> desk/desk.js']);
});

test.each([
  ['a circle of two', 'outcomes/planted.ts', "import '../calls/call-words.js';", 'calls/call-words.js'],
  ['a circle over the frame', 'base/planted.ts', "import '../shell/theme.js';", 'shell/theme.js'],
  ['a circle over the top', 'api/planted.ts', "import '../main.js';", 'main.js'],
  ['a page that knows another', 'history/page.ts', "import '../reports/page.js';", 'reports/page.js'],
  ['a page that knows the frame', 'history/page.ts', "import '../shell/theme.js';", 'shell/theme.js'],
  ['a floor that knows a page', 'desk/planted.ts', "import('../history/page.js');", 'history/page.js'],
  ['a page that is always fetched', 'shell/pages.ts', "import '../history/page.js';", 'history/page.js'],
])('%s is found', (_, path, text, found) => {
  expect(planted(path, text)).toEqual([`${path} -> ${found}`]);
});

test('a page may know the floors, and the list of pages fetches it', () => {
  expect(planted('history/page.ts', "import '../calls/call-words.js';\nimport './history-list.js';")).toEqual([]);
  expect(planted('shell/pages.ts', "import('../history/page.js');")).toEqual([]);
});
