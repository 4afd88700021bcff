// @vitest-environment happy-dom
import { render } from 'lit';
import { expect, test } from 'vitest';
import { bars, columns, line, roundUp } from '../../src/reports/chart.js';

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

const drawn = (template: ReturnType<typeof bars>): HTMLElement => {
  const place = document.createElement('div');
  render(template, place);
  return place;
};

test('a name at the end of the scale stands below its own column', () => {
  const names = Array.from({ length: 31 }, (_, at) => `${at + 1}`);
  const place = drawn(
    columns({ label: 'x', names, series: [{ name: 'y', tone: 'talk', values: names.map(() => 1) }], words: String }),
  );
  const shown = [...place.querySelectorAll('text[text-anchor]')].filter((text) => text.getAttribute('y') !== null);
  const of = (name: string) => shown.find((text) => text.textContent === name && text.getAttribute('x')?.endsWith('%'));
  expect(of('1')?.getAttribute('text-anchor')).toBe('start');
  // Of 31 days each sixth is named: the 25th is far from the end, and the 31st is the last column.
  expect(of('25')?.getAttribute('text-anchor')).toBe('middle');
  expect(of('31')?.getAttribute('text-anchor')).toBe('end');
});

test('a name that is not that of the last column keeps its place, however near the end', () => {
  const names = Array.from({ length: 27 }, (_, at) => `${at + 1}`);
  const place = drawn(
    columns({ label: 'x', names, series: [{ name: 'y', tone: 'talk', values: names.map(() => 1) }], words: String }),
  );
  const last = [...place.querySelectorAll('text')].find((text) => text.textContent === '26');
  expect(last?.getAttribute('text-anchor')).toBe('middle');
});

test('each bar holds its name and its amount', () => {
  const place = drawn(
    bars({ label: 'x', names: ['Ana', 'Luis'], series: [{ name: 'y', tone: 'talk', values: [3, 5] }], words: String }),
  );
  expect([...place.querySelectorAll('.bar')].map((bar) => bar.querySelector('.amount')?.textContent)).toEqual([
    '3',
    '5',
  ]);
  expect([...place.querySelectorAll('.bar')].map((bar) => bar.querySelector('.name')?.textContent)).toEqual([
    'Ana',
    'Luis',
  ]);
});

test('a line of shares has a gap where there is none, and no mark there', () => {
  const place = drawn(line('x', ['a', 'b', 'c', 'd', 'e'], [0.5, 0.5, null, 1, 1], String));
  expect([...place.querySelectorAll('polyline')].map((run) => run.getAttribute('points'))).toEqual([
    '10,50 30,50',
    '70,0 90,0',
  ]);
  expect(place.querySelectorAll('circle')).toHaveLength(4);
});

const stacked = [
  { name: 'y', tone: 'answered' as const, values: [30] },
  { name: 'z', tone: 'missed' as const, values: [10] },
];

test('the parts of a bar stand one behind the other', () => {
  const place = drawn(bars({ label: 'x', names: ['Ana'], series: stacked, words: String }));
  const parts = [...place.querySelectorAll('.length rect')];
  expect(parts.map((part) => part.getAttribute('x'))).toEqual(['0%', '75%']);
  expect(parts.map((part) => part.getAttribute('width'))).toEqual(['75%', '25%']);
});

test('the parts of a column stand one upon the other', () => {
  const place = drawn(columns({ label: 'x', names: ['1'], series: stacked, words: String }));
  const [lower, upper] = [...place.querySelectorAll('.area rect:not(.hit)')].map((part) => ({
    y: Number(part.getAttribute('y')),
    size: Number(part.getAttribute('height')),
  }));
  expect(upper?.y).toBeCloseTo((lower?.y ?? 0) - (upper?.size ?? 0));
});
