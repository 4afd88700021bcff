import { expect, test } from 'vitest';
import { withoutIndents, withSmallerStyles } from '../smaller-styles.js';

test('styles lose their comments and spaces, and nothing that counts', () => {
  const code = 'const styles = css`\n  /* why */\n  a :hover, b > c {\n    margin: 0 calc(1px + 2px);\n  }\n`;';

  expect(withSmallerStyles(code)).toBe('const styles = css`a :hover,b > c{margin: 0 calc(1px + 2px)}`;');
});

test('what is put into a style stays', () => {
  expect(withSmallerStyles('css`a { inline-size: ${size}px; }`')).toBe('css`a{inline-size: ${size}px}`');
});

test('other templates keep their lines', () => {
  expect(withSmallerStyles('html`a\n  b`')).toBe('html`a\n  b`');
  expect(withoutIndents('html`a\n  b`;\n  next();')).toBe('html`a\nb`;\nnext();');
});

test('sizes are in pixels where they must not follow the page', () => {
  expect(withSmallerStyles('css`@container (width < 28rem) { a { margin: -0.5rem 1rem; } }`', true)).toBe(
    'css`@container (width < 448px){a{margin: -8px 16px}}`',
  );
});
