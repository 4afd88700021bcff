import type { Day, Statement, Sums } from '../../src/api/record-types.js';
import type { Me } from '../../src/api/types.js';

export const anAdmin: Me = {
  id: 'admin',
  name: 'admin',
  roles: ['admin'],
  endpoints: [],
  timeZone: 'America/Costa_Rica',
};

/** 21:00 on Thursday the 26th in Costa Rica, when it is the 27th in UTC. */
export const now = Date.parse('2026-11-27T03:00:00Z');

export const aDay = (date: string, changes: Partial<Day> = {}): Day => ({
  date,
  account: 'office',
  state: 'green',
  total: 5,
  matched: 5,
  webhookOnly: 0,
  recordOnly: 0,
  differing: 0,
  healed: 0,
  aside: 0,
  ...changes,
});

export const sums = (changes: Partial<Sums> = {}): Sums => ({
  calls: 2,
  connected: 2,
  seconds: 210,
  minutes: 3.5,
  billedMinutes: 4,
  cost: 100,
  accessFees: 5,
  total: 105,
  withoutCost: 0,
  ...changes,
});

export const aStatement = (changes: Partial<Statement> = {}): Statement => ({
  month: '2026-10',
  account: 'office',
  currency: 'CRC',
  timeZone: 'America/Costa_Rica',
  from: '2026-10-01T06:00:00Z',
  to: '2026-11-01T06:00:00Z',
  isOver: true,
  costIncludesAccessFee: false,
  totals: sums(),
  routes: [{ pattern: '506', name: 'Costa Rica móvil', rate: 10, ...sums() }],
  days: [],
  ...changes,
});
