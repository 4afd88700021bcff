import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Page } from '../../src/api/types.js';
import { Paged } from '../../src/base/paged.js';
import { tellSignedInAgain } from '../../src/base/signed-in-again.js';
import { Pending, settle } from '../builders.js';

/** A list that keeps its later pages where a new first page says so. */
class List extends Paged<string> {
  items: readonly string[] = [];
  asked: (string | undefined)[] = [];
  begins = true;

  protected override ask(next: string | undefined): Promise<Page<string>> {
    this.asked.push(next);
    return answers.ask();
  }

  protected override takeFirst({ items }: Page<string>): boolean {
    this.items = this.begins ? items : [...items, ...this.items.slice(items.length)];
    return this.begins;
  }

  protected override takeMore({ items }: Page<string>): void {
    this.items = [...this.items, ...items];
  }

  protected override forget(): void {
    this.items = [];
  }
}

const page = (items: string, next?: string): Page<string> => ({ items: items.split(' '), ...(next ? { next } : {}) });

let answers: Pending<Page<string>>;
let list: List;

beforeEach(() => {
  answers = new Pending();
  list = new List();
});

async function read(answer: Page<string>): Promise<void> {
  const reading = list.read();
  await answers.answer(answer);
  await reading;
}

test('a page goes on where the one before it ended, and is asked for once', async () => {
  await read(page('a b', '2'));
  expect([list.loaded, list.more]).toEqual([true, true]);
  void list.readMore();
  void list.readMore();
  expect(list.loadingMore).toBe(true);
  await answers.answer(page('c', '3'));
  expect([list.items, list.more, list.loadingMore]).toEqual([['a', 'b', 'c'], true, false]);
  void list.readMore();
  await answers.answer(page('d'));
  expect([list.items, list.more]).toEqual([['a', 'b', 'c', 'd'], false]);
  await list.readMore();
  expect(list.asked).toEqual([undefined, '2', '3']);
});

test('of several readings of the first page the latest counts, whichever comes first', async () => {
  const older = list.read();
  const newer = list.read();
  const [first, second] = [answers.answer(page('old')), answers.answer(page('new'))];
  await Promise.all([first, second, older, newer]);
  expect(list.items).toEqual(['new']);

  const [failing, going] = [list.read(), list.read()];
  await answers.fail(new ApiError(503));
  expect(list.error).toBeUndefined();
  await answers.answer(page('newest'));
  await Promise.all([failing, going]);
  expect([list.items, list.error]).toEqual([['newest'], undefined]);
});

test('a later page of an older list is dropped, and so is its failure', async () => {
  await read(page('a', '2'));
  const more = list.readMore();
  const again = list.read();
  await answers.answer(page('late'));
  expect([list.items, list.more]).toEqual([['a'], true]);
  await answers.answer(page('b', '3'));
  await Promise.all([more, again]);
  expect([list.items, list.more, list.loadingMore]).toEqual([['b'], true, false]);

  const failing = list.readMore();
  const newest = list.read();
  await answers.fail(new ApiError(503));
  expect(list.error).toBeUndefined();
  await answers.answer(page('c'));
  await Promise.all([failing, newest]);
  expect([list.items, list.error]).toEqual([['c'], undefined]);
});

test('where the later pages stay, the list goes on behind them', async () => {
  await read(page('a b', '2'));
  void list.readMore();
  await answers.answer(page('c d', '3'));
  list.begins = false;
  await read(page('a b', '2'));
  expect(list.items).toEqual(['a', 'b', 'c', 'd']);
  void list.readMore();
  expect(list.asked.at(-1)).toBe('3');
});

test('what was on its way to a list that was forgotten is not taken', async () => {
  await read(page('a', '2'));
  const reading = list.read();
  list.clear();
  await answers.answer(page('of the agent before'));
  await reading;
  expect([list.items, list.loaded, list.more]).toEqual([[], false, false]);
});

test('what failed is told, and what was read stays', async () => {
  await read(page('a', '2'));
  const more = list.readMore();
  await answers.fail(new ApiError(503));
  await more;
  expect([list.error?.status, list.items, list.more, list.loadingMore]).toEqual([503, ['a'], true, false]);
});

test('where the session had ended it is read once more, unless it was read or forgotten meanwhile', async () => {
  const reading = list.read();
  await answers.fail(new ApiError(401));
  await reading;
  expect(list.error).toBeUndefined();
  tellSignedInAgain();
  await new Promise((done) => setTimeout(done));
  await settle();
  expect(list.asked).toHaveLength(2);
  await answers.fail(new ApiError(401));
  list.clear();
  tellSignedInAgain();
  await new Promise((done) => setTimeout(done));
  await settle();
  expect(list.asked).toHaveLength(2);
});
