import { expect, test } from 'vitest';
import { initials } from '../../src/calls/initials.js';

test.each([
  ['José Rodríguez Solís', 'JS'],
  ['Carmen Brenes (Ferretería El Tornillo)', 'CB'],
  ['Ferretería «El Tornillo»', 'FT'],
  ['Óscar', 'Ó'],
  ['Ana (mamá', 'A'],
  ['(sin nombre)', 'SN'],
  ['3M', '3'],
  ['«»', ''],
])('%s is %s', (name, letters) => expect(initials(name)).toBe(letters));
