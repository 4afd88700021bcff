// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Me } from '../../src/api/types.js';
import { HomologationReportPage } from '../../src/homologation/report-page.js';
import type { Run, RunSetting } from '../../src/homologation/run.js';

const setting = (name: string, value: string, now: string, source: RunSetting['source'] = 'default'): RunSetting => ({
  name,
  value,
  now,
  source,
  variable: `CallMyWay__${name}`,
});

const run: Run = {
  runId: 'r1',
  account: '8000001',
  startedAt: '2026-11-27T14:31:05Z',
  startedBy: 'ana',
  state: 'open',
  operator: 'https://operator.example',
  cases: [
    {
      case: 'webhook-reachable',
      group: 'notifications',
      title: 'Los avisos llegan de afuera',
      steps: [],
      kind: 'watch',
      state: 'passed',
      seen: [{ at: '2026-11-27T14:32:00Z', what: 'Llegó callStart.', raw: 'type=callStart' }],
      answers: [{ question: 'start-at', answer: 'ringing', label: 'Cuando timbra' }],
      automatic: false,
    },
    {
      case: 'pace',
      group: 'reach',
      title: 'Una consulta cada 4 segundos',
      steps: [],
      kind: 'request',
      state: 'failed',
      advice: 'Pregunte al operador.',
      automatic: true,
    },
  ],
  questions: [
    {
      question: 'largest-page',
      title: 'Página más grande',
      answer: '500',
      label: 'Hasta 500',
      setting: setting('RecordsPage', '500', '200'),
    },
    {
      question: 'dial-format',
      title: 'Formato',
      answer: 'e164',
      label: 'Con más (+506…)',
      setting: setting('DialFormat', 'e164', 'e164', 'taken'),
    },
    {
      question: 'pace',
      title: 'Ritmo',
      answer: 'address',
      label: 'Dirección IP',
      setting: setting('PaceBy', 'address', '', 'deployment'),
    },
    { question: 'resends', title: 'Avisos sin confirmar' },
  ],
  etag: 'e1',
};

const asked: string[] = [];
let page: HomologationReportPage;

beforeEach(async () => {
  asked.length = 0;
  page = new HomologationReportPage();
  page.api = new ApiClient({
    language: () => 'en',
    fetch: (async (_: string, init: RequestInit) => {
      asked.push(new Headers(init.headers).get('Accept-Language') ?? '');
      return new Response(JSON.stringify(run));
    }) as unknown as typeof fetch,
  });
  page.directory = { agents: async () => [{ agentId: 'ana', name: 'Ana Mora' }] };
  page.me = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;
  page.runId = 'r1';
  document.body.append(page);
  await vi.waitFor(() => expect(page.renderRoot.querySelector('article')?.textContent).toContain('Ana Mora'));
});

afterEach(() => page.remove());

test('the report is asked in Spanish, and has each case with its evidence and its verdict', () => {
  expect(asked).toEqual(['es']);
  const article = page.renderRoot.querySelector('article');
  const text = article?.textContent?.replace(/\s+/g, ' ') ?? '';
  expect(article?.lang).toBe('es');
  expect(text).toContain('2 pruebas: 1 pasó, 1 falló, 0 omitidas, 0 pendientes.');
  expect(text).toContain('27/11/2026, 08:32:00 · Llegó callStart.type=callStart');
  expect(text).toContain('Una consulta cada 4 segundos✗ Falló');
  expect(text).toContain('Respuesta: Cuando timbra');
  expect(text).toContain('Formato: Con más (+506…)');
  expect(page.renderRoot.querySelector('.signatures')?.textContent?.match(/Firma/g)).toHaveLength(2);
});

test('what failed and what nobody answered are the points for the operator', () => {
  expect([...page.renderRoot.querySelectorAll('.open li')].map(({ textContent }) => textContent)).toEqual([
    'Prueba que falló: Una consulta cada 4 segundos. Pregunte al operador.',
    'Sin respuesta: Avisos sin confirmar',
  ]);
});

test('each setting says whether it is in force, and only what the server fixes is to be written', () => {
  expect([...page.renderRoot.querySelectorAll('.settings li')].map(({ textContent }) => textContent)).toEqual([
    'Página más grande: 500 (ahora vale 200; por tomar en la consola)',
    'Formato: e164 (ya rige)',
    'Ritmo: address (ahora vale vacío; lo fija el servidor)',
  ]);
  const variables = [...page.renderRoot.querySelectorAll('pre')].map(({ textContent }) => textContent);
  expect(variables.at(-1)).toBe('CallMyWay__PaceBy=address');
});

test('it is printed by a press, on A4 only while it is shown', () => {
  const print = vi.fn();
  vi.stubGlobal('print', print);
  page.renderRoot.querySelector<HTMLButtonElement>('button.primary')?.click();
  expect(print).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
  const rules = () => document.adoptedStyleSheets.length;
  expect(rules()).toBe(1);
  page.remove();
  expect(rules()).toBe(0);
});
