import { expect, test } from 'vitest';
import type { CampaignState } from '../../src/api/campaign-types.js';
import { calledOf, hoursWords, isMoving, mayPause, mayStart, mayStop, openOf } from '../../src/campaigns/words.js';
import { aCampaign } from './builders.js';

const { counts } = aCampaign();

test('those who still can be called are counted apart from those who are called at all', () => {
  expect([openOf(counts), calledOf(counts)]).toEqual([48, 90]);
});

test.each<[CampaignState, string]>([
  ['building', ''],
  ['ready', 'start stop'],
  ['running', 'pause stop'],
  ['paused', 'start stop'],
  ['stopped', ''],
  ['done', ''],
])('what can be done with a campaign that is %s', (state, ways) => {
  const campaign = aCampaign({ state });
  const found = [mayStart(campaign) && 'start', mayPause(campaign) && 'pause', mayStop(campaign) && 'stop'];
  expect(found.filter(Boolean).join(' ')).toBe(ways);
});

test.each(['offered', 'dialling', 'unknown'] as const)(
  'a campaign with somebody in the state %s moves by itself',
  (state) => {
    const none = { ...counts, offered: 0, dialling: 0, unknown: 0 };
    const isStillMoving = (of: typeof counts) => isMoving(aCampaign({ state: 'paused', counts: of }));
    expect([isStillMoving(none), isStillMoving({ ...none, [state]: 1 })]).toEqual([false, true]);
  },
);

test.each<[string, number[] | undefined, string]>([
  ['18:00', undefined, 'De 8:00 a.m. a 6:00 p.m.'],
  ['00:00', [0, 1, 2, 3, 4, 5, 6], 'De 8:00 a.m. a la medianoche'],
  ['18:00', [1, 2, 3, 4, 5], 'De 8:00 a.m. a 6:00 p.m. · de lunes a viernes'],
  ['18:00', [6, 0], 'De 8:00 a.m. a 6:00 p.m. · sábado, domingo'],
  ['18:00', [1, 2, 4], 'De 8:00 a.m. a 6:00 p.m. · lunes, martes, jueves'],
])('hours until %s on %o', (to, days, words) => {
  const said = hoursWords({ from: '08:00', to, ...(days ? { days } : {}) });
  expect(said.replace(/\s/gu, ' ').replaceAll('. m.', '.m.')).toBe(words);
});
