// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { callAddress, callIdOf, contactAddress, dayAddress, partOf } from '../../src/base/addresses.js';

test.each(['1001', 'a/5', '..', '~x', 'año 1', 'logo.png'])(
  'the id %s of a call comes back from its address',
  (callId) => {
    const parts = new URL(callAddress({ account: 'of/icina', callId }), 'http://x').pathname.split('/');
    expect(parts).toHaveLength(5);
    expect([partOf(parts[2]), callIdOf(parts[3])]).toEqual(['of/icina', callId]);
  },
);

test('an account or a contact of odd characters is one part of an address', () => {
  expect(contactAddress('crm/5 b')).toBe('/contacts/crm%2F5%20b');
  expect(dayAddress('a b/c', '2026-11-05')).toBe('/reconciliation/a%20b%2Fc/2026-11-05');
});
