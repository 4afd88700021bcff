// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Statement } from '../../src/api/record-types.js';
import type { RecordsApi } from '../../src/api/records-api.js';
import type { StatementPage } from '../../src/records/statement-page.js';
import '../../src/records/statement-page.js';
import { button, drawn, mount, textOf } from '../dom.js';
import { anAdmin, aStatement, now, sums } from './builders.js';

let stands: Statement;
let put: unknown[];
let page: StatementPage;

const api = {
  now: () => now,
  states: async () => [{ account: 'office', state: 'upToDate', aside: 0 }],
  statement: async () => stands,
  statementFile: async () => {
    throw new ApiError(503, { detail: 'No responde.' });
  },
  setInvoice: async (account: string, month: string, total: number | null, etag: string | undefined) => {
    put.push([account, month, total, etag]);
    if (etag !== (stands.etag ?? undefined)) throw new ApiError(412, { detail: 'Cambió.' });
    stands = withInvoice(total, `${put.length + 1}`);
    return stands;
  },
} as unknown as RecordsApi;

const withInvoice = (total: number | null, etag: string): Statement =>
  total === null
    ? aStatement()
    : aStatement({ invoice: { total, enteredAt: '', enteredBy: 'x' }, difference: total - 105, clues: [], etag });

beforeEach(() => {
  put = [];
  stands = aStatement();
});

afterEach(() => page.remove());

async function open(): Promise<void> {
  page = await mount<StatementPage>('cmw-statement-page', { api, me: anAdmin, account: 'office', month: '2026-10' });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) await drawn(page);
}

const field = () => page.renderRoot.querySelector('#invoice') as HTMLInputElement;

async function save(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event('input'));
  await turn();
  page.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await turn();
}

test('the invoice’s total is kept and shows the difference; an empty field takes it away', async () => {
  await open();
  await save('100,50');
  expect(put).toEqual([['office', '2026-10', 100.5, undefined]]);
  expect(textOf(page)).toContain('La factura cobra ₡4,50 menos que los registros.');
  expect(field().value).toBe('100,50');
  await save('105');
  expect(textOf(page)).toContain('La factura coincide con las llamadas');
  await save('');
  expect(put.slice(1)).toEqual([
    ['office', '2026-10', 105, '2'],
    ['office', '2026-10', null, '3'],
  ]);
  expect(textOf(page)).toContain('Escriba el total de la factura para ver si coincide');
});

test('a difference of less than a cent is not said to be none', async () => {
  stands = { ...withInvoice(105, '2'), difference: 0.0016 };
  await open();
  expect(textOf(page)).toContain('La factura cobra ₡0,0016 más que los registros.');
});

test('a file that can’t be fetched is said above the statement, and not as the invoice’s fault', async () => {
  await open();
  button(page, 'Descargar CSV').click();
  await turn();
  expect(textOf(page)).toContain('No responde.');
  expect(page.renderRoot.querySelector('section [role=alert]')).toBeNull();
  expect(field().getAttribute('aria-invalid')).toBe('false');
});

test('what is no amount is said beside the field, and the API is not asked', async () => {
  await open();
  await save('mucho');
  expect(put).toEqual([]);
  expect(page.renderRoot.querySelector('#invoice-error')?.textContent).toContain('Escriba un monto');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(page.shadowRoot?.activeElement?.id).toBe('invoice');
});

test('of two who enter a total, the second sees the first one’s and decides', async () => {
  await open();
  stands = withInvoice(90, '7');
  await save('105');
  expect(page.renderRoot.querySelector('[role=alert]')?.textContent).toContain('Otra persona guardó ₡90,00.');
  expect(field().value).toBe('105');
  await save('105');
  expect(put.at(-1)).toEqual(['office', '2026-10', 105, '7']);
  expect(page.renderRoot.querySelector('[role=alert]')).toBeNull();
  expect(textOf(page)).toContain('La factura coincide');
});

test('the total that another has stored is in the currency of the invoice', async () => {
  stands = aStatement({ currency: 'USD' });
  await open();
  stands = { ...withInvoice(90, '7'), currency: 'USD' };
  await save('105');
  expect(page.renderRoot.querySelector('[role=alert]')?.textContent).toMatch(/guardó (US\$|USD|\$)\s?90,00/);
});

test('calls that could explain the difference lead to the call', async () => {
  stands = {
    ...withInvoice(100, '2'),
    clues: [
      {
        kind: 'oneCall',
        text: 'Una llamada es la diferencia.',
        count: 22,
        amount: -5,
        isExact: true,
        calls: [{ callId: 'a3', at: '2026-10-14T15:12:00Z', amount: -5 }],
      },
    ],
  };
  await open();
  expect(textOf(page)).toContain('Una llamada es la diferencia.');
  expect(textOf(page)).toContain('Es exactamente la diferencia');
  expect(page.renderRoot.querySelector('.calls a')?.getAttribute('href')).toBe('/calls/office/a3/history');
  expect(textOf(page)).toContain('Y 21 más.');
});

