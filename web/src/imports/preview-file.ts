/** A larger file is not sent whole to be looked at. */
const wholeUpTo = 2 * 1024 * 1024;
const partOf = 256 * 1024;

/** The largest file that the server takes. */
export const mostBytes = 32 * 1024 * 1024;

/** What is sent to be looked at: the file, or its beginning. */
export function previewPart(file: Blob): { readonly part: Blob; readonly isPart: boolean } {
  return file.size <= wholeUpTo
    ? { part: file, isPart: false }
    : { part: file.slice(0, partOf, file.type), isPart: true };
}

/** The mapping as the API takes it, of all columns by their numbers. */
export const mappingOf = (fields: readonly string[]): string =>
  fields.map((field, index) => `${index + 1}:${field || '-'}`).join(',');

/** How a mapping names one of the contacts' own fields. */
export const ownField = (key: string): string => `field.${key}`;

/** The key of a new field with the column's name: letters, digits, dashes. */
export const newFieldOf = (name: string): string => {
  const key = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  return key && ownField(key);
};
