import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..', '..', 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => [path, readFileSync(join(src, path), 'utf8')] as const)
  .filter(([, text]) => text.includes('role="'));

/** The places of messages that a browser takes out of what it tells a screen reader, while they are empty. */
function lost(text: string): readonly string[] {
  const hidden = [...text.matchAll(/([^{}]{1,200}:empty[^{}]*)\{\s*display: none/g)]
    .flatMap(([, rule = '']) => rule.split(','))
    .map((selector) => selector.match(/([\w.-]+):empty/)?.[1] ?? '');
  const places = [...text.matchAll(/<([a-z]+)\s[^<]{0,200}?role="(?:status|alert)"[^<]*?>/g)];
  return places
    .filter(([place, tag = '']) => {
      const names = /class="([^"]*)"/.exec(place)?.[1]?.split(' ') ?? [];
      return place.includes('?hidden') || [tag, ...names.map((name) => `.${name}`)].some((one) => hidden.includes(one));
    })
    .map(([place]) => place);
}

test('the place of a message is there before its words', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter(([, text]) => lost(text).length > 0).map(([path]) => path)).toEqual([]);
});

test.each([
  ['by its class', '<p class="quiet done" role="status">x</p> .done:empty {\n display: none;\n}'],
  ['by an attribute', '<p role="status" ?hidden=${!said}>x</p>'],
  ['by its tag', '<p role="status">x</p> p:empty { display: none; }'],
])('a place that goes is found: %s', (_, text) => expect(lost(text)).toHaveLength(1));
