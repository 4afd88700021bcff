// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Report } from '../../src/api/report-types.js';
import type { ReportQuery } from '../../src/api/reports-api.js';
import type { ReportPage } from '../../src/reports/report-page.js';
import '../../src/reports/report-page.js';
import { drawn, mount, textOf } from '../dom.js';
import { anAdmin } from '../records/builders.js';
import { aReport, aRow } from './builders.js';

/** In the evening, when it is the next day in UTC. */
const now = Date.parse('2026-11-28T03:00:00Z');
let page: ReportPage;

async function open(
  answer: (query: ReportQuery) => Partial<Report>,
  {
    search = '',
    roles = ['supervisor'],
    wait,
  }: { search?: string; roles?: readonly string[]; wait?: (query: ReportQuery) => Promise<void> } = {},
): Promise<{ asked: ReportQuery[] }> {
  const asked: ReportQuery[] = [];
  page = await mount<ReportPage>('cmw-report-page', {
    me: { ...anAdmin, roles },
    search,
    api: {
      now: () => now,
      report: async (query: ReportQuery) => {
        asked.push(query);
        await wait?.(query);
        return aReport({ ...query, ...answer(query) });
      },
      deskSpeed: async (from: string, to: string) => ({ items: [], days: [], from, to }),
      reportFile: async () => new Blob(['x']),
    },
  });
  for (let i = 0; i < 4; i++) await drawn(page);
  return { asked };
}

afterEach(() => {
  page.remove();
  history.replaceState({}, '', '/');
});

const plots = () => [...page.renderRoot.querySelectorAll('[role=img]')];
const cells = (row: Element) =>
  [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim());
const body = () => [...page.renderRoot.querySelectorAll('tbody tr')].map(cells);

test('the cost by outcome is that of each currency', async () => {
  const amounts = { charges: 0, promisedAmount: 0, paidAmount: 0 };
  await open(() => ({
    items: [aRow({ in: 50, documented: 50 })],
    totals: aRow({
      in: 50,
      documented: 50,
      costPerOutcome: 0,
      amounts: [
        { ...amounts, currency: 'CRC', cost: 0 },
        { ...amounts, currency: 'USD', cost: 20 },
      ],
    }),
  }));
  expect(textOf(page)).toMatch(/USD.0,40 por resultado/u);
  expect(textOf(page)).not.toContain('₡0,00 por resultado');
});

test('a month has its figures, its charts, and a table of the days with calls', async () => {
  const { asked } = await open(() => ({
    items: [
      aRow({
        key: '2026-11-26',
        in: 4,
        answered: 3,
        missed: 1,
        answeredRate: 0.75,
        out: 2,
        talkSeconds: 3661,
        wrapUps: 2,
        wrapUpSeconds: 61,
        cost: 12.5,
        promisesMade: 2,
        promisesKept: 1,
      }),
    ],
    totals: aRow({
      label: 'Total',
      in: 4,
      answered: 3,
      missed: 1,
      answeredRate: 0.75,
      answeredWithin20: 2,
      out: 2,
      returned: 1,
      callBackSeconds: 90,
    }),
  }));
  expect(asked).toEqual([{ from: '2026-11-01', to: '2026-11-27', by: 'day' }]);
  expect(body()).toEqual([['jue, 26 nov', '4', '3 · 75%', '1', '2', '1 h 1 min', '31 s', '₡12,50', '₡0,00', '2 · 1']]);
  expect(cells(page.renderRoot.querySelector('tfoot tr') as Element)[0]).toBe('Total');
  expect(textOf(page)).toContain('1 devuelta, en 1 min 30 s');
  expect(textOf(page)).toMatch(/Contestadas en 20 s\s*2 · 50\s*%\s*nivel de servicio/);
  expect(plots().map((plot) => plot.getAttribute('aria-label'))).toEqual([
    'Llamadas por día, del 1 de noviembre de 2026 al 27 de noviembre de 2026. Las cifras están en la tabla.',
    'Tasa de contestación por día, del 1 de noviembre de 2026 al 27 de noviembre de 2026. Las cifras están en la tabla.',
    'Minutos de conversación por día, del 1 de noviembre de 2026 al 27 de noviembre de 2026. Las cifras están en la tabla.',
  ]);
  // A column for each day, and in that of the 26th its three parts.
  expect(plots()[0]?.querySelectorAll('g').length).toBe(27);
  expect(plots()[0]?.querySelectorAll('rect:not(.hit)').length).toBe(3);
  expect(plots()[1]?.querySelectorAll('circle').length).toBe(1);
  // An hour and a second of talk.
  expect([...(plots()[2]?.querySelectorAll('title') ?? [])].map((title) => title.textContent)[25]).toContain(': 61');
});

test('a year is shown by month', async () => {
  await open(
    () => ({
      items: [
        aRow({ key: '2026-01-05', in: 1, answered: 1 }),
        aRow({ key: '2026-01-06', in: 2, answered: 1, missed: 1 }),
        aRow({ key: '2026-11-06', out: 2 }),
      ],
    }),
    { search: '?range=year&by=day' },
  );
  expect(body().map((row) => row.slice(0, 4))).toEqual([
    ['enero de 2026', '3', '2 · 67%', '1'],
    ['noviembre de 2026', '0', '—', '0'],
  ]);
});

