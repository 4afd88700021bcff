import { expect, test } from 'vitest';
import { numbersOf } from '../../src/do-not-call/number-lines.js';

test.each([
  ['lines', '8888-1234\n 7000 0001 \n\n+1 305 555 0100', ['8888-1234', '7000 0001', '+1 305 555 0100']],
  ['a file of a spreadsheet', '\uFEFFNombre;Teléfono\r\nAna;8888-1234\r\nLuis;"7000-0001"', ['8888-1234', '7000-0001']],
  ['a row with a year and a document behind', '2026,8888-1234,109870654', ['8888-1234']],
  ['the same number twice', '8888-1234\n8888-1234', ['8888-1234']],
  ['what is no number, so that it can be said', '8888-1234\nno tiene', ['8888-1234', 'no tiene']],
  ['one line without a digit', 'nada', ['nada']],
  ['a line of several', '8888-1234, 7000-0001, 6123-4567', ['8888-1234', '7000-0001', '6123-4567']],
  ['lines of one and of several', '8888-1234, 7000-0001\n6123-4567', ['8888-1234', '7000-0001', '6123-4567']],
  ['a line of several beside what is none', 'no tiene\n8888-1234 / 7000-0001', ['8888-1234', '7000-0001']],
  ['a file with days', 'Fecha;Telefono\n2026-11-30;8888-1234', ['8888-1234']],
  ['a table with days and without titles', 'Ana;30/11/2026;8888-1234', ['8888-1234']],
  ['a file with documents', 'Cedula;Nombre;Telefono\n1-0987-0654;Ana;8888-1234\n23450678;Luis;', ['8888-1234']],
  [
    'several columns',
    'Nombre;Telefono casa;Celular\nAna;2222-3344;8888-1234\nLuis;;7000-0001',
    ['2222-3344', '8888-1234', '7000-0001'],
  ],
  ['a first line that is no whole number', '888-12\n7000-0001', ['888-12', '7000-0001']],
  ['a first line with an extension', '2222-3344 ext 5\n7000-0001', ['2222-3344 ext 5', '7000-0001']],
  [
    'a line without the other columns',
    'Ana;8888-1234\nLuis;7000-0001\n6123-4567',
    ['8888-1234', '7000-0001', '6123-4567'],
  ],
  ['a number beside a document', 'Numero de cedula;Numero\n23450678;8888-1234', ['8888-1234']],
  [
    'a table below a title',
    'Pedidos de noviembre\nAna;8888-1234\nLuis;7000-0001\n6123-4567',
    ['8888-1234', '7000-0001', '6123-4567'],
  ],
  ['a row of a table among lines', '8888-1111\n8888-2222\nMaría;7000-0001', ['8888-1111', '8888-2222', '7000-0001']],
  ['a table with extensions', 'Ana;8888-1234 ext 5\nLuis;7000-0001 ext 2', ['8888-1234 ext 5', '7000-0001 ext 2']],
  ['a file that says the kind too', 'Nombre;Tipo de teléfono;Teléfono\nAna;Móvil;8888-1234', ['8888-1234']],
  ['a file with codes', 'Código;Número\n20001234;8888-1234', ['8888-1234']],
  ['a first line that is too short', '911\n8888-1234', ['911', '8888-1234']],
  ['a file of an old Macintosh', 'Teléfono\r8888-1234\r7000-0001', ['8888-1234', '7000-0001']],
  ['nothing', ' \n ', []],
])('numbers are read from %s', (_, text, numbers) => {
  expect(numbersOf(text)).toEqual(numbers);
});
