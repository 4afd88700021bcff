// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import type { RecordedCall } from '../../src/api/record-types.js';
import type { CallPage } from '../../src/records/call-page.js';
import '../../src/records/call-page.js';
import { aPopUp } from '../builders.js';
import { drawn, mount, textOf } from '../dom.js';
import { anAdmin, now } from './builders.js';

let page: CallPage;

async function open(call: Partial<RecordedCall>): Promise<void> {
  page = await mount<CallPage>('cmw-call-page', {
    me: anAdmin,
    account: 'office',
    callId: '1001',
    api: {
      now: () => now,
      call: async () => ({ ...aPopUp({ state: 'ended' }), currency: 'CRC', ...call }),
    },
  });
  for (let i = 0; i < 3; i++) await drawn(page);
}

afterEach(() => page.remove());

test('the record’s route, rate, cost and access fee are shown, and which record stands', async () => {
  const record = {
    recordId: 'r1',
    callId: '1001',
    receivedAt: '2026-03-02T16:00:00Z',
    isCurrent: true,
    ani: '8888',
    dnis: '2001',
    durationSeconds: 60,
    cost: 12.5,
    accessFee: 3,
    rate: 12.35,
    routeName: 'Costa Rica móvil',
  };
  await open({ sources: ['webhook', 'record'], records: [record, { ...record, isCurrent: false, cost: 20 }] });
  const rows = [...page.renderRoot.querySelectorAll('.rows li')].map((row) => row.textContent?.replace(/\s+/g, ' '));
  expect(rows[0]).toContain('Costa Rica móvil Vigente');
  for (const words of ['₡12,50', '₡3,00', '₡12,35', '1 min']) expect(rows[0]).toContain(words);
  expect(rows[1]).toContain('Corregido después');
  expect(textOf(page)).toContain('Notificaciones y registro');
  expect(page.renderRoot.querySelector('section a')?.getAttribute('href')).toBe('/reconciliation/office/2026-03-02');
});

test('a call without a record says what to do', async () => {
  await open({ sources: ['webhook'], records: [] });
  expect(textOf(page)).toContain('Todavía no hay registro de esta llamada');
  expect(textOf(page)).toContain('Solo notificaciones');
});

test.each([
  [['live'], 'Solo la lista de llamadas en curso'],
  [['live', 'record'], 'Lista de llamadas en curso y registro'],
] as const)('a call that the list of live calls told of claims no notifications: %s', async (sources, words) => {
  await open({ sources, records: [] });
  expect(textOf(page)).toContain(words);
  expect(textOf(page)).not.toContain('otificaciones');
});
