/** What the fields of a line are separated by, in a file of a spreadsheet. */
const separators = /[;,\t]/;

/** Fewer digits are no telephone number: a row's number, or a year. */
const leastDigits = 6;

/**
 * The numbers of a text or of a file, one of each line: the field that looks like one, or else the whole line, so that
 * it can be said what was wrong with it. The first line may name the columns. Each number counts once.
 */
export function numbersOf(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const rows = lines.length > 1 && !/\d/.test(lines[0] ?? '') ? lines.slice(1) : lines;
  return [...new Set(rows.map(numberOf))];
}

function numberOf(line: string): string {
  const fields = line.split(separators).map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
  return fields.find((field) => field.replace(/\D/g, '').length >= leastDigits) ?? line;
}
