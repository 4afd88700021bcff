import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { NumberCheck } from '../../src/api/types.js';
import { NumberChecks } from '../../src/dial/number-checks.js';
import { Pending, settle } from '../builders.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

afterEach(() => vi.useRealTimers());

test('a number is asked for once, after a pause in the typing, and an older answer is not shown', async () => {
  const asked: string[] = [];
  const answers = new Pending<NumberCheck>();
  const checks = new NumberChecks({
    checkNumber: (number) => {
      asked.push(number);
      return answers.ask();
    },
  });
  for (const number of ['2222333', '22223334', '22223334']) checks.ask(number);
  vi.advanceTimersByTime(300);
  checks.ask('9001234567');
  vi.advanceTimersByTime(300);
  expect(asked).toEqual(['22223334', '9001234567']);
  await answers.answer({ allowed: true, message: 'vieja' });
  expect(checks.of('9001234567')).toBeUndefined();
  await answers.answer({ allowed: false, message: 'No se permite.' });
  expect(checks.of('9001234567')?.message).toBe('No se permite.');
  expect(checks.of('22223334')).toBeUndefined();
});

test('a failure says nothing', async () => {
  const checks = new NumberChecks({ checkNumber: () => Promise.reject(new ApiError(503)) });
  checks.ask('88881234');
  vi.advanceTimersByTime(300);
  await settle();
  expect(checks.of('88881234')).toBeUndefined();
});
