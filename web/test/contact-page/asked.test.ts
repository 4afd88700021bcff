import { expect, test } from 'vitest';
import { addressOf, askedOf, mayBeNumber } from '../../src/contact-page/asked.js';

test('an address keeps what is looked for and the page', () => {
  const asked = { query: 'José & Cía', next: 'token' };
  expect(askedOf(new URL(addressOf(asked), 'http://x').search)).toEqual(asked);
  expect(addressOf({ query: '', next: undefined })).toBe('/contacts');
  expect(askedOf('?query=%20%20')).toEqual({ query: '', next: undefined });
  expect(askedOf(`?query=${'x'.repeat(300)}`).query).toHaveLength(200);
});

test.each([
  ['8888-1234', true],
  ['+506 8888 1234', true],
  ['1-0400-0100', true],
  ['8888', false],
  ['EXP-778899', false],
  ['rodríguez', false],
])('«%s» may be a number: %s', (text, may) => expect(mayBeNumber(text)).toBe(may));
