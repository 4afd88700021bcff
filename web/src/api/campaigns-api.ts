import type { ApiClient } from './api-client.js';
import type {
  Campaign,
  CampaignEntry,
  CampaignInput,
  CampaignList,
  CampaignOptions,
  CampaignSettings,
  CampaignWork,
  Coordination,
  CoordinationInput,
  EntryState,
} from './campaign-types.js';
import type { TeamAgent } from './history-types.js';
import type { Page } from './types.js';
import { overVersion } from './version.js';

/** A list of 100,000 numbers is looked through at once. */
const listMs = 120_000;

/** The part of the API that calls lists of contacts. */
export class CampaignsApi {
  constructor(private readonly client: ApiClient) {}

  /** The newest first. */
  list(next?: string): Promise<Page<Campaign>> {
    return this.client.read(`/api/campaigns${next ? `?next=${encodeURIComponent(next)}` : ''}`);
  }

  get(campaignId: string): Promise<Campaign> {
    return this.client.read(pathOf(campaignId));
  }

  /** What would become of a list. Nothing is stored. */
  preview(campaign: CampaignInput): Promise<CampaignList> {
    return this.client.change('/api/campaigns?preview=true', { method: 'POST', body: campaign, timeoutMs: listMs });
  }

  create(campaign: CampaignInput): Promise<Campaign> {
    return this.client.change('/api/campaigns', { method: 'POST', body: campaign, timeoutMs: listMs });
  }

  /** Replaces the version in `etag`. The API answers 412 if another has changed it. */
  save(campaignId: string, settings: CampaignSettings, etag: string | undefined): Promise<Campaign> {
    return this.client.change(pathOf(campaignId), { method: 'PUT', body: settings, headers: ifMatch(etag) });
  }

  /** Starts it, or goes on with it. */
  start(campaignId: string): Promise<Campaign> {
    return this.client.change(`${pathOf(campaignId)}/start`, { method: 'POST' });
  }

  pause(campaignId: string): Promise<Campaign> {
    return this.client.change(`${pathOf(campaignId)}/pause`, { method: 'POST' });
  }

  /** Ends it for good. */
  stop(campaignId: string): Promise<Campaign> {
    return this.client.change(`${pathOf(campaignId)}/stop`, { method: 'POST' });
  }

  contacts(campaignId: string, state?: EntryState, next?: string): Promise<Page<CampaignEntry>> {
    const query = new URLSearchParams({ ...(state ? { state } : {}), ...(next ? { next } : {}) }).toString();
    return this.client.read(`${pathOf(campaignId)}/contacts${query ? `?${query}` : ''}`);
  }

  /** Every contact with what came of it, as a file for a spreadsheet. */
  file(campaignId: string): Promise<Blob> {
    return this.client.file(`/api/exports/campaigns/${encodeURIComponent(campaignId)}.csv`, listMs);
  }

  /** The agent's next contact, which is theirs for five minutes. */
  work(): Promise<CampaignWork> {
    return this.client.read('/api/campaign-work');
  }

  /** Puts a contact back: until later today, or until a time. */
  skip(campaignId: string, entryId: string, until?: string): Promise<void> {
    const body = { campaignId, entryId, ...(until ? { until } : {}) };
    return this.client.change('/api/campaign-work/skip', { method: 'POST', body });
  }

  /** What was agreed with the operator; only an administrator reads it. */
  coordination(): Promise<Coordination> {
    return this.client.read('/api/campaign-coordination');
  }

  saveCoordination(coordination: CoordinationInput, etag: string | undefined): Promise<Coordination> {
    return this.client.change('/api/campaign-coordination', {
      method: 'PUT',
      body: coordination,
      headers: overVersion(etag),
    });
  }

  /** The names of the agents whom a supervisor sees, by their ids. */
  async names(): Promise<ReadonlyMap<string, string>> {
    const { items } = await this.client.read<Page<TeamAgent>>('/api/team-agents');
    return new Map(items.map(({ agentId, name }) => [agentId, name]));
  }

  /** What was agreed with the operator, and the phones that can take part. Who supervises reads it. */
  options(): Promise<CampaignOptions> {
    return this.client.read('/api/campaign-options');
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }
}

const pathOf = (campaignId: string): string => `/api/campaigns/${encodeURIComponent(campaignId)}`;

const ifMatch = (etag: string | undefined): Record<string, string> =>
  etag === undefined ? {} : { 'If-Match': `"${etag}"` };

const apis = new WeakMap<ApiClient, CampaignsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function campaignsApi(client: ApiClient): CampaignsApi {
  const api = apis.get(client) ?? new CampaignsApi(client);
  apis.set(client, api);
  return api;
}
