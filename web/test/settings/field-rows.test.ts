import { expect, test } from 'vitest';
import type { WrapUpField } from '../../src/api/types.js';
import { fieldOf, moved, rowOf } from '../../src/settings/field-rows.js';

const reason: WrapUpField = {
  key: 'reason',
  es: 'Motivo',
  en: 'Reason',
  kind: 'choice',
  required: true,
  choices: ['Precio', 'Otro'],
  outcomes: ['refused'],
};

test('what is stored comes back as it was', () => {
  const row = rowOf(reason);
  expect(fieldOf(row, [row])).toEqual(reason);
});

test('choices are lines, and only a choice has some', () => {
  const row = { ...rowOf(reason), choices: ' Precio \n\n Mal servicio ' };
  expect(fieldOf(row, [row]).choices).toEqual(['Precio', 'Mal servicio']);
  expect(fieldOf({ ...row, kind: 'text' }, [row]).choices).toEqual([]);
});

test('a field gets a key of its name that no other has', () => {
  const named = (es: string, key = '') => ({ ...rowOf(), es, key });
  const rows = [
    named('¿Motivo?'),
    named('Motivo'),
    named('x', 'motivo-2'),
    named('Razón social (2)'),
    named('…'),
    named('otra', 'propia'),
  ];
  expect(rows.map((row) => fieldOf(row, rows).key)).toEqual([
    'motivo',
    'motivo-3',
    'motivo-2',
    'razon-social-2',
    '',
    'propia',
  ]);
});

test('rows are moved up and down', () => {
  const rows = ['a', 'b', 'c'].map((key) => ({ ...rowOf(), key }));
  const keys = (place: number, step: number) =>
    moved(rows, place, step)
      .map(({ key }) => key)
      .join('');
  expect([keys(0, 1), keys(2, -1), keys(1, 1)]).toEqual(['bac', 'acb', 'acb']);
});
