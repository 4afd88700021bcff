import type { ApiClient } from './api-client.js';
import type { AgentName, Mapping, MappingImport, MappingInput, MappingTie, UnmappedPhone } from './phone-types.js';
import type { OperatorAccount } from './settings-types.js';
import type { Page } from './types.js';

/** The part of the API that tells whose the operator's phones are. */
export class PhonesApi {
  constructor(private readonly client: ApiClient) {}

  mappings(): Promise<readonly Mapping[]> {
    return this.#all('/api/mappings');
  }

  mapping(endpointId: string): Promise<Mapping> {
    return this.client.read(path(endpointId));
  }

  /** The agents, by name. */
  async agents(): Promise<readonly AgentName[]> {
    const all = await this.#all<AgentName>('/api/agents');
    return [...all].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The operator's accounts of the settings. */
  async accounts(): Promise<readonly OperatorAccount[]> {
    return (await this.client.read<Page<OperatorAccount>>('/api/operator-accounts')).items;
  }

  /** The last seen first. */
  unmapped(): Promise<readonly UnmappedPhone[]> {
    return this.#all('/api/unmapped-endpoints');
  }

  /** The newest first. */
  async ties(): Promise<readonly MappingTie[]> {
    return (await this.client.read<Page<MappingTie>>('/api/mapping-ties?take=100')).items;
  }

  /** Adds a phone. The API answers 409 where it is somebody's already. */
  add(endpointId: string, mapping: MappingInput): Promise<Mapping> {
    return this.client.change(path(endpointId), {
      method: 'PUT',
      body: mapping,
      headers: { 'If-None-Match': '*' },
    });
  }

  /** Replaces the version in `etag`. The API answers 412 if another has changed it. */
  save(endpointId: string, mapping: MappingInput, etag: string | undefined): Promise<Mapping> {
    return this.client.change(path(endpointId), { method: 'PUT', body: mapping, headers: ifMatch(etag) });
  }

  remove({ endpointId, etag }: Mapping): Promise<void> {
    return this.client.change(path(endpointId), { method: 'DELETE', headers: ifMatch(etag) });
  }

  /** The table of all phones. */
  file(): Promise<Blob> {
    return this.client.file('/api/exports/mappings.csv');
  }

  /** What an import would do. */
  preview(file: Blob): Promise<MappingImport> {
    return this.client.change('/api/mapping-imports?preview=true', { method: 'POST', body: file });
  }

  /** Imports what was looked at. The API answers 412 if a phone has changed since. */
  importFile(file: Blob, etag: string | undefined): Promise<MappingImport> {
    return this.client.change('/api/mapping-imports', {
      method: 'POST',
      body: file,
      headers: ifMatch(etag),
      timeoutMs: 120_000,
    });
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

const apis = new WeakMap<ApiClient, PhonesApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function phonesApi(client: ApiClient): PhonesApi {
  const api = apis.get(client) ?? new PhonesApi(client);
  apis.set(client, api);
  return api;
}

const path = (endpointId: string): string => `/api/mappings/${encodeURIComponent(endpointId)}`;

const ifMatch = (etag: string | undefined): Record<string, string> =>
  etag === undefined ? {} : { 'If-Match': `"${etag}"` };
