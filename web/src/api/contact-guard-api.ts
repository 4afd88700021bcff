import type { ApiClient } from './api-client.js';
import { overVersion } from './version.js';

/** A span of the day on some days of the week, from 0 (Sunday) to 6. `to` `00:00` is the end of the day. */
export interface CallingHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** A day of the office's own, such as `2026-12-24`. */
export interface AddedHoliday {
  readonly date: string;
  readonly name: string;
}

/** When and how often a person may be called. */
export interface GuardRules {
  /** Undefined or null for all hours; an empty list for none. */
  readonly hours?: readonly CallingHours[] | null;
  readonly holidays: {
    readonly observed: boolean;
    readonly added: readonly AddedHoliday[];
    /** The computed holidays on which people are called all the same. */
    readonly worked: readonly string[];
  };
  readonly perDay?: number | null;
  readonly perWeek?: number | null;
  readonly gapMinutes?: number | null;
}

export interface Holiday extends AddedHoliday {
  readonly from: 'computed' | 'added';
  readonly worked: boolean;
}

/** The rules as they stand, with the holidays of this year and the next. */
export interface ContactGuard extends GuardRules {
  readonly upcoming: readonly Holiday[];
  readonly etag?: string;
}

/** The part of the API that protects who is called, for administrators. It answers 412 if another was faster. */
export class ContactGuardApi {
  constructor(private readonly client: ApiClient) {}

  read(): Promise<ContactGuard> {
    return this.client.read('/api/contact-guard');
  }

  save(rules: GuardRules, etag: string | undefined): Promise<ContactGuard> {
    return this.client.change('/api/contact-guard', {
      method: 'PUT',
      body: rules,
      headers: overVersion(etag),
    });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const apis = new WeakMap<ApiClient, ContactGuardApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function contactGuardApi(client: ApiClient): ContactGuardApi {
  const api = apis.get(client) ?? new ContactGuardApi(client);
  apis.set(client, api);
  return api;
}
