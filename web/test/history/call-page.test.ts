// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { FullCall } from '../../src/api/history-types.js';
import type { CallRecord } from '../../src/api/record-types.js';
import type { Call } from '../../src/api/types.js';
import { Observable } from '../../src/base/observable.js';
import type { CallsStore } from '../../src/calls/calls-store.js';
import type { CallPage } from '../../src/history/call-page.js';
import '../../src/history/call-page.js';
import type { Timeline } from '../../src/history/timeline.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { aPopUp } from '../builders.js';
import { drawn, mount, textOf } from '../dom.js';
import { anAdmin, now } from '../records/builders.js';

let page: CallPage;
let told: Told;
let asked: number;

class Told extends Observable {
  calls: readonly Call[] = [];

  tell(...calls: Call[]): void {
    this.calls = calls;
    this.changed();
  }
}

async function open(call: Partial<FullCall>, roles: readonly string[] = ['admin']): Promise<void> {
  told = new Told();
  asked = 0;
  page = await mount<CallPage>('cmw-call-page', {
    me: { ...anAdmin, roles },
    account: 'office',
    callId: '1001',
    api: {
      now: () => now,
      call: async () => {
        asked++;
        return { ...aPopUp({ state: 'ended' }), currency: 'CRC', ...call };
      },
    },
    desk: {
      contactFields: [{ key: 'balance', label: 'Saldo', type: 'money', currency: 'CRC' }],
      outcomes: new OutcomesStore({
        outcomes: async () => ({
          items: [{ code: 'paid', es: 'Ya pagó', en: 'Paid', requires: {}, active: true }],
        }),
      }),
      calls: told as unknown as CallsStore,
    },
  });
  for (let i = 0; i < 4; i++) await drawn(page);
}

afterEach(() => page.remove());

const record: CallRecord = {
  recordId: 'r1',
  callId: '1001',
  receivedAt: '2026-03-02T16:00:00Z',
  isCurrent: true,
  byLikeness: false,
  ani: '8888',
  dnis: '2001',
  durationSeconds: 60,
  cost: 12.5,
  accessFee: 3,
  rate: 12.35,
  routeName: 'Costa Rica móvil',
};

test('the record’s route, rate, cost and access fee are shown, and which record stands', async () => {
  await open({ sources: ['webhook', 'record'], records: [record, { ...record, isCurrent: false, cost: 20 }] });
  const rows = [...page.renderRoot.querySelectorAll('[aria-labelledby=records] li')].map((row) =>
    row.textContent?.replace(/\s+/g, ' '),
  );
  expect(rows[0]).toContain('Costa Rica móvil Vigente');
  for (const words of ['₡12,50', '₡3,00', '₡12,35', '1 min']) expect(rows[0]).toContain(words);
  expect(rows[1]).toContain('Corregido después');
  expect(textOf(page)).toContain('Avisos y registro');
  expect(page.renderRoot.querySelector('.head a')?.getAttribute('href')).toBe('/reconciliation/office/2026-03-02');
});

test('a rate of less than a cent is not rounded', async () => {
  await open({ currency: 'USD', records: [{ ...record, rate: 0.0125 }] });
  expect(textOf(page)).toMatch(/USD.0,0125/u);
});

test('a call that is not there is not offered to be read again, and one that could not be read is', async () => {
  for (const [status, buttons] of [
    [404, 0],
    [503, 1],
  ] as const) {
    page?.remove();
    page = await mount<CallPage>('cmw-call-page', {
      me: anAdmin,
      account: 'office',
      callId: '1001',
      api: { now: () => now, call: () => Promise.reject(new ApiError(status)) },
      desk: { outcomes: new OutcomesStore({ outcomes: async () => ({ items: [] }) }) } as never,
    });
    await drawn(page);
    expect(textOf(page)).toContain('No se pudo leer la llamada.');
    expect(page.renderRoot.querySelectorAll('.notice button')).toHaveLength(buttons);
  }
});

test('a call without a record says what to do', async () => {
  await open({ sources: ['webhook'], records: [] });
  expect(textOf(page)).toContain('Todavía no hay registro de esta llamada');
  expect(textOf(page)).toContain('Solo avisos');
});

test('a supervisor gets no way to the reconciliation, which is an administrator’s', async () => {
  await open({ sources: ['webhook', 'record'], records: [record] }, ['supervisor']);
  expect(page.renderRoot.querySelector('a[href^="/reconciliation"]')).toBeNull();
});

test('the reconciliation of a call in the evening is that of the office’s day', async () => {
  await open({ startedAt: '2026-03-03T03:00:00Z', sources: ['record'], records: [record] });
  expect(page.renderRoot.querySelector('.head a')?.getAttribute('href')).toBe('/reconciliation/office/2026-03-02');
});

test('a call that cost nothing says so, and one without talk has no duration', async () => {
  await open({ cost: 0, durationSeconds: 0, records: [] });
  expect(textOf(page)).toContain('₡0,00');
  expect(textOf(page)).not.toContain('Duración');
});

