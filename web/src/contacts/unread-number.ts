import type { ContactPhone } from '../api/types.js';

/**
 * True for what is stored as a number and is none that can be dialled. So many digits are no extension of an office, but
 * a number that lacks some.
 */
export const isUnread = ({ kind, text }: Pick<ContactPhone, 'kind' | 'text'>): boolean =>
  kind === 'invalid' || (kind === 'extension' && /^\d{6,}$/.test(text));
