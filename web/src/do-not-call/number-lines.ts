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
  const { column, hasHeader } = numberColumn(table);
  const [head = []] = hasHeader ? table : [];
  const named = phoneColumns(head);
  const found = table.slice(hasHeader ? 1 : 0).flatMap((row) => {
    if (named.length > 0) return named.flatMap((at) => row[at] || []);
    const filled = row.filter((cell, at) => cell !== '' && !isOtherTitle(head[at] ?? ''));
    return filled.every(isNumber) ? filled : [row[column] || filled.find(isNumber) || filled.join(' ')];
  });
  return [...new Set(found.flatMap(apart))];
}

/** `8888-1234 / 7000-0001` is two numbers. */
function apart(cell: string): readonly string[] {
  const parts = cell.split(between).map((part) => part.trim());
  return parts.every(isNumber) ? parts : [cell];
}
