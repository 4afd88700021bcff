import { expect, test } from 'vitest';
import { hasWords } from '../../src/i18n/search-words.js';

test.each([
  ['', true],
  ['jose', true],
  ['SOLIS josé', true],
  ['jose mora', false],
])('%j is found in a name: %s', (query, found) => {
  expect(hasWords(query)('José Rodríguez Solís')).toBe(found);
});
