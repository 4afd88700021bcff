import { expect, test } from 'vitest';
import { addressOf, changed, filterOf, periodOf, queryOf, shownDays, tokenOf } from '../../src/history/filter.js';
import { daysOfPeriod as daysOf } from '../../src/i18n/days.js';

const today = '2026-11-26';

test('a filter comes back from its address', () => {
  const filter = {
    from: '2026-11-01',
    to: '2026-11-20',
    agent: 'ana',
    team: 'Cobros & más',
    contact: 'c1',
    number: '+506 8888-1234',
    direction: 'in',
    outcome: 'paid',
    state: 'missed',
    followUp: 'open',
    tied: 'false',
  };
  const address = addressOf(filter, 'a/b+c=');
  expect(filterOf(new URL(address, 'http://x').search)).toEqual(filter);
  expect(tokenOf(new URL(address, 'http://x').search)).toBe('a/b+c=');
});

test.each([
  ['?direction=sideways&state=1&tied=maybe&followUp=closed', {}],
  ['?from=yesterday&to=2026-13-01', {}],
  ['?from=0002-01-01', {}],
  ['?agent=%20&number=%20123%20', { number: '123' }],
  ['?other=1', {}],
])('what means nothing in %s is left out', (search, filter) => {
  expect(filterOf(search)).toEqual(filter);
});

test('no filter has the plain address', () => {
  expect(addressOf({})).toBe('/history');
  expect(addressOf(changed({ agent: 'ana', state: 'missed' }, { agent: '', state: '' }))).toBe('/history');
});

test.each([
  ['today', '2026-11-26', '2026-11-26'],
  ['yesterday', '2026-11-25', '2026-11-25'],
  ['week', '2026-11-20', '2026-11-26'],
  ['month', '2026-11-01', '2026-11-26'],
] as const)('%s is from %s to %s, and is known again', (period, from, to) => {
  expect(daysOf(period, today)).toEqual({ from, to });
  expect(periodOf({ from, to }, today)).toBe(period);
});

test('without days it is the last week, which is asked for without an end', () => {
  expect(periodOf({}, today)).toBe('week');
  expect(queryOf({ agent: 'ana' }, today)).toEqual({ agent: 'ana', from: '2026-11-20' });
});

test('a last day that is over is asked for, and a coming one is no end', () => {
  expect(queryOf({ from: '2026-11-01', to: '2026-11-20' }, today)).toEqual({ from: '2026-11-01', to: '2026-11-20' });
  expect(queryOf({ from: '2026-11-26', to: '2026-11-26' }, today)).toEqual({ from: '2026-11-26' });
  expect(queryOf({ from: '2026-11-26', to: '2026-12-31' }, today)).toEqual({ from: '2026-11-26' });
  // A first day after now is asked for with its last one: the API takes no period that ends before it begins.
  expect(queryOf({ from: '2026-12-15' }, today)).toEqual({ from: '2026-12-15', to: '2026-12-15' });
});

test('with a last day alone it is the week until then', () => {
  expect(shownDays({ to: '2026-03-05' }, today)).toEqual({ from: '2026-02-27', to: '2026-03-05' });
});
