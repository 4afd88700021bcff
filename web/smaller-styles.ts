import type { Plugin } from 'vite';

/**
 * Leaves out of the components' styles and templates what is only for who reads them. The browser sees the same. With
 * `inPixels`, sizes do not follow the root's font, which another page may have changed.
 */
export const smallerStyles = ({ inPixels = false } = {}): Plugin => ({
  name: 'callmyway-smaller-styles',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id) || !/(css|html)`/.test(code)) return undefined;
    return { code: withoutIndents(withSmallerStyles(code, inPixels)), map: null };
  },
});

/** Shortens each template of Lit's `css` in a module. What is put into a template stays as it is. */
export const withSmallerStyles = (code: string, inPixels = false): string =>
  code.replace(/\bcss`([^`]*)`/g, (_, rules: string) => {
    const short = smaller(rules);
    return `css\`${inPixels ? short.replace(/(\d*\.?\d+)rem\b/g, (_, rem: string) => `${Number(rem) * 16}px`) : short}\``;
  });

const smaller = (rules: string): string =>
  rules
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/;}/g, '}')
    .trim();

/** In HTML a line's indent is the same as a space; in the code around it, it is nothing. */
export const withoutIndents = (code: string): string => code.replace(/\n[ \t]+/g, '\n');
