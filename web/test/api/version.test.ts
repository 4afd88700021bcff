import { beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { campaignsApi } from '../../src/api/campaigns-api.js';
import { contactGuardApi } from '../../src/api/contact-guard-api.js';
import { RecordsApi } from '../../src/api/records-api.js';
import { settingsApi } from '../../src/api/settings-api.js';

let headers: Headers;

const client = new ApiClient({
  fetch: async (_, init) => {
    headers = new Headers(init?.headers);
    return Response.json({});
  },
});
const settings = settingsApi(client);
const rules = { enabled: true, allowedPrefixes: [], deniedPrefixes: [] };
const guard = { holidays: { observed: true, added: [], worked: [] } };

const changes: Record<string, (etag: string | undefined) => Promise<unknown>> = {
  'contact fields': (etag) => settings.setContactFields({ fields: [], ...(etag ? { etag } : {}) }),
  outcomes: (etag) => settings.setOutcomes({ items: [], ...(etag ? { etag } : {}) }),
  'wrap-up fields': (etag) => settings.setWrapUpFields({ items: [], ...(etag ? { etag } : {}) }),
  'desk rules': (etag) => settings.setDeskRules({ outcomeRequired: true, ...(etag ? { etag } : {}) }),
  'pause reasons': (etag) => settings.setPauseReasons({ items: [], ...(etag ? { etag } : {}) }),
  retention: (etag) => settings.setRetention({ callDays: null, eventDays: null }, etag),
  'dial rules': (etag) => settings.setDialRules({ ...rules, ...(etag ? { etag } : {}) }),
  'contact guard': (etag) => contactGuardApi(client).save(guard, etag),
  coordination: (etag) => campaignsApi(client).saveCoordination({ confirmed: true, perMinute: 10, until: null }, etag),
  invoice: (etag) => new RecordsApi(client).setInvoice('a', '2026-11', 1, etag),
};

beforeEach(() => {
  headers = new Headers();
});

test.each(Object.entries(changes))(
  '%s are saved over the version that was read, or as the first',
  async (_, change) => {
    await change('v1');
    expect(headers.get('If-Match')).toBe('"v1"');
    expect(headers.has('If-None-Match')).toBe(false);

    await change(undefined);
    expect(headers.get('If-None-Match')).toBe('*');
    expect(headers.has('If-Match')).toBe(false);
  },
);
