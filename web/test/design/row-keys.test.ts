import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..', '..', 'src');

test('each list whose rows have one tab stop says how their other buttons are reached', () => {
  const lists = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('row-keys.ts'))
    .map((path) => [path, readFileSync(join(src, path), 'utf8')] as const)
    .filter(([, text]) => text.includes('moveInRows('));
  expect(lists.length).toBeGreaterThan(5);
  expect(
    lists.filter(([, text]) => !/aria-describedby=.*row-keys/.test(text) || !text.includes('rowKeysHint()')),
  ).toEqual([]);
});
