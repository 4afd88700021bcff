/** Which contacts the address of the list asks for. */
export interface Asked {
  /** What is looked for; empty for all contacts. */
  readonly query: string;
  /** The token of the page; undefined for the first one. */
  readonly next: string | undefined;
}

/** The API takes no longer text. */
export const longestQuery = 200;

const leastDigits = 6;

export function askedOf(search: string): Asked {
  const values = new URLSearchParams(search);
  return { query: (values.get('query') ?? '').trim().slice(0, longestQuery), next: values.get('next') || undefined };
}

export function addressOf({ query, next }: Asked): string {
  const values = new URLSearchParams({ ...(query ? { query } : {}), ...(next ? { next } : {}) }).toString();
  return values ? `/contacts?${values}` : '/contacts';
}

/** True for what can be a telephone number, in whatever way it is written: it can be a document as well. */
export const mayBeNumber = (query: string): boolean =>
  query.replace(/\D/g, '').length >= leastDigits && !/\p{L}/u.test(query);
