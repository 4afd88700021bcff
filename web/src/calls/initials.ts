/** The first letters of the first and the last word that have one. What stands in parentheses is no part of a name. */
export function initials(name: string): string {
  const bare = name.replace(/\([^)]*\)?/gu, ' ');
  const letters = (/\p{L}|\p{N}/u.test(bare) ? bare : name)
    .split(/\s+/u)
    .map((word) => /\p{L}|\p{N}/u.exec(word)?.[0])
    .filter((letter) => letter !== undefined);
  return [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toLocaleUpperCase();
}
