import type { Page } from './types.js';

const mostAsked = 6;

/**
 * The first page with something in it, or the last one that was asked for: a search answers after so many rows of the
 * index, also where it has found nobody by then.
 */
export async function filledPage<T>(ask: (next?: string) => Promise<Page<T>>, next?: string): Promise<Page<T>> {
  let page = await ask(next);
  for (let asked = 1; asked < mostAsked && page.items.length === 0 && page.next; asked++) page = await ask(page.next);
  return page;
}
