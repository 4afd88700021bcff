import { expect, test } from 'vitest';
import { addressOf, changed, filterOf, tokenOf } from '../../src/audit/filter.js';

test('a filter comes back from its address, and what means nothing is left out', () => {
  const filter = { from: '2026-11-01', to: '2026-11-26', who: 'ana', what: 'contact', id: 'c 1' };
  const address = addressOf(filter, 'a/b');
  expect(address).toBe('/audit?from=2026-11-01&to=2026-11-26&who=ana&what=contact&id=c+1&next=a%2Fb');
  const search = address.slice('/audit'.length);
  expect([filterOf(search), tokenOf(search)]).toEqual([filter, 'a/b']);
  expect(filterOf('?from=26/11/2026&to=2026-13-01&who=+&other=x')).toEqual({});
  expect([addressOf({}), tokenOf('?next=')]).toEqual(['/audit', undefined]);
});

test('of two days the one that was chosen stays, and the other follows', () => {
  const week = { from: '2026-11-20', to: '2026-11-26' };
  expect(changed(week, { from: '2026-11-28' })).toEqual({ from: '2026-11-28', to: '2026-11-28' });
  expect(changed(week, { to: '2026-11-10' })).toEqual({ from: '2026-11-10', to: '2026-11-10' });
  expect(changed(week, { from: '2026-11-26' })).toEqual({ from: '2026-11-26', to: '2026-11-26' });
  expect(changed(week, { to: '' })).toEqual({ from: '2026-11-20' });
});
