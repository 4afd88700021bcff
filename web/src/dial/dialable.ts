const leastDigits = 7;
const mostDigits = 17;

/** The text as a number to call, where it can be one: the server knows the numbering plans, this only tells digits from words. */
export function dialable(text: string): string | undefined {
  const number = text.trim().replace(/^tel:/i, '');
  if (!/^[+(]?[\d\s().\-/]+$/.test(number)) return undefined;
  const digits = number.replace(/\D/g, '').length;
  return digits >= leastDigits && digits <= mostDigits ? number : undefined;
}
