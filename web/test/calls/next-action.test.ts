// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { actionWords } from '../../src/calls/next-action.js';
import { money } from '../../src/i18n/format.js';

const zone = 'America/Costa_Rica';
/** 14:00 on Thursday the 26th in Costa Rica. */
const now = Date.parse('2026-11-26T20:00:00Z');

test.each([
  ['2026-11-26T20:00:01Z', undefined],
  ['2026-11-26T19:59:59Z', 'Vencido'],
  ['2026-11-25T20:00:00Z', 'Venció ayer'],
  ['2026-11-20T20:00:00Z', 'Venció hace 6 días'],
])('a follow-up that is due at %s is late: %s', (dueAt, late) => {
  expect(actionWords({ kind: 'followUp', dueAt, note: 'Enviar el recibo' }, now, zone)).toMatchObject({
    what: 'Enviar el recibo',
    ...(late ? { late } : {}),
  });
  expect('late' in actionWords({ kind: 'followUp', dueAt }, now, zone)).toBe(late !== undefined);
});

test('a promise is late from the day after, and says its amount', () => {
  const promise = { kind: 'promise', amount: 25000, currency: 'CRC' } as const;
  expect(actionWords({ ...promise, dueAt: '2026-11-26T06:00:00Z' }, now, zone)).toEqual({
    what: `Promesa ${money(25000, 'CRC')}`,
    due: '26 nov 2026',
  });
  expect(actionWords({ ...promise, dueAt: '2026-11-25T06:00:00Z' }, now, zone).late).toBe('Venció ayer');
});
