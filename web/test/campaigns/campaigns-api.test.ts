import { beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { campaignsApi } from '../../src/api/campaigns-api.js';

let asked: { readonly what: string; readonly body?: unknown; readonly ifMatch: string | null }[];
let answers: Record<string, unknown>;

const client = new ApiClient({
  fetch: async (url, init) => {
    asked.push({
      what: `${init?.method ?? 'GET'} ${String(url)}`,
      ...(init?.body ? { body: JSON.parse(String(init.body)) } : {}),
      ifMatch: new Headers(init?.headers).get('If-Match'),
    });
    return Response.json(answers[String(url)] ?? {});
  },
});
const api = campaignsApi(client);

beforeEach(() => {
  asked = [];
  answers = {};
});

const input = { name: 'Cobro', attempts: 3, gapMinutes: 60, perMinute: 10 };

test('what is asked of the API stands in its contract', async () => {
  await api.list('a/b');
  await api.preview({ ...input, mode: 'preview', order: 'agentFirst', contacts: { query: '' } });
  await api.save('k/1', input, 'v1');
  await api.start('k1');
  await api.contacts('k1', 'held', 'n=1');
  await api.contacts('k1');
  await api.skip('k1', 'e1');
  await api.skip('k1', 'e1', '2026-11-28T06:00:00Z');
  expect(asked.map(({ what }) => what)).toEqual([
    'GET /api/campaigns?next=a%2Fb',
    'POST /api/campaigns?preview=true',
    'PUT /api/campaigns/k%2F1',
    'POST /api/campaigns/k1/start',
    'GET /api/campaigns/k1/contacts?state=held&next=n%3D1',
    'GET /api/campaigns/k1/contacts',
    'POST /api/campaign-work/skip',
    'POST /api/campaign-work/skip',
  ]);
  expect(asked[2]?.ifMatch).toBe('"v1"');
  expect(asked[2]?.body).toEqual(input);
  expect(asked.slice(-2).map(({ body }) => body)).toEqual([
    { campaignId: 'k1', entryId: 'e1' },
    { campaignId: 'k1', entryId: 'e1', until: '2026-11-28T06:00:00Z' },
  ]);
});

test('the first coordination is written without a version', async () => {
  await api.saveCoordination({ confirmed: true, perMinute: 20, until: null }, undefined);
  await api.saveCoordination({ confirmed: true, perMinute: 20, until: null }, 'v1');
  expect(asked.map(({ ifMatch }) => ifMatch)).toEqual([null, '"v1"']);
  expect(asked[0]?.body).toEqual({ confirmed: true, perMinute: 20, until: null });
});