test('agents have bars, and many rows are shown some at a time, and never thousands of nodes', async () => {
  const items = Array.from({ length: 2000 }, (_, at) =>
    aRow({ key: `a-${at}`, label: `Agente ${at}`, in: 2000 - at, answered: 1, answeredRate: 1 }),
  );
  await open(() => ({ items, totals: aRow({ in: 3 }) }), { search: '?by=agent' });
  expect(body().length).toBe(50);
  expect(plots()[0]?.querySelectorAll('.name').length).toBe(10);
  for (let press = 0; press < 3; press++) {
    page.renderRoot.querySelector<HTMLButtonElement>('.more')?.click();
    await drawn(page);
  }

  expect(body().length).toBe(200);
  expect(page.renderRoot.querySelector('.more')).toBeNull();
  expect(textOf(page)).toContain('Hay 1 800 filas más');
  expect(page.renderRoot.querySelectorAll('*').length).toBeLessThan(3000);
});

test('the days and the rows stand in the address, and what was shown stays until the next is there', async () => {
  let answer = () => {};
  const { asked } = await open(() => ({ items: [aRow({ in: 1 })], totals: aRow({ in: 1 }) }), {
    wait: (query) => (query.by === 'agent' ? new Promise<void>((done) => (answer = done)) : Promise.resolve()),
  });
  const link = [...page.renderRoot.querySelectorAll('a')].find((one) => one.textContent === 'Por agente');
  expect(link?.getAttribute('href')).toBe('/reports?by=agent');
  link?.click();
  await drawn(page);
  expect(location.pathname + location.search).toBe('/reports?by=agent');
  expect(page.renderRoot.querySelector('.report')?.getAttribute('aria-busy')).toBe('true');
  answer();
  for (let i = 0; i < 4; i++) await drawn(page);
  expect(asked.at(-1)?.by).toBe('agent');
  expect(page.renderRoot.querySelector('.report')?.getAttribute('aria-busy')).toBe('false');

  const from = page.renderRoot.querySelector<HTMLInputElement>('#from');
  if (from) from.value = '2026-10-01';
  page.renderRoot.querySelector('form')?.requestSubmit();
  await drawn(page);
  expect(location.search).toBe('?from=2026-10-01&to=2026-11-27&by=agent');
});

test('an answer to what is not asked for any more does not say that the next one is there', async () => {
  const answers: (() => void)[] = [];
  await open(() => ({ items: [aRow({ in: 1 })], totals: aRow({ in: 1 }) }), {
    wait: (query) => (query.by === 'day' ? Promise.resolve() : new Promise<void>((done) => answers.push(done))),
  });
  for (const words of ['Por agente', 'Por equipo']) {
    [...page.renderRoot.querySelectorAll('a')].find((one) => one.textContent === words)?.click();
    await drawn(page);
  }

  answers[0]?.();
  for (let i = 0; i < 4; i++) await drawn(page);
  expect(page.renderRoot.querySelector('.report')?.getAttribute('aria-busy')).toBe('true');
  answers[1]?.();
  for (let i = 0; i < 4; i++) await drawn(page);
  expect(page.renderRoot.querySelector('.report')?.getAttribute('aria-busy')).toBe('false');
});

test.each(['agent', 'team'] as const)('that a call counts for each who had it is said of rows by %s', async (by) => {
  await open(() => ({ items: [aRow({ key: 'x', in: 1 })], totals: aRow({ in: 1 }) }), { search: `?by=${by}` });
  expect(textOf(page)).toContain('el total la cuenta una vez');
});

test('what is refused is said in the API’s words', async () => {
  await open(() => {
    throw new ApiError(400, { errors: { from: ['Un reporte abarca como máximo dos años.'] } });
  });
  expect(page.renderRoot.querySelector('[role=alert]')?.textContent).toContain(
    'Desde: Un reporte abarca como máximo dos años.',
  );
});

test('figures that are not worked out yet are no secret', async () => {
  await open(() => ({ items: [aRow({ in: 1 })], totals: aRow({ in: 1 }), pending: 3 }));
  expect(textOf(page)).toContain('Falta recalcular 3 horas con cambios');
});

test('an agent is told that the page is for others, and nothing is read', async () => {
  const { asked } = await open(() => ({}), { roles: ['agent'] });
  expect(asked).toEqual([]);
  expect(textOf(page)).toContain('Esta página es de quien supervisa.');
});

test('the file is fetched with the session, and stored', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await open(() => ({ items: [aRow({ in: 1 })], totals: aRow({ in: 1 }) }));
  [...page.renderRoot.querySelectorAll('button')].find((one) => one.textContent === 'Descargar CSV')?.click();
  for (let i = 0; i < 3; i++) await drawn(page);
  expect(click).toHaveBeenCalledOnce();
  click.mockRestore();
});

test('a day is shown by its hours, from the first with a call to the last', async () => {
  await open(
    () => ({
      items: [aRow({ key: '08', in: 2, answered: 2 }), aRow({ key: '11', in: 1, missed: 1 })],
    }),
    { search: '?range=today' },
  );
  expect(body().map(([hour, calls]) => [hour, calls])).toEqual([
    ['8:00', '2'],
    ['11:00', '1'],
  ]);
  expect(plots()[0]?.querySelectorAll('g').length).toBe(4);
});

test('what was only written or promised is in the table too, without a call', async () => {
  await open(() => ({
    items: [
      aRow({ key: '2026-11-02', promisesMade: 1 }),
      aRow({ key: '2026-11-03', wrapUps: 1 }),
      aRow({ key: '2026-11-04' }),
    ],
  }));
  expect(body().map(([day]) => day)).toEqual(['lun, 2 nov', 'mar, 3 nov']);
});
