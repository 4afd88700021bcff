import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anchorOf, readGuide } from '../../guides.js';
import type { Me } from '../../src/api/types.js';
import { guides } from '../../src/help/guides.js';
import { helpFor, nameIn } from '../../src/help/help-address.js';
import { pages } from '../../src/shell/pages.js';

const docs = join(import.meta.dirname, '..', '..', '..', 'docs');
/** The homologation's is named by what it is about: it is read before there is an office. */
const fileOf = (name: string): string => (name === 'homologacion' ? `${name}.md` : `guia-${name}.md`);
const read = (name: string) => readGuide(readFileSync(join(docs, fileOf(name)), 'utf8'), () => [1280, 800]);
const anchorsOf = (name: string) => read(name).headings.map(({ id }) => id);

const admin = { roles: ['admin'] } as unknown as Me;
const agent = { roles: ['agent'] } as unknown as Me;

test('each guide of the docs is in the list', () => {
  const files = readdirSync(docs).filter((file) => file.startsWith('guia-') || file === 'homologacion.md');
  expect(files.sort()).toEqual(guides.map(({ name }) => fileOf(name)).sort());
});

test.each(guides.map(({ name }) => [name]))('all that %s links to is there', (name) => {
  const { html, headings } = read(name);
  expect(headings.length).toBeGreaterThan(3);
  expect(new Set(headings.map(({ id }) => id)).size).toBe(headings.length);
  for (const [, href = ''] of html.matchAll(/<a href="([^"]+)"/g)) {
    if (href.startsWith('https:')) continue;
    const [path = '', anchor] = href.split('#');
    const guide = path ? nameIn(path) : name;
    expect(guides.map((each) => each.name)).toContain(guide);
    if (anchor) expect(anchorsOf(guide)).toContain(anchor);
  }
});

test.each([
  ['an administrator', admin],
  ['an agent', agent],
])('the help of each page leads %s to a heading that is there', (_, me) => {
  for (const [path] of pages) {
    const address = helpFor(path.replace(/[:{(].*$/, '').replace(/(.)\/$/, '$1'), me);
    const [guide = '', anchor] = address.split('#');
    expect(guides.map((each) => each.name)).toContain(nameIn(guide));
    if (anchor) expect(anchorsOf(nameIn(guide)), path).toContain(anchor);
  }
});

test('the help is that of the page from which somebody comes', () => {
  expect(helpFor('/', agent)).toBe('/help/agente');
  expect(helpFor('/history', agent)).toBe('/help/agente#el-historial');
  expect(helpFor('/calls/8000001/c-1/history', admin)).toBe('/help/supervision#el-historial');
  expect(helpFor('/settings/outcomes', admin)).toBe('/help/administrador#los-ajustes');
  expect(helpFor('/settingsandmore', admin)).toBe('/help/agente');
});

test('a heading is called as on the pages of the repository', () => {
  expect(anchorOf('¿Qué tan rápido llegó, en «vivo»?')).toBe('qué-tan-rápido-llegó-en-vivo');
});

const ofSize = (): readonly [number, number] => [640, 480];

test('a guide becomes HTML, with its pictures and its headings', () => {
  const { title, headings, html, images } = readGuide(
    '# Guía\n\nVea [lo otro](#lo-otro) y [más](guia-agente.md#llamar).\n\n## Lo otro\n\n![Una "tarjeta"](img/a.png)\n\n| a |\n|---|\n| b < c |\n',
    ofSize,
  );
  expect(title).toBe('Guía');
  expect(headings).toEqual([{ id: 'lo-otro', text: 'Lo otro', depth: 2 }]);
  expect(images).toEqual(['img/a.png']);
  expect(html).toContain('<a href="#lo-otro">lo otro</a>');
  expect(html).toContain('<a href="/help/agente#llamar">más</a>');
  expect(html).toContain('<img src="{{0}}" alt="Una &#34;tarjeta&#34;" width="640" height="480" loading="lazy">');
  expect(html).toContain('<td>b &lt; c</td>');
  expect(html).not.toContain('<h1');
});

test.each([
  ['a file that the console does not have', '# G\n[x](storage.md)'],
  ['a script', '# G\n[x](javascript:alert)'],
  ['a page without a lock', '# G\n[x](http://example.com)'],
  ['HTML', '# G\n<b>x</b>'],
  ['no title', 'Text'],
])('a guide with %s is refused', (_, text) => {
  expect(() => readGuide(text, ofSize)).toThrow();
});
