import { expect, test } from 'vitest';
import type { Json } from '../../src/api/audit-types.js';
import { differences } from '../../src/audit/differences.js';
import { addressOf, changed, filterOf } from '../../src/audit/filter.js';
import { pathWords, valueWords } from '../../src/audit/value-words.js';
import { whatWords } from '../../src/audit/what-words.js';

const context = {
  now: Date.parse('2026-11-27T15:00:00Z'),
  timeZone: 'America/Costa_Rica',
  agentName: (id: string) => (id === 'ana' ? 'Ana Solano' : undefined),
};

test('only what differs is told, field by field', () => {
  expect(
    differences(
      { agentId: 'ana', label: 'Uno', fields: { monto: '1', zona: 'a' }, updatedAt: '2026-01-01T00:00:00Z' },
      { agentId: 'luis', label: 'Uno', fields: { monto: '2', zona: 'a' }, updatedAt: '2026-02-01T00:00:00Z' },
    ),
  ).toEqual([
    { path: ['agentId'], before: 'ana', after: 'luis' },
    { path: ['fields', 'monto'], before: '1', after: '2' },
  ]);
});

test('the parts of a list are known by their codes, wherever they stand', () => {
  const before: Json = {
    items: [
      { code: 'paid', es: 'Pagó' },
      { code: 'other', es: 'Otro', active: true },
    ],
  };
  const after: Json = {
    items: [
      { code: 'other', es: 'Otro asunto', active: true },
      { code: 'new', es: 'Nuevo' },
    ],
  };
  expect(differences(before, after)).toEqual([
    { path: ['items', 'other', 'es'], before: 'Otro', after: 'Otro asunto' },
    { path: ['items', 'new', 'es'], before: undefined, after: 'Nuevo' },
    { path: ['items', 'paid', 'es'], before: 'Pagó', after: undefined },
  ]);
});

test('a list of values differs as a whole, and so do parts without a name', () => {
  expect(differences({ roles: ['agent'] }, { roles: ['agent', 'admin'] })).toEqual([
    { path: ['roles'], before: ['agent'], after: ['agent', 'admin'] },
  ]);
  const [one, other] = [{ items: [{ es: 'a' }] }, { items: [{ es: 'b' }] }];
  expect(differences(one, other)).toEqual([{ path: ['items'], before: [{ es: 'a' }], after: [{ es: 'b' }] }]);
});

test('what is new and what is gone is told by its fields, and nothing is nothing', () => {
  expect(differences(undefined, { name: 'Ana', team: null })).toEqual([
    { path: ['name'], before: undefined, after: 'Ana' },
  ]);
  expect(differences({ name: 'Ana' }, undefined)).toEqual([{ path: ['name'], before: 'Ana', after: undefined }]);
  expect(differences(undefined, undefined)).toEqual([]);
  expect(differences({ hours: null }, { hours: { from: '07:00' } })).toEqual([
    { path: ['hours', 'from'], before: undefined, after: '07:00' },
  ]);
});

test('fields and values are in words', () => {
  expect(pathWords(['fields', 'monto'])).toBe('monto');
  expect(pathWords(['items', 'paid', 'es'])).toBe('paid › En español');
  expect(pathWords(['hours', 'from'])).toBe('Horario › Desde');
  expect(valueWords('ana', ['agentId'], context)).toBe('Ana Solano');
  expect(valueWords(['agent', 'admin'], ['roles'], context)).toBe('agente, administrador');
  expect(valueWords(true, ['primary'], context)).toBe('sí');
  expect(valueWords(undefined, ['label'], context)).toBe('—');
  expect(valueWords([], ['allowedPrefixes'], context)).toBe('ninguno');
  expect(valueWords('2026-11-27T14:30:00Z', ['from'], context)).toMatch(/^0?8:30/);
  expect(valueWords({ from: '07:00', to: '19:00' }, ['hours'], context)).toBe('Desde: 07:00, Hasta: 19:00');
});

test('what is new is told otherwise than what is changed, and what is not known as it is', () => {
  expect(whatWords({ what: 'mapping.changed', after: {} })).toBe('Asignó un teléfono');
  expect(whatWords({ what: 'mapping.changed', before: {}, after: {} })).toBe('Cambió un teléfono');
  expect(whatWords({ what: 'thing.done' })).toBe('thing.done');
});

test('the address holds the filter, and nothing that means nothing', () => {
  expect(filterOf('?from=2026-11-01&to=ayer&who=ana&what=&other=1')).toEqual({ from: '2026-11-01', who: 'ana' });
  expect(addressOf({ who: 'ana', from: '2026-11-01' }, 'token')).toBe('/audit?from=2026-11-01&who=ana&next=token');
  expect(addressOf({})).toBe('/audit');
  expect(changed({ from: '2026-11-10', to: '2026-11-12' }, { from: '2026-11-20' })).toEqual({
    from: '2026-11-20',
    to: '2026-11-20',
  });
  expect(changed({ from: '2026-11-10', who: 'ana' }, { who: '' })).toEqual({ from: '2026-11-10' });
});
