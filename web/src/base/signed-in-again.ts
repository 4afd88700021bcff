const waiting = new Set<() => void>();

/** Resolves once somebody has signed in again to the page whose session had ended. */
export const signedInAgain = (): Promise<void> => new Promise((done) => waiting.add(done));

/** Goes on with what waits, once the page has drawn who signed in: what it reads anew itself is asked for once. */
export function tellSignedInAgain(): void {
  setTimeout(() => {
    const all = [...waiting];
    waiting.clear();
    for (const done of all) done();
  });
}
