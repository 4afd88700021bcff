import type { ApiClient } from '../api/api-client.js';
import type { DoNotCall } from '../api/do-not-call-api.js';
import type { Page } from '../api/types.js';

/**
 * Those of the numbers that must not be called. What shows them is loaded where there are any. It never throws: what
 * can't be read is not shown, as a click on a listed number is refused anyway.
 */
export async function notToCall(
  api: Pick<ApiClient, 'read'>,
  numbers: readonly string[],
): Promise<readonly DoNotCall[]> {
  if (numbers.length === 0) return [];
  const query = new URLSearchParams(numbers.slice(0, 50).map((number) => ['number', number]));
  try {
    const { items } = await api.read<Pick<Page<DoNotCall>, 'items'>>(`/api/do-not-call-check?${query}`);
    if (items.length > 0) await import('./not-to-call.js');
    return items;
  } catch {
    return [];
  }
}
