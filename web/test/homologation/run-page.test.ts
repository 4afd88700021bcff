// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Mapping } from '../../src/api/phone-types.js';
import type { Me } from '../../src/api/types.js';
import { HomologationCase } from '../../src/homologation/case.js';
import type { Case, Run } from '../../src/homologation/run.js';
import { HomologationRunPage } from '../../src/homologation/run-page.js';

const admin = { roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const click: Case = {
  case: 'click-agent-first',
  group: 'clicks',
  title: 'Clic: primero el agente',
  steps: ['Conteste el teléfono.'],
  kind: 'dial',
  state: 'open',
  automatic: false,
};
const codec: Case = {
  case: 'codec',
  group: 'phones',
  title: 'Códec PCMA',
  steps: ['Mire los códecs.'],
  kind: 'byHand',
  state: 'open',
  automatic: false,
  asks: [{ key: 'codec', label: 'PCMA en los teléfonos', choices: [{ value: 'primary', label: 'Es el principal' }] }],
};

let run: Run;
let answer: () => Response;
let sent: { readonly path: string; readonly body: unknown }[];
let reads: number;
let page: HomologationRunPage;

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });

const fakeFetch = async (path: string | URL | Request, init?: RequestInit): Promise<Response> => {
  if (init?.method === 'POST') {
    sent.push({ path: String(path), body: JSON.parse(String(init.body)) });
    return answer();
  }

  reads++;
  return json(run);
};

