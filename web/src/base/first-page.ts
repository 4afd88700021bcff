import type { ApiError } from '../api/api-error.js';

/**
 * Where the page that the address asks for is none any more, as of an old or a cut bookmark, the address becomes that of
 * the first one. Its query; undefined where nothing was wrong with the page.
 */
export function toFirstPage(error: ApiError | undefined): string | undefined {
  const query = new URLSearchParams(location.search);
  if (error?.fieldError('next') === undefined || !query.has('next')) return undefined;
  query.delete('next');
  history.replaceState(history.state, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}`);
  return location.search;
}
