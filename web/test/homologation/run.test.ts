// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import {
  byGroup,
  type Case,
  progressOf,
  type Question,
  type RunSetting,
  settingLines,
  settingsToWrite,
} from '../../src/homologation/run.js';
import { countsWords, dialWords } from '../../src/homologation/words.js';

const one = (code: string, more: Partial<Case> = {}): Case => ({
  case: code,
  group: 'reach',
  title: code,
  steps: [],
  kind: 'byHand',
  state: 'open',
  automatic: false,
  ...more,
});

test('the groups stand in the order of the work, without the empty ones', () => {
  const cases = [
    one('codec', { group: 'phones' }),
    one('pace'),
    one('records-page', { group: 'records' }),
    one('page'),
  ];
  expect(byGroup(cases).map(([group, some]) => [group, some.map((each) => each.case)])).toEqual([
    ['reach', ['pace', 'page']],
    ['records', ['records-page']],
    ['phones', ['codec']],
  ]);
});

test('a case that failed or was skipped is done', () => {
  expect(
    progressOf([
      one('a'),
      one('b', { state: 'passed' }),
      one('c', { state: 'failed' }),
      one('d', { state: 'skipped' }),
    ]),
  ).toEqual({ done: 3, of: 4 });
});

test('a confirmation names the number and the phone', () => {
  expect(dialWords(' 88881234 ', 'Recepción (201)')).toBe(
    'Se llamará a 88881234 desde el teléfono Recepción (201). La llamada se cobra.',
  );
  expect(dialWords(' ', '')).toBe('Se llamará a — desde el teléfono —. La llamada se cobra.');
});

test('the counts are words', () => {
  const item = { runId: 'r', account: '8000001', startedAt: '', startedBy: '', state: 'open' } as const;
  expect(countsWords({ ...item, passed: 1, failed: 2, skipped: 0, open: 1 })).toBe(
    '1 pasó · 2 fallaron · 0 omitidas · 1 pendiente',
  );
});

test('only settings of the deployment that differ are to be written, each once', () => {
  const question = (
    name: string,
    value: string,
    now: string,
    source: RunSetting['source'] = 'deployment',
  ): Question => ({
    question: name,
    title: name,
    setting: { name, value, now, source, variable: name.replaceAll(':', '__') },
  });
  const settings = settingsToWrite([
    question('CallMyWay:Accounts:0:RecordsPage', '500', '100'),
    question('CallMyWay:Accounts:0:RecordsPage', '500', '100'),
    question('CallMyWay:Accounts:0:DialFormat', 'e164', 'e164'),
    question('PaceBy', 'address', 'account'),
    question('CallMyWay:Accounts:0:RecordIdPrefix', 'cdr-', '', 'default'),
    question('CallMyWay:Accounts:0:TimeZone', 'America/Bogota', 'America/Costa_Rica', 'taken'),
    { question: 'codec', title: 'codec', answer: 'primary' },
  ]);
  expect(settingLines(settings)).toBe('CallMyWay__Accounts__0__RecordsPage=500\nPaceBy=address');
});