beforeEach(async () => {
  vi.useFakeTimers();
  sent = [];
  reads = 0;
  run = {
    runId: 'r1',
    account: '8000001',
    startedAt: '2026-11-27T08:30:00Z',
    startedBy: 'ana',
    state: 'open',
    operator: 'https://operator.example',
    cases: [click, codec],
    questions: [{ question: 'codec', title: 'Códec de los teléfonos' }],
    etag: 'e1',
  };
  answer = () => json(run);
  page = new HomologationRunPage();
  page.api = new ApiClient({ fetch: fakeFetch as typeof fetch });
  page.directory = {
    mappings: async () => [
      { endpointId: '201', account: '8000001', phone: '201', label: 'Recepción' } as unknown as Mapping,
      { endpointId: '301', account: '8000002', phone: '301' } as unknown as Mapping,
    ],
    agents: async () => [{ agentId: 'ana', name: 'Ana Mora' }],
  };
  page.me = admin;
  page.runId = 'r1';
  document.body.append(page);
  await settle();
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

const settle = async (ms = 0) => {
  await vi.advanceTimersByTimeAsync(ms);
  await page.updateComplete;
  await vi.advanceTimersByTimeAsync(0);
};

const words = (root: ParentNode) => root.textContent?.replace(/\s+/g, ' ') ?? '';

const caseAt = (index: number): ShadowRoot => {
  const found = page.renderRoot.querySelectorAll('cmw-homologation-case')[index];
  if (!(found instanceof HomologationCase)) throw new Error(`There is no case ${index}.`);
  return found.renderRoot as ShadowRoot;
};

const press = async (root: ParentNode, text: string) => {
  const button = [...root.querySelectorAll('button')].find((each) => each.textContent?.trim() === text);
  if (!button) throw new Error(`There is no button ${text}.`);
  button.click();
  await settle();
};

test('it shows who began the run, its progress, and the questions without an answer', () => {
  const text = words(page.renderRoot);
  expect(text).toContain('Ana Mora');
  expect(text).toContain('0 de 2 pruebas resueltas');
  expect(text).toContain('Códec de los teléfonos Sin respuesta todavía');
  expect(words(caseAt(0))).toContain('Pendiente');
});

test('only what was confirmed is dialled, and another number is to be confirmed again', async () => {
  const root = caseAt(0);
  const input = root.querySelector<HTMLInputElement>('#number');
  const select = root.querySelector<HTMLSelectElement>('#endpointId');
  const box = () => root.querySelector<HTMLInputElement>('[type=checkbox]');
  if (!input || !select) throw new Error('The fields are missing.');
  expect([...select.options].map(({ value }) => value)).toEqual(['', '201']);
  select.value = '201';
  select.dispatchEvent(new Event('change'));
  input.value = '88881234';
  input.dispatchEvent(new Event('input'));
  box()?.click();
  await settle();
  expect(words(root)).toContain('Se llamará a 88881234 desde el teléfono Recepción (201).');
  expect(box()?.checked).toBe(true);

  input.value = '88885678';
  input.dispatchEvent(new Event('input'));
  await settle();
  expect(box()?.checked).toBe(false);

  answer = () =>
    json({ title: 'No', status: 400, errors: { confirmed: ['Confirme que se llamará a esos teléfonos.'] } }, 400);
  await press(root, 'Llamar');
  expect(sent.at(-1)).toEqual({
    path: '/api/homologation/r1/cases/click-agent-first',
    body: { do: 'start', number: '88885678', endpointId: '201', confirmed: false, key: expect.any(String) },
  });
  expect([...root.querySelectorAll('.field-error')].map(({ textContent }) => textContent)).toContain(
    'Confirme que se llamará a esos teléfonos.',
  );

  box()?.click();
  await settle();
  answer = () => json(run, 202);
  await press(root, 'Llamar');
  expect(sent.at(-1)?.body).toMatchObject({ confirmed: true });
});

test('a press that is sent again has its key, and another press has another', async () => {
  const root = caseAt(0);
  const key = (at: number) => (sent.at(at)?.body as { readonly key: string }).key;
  answer = () => json({ title: 'No', status: 503 }, 503);
  await press(root, 'Llamar');
  await press(root, 'Intentar de nuevo');
  expect(key(-1)).toBe(key(-2));
  await press(root, 'Llamar');
  expect(key(-1)).not.toBe(key(-2));
});

test('a case that goes on by itself is asked about until it has ended, while somebody looks', async () => {
  const working = { what: 'dialling', since: '2026-11-27T08:31:00Z', until: '2026-11-27T08:41:00Z' } as const;
  run = { ...run, cases: [{ ...click, working }, codec] };
  await press(caseAt(0), 'Llamar');
  expect(words(caseAt(0))).toMatch(/Conteste los teléfonos; se espera hasta las .+\sm\.(?!\.)/u);
  const before = reads;
  await settle(2000);
  expect(reads).toBe(before + 1);

  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await settle(6000);
  expect(reads).toBe(before + 1);
  hidden.mockRestore();

  run = {
    ...run,
    cases: [{ ...click, state: 'passed', seen: [{ at: working.since, what: 'Llegó el aviso.' }] }, codec],
  };
  await settle(2000);
  expect(words(caseAt(0))).toContain('Llegó el aviso.');
  expect(words(page.renderRoot)).toContain('1 de 2 pruebas resueltas');
  const after = reads;
  await settle(10_000);
  expect(reads).toBe(after);
});

test('what the tester saw is sent with the verdict, and what is wrong stands beside its field', async () => {
  const root = caseAt(1);
  const select = root.querySelector<HTMLSelectElement>('#told-codec');
  if (!select) throw new Error('The field is missing.');
  select.value = 'primary';
  select.dispatchEvent(new Event('change'));
  answer = () => json({ title: 'No', status: 400, errors: { 'told.codec': ['Responda lo que se pregunta.'] } }, 400);
  await press(root, 'Pasó');
  expect(sent.at(-1)?.body).toEqual({ do: 'decide', state: 'passed', told: { codec: 'primary' } });
  expect(root.querySelector('#told-codec-error')?.textContent).toBe('Responda lo que se pregunta.');

  run = {
    ...run,
    cases: [
      click,
      { ...codec, state: 'passed', answers: [{ question: 'codec', answer: 'primary', label: 'Es el principal' }] },
    ],
  };
  answer = () => json(run);
  await press(root, 'Pasó');
  expect(words(root)).toContain('Es el principal');
  expect([...root.querySelectorAll('button')].map(({ textContent }) => textContent?.trim())).toEqual([
    'Abrir de nuevo',
  ]);
});

test('a setting is taken only by a press, with the value that was shown', async () => {
  const setting = (name: string, value: string, now: string, source: 'default' | 'taken' | 'deployment') => ({
    name: `CallMyWay:${name}`,
    value,
    now,
    source,
    variable: `CallMyWay__${name}`,
  });
  const answered = (source: 'default' | 'taken', now: string): Run => ({
    ...run,
    questions: [
      { question: 'dial-format', title: 'Forma', answer: 'e164', setting: setting('Dial', 'e164', now, source) },
      { question: 'call-id', title: 'Prefijo', answer: 'prefix x', setting: setting('Prefix', 'x', '', 'default') },
      {
        question: 'pace-scope',
        title: 'Ritmo',
        answer: 'address',
        setting: setting('PaceBy', 'address', 'account', 'deployment'),
      },
    ],
  });
  run = answered('default', 'national');
  page.runId = 'r2';
  await settle();
  const part = page.renderRoot.querySelector('cmw-homologation-settings');
  const root = part?.shadowRoot;
  if (!root) throw new Error('There are no settings.');
  expect(words(root)).toContain('Ahora: national · Según la respuesta: e164');
  expect(words(root)).toContain('Ahora: (vacío) · Según la respuesta: x');
  expect(root.querySelector('pre')?.textContent).toBe('CallMyWay__PaceBy=address');
  expect(sent).toEqual([]);

  answer = () => json({ title: 'Otra persona lo cambió', status: 412 }, 412);
  await press(root, 'Tomar');
  const before = reads;
  await press(root, 'Intentar de nuevo');
  expect(reads).toBe(before + 1);
  expect(sent).toHaveLength(1);

  run = answered('taken', 'e164');
  answer = () => json(run);
  await press(root, 'Tomar');
  expect(sent.at(-1)).toEqual({
    path: '/api/homologation/r1/settings',
    body: { settings: [{ question: 'dial-format', value: 'e164', now: 'national' }] },
  });
  expect(words(root)).toContain('Ajuste tomado.');
  await press(root, 'Devolver');
  expect(sent.at(-1)?.body).toEqual({ settings: [{ question: 'dial-format', value: null, now: 'e164' }] });
});
