import { expect, test } from 'vitest';
import type { ContactGuard } from '../../src/api/contact-guard-api.js';
import { guardOf, guardTexts } from '../../src/contact-guard/guard-texts.js';
import { daysWords, guardWords, spanWords } from '../../src/contact-guard/guard-words.js';

const guard: ContactGuard = {
  hours: [
    { days: [1, 2, 3, 4, 5], from: '08:00:00', to: '18:00:00' },
    { days: [6], from: '08:00', to: '12:00' },
  ],
  holidays: { observed: true, added: [], worked: [] },
  perDay: 3,
  perWeek: 7,
  gapMinutes: 60,
  upcoming: [{ date: '2026-12-25', name: 'Navidad', from: 'computed', worked: false }],
  etag: '1',
};

const added = [{ date: '2026-12-24', name: 'Cierre' }];

test.each([
  [[0, 1, 2, 3, 4, 5, 6], 'todos los días'],
  [[1, 2, 3, 4, 5], 'de lunes a viernes'],
  [[6, 0], 'el sábado y el domingo'],
  [[1, 3, 5], 'el lunes, el miércoles y el viernes'],
  [[1, 2, 3, 6], 'de lunes a miércoles y el sábado'],
  [[5, 6, 0], 'de viernes a domingo'],
])('the days %j are %s', (days, words) => {
  expect(daysWords(days)).toBe(words);
});

test('hours that end at midnight say so', () => {
  expect(spanWords({ days: [1], from: '20:00', to: '00:00' })).toBe('el lunes de 8:00 p. m. a la medianoche');
  expect(spanWords({ days: [1], from: '00:00', to: '00:00' })).toBe('el lunes, todo el día');
});

test('what is in force is said in sentences', () => {
  expect(guardWords(guard)).toEqual([
    'Se llama de lunes a viernes de 8:00 a. m. a 6:00 p. m. y el sábado de 8:00 a. m. a 12:00 p. m., en la hora de la persona.',
    'No se llama en feriados.',
    'A cada persona, como máximo 3 por día y 7 en 7 días.',
    'Entre dos llamadas a la misma persona pasan al menos 60 minutos.',
  ]);
  expect(
    guardWords({
      holidays: { observed: false, added: [], worked: [] },
      upcoming: [{ date: '2026-12-25', name: 'Navidad', from: 'computed', worked: true }],
    }),
  ).toEqual(['Se llama a cualquier hora.', 'Se llama también en feriados.', 'Sin límite de llamadas por persona.']);
  expect(guardWords({ ...guard, gapMinutes: 1 }).at(-1)).toBe(
    'Entre dos llamadas a la misma persona pasa al menos 1 minuto.',
  );
  expect(guardWords({ ...guard, hours: [] })[0]).toBe('No se llama a nadie: no hay ningún horario.');
  expect(
    guardWords({
      ...guard,
      holidays: { observed: true, added, worked: ['2026-12-25'] },
      perDay: null,
      gapMinutes: null,
    }).slice(1),
  ).toEqual([
    'No se llama en feriados, salvo los que se trabajan.',
    'Tampoco en los días que agregó la oficina.',
    'A cada persona, como máximo 7 en 7 días.',
  ]);
  expect(guardWords({ ...guard, holidays: { observed: false, added, worked: [] } })[1]).toBe(
    'Se llama en feriados, pero no en los días que agregó la oficina.',
  );
});

test('what is typed is what is sent, and what is no number is left for the API to refuse', () => {
  const texts = guardTexts(guard);
  expect(texts.spans[0]).toEqual({ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' });
  expect(guardOf(texts)).toEqual({
    hours: [
      { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
      { days: [6], from: '08:00', to: '12:00' },
    ],
    holidays: guard.holidays,
    perDay: 3,
    perWeek: 7,
    gapMinutes: 60,
  });
  const open = guardTexts({ holidays: guard.holidays, upcoming: [] });
  expect(open.hasHours).toBe(false);
  expect(guardOf({ ...open, perDay: 'tres' })).toMatchObject({ hours: null, perDay: -1, perWeek: null });
  expect(guardOf({ ...texts, spans: [] }).hours).toEqual([]);
});
