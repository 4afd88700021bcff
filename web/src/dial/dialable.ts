const leastDigits = 7;
const mostDigits = 17;
/** The form of an identity document: `1-0400-0100`, `3-101-447300`. */
const identityDocument = /^\d-\d{3,4}-\d{4,6}$/;

/**
 * The text as a number to call, if it can be one. This only tells digits from words; the server knows the numbering
 * plans. An apostrophe before it is of a spreadsheet, or of an exported file, and no part of it.
 */
export function dialable(text: string): string | undefined {
  const number = text.trim().replace(/^'?(tel:)?/i, '');
  if (!/^[+(]?[\d\s().\-/]+$/.test(number) || identityDocument.test(number)) return undefined;
  const digits = number.replace(/\D/g, '').length;
  return digits >= leastDigits && digits <= mostDigits ? number : undefined;
}
