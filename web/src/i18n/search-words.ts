/** A text in small letters without accents, for comparisons. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Tells of a text whether each word of the query is in it, accents and capitals aside. */
export function hasWords(query: string): (text: string) => boolean {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return (text) => {
    const plain = folded(text);
    return words.every((word) => plain.includes(word));
  };
}
