import { isNumber, isOtherTitle, numberColumn, phoneColumns, readTable } from '../dial/number-list.js';

/** What stands between two numbers of one cell. */
const between = /[;,/\n]/;

/**
 * The numbers of a text or of a file: all of a line that has nothing else; of a table those of the columns that are
 * named so, or else of the column that holds most. A line without a number is told as it is, so that it can be said
 * what was wrong with it. Each number counts once.
 */
export function numbersOf(text: string): readonly string[] {
  const table = readTable(text);
  const { column, hasHeader, isNamed } = numberColumn(table);
  const [head = []] = hasHeader ? table : [];
  const rows = table.slice(hasHeader ? 1 : 0);
  // "Tipo de teléfono" is named so too, and has none.
  const named = phoneColumns(head).filter((at) => at === column || rows.some((row) => isNumber(row[at] ?? '')));
  const found = rows.flatMap((row) => {
    if (named.length > 0) return named.flatMap((at) => row[at] || []);
    if (isNamed) return row[column] || [];
    const filled = row.filter((cell, at) => cell !== '' && !isOtherTitle(head[at] ?? ''));
    return filled.every(isNumber) ? filled : [numberIn(filled, row[column] ?? '')];
  });
  return [...new Set(found.flatMap(apart))];
}

/** The number of a row that has more than that; where none can be called, what is likest one. */
function numberIn(filled: readonly string[], own: string): string {
  if (isNumber(own)) return own;
  return filled.find(isNumber) ?? filled.find((cell) => cell.replace(/\D/g, '').length >= 6) ?? filled.join(' ');
}

/** `8888-1234 / 7000-0001` is two numbers. */
function apart(cell: string): readonly string[] {
  const parts = cell.split(between).map((part) => part.trim());
  return parts.every(isNumber) ? parts : [cell];
}
