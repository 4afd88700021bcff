// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/api/history-types.js';
import { entryWords, otherCall, rawFields, sinceStart } from '../../src/history/timeline-words.js';

const at = '2026-11-26T15:00:00Z';
const label = (code: string) => (code === 'paid' ? 'Ya pagó' : code);

const cases: readonly (readonly [Omit<HistoryEntry, 'at'>, string, readonly string[]])[] = [
  [{ kind: 'notification', event: 'callStart', endpointId: '2001' }, 'El operador avisó del inicio', ['Teléfono 2001']],
  [
    { kind: 'notification', event: 'callEnd', duration: 65, repeated: true },
    'El operador avisó del fin',
    ['Duración: 1\u00a0min 5\u00a0s', 'Era una repetición, y no cambió nada.'],
  ],
  [{ kind: 'notification', event: 'callHold' }, 'Aviso del operador: callHold', []],
  [{ kind: 'routed', agentId: 'ana', agentName: 'Ana', endpointId: '2001' }, 'Le tocó a Ana, por el teléfono 2001', []],
  [{ kind: 'routed' }, 'No le tocó a ningún agente', []],
  [
    { kind: 'matched', match: 'one', candidates: [{ contactId: 'c1', name: 'María', reason: 'mainNumber' }] },
    'Se reconoció a María',
    ['Es su número principal'],
  ],
  [
    {
      kind: 'matched',
      match: 'many',
      candidates: [
        { contactId: 'c1', name: 'María', reason: 'mainNumber' },
        { contactId: 'c2', name: 'José', reason: 'otherNumber' },
      ],
    },
    'Varios contactos tienen este número: 2',
    ['María: Es su número principal', 'José: Es otro de sus números'],
  ],
  [{ kind: 'matched', match: 'none' }, 'Ningún contacto tiene este número', []],
  [{ kind: 'matched', match: 'private' }, 'El número era privado', []],
  [
    { kind: 'shown', agentName: 'Ana', milliseconds: 340 },
    'Se mostró en la pantalla de Ana',
    ['0,3 s después del aviso del operador'],
  ],
  [{ kind: 'acknowledged', agentName: 'Ana' }, 'Ana cerró la tarjeta', []],
  [{ kind: 'acknowledged' }, 'Se cerró la tarjeta', []],
  [{ kind: 'contactChosen', agentName: 'Ana', contactName: 'José' }, 'Ana eligió el contacto', ['José']],
  [{ kind: 'ignored', agentName: 'Ana' }, 'Ana la dejó sin contacto', []],
  [{ kind: 'dismissed', agentName: 'Sofía' }, 'Sofía la quitó de la lista', []],
  [
    { kind: 'promise', state: 'kept', amount: 500, currency: 'CRC', agentName: 'Sofía' },
    'Se indicó que pagó lo prometido',
    ['₡500,00', 'Sofía'],
  ],
  [
    { kind: 'promise', state: 'partly', amount: 40, currency: 'CRC', agentName: 'Sofía' },
    'Se indicó que pagó una parte de lo prometido',
    ['₡40,00', 'Sofía'],
  ],
  [{ kind: 'promise', state: 'broken', agentName: 'Sofía' }, 'Se indicó que no pagó lo prometido', ['Sofía']],
  [{ kind: 'outcome', outcome: 'paid', agentName: 'Ana' }, 'Resultado de la llamada: Ya pagó', ['Ana']],
  [
    { kind: 'wrapUp', version: 1, outcome: 'paid', agentName: 'Ana' },
    'Ana documentó la llamada',
    ['Ya pagó', 'Versión 1'],
  ],
  [
    { kind: 'wrapUp', version: 2, outcome: 'other', agentName: 'Ana' },
    'Ana corrigió lo documentado',
    ['other', 'Versión 2'],
  ],
  [
    { kind: 'wrapUp', version: 3, outcome: 'paid', agentName: 'Ana', undone: true },
    'Ana corrigió lo documentado',
    ['Ya pagó', 'Versión 3', 'Se deshizo.'],
  ],
  [{ kind: 'noted', agentName: 'Ana' }, 'Ana anotó una llamada por otro teléfono', []],
  [
    { kind: 'returned', agentName: 'Luis', duration: 65 },
    'Luis habló después con quien llamó',
    ['Duración: 1\u00a0min 5\u00a0s'],
  ],
  [
    { kind: 'reconciled', date: '2026-11-26', mismatch: 'webhookOnly', fields: ['end'] },
    'Conciliación del día',
    [
      'jueves, 26 de noviembre de 2026',
      'El operador no tiene registro de esta llamada.',
      'No coincide: el fin, del que no se avisó',
    ],
  ],
  [{ kind: 'dialled', agentName: 'Ana' }, 'Ana marcó con un clic', []],
  [{ kind: 'record' }, 'Llegó el registro del operador', []],
  [{ kind: 'record', corrected: true }, 'Llegó el registro, corregido', []],
  [
    { kind: 'reconciled', date: '2026-11-26', mismatch: 'differing', fields: ['duration', 'cost'], healedBy: 'record' },
    'Conciliación del día',
    [
      'jueves, 26 de noviembre de 2026',
      'Los avisos y el registro no dicen lo mismo.',
      'No coincide: la duración, el costo',
      'Ya se corrigió.',
    ],
  ],
  [
    { kind: 'reconciled', date: '2026-11-26', mismatch: 'matched' },
    'Conciliación del día',
    ['jueves, 26 de noviembre de 2026', 'Los avisos y el registro dicen lo mismo.'],
  ],
  [{ kind: 'notification', event: 'callStart', duration: 0 }, 'El operador avisó del inicio', []],
  [
    { kind: 'notification', event: 'callEnd', isOurTime: true, isSummed: true },
    'El operador avisó del fin',
    ['Sus horas no podían ser: valen las de este sistema.', 'Lo que decía no se guardó: es de una versión anterior.'],
  ],
  [{ kind: 'dismissed', agentName: 'Sofía', forAll: true }, 'Sofía la quitó de la lista', ['De las listas de todos.']],
  [
    { kind: 'wrapUp', version: 1, agentName: 'Ana', undone: true },
    'Ana documentó la llamada',
    ['Versión 1', 'Se deshizo.'],
  ],
  [{ kind: 'record', duration: 60 }, 'Llegó el registro del operador', ['Duración: 1\u00a0min']],
];

test.each(cases)('%o is: %s', (entry, title, lines) => {
  expect(entryWords({ at, ...entry } as HistoryEntry, label)).toMatchObject({ title, lines });
});

test('a kind that this page does not know is shown by its name, with its fields', () => {
  const entry: HistoryEntry = { at, kind: 'transcribed', words: 12, parts: [{ n: 1 }], none: null };
  expect(entryWords(entry, label).title).toBe('transcribed');
  expect(rawFields(entry)).toEqual([
    ['words', '12'],
    ['parts', '[\n {\n  "n": 1\n }\n]'],
  ]);
});

test('only the call in which the caller was reached is another one', () => {
  expect(otherCall({ at, kind: 'returned', callId: '7' })).toBe('7');
  expect(otherCall({ at, kind: 'record', callId: '7' })).toBeUndefined();
});

test.each([
  [0, '+0:00'],
  [7_400, '+0:07'],
  [-2_000, '−0:02'],
  [3_723_000, '+1:02:03'],
  [3 * 86_400_000 + 5, '+3 d'],
])('%i ms after the start are %s', (ms, words) => {
  expect(sinceStart(1_000_000_000_000 + ms, 1_000_000_000_000)).toBe(words);
});
