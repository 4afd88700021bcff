// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { Me } from '../../src/api/types.js';
import { HomologationComparisonPage } from '../../src/homologation/comparison-page.js';
import type { RunComparison, RunItem } from '../../src/homologation/run.js';
import { HomologationRunsPage } from '../../src/homologation/runs-page.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const run = (runId: string, account: string): RunItem => ({
  runId,
  account,
  startedAt: '2026-11-27T08:30:00Z',
  startedBy: 'admin',
  state: 'open',
  passed: 1,
  failed: 0,
  skipped: 0,
  open: 30,
});

let page: HTMLElement | undefined;

afterEach(() => page?.remove());

const settle = async (element: { readonly updateComplete: Promise<boolean> }) => {
  for (let i = 0; i < 6; i++) {
    await Promise.resolve();
    await element.updateComplete;
  }
};

test('runs behind the first page are read by a press, and each leads to the one before of its account', async () => {
  const read = vi.fn(async (path: string) =>
    path.startsWith('/api/operator-accounts')
      ? { items: [], next: null }
      : path.includes('next=')
        ? { items: [run('r1', '8000001')], next: null }
        : { items: [run('r3', '8000001'), run('r2', '8000002')], next: 'more' },
  );
  const runs = new HomologationRunsPage();
  page = runs;
  runs.api = { read, change: vi.fn(), now: () => Date.parse('2026-11-27T15:00:00Z') } as unknown as typeof runs.api;
  runs.directory = { agents: async () => [] } as unknown as typeof runs.directory;
  runs.me = admin;
  document.body.append(runs);
  await settle(runs);
  const links = () => [...runs.renderRoot.querySelectorAll('a.small')].map((each) => each.getAttribute('href'));
  expect(links()).toEqual([]);

  runs.renderRoot.querySelector<HTMLButtonElement>('.more')?.click();
  await settle(runs);
  expect(runs.renderRoot.querySelectorAll('.rows > li')).toHaveLength(3);
  expect(links()).toEqual(['/homologation/r1/compared-with/r3']);
});

test('only what is otherwise is shown, until all is asked for', async () => {
  const found: RunComparison = {
    earlier: run('r1', '8000001'),
    later: run('r2', '8000001'),
    cases: [
      { case: 'a', group: 'reach', title: 'Dirección', earlier: 'passed', later: 'failed', difference: 'worse' },
      { case: 'b', group: 'reach', title: 'Códec', earlier: 'passed', later: 'passed', difference: 'none' },
    ],
    questions: [
      {
        question: 'q',
        title: 'Ritmo',
        earlier: 'account',
        later: 'address',
        earlierLabel: 'Cuenta',
        laterLabel: 'Dirección IP',
        isChanged: true,
      },
      { question: 'p', title: 'Zona', later: 'CR', laterLabel: 'CR', isChanged: false },
    ],
  };
  const compared = new HomologationComparisonPage();
  page = compared;
  const read = vi.fn(async (_path: string) => found);
  compared.api = { read, now: () => Date.parse('2026-11-27T15:00:00Z') } as unknown as typeof compared.api;
  compared.me = admin;
  compared.runId = 'r1';
  compared.otherId = 'r2';
  document.body.append(compared);
  await settle(compared);
  const text = () => compared.renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';
  expect(read).toHaveBeenCalledWith('/api/homologation-comparisons?one=r1&other=r2');
  expect(text()).toContain('1 prueba pasaba y ya no pasa · 0 fallaban y ya pasan · 1 respuesta cambió');
  expect(text()).toContain('Antes pasaba');
  expect(text()).not.toContain('Códec');
  expect(text()).toContain('sin respuesta');
  expect(text()).toContain('Dirección IP');

  compared.renderRoot.querySelector<HTMLButtonElement>('[aria-pressed]')?.click();
  await settle(compared);
  expect(text()).toContain('Códec');
});
