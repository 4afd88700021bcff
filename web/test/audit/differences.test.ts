import { expect, test } from 'vitest';
import type { Json } from '../../src/api/audit-types.js';
import { differences } from '../../src/audit/differences.js';
import { addressOf, changed, filterOf } from '../../src/audit/filter.js';
import { pathWords, valueWords } from '../../src/audit/value-words.js';
import { idWords, whatWords } from '../../src/audit/what-words.js';

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
  expect(pathWords(['fields', 'monto'], 'outcomes.changed')).toBe('monto');
  expect(pathWords(['items', 'paid', 'es'], 'outcomes.changed')).toBe('paid › En español');
  expect(pathWords(['hours', 'from'], 'outcomes.changed')).toBe('Horario › Desde');
  expect(valueWords('ana', ['agentId'], 'agent.changed', context)).toBe('Ana Solano');
  expect(valueWords(['agent', 'admin'], ['roles'], 'agent.changed', context)).toBe('agente, administrador');
  expect(valueWords(true, ['primary'], 'agent.changed', context)).toBe('sí');
  expect(valueWords(undefined, ['label'], 'agent.changed', context)).toBe('—');
  expect(valueWords([], ['allowedPrefixes'], 'agent.changed', context)).toBe('ninguno');
  expect(valueWords('2026-11-27T14:30:00Z', ['from'], 'agent.changed', context)).toMatch(/^0?8:30/);
  expect(valueWords({ from: '07:00', to: '19:00' }, ['hours'], 'agent.changed', context)).toBe(
    'Desde: 7:00 a. m., Hasta: 7:00 p. m.',
  );
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

test.each<[what: string, shape: Json]>([
  ['campaign.created', { name: 'x', mode: 'preview', order: 'agentFirst', endpointIds: ['x'], attempts: 3, budget: 1 }],
  [
    'campaign.changed',
    { mode: 'progressive', order: 'contactFirst', gapMinutes: 60, perMinute: 1, hours: { days: [1] } },
  ],
  ['campaign.paused', { state: 'running' }],
  ['campaign-coordination.changed', { confirmed: true, perMinute: 9, until: '2026-11-27T14:30:00Z' }],
  ['outcomes.changed', { code: { es: 'x', en: 'x', active: true, means: 'notReached', requires: { note: true } } }],
  ['outcomes.changed', { code: { means: 'doNotCall', requires: { followUp: true, charge: true, promise: true } } }],
  ['wrap-up-fields.changed', { code: { kind: 'choice', required: true, choices: ['x'], outcomes: ['x'] } }],
  ['contact-fields.changed', { code: { label: { es: 'x' }, kind: 'amount', currency: 'x' } }],
  ['contact-lookup.changed', { url: 'x', enabled: true, timeoutMs: 1, source: 'x' }],
  ['event-endpoint.changed', { url: 'x', events: ['call.started'], description: 'x', enabled: true }],
  ['event-endpoint.replayed', { deliveryId: 'x', from: 'x', to: 'x', state: 'failed' }],
  [
    'dial-rules.changed',
    { enabled: true, allowedPrefixes: [], deniedPrefixes: ['x'], totalDay: 1, hours: { from: 'x' } },
  ],
  [
    'contact-guard.changed',
    { perDay: 1, perWeek: 1, gapMinutes: 1, holidays: { observed: true, added: [], worked: [] } },
  ],
  ['api-key.created', { keyId: 'x', name: 'x', scopes: ['calls', 'status'], createdBy: 'ana', usedAt: 'x' }],
  ['embed-origins.changed', { origins: ['x'] }],
  ['personal-data.erased', { reference: 'x' }],
  ['contacts.imported', { file: 'x', rows: 3, duplicates: 'merge', by: 'both', columns: ['X:document', 'Y:phone'] }],
  ['contacts.imported', { duplicates: 'skip', by: 'number' }],
  ['contacts.pushed', { contacts: 1 }],
  ['contact.merged', { keep: { phones: [{ text: 'x', e164: 'x', display: 'x', kind: 'extension' }] }, merge: {} }],
  ['contact.changed', { contactId: 'x', external: { source: 'x', id: 'x', link: 'x' }, merged: ['x'] }],
  ['mapping.changed', { account: 'x', phone: 'x', label: 'x', callerId: 'x', private: true, sharesPhoneWith: ['x'] }],
  ['agent.changed', { signInName: 'x', roles: ['agent'], team: 'x', language: 'en' }],
  ['agent.handed-over', { to: 'ana' }],
  ['agent.hand-over-cancelled', { to: 'ana' }],
  ['homologation.case', { case: 'x', do: 'skip' }],
  ['homologation.settings', { account: 'x', settings: { TimeZone: 'x', AccountIds: 'x', RecordIdPrefix: 'x' } }],
  ['homologation.settings', { settings: { RecordsPage: 'x', DialFormat: 'x', RecordsHaveLive: 'true' } }],
  ['homologation.settings', { settings: { CostIncludesAccessFee: 'false' } }],
  ['do-not-call.removed', { number: 'x', display: 'x', addedAt: 'x', source: 'outcome', callId: 'x', erasedAt: 'x' }],
  ['poison.deleted', { queue: 'campaign-dials', insertedAt: 'x', traceId: 'x', preview: 'x' }],
  ['refused.deleted', { receivedAt: 'x', reason: 'x', contentType: 'x', body: 'x', bodyBase64: 'x' }],
  ['retention.changed', { callDays: 1, callAction: 'remove', eventDays: 1 }],
  ['calls.erased', { stage: 'events', before: 'x' }],
  ['statement.changed', { invoiceTotal: 1 }],
  ['export.calls', { direction: 'in', state: 'missed', tied: 'true', team: 'x', outcome: 'x', contact: 'x' }],
  ['export.calls', { followUp: 'open', number: 'x' }],
  ['export.reports', { from: 'x', to: 'x', by: 'team' }],
])('neither a name of a program nor a code is shown of %s: %j', (what, shape) => {
  const [names, codes] = namesAndCodes(shape);

  const words = valueWords(shape, ['items'], what, context);

  const shown: readonly string[] = words.match(/[\p{L}\d.-]+/gu) ?? [];
  expect(names.concat(codes).filter((name) => shown.includes(name))).toEqual([]);
});

