import type { ApiClient } from './api-client.js';
import type { Accounts, Belongings, HandOver, Invite, Person, PersonInput } from './people-types.js';
import type { Mapping } from './phone-types.js';
import type { Page } from './types.js';

/** The part of the API that keeps the people who work with the calls. */
export class PeopleApi {
  constructor(private readonly client: ApiClient) {}

  people(): Promise<readonly Person[]> {
    return this.#all('/api/agents');
  }

  /** What the phones of each person are called, by the person's id. */
  async phones(): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = new Map<string, readonly string[]>();
    for (const { agentId, shifts, endpointId, label } of await this.#all<Mapping>('/api/mappings')) {
      const name = label ? `${label} (${endpointId})` : endpointId;
      for (const one of new Set([agentId, ...(shifts ?? []).map((shift) => shift.agentId)]))
        names.set(one, [...(names.get(one) ?? []), name]);
    }

    return names;
  }

  person(agentId: string): Promise<Person> {
    return this.client.read(path(agentId));
  }

  accounts(): Promise<Accounts> {
    return this.client.read('/api/agent-accounts');
  }

  /**
   * Adds somebody. The API answers 400 where the id is another's, and, without `reuse`, 409 where it was somebody's who
   * was deleted.
   */
  add(agentId: string, person: PersonInput, reuse = false): Promise<Person> {
    return this.client.change(`${path(agentId)}${reuse ? '?reuse=true' : ''}`, {
      method: 'PUT',
      body: person,
      headers: { 'If-None-Match': '*' },
    });
  }

  /** Replaces the version in `etag`. The API answers 412 if another has changed it. */
  save(agentId: string, person: PersonInput, etag: string | undefined): Promise<Person> {
    return this.client.change(path(agentId), { method: 'PUT', body: person, headers: ifMatch(etag) });
  }

  /** Removes somebody. With `leave` the supervisors get what is open. The API answers 409 where that is in the way. */
  remove({ agentId, etag }: Person, leave: boolean): Promise<void> {
    return this.client.change(`${path(agentId)}${leave ? '?leave=true' : ''}`, {
      method: 'DELETE',
      headers: ifMatch(etag),
    });
  }

  invite(agentId: string): Promise<Invite> {
    return this.client.change(path(agentId, '/invite'), { method: 'POST' });
  }

  /** Ends all of the person's sessions. */
  signOut(agentId: string): Promise<void> {
    return this.client.change(path(agentId, '/sign-out'), { method: 'POST' });
  }

  /** Forgets the wrong passwords that hold the person up. */
  unlock(agentId: string): Promise<void> {
    return this.client.change(path(agentId, '/unlock'), { method: 'POST' });
  }

  belongings(agentId: string): Promise<Belongings> {
    return this.client.read(path(agentId, '/belongings'));
  }

  handOver(agentId: string, to: string): Promise<HandOver> {
    return this.client.change(path(agentId, '/hand-over'), { method: 'POST', body: { to } });
  }

  readHandOver(handOverId: string): Promise<HandOver> {
    return this.client.read(`/api/hand-overs/${encodeURIComponent(handOverId)}`);
  }

  /** Ends one that is under way. What it has moved stays moved. */
  cancelHandOver(handOverId: string): Promise<HandOver> {
    return this.client.change(`/api/hand-overs/${encodeURIComponent(handOverId)}`, { method: 'DELETE' });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }

  async #all<T>(list: string): Promise<readonly T[]> {
    const items: T[] = [];
    let next: string | null | undefined;
    do {
      const query = new URLSearchParams({ take: '500', ...(next ? { next } : {}) });
      const page: Page<T> = await this.client.read(`${list}?${query}`);
      items.push(...page.items);
      next = page.next;
    } while (next);
    return items;
  }
}

const apis = new WeakMap<ApiClient, PeopleApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function peopleApi(client: ApiClient): PeopleApi {
  const api = apis.get(client) ?? new PeopleApi(client);
  apis.set(client, api);
  return api;
}

const path = (agentId: string, what = ''): string => `/api/agents/${encodeURIComponent(agentId)}${what}`;

const ifMatch = (etag: string | undefined): Record<string, string> =>
  etag === undefined ? {} : { 'If-Match': `"${etag}"` };
