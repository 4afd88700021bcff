// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import type { DeskSpeed, Speed } from '../../src/api/report-types.js';
import type { DeskSpeedTable } from '../../src/reports/desk-speed.js';
import '../../src/reports/desk-speed.js';
import { drawn, mount, textOf } from '../dom.js';

let table: DeskSpeedTable;

const speed: Speed = {
  count: 40,
  p50: 180,
  p95: 1420,
  overSecond: 3,
  late: { operator: 0, queue: 2, channel: 1, browser: 0 },
  lateMost: 'queue',
};

async function open(from: string, to: string, answer: Partial<DeskSpeed>): Promise<string[][]> {
  const asked: string[][] = [];
  table = await mount<DeskSpeedTable>('cmw-desk-speed', {
    from,
    to,
    api: {
      deskSpeed: async (first, last) => {
        asked.push([first, last]);
        return { items: [], days: [], from: first, to: last, ...answer };
      },
    },
  });
  for (let i = 0; i < 3; i++) await drawn(table);
  return asked;
}

afterEach(() => table.remove());

test('each day and each agent has its times, and what was late the most', async () => {
  await open('2026-11-20', '2026-11-26', {
    days: [{ date: '2026-11-26', speed }],
    items: [
      { date: '2026-11-26', agentId: 'ana', agentName: 'Ana', speed: { ...speed, overSecond: 0, lateMost: null } },
    ],
  });
  const details = table.renderRoot.querySelector('details') as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await drawn(table);
  // Each part of the page has a name of its own.
  expect(
    [...table.renderRoot.querySelectorAll('[role="region"]')].map((part) => part.getAttribute('aria-label')),
  ).toEqual(['Por día', 'Por agente']);
  const rows = [...table.renderRoot.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ['jue, 26 nov', '40', '180 ms', '1,4 s', '3', 'El servidor (2)'],
    ['Ana', 'jue, 26 nov', '40', '180 ms', '1,4 s', '0', '—'],
  ]);
});

test('of many days the last 31 are read', async () => {
  expect(await open('2026-01-01', '2026-11-26', {})).toEqual([['2026-10-27', '2026-11-26']]);
  expect(textOf(table)).toContain('Se muestran los últimos 31 días.');
  expect(textOf(table)).toContain('No hay mediciones de estos días.');
});

test('the times are read again where the report was', async () => {
  const asked = await open('2026-11-01', '2026-11-02', {});
  table.asOf = '2026-11-02T15:00:00Z';
  for (let i = 0; i < 3; i++) await drawn(table);
  table.asOf = '2026-11-02T15:05:00Z';
  for (let i = 0; i < 3; i++) await drawn(table);
  expect(asked).toHaveLength(3);
});
