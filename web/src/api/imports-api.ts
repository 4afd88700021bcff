import type { ApiClient } from './api-client.js';
import type { ContactImport, ImportPreview, ImportRules } from './import-types.js';
import type { Page } from './types.js';
import { uploading } from './upload.js';

/** 32 MB at an office line's megabit. */
const longestTransferMs = 10 * 60_000;

/** The part of the API that imports and exports contacts. */
export class ImportsApi {
  constructor(private readonly client: ApiClient) {}

  /** The newest first. */
  list(next?: string): Promise<Page<ContactImport>> {
    return this.client.read(`/api/contact-imports?take=20${next ? `&next=${encodeURIComponent(next)}` : ''}`);
  }

  get(importId: string): Promise<ContactImport> {
    return this.client.read(pathOf(importId));
  }

  /** What an import would do. `isPart` says that the file goes on behind. */
  preview(file: Blob, rules: ImportRules, isPart: boolean): Promise<ImportPreview> {
    const query = queryOf(rules);
    query.set('preview', 'true');
    if (isPart) query.set('part', 'true');
    return this.client.change(`/api/contact-imports?${query}`, { method: 'POST', body: file, timeoutMs: 60_000 });
  }

  /** Sends the file and begins. `onProgress` is told how much of it has been sent, from 0 to 1. */
  start(
    file: Blob,
    name: string | undefined,
    rules: ImportRules,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<ContactImport> {
    const query = queryOf(rules);
    if (name) query.set('file', name.slice(-200));
    return this.client.change(`/api/contact-imports?${query}`, {
      method: 'POST',
      body: file,
      by: uploading(onProgress),
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestTransferMs)]),
    });
  }

  cancel(importId: string): Promise<ContactImport> {
    return this.client.change(pathOf(importId), { method: 'DELETE' });
  }

  undo(importId: string): Promise<ContactImport> {
    return this.client.change(`${pathOf(importId)}/undo`, { method: 'POST' });
  }

  /** The refused rows with their reasons, as a file for a spreadsheet. */
  refused(importId: string): Promise<Blob> {
    return this.client.file(`${pathOf(importId)}/refused`, longestTransferMs);
  }

  /** All contacts, as a file for a spreadsheet. */
  export(): Promise<Blob> {
    return this.client.file('/api/exports/contacts.csv', longestTransferMs);
  }

  now(): number {
    return this.client.now();
  }
}

const pathOf = (importId: string): string => `/api/contact-imports/${encodeURIComponent(importId)}`;

function queryOf({ mapping, hasHeader, duplicates, by }: ImportRules): URLSearchParams {
  const query = new URLSearchParams({ duplicates, by });
  if (mapping) query.set('mapping', mapping);
  if (hasHeader !== undefined) query.set('header', String(hasHeader));
  return query;
}

const apis = new WeakMap<ApiClient, ImportsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function importsApi(client: ApiClient): ImportsApi {
  const api = apis.get(client) ?? new ImportsApi(client);
  apis.set(client, api);
  return api;
}