test('a bar for each route that costs, as long as its share of the dearest one', async () => {
  stands = aStatement({
    totals: sums({ calls: 30 }),
    routes: [
      { name: 'A', ...sums({ total: 200 }) },
      { pattern: '507', ...sums({ total: 50 }) },
      { ...sums({ total: 0, cost: 0 }) },
    ],
  });
  await open();
  expect([...page.renderRoot.querySelectorAll('rect')].map((bar) => bar.getAttribute('width'))).toEqual([
    '100%',
    '25%',
  ]);
  expect(page.renderRoot.querySelectorAll('tbody tr')).toHaveLength(3);
  expect(textOf(page)).toContain('Sin destino (entrantes)');
});

test('the routes that have no bar of their own are one bar, with the cost of all of them', async () => {
  const routes = Array.from({ length: 13 }, (_, at) => ({ name: `R${at}`, ...sums({ total: 200 - at }) }));
  stands = aStatement({ totals: sums(), routes });
  await open();
  const bars = [...page.renderRoot.querySelectorAll('.chart li')].map((bar) => bar.textContent?.replace(/\s+/g, ' '));
  expect(bars).toHaveLength(11);
  // 190, 189 and 188.
  expect(bars.at(-1)).toContain('Los demás');
  expect(bars.at(-1)).toContain('567,00');
  const lengths = [...page.renderRoot.querySelectorAll('.chart rect')].map((bar) => bar.getAttribute('width') ?? '');
  expect(lengths.at(-1)).toBe('100%');
  expect(Number.parseFloat(lengths[0] ?? '')).toBeCloseTo((100 * 200) / 567, 0);
});

test('routes that differ in less than a cent have their own rates', async () => {
  const route = { name: 'Costa Rica', ...sums() };
  stands = aStatement({
    currency: 'USD',
    routes: [
      { ...route, rate: 0.0125 },
      { ...route, rate: 0.0149 },
    ],
  });
  await open();
  expect(textOf(page)).toMatch(/USD.0,0125/u);
  expect(textOf(page)).toMatch(/USD.0,0149/u);
});

test('bars of routes with one name say which route they are', async () => {
  stands = aStatement({
    routes: [
      { name: 'Móvil', pattern: '5068', ...sums({ total: 200 }) },
      { name: 'Móvil', pattern: '5067', ...sums({ total: 100 }) },
      { name: 'Fijo', pattern: '5062', ...sums({ total: 50 }) },
      { pattern: '507', rate: 8, ...sums({ total: 40 }) },
      { pattern: '507', rate: 9.5, ...sums({ total: 30 }) },
    ],
  });
  await open();
  const names = [...page.renderRoot.querySelectorAll('.chart .name')].map((name) => name.textContent);
  expect(names).toEqual(['Móvil 5068', 'Móvil 5067', 'Fijo', '507 · ₡8,00', '507 · ₡9,50']);
});

test('a month without records says what to do', async () => {
  stands = aStatement({ totals: sums({ calls: 0 }), routes: [] });
  await open();
  expect(textOf(page)).toContain('No hay registros de este mes');
  expect(page.renderRoot.querySelector('.empty a')?.getAttribute('href')).toBe('/call-records');
});

test('what is typed of one month’s invoice is not shown, said or stored beside another month', async () => {
  await open();
  await save('mil');
  expect(textOf(page)).toContain('Escriba un monto');
  stands = aStatement({ month: '2026-09' });
  page.month = '2026-09';
  await turn();
  expect(field().value).toBe('');
  expect(textOf(page)).not.toContain('Escriba un monto');

  let answer: (statement: Statement) => void = () => {};
  page.api = { ...api, setInvoice: () => new Promise((done) => (answer = done)) } as unknown as RecordsApi;
  await save('100');
  stands = aStatement({ month: '2026-08' });
  page.month = '2026-08';
  await turn();
  answer(withInvoice(100, '2'));
  await turn();
  expect(field().value).toBe('');
  expect(textOf(page)).not.toMatch(/Guardado|La factura cobra/);

  page.api = api;
  await save('105');
  expect(textOf(page)).toContain('Guardado');
  page.month = '2026-07';
  stands = aStatement({ month: '2026-07' });
  await turn();
  expect(textOf(page)).not.toContain('Guardado');
});

test('a statement is shown as one of a month that is over, or not', async () => {
  stands = aStatement({ isOver: false });
  await open();
  expect(textOf(page)).toContain('El mes no ha terminado');
  page.remove();
  stands = aStatement();
  await open();
  expect(textOf(page)).not.toContain('El mes no ha terminado');
});
