import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
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
    // Without it the words of notToCallNotice stand there.
    if (items.length > 0) await import('./not-to-call.js').catch(() => {});
    return items;
  } catch {
    return [];
  }
}

/** Says which numbers must not be called; in few words where the code that says more could not be loaded. */
export const notToCallNotice = (entries: readonly DoNotCall[], timeZone: string): TemplateResult | typeof nothing =>
  entries.length > 0
    ? html`<cmw-not-to-call .entries=${entries} .timeZone=${timeZone}
        >${msg('No llamar')}: ${entries.map(({ display }) => display).join(', ')}</cmw-not-to-call
      >`
    : nothing;