test('a field that several things have is named for the one that it is of', () => {
  expect(pathWords(['enabled'], 'dial-rules.changed')).toBe('Se puede llamar con un clic');
  expect(pathWords(['enabled'], 'contact-lookup.changed')).toBe('Encendida');
  expect(pathWords(['enabled'], 'event-endpoint.changed')).toBe('Encendido');
  expect(pathWords(['gapMinutes'], 'campaign.changed')).toBe('Minutos entre intentos');
  expect(pathWords(['gapMinutes'], 'contact-guard.changed')).toBe('Minutos entre llamadas');
  expect(pathWords(['to'], 'agent.handed-over')).toBe('Pasó todo a');
  expect(valueWords('ana', ['to'], 'agent.handed-over', context)).toBe('Ana Solano');
  expect(pathWords(['to'], 'export.calls')).toBe('Hasta');
  expect(valueWords('person', ['source'], 'contact-lookup.changed', context)).toBe('person');
  expect(valueWords([1, 0], ['hours', 'days'], 'dial-rules.changed', context)).toBe('lunes, domingo');
});

test.each([
  [['items'], 'pause-reasons.changed', 'Lista'],
  [['fields'], 'contact-fields.changed', 'Campos'],
  [['items', 'key'], 'contact-fields.changed', 'Código'],
])('a list that changed as a whole is named: %j of %s', (path, what, words) =>
  expect(pathWords(path, what)).toBe(words),
);

test.each([
  ['mappings', 'Teléfonos'],
  ['external-contacts', 'Contactos de otros sistemas'],
  ['reports', 'Reportes'],
  ['call-events', 'Avisos del operador'],
  ['call-events/4f0c', 'Avisos del operador · 4f0c'],
  ['contact-guard', 'Horarios y límites de contacto'],
  ['8000001/2026-11', '8000001/2026-11'],
])('what an entry is about is in words where the program named it: %s', (id, words) => expect(idWords(id)).toBe(words));

/** What a shape calls its fields, and what it says in codes. `x` is what the office wrote. */
function namesAndCodes(shape: Json): readonly [names: readonly string[], codes: readonly string[]] {
  if (typeof shape === 'string') return [[], shape === 'x' ? [] : [shape]];
  if (typeof shape !== 'object' || shape === null) return [[], []];
  const parts = Object.values(shape as Record<string, Json>).map(namesAndCodes);
  const own: readonly string[] = Array.isArray(shape) ? [] : Object.keys(shape).filter((name) => name !== 'code');
  return [own.concat(parts.flatMap(([names]) => names)), parts.flatMap(([, codes]) => codes)];
}
