import { expect, test } from 'vitest';
import type { DialRules } from '../../src/api/settings-types.js';
import { dialRulesOf, dialRuleTexts } from '../../src/settings/dial-rule-texts.js';

const rules: DialRules = {
  enabled: true,
  allowedPrefixes: ['+506'],
  deniedPrefixes: [],
  perAgentHour: 20,
  perAgentDay: null,
  totalHour: null,
  totalDay: 0,
  hours: null,
};

test.each<[string, DialRules['hours']]>([
  ['none', null],
  ['on every day', { from: '08:00', to: '18:00', days: null }],
  ['on some days', { from: '08:00', to: '18:00', days: [1, 3] }],
])('rules that nobody changed are stored as they were, with hours %s', (_, hours) => {
  const stands = { ...rules, hours };
  expect(dialRulesOf(dialRuleTexts(stands))).toEqual(stands);
});

test('hours without days are those of every day, Sunday included', () => {
  const texts = dialRuleTexts({ ...rules, hours: { from: '08:00', to: '18:00', days: null } });
  expect(texts.days).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test.each(['20 por hora', '2.5', '-1', 'x', '1234567890'])(
  '«%s» is no limit, and is neither none nor another',
  (typed) => {
    expect(dialRulesOf({ ...dialRuleTexts(rules), perAgentHour: typed }).perAgentHour).toBe(-1);
  },
);
