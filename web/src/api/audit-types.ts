/** JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** One change as it was written down. */
export interface AuditEntry {
  readonly entryId: string;
  readonly at: string;
  /** The agent's id; missing where the app itself did it. */
  readonly who?: string;
  readonly whoName?: string;
  /** The thing and the verb: `mapping.changed`. */
  readonly what: string;
  readonly id: string;
  readonly before?: Json;
  readonly after?: Json;
  /** The fields that were too long to be kept whole. */
  readonly cut?: readonly string[];
  /** When what was before and after was erased, as it told of a person who asked for it. */
  readonly erasedAt?: string;
  readonly address?: string;
}

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly next?: string | null;
  /** Where the page is not full and more may follow: until when was looked. */
  readonly lookedUntil?: string;
}

/** Which entries: days, an agent's id, a thing (`mapping`) or a thing and a verb, and the id of a thing. */
export interface AuditQuery {
  readonly from?: string;
  readonly to?: string;
  readonly who?: string;
  readonly what?: string;
  readonly id?: string;
}
