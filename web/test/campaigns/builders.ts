import type { Campaign, CampaignCard, CampaignEntry } from '../../src/api/campaign-types.js';
import type { Me } from '../../src/api/types.js';

export const sofia: Me = {
  id: 'sofia',
  name: 'Sofía',
  roles: ['supervisor'],
  endpoints: [],
  timeZone: 'America/Costa_Rica',
  currencies: ['CRC'],
};

export const aCampaign = (changes: Partial<Campaign> = {}): Campaign => ({
  campaignId: 'k1',
  name: 'Cobro de noviembre',
  mode: 'preview',
  order: 'agentFirst',
  state: 'running',
  counts: {
    total: 100,
    waiting: 40,
    held: 5,
    offered: 1,
    dialling: 1,
    unknown: 1,
    done: 30,
    exhausted: 12,
    refused: 10,
  },
  refused: [],
  refusedReasons: [],
  outcomes: [],
  attempts: 3,
  gapMinutes: 120,
  perMinute: 10,
  spent: 1500,
  unpriced: 0,
  spentOtherwise: [],
  resting: [],
  currency: 'CRC',
  createdAt: '2026-11-27T15:00:00Z',
  etag: 'v1',
  ...changes,
});

export const aCard = (changes: Partial<CampaignCard> = {}): CampaignCard => ({
  campaignId: 'k1',
  campaignName: 'Cobro de noviembre',
  entryId: 'e1',
  name: 'María Rojas',
  number: { e164: '+50688881234', display: '8888-1234', kind: 'number' },
  attempt: 2,
  attempts: 3,
  order: 'agentFirst',
  claimedUntil: '2026-11-27T16:05:00Z',
  ...changes,
});

export const anEntry = (changes: Partial<CampaignEntry> = {}): CampaignEntry => ({
  entryId: 'e1',
  number: { e164: '+50688881234', display: '8888-1234', kind: 'number' },
  state: 'waiting',
  attempts: 0,
  ...changes,
});
