// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { AccountTest, OperatorAccount } from '../../src/api/settings-types.js';
import type { OperatorAccounts } from '../../src/operator/operator-accounts.js';
import '../../src/operator/operator-accounts.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const account: OperatorAccount = {
  account: '8000001',
  accountIds: ['8000001', '77'],
  currency: 'CRC',
  timeZone: 'America/Costa_Rica',
  dialFormat: 'national',
  hasPassword: true,
  recordsAddress: 'https://callmyway.com',
};

const refused: AccountTest = {
  verdict: 'addressRefused',
  at: '2026-11-30T17:59:00Z',
  title: 'El operador no acepta consultas desde esta dirección IP',
  detail: 'Pida al operador que la habilite.',
  waitedSeconds: 3.4,
  status: 403,
  answer: 'ERROR: IP no habilitada',
};

let element: OperatorAccounts;

async function open(accounts: readonly OperatorAccount[], test: () => Promise<AccountTest>, signIn = 'password') {
  element = await mount<OperatorAccounts>('cmw-operator-accounts', {
    api: {
      operatorAccounts: async () => accounts,
      testAccount: test,
      now: () => Date.parse('2026-11-30T18:00:00Z'),
    },
    timeZone: 'America/Costa_Rica',
    signIn,
  });
  await drawn(element);
}

afterEach(() => element.remove());

test('a test says that it waits, and then what is so and what to do', async () => {
  const tests = new Pending<AccountTest>();
  await open([account], tests.ask);
  let told = 0;
  element.addEventListener('tested', () => told++);
  button(element, 'Probar la cuenta 8000001').click();
  await drawn(element);
  expect(textOf(element)).toContain('Esperando el turno');
  button(element, 'Probar la cuenta 8000001').click();
  expect(tests.count).toBe(1);

  await tests.answer(refused);
  await drawn(element);
  expect(textOf(element)).toContain('El operador no acepta consultas desde esta dirección IP');
  expect(textOf(element)).toContain('Pida al operador que la habilite.');
  expect(textOf(element)).toMatch(/Esperó su turno 3.4 s/);
  expect(textOf(element)).toContain('ERROR: IP no habilitada');
  expect(told).toBe(1);
});

test('a test that got no answer of ours can be made again', async () => {
  await open([account], async () => {
    throw new ApiError(503, { detail: 'El almacenamiento no responde' });
  });
  button(element, 'Probar').click();
  for (let turn = 0; turn < 3; turn++) await drawn(element);
  expect(textOf(element)).toContain('El almacenamiento no responde');
  expect(button(element, 'Intentar de nuevo')).toBeDefined();
});

test('the words say where the settings are on each host, and what is missing', async () => {
  await open([{ ...account, hasPassword: false }], async () => refused, 'entra');
  expect(textOf(element)).toContain('Key Vault');
  expect(textOf(element)).toContain('ContraseñaFalta');
  element.remove();
  await open([], async () => refused);
  expect(textOf(element)).toContain('No hay ninguna cuenta en la configuración.');
  expect(textOf(element)).toContain('appsettings.json');
});
