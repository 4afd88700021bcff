import { folded } from '../i18n/search-words.js';
import { dialable } from './dialable.js';

/** A table of text: its rows and their cells, without empty rows. */
export type Table = readonly (readonly string[])[];

/** The column that has the numbers, and whether the first row has the columns' names. */
export interface NumberColumn {
  readonly column: number;
  readonly hasHeader: boolean;
  /** True where its title says that it has the numbers. */
  readonly isNamed: boolean;
}

const separators = [';', '\t', ','] as const;
/** So many rows tell which column has the numbers. */
const sampled = 200;

/** Reads a file as text: UTF-8, or else what Windows spreadsheets write. */
export function textOfFile(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Reads pasted numbers, one a line, or a table of CSV or of a spreadsheet. */
export function readTable(text: string): Table {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    const end = sign === '"' && cell.trim() === '' ? quotesEnd(text, at, separator) : -1;
    if (end > at) {
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end;
    } else if (sign === separator) endCell();
    else if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) endRow();
    else if (sign !== '\r' && sign !== '\uFEFF') cell += sign;
  }
  endRow();
  return rows;
}

/**
 * Where the quotes of a cell are closed. Where they are not, or something stands behind them, they are ordinary signs:
 * else the rest of the file would be one cell, and its rows be lost.
 */
function quotesEnd(text: string, from: number, separator: string): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  const next = at < 0 ? '"' : /[^ ]|$/.exec(text.slice(at + 1, at + 100))?.[0];
  return next === '' || next === '\r' || next === '\n' || next === separator ? at : -1;
}

/** The separator that the first lines have most. Pasted numbers in a line are separated by it too. */
function separatorOf(text: string): string {
  const head = text.slice(0, 4000);
  const counts = separators.map((separator) => head.split(separator).length - 1);
  return separators[counts.indexOf(Math.max(...counts))] ?? ';';
}

const day = /^(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3\d{4})$/;
/** So many digits are more than the number in a title such as `Teléfono 2` or `Saldo 25`. */
const digitsOfData = 4;

/** True for what can be a number to call, and is no day. */
export const isNumber = (cell: string): boolean => dialable(cell) !== undefined && !day.test(cell.trim());

/** True where some row has several numbers, as `8888 1111, 8888 2222`, and there is nothing else but numbers. */
export const isOneList = (table: Table): boolean =>
  table.some((row) => row.length > 1) && table.every((row) => row.every((cell) => cell === '' || isNumber(cell)));

/** Which columns have names of telephone numbers. */
export const phoneColumns = (head: readonly string[]): readonly number[] =>
  head.flatMap((cell, at) => (isPhoneTitle(cell) ? [at] : []));

/** True for the title of a column whose numbers are none to call: `Número de cédula`, `Operación`. */
export const isOtherTitle = (cell: string): boolean => !isPhoneTitle(cell) && otherTitle.test(folded(cell));

/**
 * The column with the numbers: by its name, and of several so named the one that holds most; else the one that holds
 * most of all. `Número` alone names a telephone only where no other column does, and not where it holds none, as the
 * number of a row.
 */
export function numberColumn(table: Table): NumberColumn {
  const [head = []] = table;
  const named = phoneColumns(head);
  const hasHeader = table.length > 1 && !head.some(isNumber) && (named.length > 0 || head.every(isTitle));
  const titles = hasHeader ? head : [];
  const rows = table.slice(hasHeader ? 1 : 0, sampled);
  const width = Math.max(1, ...rows.map(({ length }) => length));
  const found = Array.from({ length: width }, (_, at) =>
    isOtherTitle(titles[at] ?? '') ? -1 : rows.filter((row) => isNumber(row[at] ?? '')).length,
  );
  const most = (places: readonly number[]): number =>
    places.reduce((best, at) => ((found[at] ?? 0) > (found[best] ?? 0) ? at : best), places[0] ?? 0);
  if (hasHeader && named.length > 0) return { column: most(named), hasHeader, isNamed: true };
  const numero = titles.findIndex((title, at) => /numero|\bnumber/.test(folded(title)) && (found[at] ?? 0) > 0);
  return numero >= 0
    ? { column: numero, hasHeader, isNamed: true }
    : { column: most(found.map((_, at) => at)), hasHeader, isNamed: false };
}

/** A short number that stands first is none, and is told as one that can't be called. */
const isTitle = (cell: string): boolean => digitsIn(cell) < digitsOfData && !/^[\s+()./-]*\d[\d\s+()./-]*$/.test(cell);

const digitsIn = (text: string): number => text.replace(/\D/g, '').length;

const phoneTitle = /telefono|phone|celular|movil|mobile|whatsapp|\b(tel|cel)\b/;
const otherTitle = new RegExp(
  [
    'cedula|identificacion|identidad|document|cuenta|operacion|prestamo|credito|contrato|factura',
    'account|loan|credit|contract|invoice',
  ].join('|'),
);

const isPhoneTitle = (cell: string): boolean => digitsIn(cell) < digitsOfData && phoneTitle.test(folded(cell));

/** The numbers of a table, as they were written. What is none is told by the API. */
export function numbersOf(
  table: Table,
  { column, hasHeader }: Pick<NumberColumn, 'column' | 'hasHeader'>,
): readonly string[] {
  if (isOneList(table)) return table.flat().filter((cell) => cell !== '');
  return table.slice(hasHeader ? 1 : 0).flatMap((row) => row[column] || []);
}

/** A table as CSV (RFC 4180), with the mark by which spreadsheets know the encoding, and with their separator. */
export function csvOf(rows: Table, separator: ',' | ';'): Blob {
  const lines = rows.map((row) => row.map(csvCell).join(separator)).join('\r\n');
  return new Blob(['\uFEFF', lines, '\r\n'], { type: 'text/csv;charset=utf-8' });
}

/**
 * Where a spreadsheet would take a text for a formula, an apostrophe stands before it: at the beginning, and behind
 * what divides cells in some spreadsheets.
 */
const formula = /^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;,\t\r\n])(?="*[=+\-@＝＋－＠])/g;

function csvCell(text: string): string {
  const safe = text.replace(formula, "'");
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
