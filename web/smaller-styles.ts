import type { Plugin } from 'vite';

/** Leaves out of the components' styles and templates what is only for who reads them. The browser sees the same. */
export const smallerStyles = (): Plugin => ({
  name: 'callmyway-smaller-styles',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id) || !/(css|html)`/.test(code)) return undefined;
    return { code: withoutIndents(withSmallerStyles(code)), map: null };
  },
});

/** Shortens each template of Lit's `css` in a module. What is put into a template stays as it is. */
export const withSmallerStyles = (code: string): string =>
  code.replace(/\bcss`([^`]*)`/g, (_, rules: string) => `css\`${smaller(rules)}\``);

const smaller = (rules: string): string =>
  rules
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/;}/g, '}')
    .trim();

/** In HTML a line's indent is the same as a space; in the code around it, it is nothing. */
export const withoutIndents = (code: string): string => code.replace(/\n[ \t]+/g, '\n');