test('an agent sees neither the record nor the reconciliation', async () => {
  await open({ sources: ['webhook', 'record'], records: [record] }, ['agent']);
  expect(textOf(page)).not.toContain('Registro del operador');
  expect(textOf(page)).not.toContain('Conciliación');
});

test.each([
  [['live'], 'Solo la lista de llamadas en curso'],
  [['live', 'record'], 'Lista de llamadas en curso y registro'],
] as const)('a call that the list of live calls told of claims no notifications: %s', async (sources, words) => {
  await open({ sources, records: [] });
  expect(textOf(page)).toContain(words);
  expect(textOf(page)).not.toContain('otificaciones');
});

test('the head, the contact and what every agent has written are shown', async () => {
  await open({
    connectedAt: '2026-03-02T15:00:12Z',
    durationSeconds: 185,
    outcome: 'paid',
    cost: 12.5,
    agents: [
      {
        agentId: 'ana',
        agentName: 'Ana',
        state: 'ended',
        startedAt: '2026-03-02T15:00:00Z',
        connectedAt: '2026-03-02T15:00:12Z',
        durationSeconds: 60,
      },
      { agentId: 'luis', state: 'ended' },
    ],
    nextAction: { kind: 'followUp', dueAt: '2026-11-27T15:00:00Z', note: 'Enviar el recibo' },
    contact: { contactId: 'c 1', name: 'María Rojas', numbers: ['88881234'], fields: { balance: '5000' } },
    wrapUps: [
      {
        draft: false,
        outcome: 'paid',
        notes: 'Pagó por SINPE.',
        agentId: 'ana',
        agentName: 'Ana',
        updatedAt: '2026-03-02T15:05:00Z',
        etag: 'e',
      },
      { draft: true, agentId: 'luis', agentName: 'Luis', updatedAt: '2026-03-02T15:06:00Z', etag: 'f' },
    ],
  });
  for (const words of ['12 s', '3 min 5 s', 'Ya pagó', 'Ana · 1 min', 'Agente eliminado', 'Enviar el recibo']) {
    expect(textOf(page)).toContain(words);
  }
  for (const words of ['Saldo', '₡5 000,00', 'Pagó por SINPE.', 'Sin resultado', 'Borrador']) {
    expect(textOf(page)).toContain(words);
  }
  const links = [...page.renderRoot.querySelectorAll('a')].map((one) => one.getAttribute('href'));
  expect(links).toContain('/history?from=2025-11-26&contact=c+1');
});

test.each([
  ['ana', '2026-03-02T15:00:03Z', '3\u00a0s'],
  ['luis', '2026-03-02T15:00:13Z', '4\u00a0s'],
  // Of a phone whose ring the operator did not tell, nobody knows it.
  ['marta', '2026-03-02T15:01:00Z', undefined],
])(
  'of a call that was handed over it is told how long it rang at the phone of its agent: %s',
  async (agentId, connectedAt, words) => {
    const part = { state: 'ended' } as const;
    await open({
      agentId,
      connectedAt,
      agents: [
        { ...part, agentId: 'ana', startedAt: '2026-03-02T15:00:00Z', connectedAt: '2026-03-02T15:00:03Z' },
        { ...part, agentId: 'luis', startedAt: '2026-03-02T15:00:09Z', connectedAt: '2026-03-02T15:00:13Z' },
        { ...part, agentId: 'marta', connectedAt: '2026-03-02T15:01:00Z' },
      ],
    });
    const rang = [...page.renderRoot.querySelectorAll('.facts dt')].find((name) => name.textContent === 'Timbró');
    expect(rang?.nextElementSibling?.textContent?.trim()).toBe(words);
  },
);

test('the timeline has each entry with its time to the second, and the day where it is another', async () => {
  await open({
    history: [
      { at: '2026-03-02T15:00:01Z', kind: 'notification', event: 'callStart', endpointId: '2001' },
      { at: '2026-03-03T16:00:00Z', kind: 'record' },
      { at: '2026-03-03T16:00:01Z', kind: 'somethingNew', detail: 7 },
    ],
  });
  const timeline = page.renderRoot.querySelector('cmw-timeline') as Timeline;
  await drawn(timeline);
  const rows = [...timeline.renderRoot.querySelectorAll('li')].map((row) =>
    row.textContent?.replace(/\s+/g, ' ').trim(),
  );
  expect(rows).toHaveLength(4);
  expect(rows[0]).toContain('9:00:01 a. m. +0:01 El operador avisó del inicio Teléfono 2001');
  expect(rows[1]).toBe('3 mar 2026');
  expect(rows[2]).toContain('+1 d Llegó el registro del operador');
  expect(rows[3]).toContain('somethingNew');
  expect(rows[3]).toContain('detail7');
});

test('a newer version that a message tells is read once, and another call is none', async () => {
  await open({ revision: 3, state: 'connected' });
  told.tell(aPopUp({ revision: 3, state: 'connected' }), aPopUp({ callId: 'other', revision: 9 }));
  await drawn(page);
  expect(asked).toBe(1);
  told.tell(aPopUp({ revision: 4, state: 'ended' }));
  for (let i = 0; i < 4; i++) await drawn(page);
  expect(asked).toBe(2);
});
