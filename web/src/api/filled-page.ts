import type { Page } from './types.js';

const mostAsked = 6;

/**
 * The first page with something in it, or the last one that was asked for: a search stops after 10,000 rows of the
 * index, even if it has found nobody by then. `isWanted` says whether anybody still waits for it.
 */
export async function filledPage<T>(
  ask: (next?: string) => Promise<Page<T>>,
  { next, isWanted = () => true }: { readonly next?: string | undefined; readonly isWanted?: () => boolean } = {},
): Promise<Page<T>> {
  let page = await ask(next);
  for (let asked = 1; asked < mostAsked && page.items.length === 0 && page.next && isWanted(); asked++)
    page = await ask(page.next);
  return page;
}
