import { idInPath } from '../api/api-client.js';

const enc = encodeURIComponent;

/** Where the console is, if this page is not of it. */
export const site = { origin: '' };

/** The address of a call's page. It does not end in the call's id, which may end like a file's name. */
export const callAddress = ({ account, callId }: { readonly account: string; readonly callId: string }): string =>
  `${site.origin}/calls/${enc(account)}/${idInPath(callId)}/history`;

/** The address of a contact's page. */
export const contactAddress = (contactId: string): string => `${site.origin}/contacts/${enc(contactId)}`;

/** The address of a day's reconciliation. */
export const dayAddress = (account: string, day: string): string => `/reconciliation/${enc(account)}/${day}`;

/** A value of a path's placeholder as it was before it was put there; empty where somebody typed what can't be one. */
export function partOf(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The id of a call, as {@link callAddress} wrote it; empty where somebody typed what can't be one. */
export function callIdOf(part: string | undefined): string {
  const text = partOf(part) ?? '';
  if (!text.startsWith('~')) return text;
  try {
    const bytes = atob(text.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)));
  } catch {
    return '';
  }
}
