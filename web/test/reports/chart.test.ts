import { expect, test } from 'vitest';
import { roundUp } from '../../src/reports/chart.js';

test.each([
  [2, 2],
  [3, 4],
  [5, 6],
  [58, 60],
  [61, 80],
  [100, 100],
  [101, 200],
])('the scale of %i ends at %i', (most, end) => {
  expect(roundUp(most)).toBe(end);
});
