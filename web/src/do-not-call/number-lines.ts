import { isNumber, numberColumn, phoneColumns, readTable } from '../dial/number-list.js';

/** What stands between two numbers of one cell. */
const between = /[;,/\n]/;

/**
 * The numbers of a text or of a file: all of a line that has nothing else; of a table those of the columns that are
 * named so, or else of the column that holds most. A line without a number is told as it is, so that it can be said
 * what was wrong with it. Each number counts once.
 */
export function numbersOf(text: string): readonly string[] {
  const table = readTable(text);
  const { column, hasHeader } = numberColumn(table);
  const named = hasHeader ? phoneColumns(table[0] ?? []) : [];
  const rows = hasHeader ? table.slice(1) : table;
  return [
    ...new Set(rows.flatMap((row) => (named.length > 0 ? cellsOf(row, named) : anyOf(row, column)).flatMap(apart))),
  ];
}

/** A person without a telephone is left out: an identity document can look like one. */
const cellsOf = (row: readonly string[], columns: readonly number[]): readonly string[] =>
  columns.flatMap((at) => row[at] || []);

function anyOf(row: readonly string[], column: number): readonly string[] {
  const filled = row.filter((cell) => cell !== '');
  return filled.every(isNumber) ? filled : [row[column] || filled.find(isNumber) || filled.join(' ')];
}

/** `8888-1234 / 7000-0001` is two numbers. */
function apart(cell: string): readonly string[] {
  const parts = cell.split(between).map((part) => part.trim());
  return parts.every(isNumber) ? parts : [cell];
}
