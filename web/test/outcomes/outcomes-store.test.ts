import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Outcome, OutcomeList } from '../../src/api/types.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { Pending, settle } from '../builders.js';

const outcome = (code: string, active = true): Outcome => ({ code, es: code, en: code, requires: {}, active });

let answers: Pending<OutcomeList>;
let store: OutcomesStore;

beforeEach(() => {
  answers = new Pending();
  store = new OutcomesStore({ outcomes: answers.ask });
});

test('the outcomes are read once', async () => {
  const readings = [store.read(), store.read()];
  expect(answers.count).toBe(1);
  await answers.answer({ items: [outcome('a')] });
  await Promise.all(readings);
  await store.read();
  expect(answers.count).toBe(0);
  expect(store.items.map(({ code }) => code)).toEqual(['a']);
});

test('after a failed reading, the outcomes are read again', async () => {
  const reading = store.read();
  await answers.fail(new ApiError(503));
  await reading;
  void store.read();
  expect(answers.count).toBe(1);
});

test('a refresh reads the outcomes again, and keeps the old ones until the answer arrives', async () => {
  void store.read();
  await answers.answer({ items: [outcome('a')] });
  store.refresh();
  expect(store.find('a')).toBeDefined();
  await answers.answer({ items: [outcome('b')] });
  await settle();
  expect(store.find('a')).toBeUndefined();
  expect(store.find('b')).toBeDefined();
});

test('an inactive outcome keeps its name', async () => {
  void store.read();
  await answers.answer({ items: [outcome('a'), outcome('old', false)] });
  expect(store.active.map(({ code }) => code)).toEqual(['a']);
  expect(store.label('old')).toBe('old');
  expect(store.label('never was')).toBe('never was');
});
