import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Marked, type Tokens } from 'marked';
import type { Plugin } from 'vite';

/** A heading that a guide's table of contents lists. */
export interface GuideHeading {
  readonly id: string;
  readonly text: string;
  readonly depth: number;
}

/** A guide of `docs/`, made into HTML. An image's address stands in it as `{{0}}`, `{{1}}` … by its place in `images`. */
export interface GuideText {
  readonly title: string;
  readonly headings: readonly GuideHeading[];
  readonly html: string;
  /** Paths beside the guide. */
  readonly images: readonly string[];
}

/** Lets the console import a guide: `import guide from '../../../docs/guia-agente.md'`. Its pictures are files of the build. */
export const guides = (): Plugin => ({
  name: 'callmyway-guides',
  transform(text, file) {
    if (!file.endsWith('.md')) return null;
    const folder = dirname(file);
    const { title, headings, html, images } = readGuide(text, (image) => sizeOf(join(folder, image)));
    const imports = images.map((image, index) => `import image${index} from './${image}';`);
    const addresses = images.map((_, index) => `image${index}`);
    const code = [
      ...imports,
      `const addresses = [${addresses.join(', ')}];`,
      `export const title = ${JSON.stringify(title)};`,
      `export const headings = ${JSON.stringify(headings)};`,
      `export const html = ${JSON.stringify(html)}.replace(/\\{\\{(\\d+)\\}\\}/g, (_, index) => addresses[index]);`,
    ];
    return { code: code.join('\n'), map: null };
  },
});

/** What a heading's link is called, as on the pages of the repository's host. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The text of a guide. A link to anything but a guide, a heading or a web page is an error. */
export function readGuide(text: string, size: (image: string) => readonly [number, number]): GuideText {
  const headings: GuideHeading[] = [];
  const images: string[] = [];
  let title = '';
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const inner = this.parser.parseInline(tokens);
        const plain = this.parser.parseInline(tokens, this.parser.textRenderer);
        if (depth === 1) {
          title = plain;
          return '';
        }
        const id = anchorOf(plain);
        headings.push({ id, text: plain, depth });
        return `<h${depth} id="${id}" tabindex="-1">${inner}</h${depth}>\n`;
      },
      image({ href, text: words }: Tokens.Image): string {
        const [width, height] = size(href);
        const place = images.includes(href) ? images.indexOf(href) : images.push(href) - 1;
        return `<img src="{{${place}}}" alt="${escaped(words)}" width="${width}" height="${height}" loading="lazy">`;
      },
      link({ href, tokens }: Tokens.Link): string {
        return `<a href="${escaped(addressOf(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      html({ text: raw }: Tokens.HTML | Tokens.Tag): string {
        throw new Error(`A guide holds no HTML, and this one has ${raw}`);
      },
    },
  });
  // A wide table scrolls by itself, also by the keyboard.
  const html = (marked.parse(text, { async: false }) as string)
    .replaceAll('<table>', '<div class="scrolls" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
  if (!title) throw new Error('A guide begins with its title: a line with # before it.');
  return { title, headings, html, images };
}

/** The address in the console of what a guide's link leads to. */
function addressOf(href: string): string {
  if (/^https:\/\//.test(href) || href.startsWith('#')) return href;
  const guide = /^(?:guia-([a-z]+)|(homologacion))\.md(#.+)?$/.exec(href);
  if (!guide) throw new Error(`A guide links to guides, headings and web pages, and not to ${href}.`);
  return `/help/${guide[1] ?? guide[2]}${guide[3] ?? ''}`;
}

/** The width and height of a PNG in pixels (https://www.w3.org/TR/png-3/#11IHDR). */
function sizeOf(file: string): readonly [number, number] {
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') {
    throw new Error(`${relative(process.cwd(), file)} is no PNG picture.`);
  }
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
