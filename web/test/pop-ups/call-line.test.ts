// @vitest-environment happy-dom
import { render } from 'lit';
import { expect, test } from 'vitest';
import { callLine } from '../../src/pop-ups/call-line.js';
import { aPopUp } from '../builders.js';

const context = {
  now: Date.parse('2026-03-02T15:10:00Z'),
  timeZone: 'America/Costa_Rica',
  isStop: true,
  draft: undefined,
  refusal: undefined,
  open: () => {},
  putAway: () => {},
};

test.each([
  [{}, 'Falta devolverla'],
  [{ dismissed: true }, 'Quitada de las listas'],
  [{ connectedAt: '2026-03-02T15:01:00Z' }, 'Falta el resultado'],
  [{ connectedAt: '2026-03-02T15:01:00Z', dismissed: true }, 'Quitada de las listas'],
  [{ connectedAt: '2026-03-02T15:01:00Z', contactId: undefined, ignored: true }, ''],
])(
  'what is left to do about a call is nothing where it was taken off the lists or is nobody’s: %j',
  (changes, words) => {
    const place = document.createElement('div');
    render(callLine(aPopUp({ state: 'ended', direction: 'in', ...changes }), context), place);

    expect(place.querySelector('.left')?.textContent).toBe(words);
  },
);

test('a missed call is dismissed, and one that was answered is closed', () => {
  const away = (changes: Parameters<typeof aPopUp>[0]) => {
    const place = document.createElement('div');
    render(callLine(aPopUp({ state: 'ended', direction: 'in', ...changes }), context), place);
    return place.querySelector('.away')?.getAttribute('aria-label');
  };

  expect(away({})).toMatch(/^Descartar: /);
  expect(away({ connectedAt: '2026-03-02T15:01:00Z' })).toMatch(/^Cerrar: /);
});
