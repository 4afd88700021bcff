import { expect, test } from 'vitest';
import { numbersOf } from '../../src/do-not-call/number-lines.js';

test.each([
  ['lines', '8888-1234\n 7000 0001 \n\n+1 305 555 0100', ['8888-1234', '7000 0001', '+1 305 555 0100']],
  ['a file of a spreadsheet', '\uFEFFNombre;Teléfono\r\nAna;8888-1234\r\nLuis;"7000-0001"', ['8888-1234', '7000-0001']],
  ['a row with a year and a document behind', '2026,8888-1234,109870654', ['8888-1234']],
  ['the same number twice', '8888-1234\n8888-1234', ['8888-1234']],
  ['what is no number, so that it can be said', '8888-1234\nno tiene', ['8888-1234', 'no tiene']],
  ['one line without a digit', 'nada', ['nada']],
  ['nothing', ' \n ', []],
])('numbers are read from %s', (_, text, numbers) => {
  expect(numbersOf(text)).toEqual(numbers);
});
