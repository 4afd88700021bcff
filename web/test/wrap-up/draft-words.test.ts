import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import { draftWords } from '../../src/wrap-up/draft-words.js';
import type { WrapUpDraft } from '../../src/wrap-up/wrap-up-draft.js';

test.each([
  [0, 'Sin conexión. Guardado en este equipo; se reintenta.'],
  [412, 'Todavía no se pudo guardar. Quedó en este equipo y se reintenta.'],
  [428, 'Todavía no se pudo guardar. Quedó en este equipo y se reintenta.'],
  [401, 'Su sesión terminó. Guardado en este equipo.'],
])('a draft that waits says for what (%s)', (status, words) => {
  expect(draftWords({ state: 'waiting', error: new ApiError(status) } as WrapUpDraft)).toBe(words);
});
