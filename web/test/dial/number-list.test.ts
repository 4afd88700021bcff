import { expect, test } from 'vitest';
import { csvOf, numberColumn, numbersOf, readTable, textOfFile } from '../../src/dial/number-list.js';

const numbersIn = (text: string) => {
  const table = readTable(text);
  return numbersOf(table, numberColumn(table));
};

test.each([
  ['lines', '8888-1234\n\n 2222 3344 \r\n+1 305 555 0100', ['8888-1234', '2222 3344', '+1 305 555 0100']],
  ['one line', '88881234, 22223344,61990042', ['88881234', '22223344', '61990042']],
  [
    'a named column',
    'Cédula;Nombre;Teléfono\n1-0400-0100;"Rojas; María";88881234\n;José;22223344',
    ['88881234', '22223344'],
  ],
  [
    'an exported file, whose numbers have an apostrophe',
    "Nombre,Número,Estado\nMaría Rojas,'+50688881234,Atendido\nJosé Soto,'+50622223344,No localizado",
    ["'+50688881234", "'+50622223344"],
  ],
  ['a table without names', 'María\t88881234\nJosé\t22223344', ['88881234', '22223344']],
  ['quotes within quotes', 'nombre,celular\n"María ""la"" Rojas",88881234', ['88881234']],
  ['quotes that are not closed', 'nombre,celular\n"María,88881234\n"José",22223344', ['88881234', '22223344']],
  ['quotes with a text behind', 'nombre;celular\n"María" Rojas;88881234\nJosé;22223344', ['88881234', '22223344']],
  ['a line break in quotes', 'nombre;celular\n"María\nRojas";"88881234"\nJosé;22223344', ['88881234', '22223344']],
  ['a column behind that of operations', 'Número de operación;Celular\n10000001;88881234', ['88881234']],
  ['a column behind that of documents', 'Número de cédula,Nombre,Contacto\n109870654,Ana,88881234', ['88881234']],
  ['a number where no other column has them', 'Cédula;Número;Monto\n109870654;88881234;25000000', ['88881234']],
  ['a column behind the number of the row', 'Número;Nombre;Contacto\n1;Ana;88881234', ['88881234']],
  ['a telephone before a number', 'Número;Teléfono\n20000001;88881234', ['88881234']],
  ['lines of several and of one', '8888 1111, 8888 2222\n8888 3333', ['8888 1111', '8888 2222', '8888 3333']],
  ['a column of numbers behind one of days', '2026-11-30;88881234\n2026-12-01;22223344', ['88881234', '22223344']],
  ['what is no number, which the API tells', 'Teléfono\n88881234\nno tiene', ['88881234', 'no tiene']],
])('numbers are read from %s', (_, text, numbers) => {
  expect(numbersIn(text)).toEqual(numbers);
});

test('a mark at the beginning and an empty text are nothing', () => {
  expect(numbersIn('\uFEFF88881234')).toEqual(['88881234']);
  expect(numbersIn('')).toEqual([]);
  expect(numbersIn('\n \n')).toEqual([]);
});

test('a file of an older spreadsheet is read too', () => {
  expect(textOfFile(Uint8Array.from([0x4a, 0x6f, 0x73, 0xe9]).buffer)).toBe('José');
  expect(textOfFile(new TextEncoder().encode('José').buffer as ArrayBuffer)).toBe('José');
});

test('a hundred thousand lines are read soon', () => {
  const text = Array.from({ length: 100_000 }, (_, at) => `Persona ${at};${60_000_000 + at}`).join('\n');
  const began = performance.now();
  expect(numbersIn(text)).toHaveLength(100_000);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('a file has no formulas', async () => {
  const text = await csvOf([['=1+1', 'a "b", c', 'Soto;=1+1', 'a\n"=1']], ',').text();
  expect(text.replace('\uFEFF', '')).toBe('\'=1+1,"a ""b"", c","Soto;\'=1+1","a\n\'""=1"\r\n');
  expect((await csvOf([['Soto; Mora', '8,5']], ';').text()).replace('\uFEFF', '')).toBe('"Soto; Mora";"8,5"\r\n');
});
