import type { EmbedMethods } from './embed-types.js';

/** A phone of the page: in the page itself, or in a frame. */
export type AnyPhone = HTMLElement & EmbedMethods & { readonly isReady: boolean };

const tags = 'callmyway-phone, callmyway-frame';

/** The phone with this id, else the page's first. */
export function phoneOf(id?: string | null): AnyPhone | undefined {
  const found = id ? document.getElementById(id) : document.querySelector(tags);
  return found?.matches(tags) ? (found as AnyPhone) : undefined;
}
