// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Page } from '../../src/api/types.js';
import { Paged } from '../../src/base/paged.js';
import { Reading, Repeating } from '../../src/base/reading.js';
import { tellSignedInAgain } from '../../src/base/signed-in-again.js';
import { Pending, settle } from '../builders.js';
import { mount, textOf } from '../dom.js';

const everyMs = 1_000;
let answers: Pending<string>;

@customElement('cmw-repeating-test')
class Place extends LitElement {
  readonly read = new Reading(this, () => answers.ask());

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => true,
      () => this.read.read(),
    );
  }

  protected override render() {
    return html`${this.read.value}`;
  }
}

beforeEach(() => {
  answers = new Pending();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

test('an answer that takes longer than the interval is shown, and then it is read again', async () => {
  const place = await mount<Place>('cmw-repeating-test', {});
  vi.advanceTimersByTime(5 * everyMs);
  expect(answers.count).toBe(1);

  await answers.answer('40 %');
  await place.updateComplete;
  expect(textOf(place)).toBe('40 %');

  vi.advanceTimersByTime(everyMs);
  expect(answers.count).toBe(1);
});

test('after a failure it is read again', async () => {
  const place = await mount<Place>('cmw-repeating-test', {});
  vi.advanceTimersByTime(everyMs);
  await answers.fail(new Error('no'));
  vi.advanceTimersByTime(everyMs);
  await answers.answer('done');
  await place.updateComplete;
  expect(textOf(place)).toBe('done');
});

test('of several readings the latest counts, and what a change answered is newer than those under way', async () => {
  const place = await mount<Place>('cmw-repeating-test', {});
  void place.read.read();
  void place.read.read();
  const [older, newer] = [answers.answer('older'), answers.answer('newer')];
  await Promise.all([older, newer]);
  expect(place.read.value).toBe('newer');

  void place.read.read();
  void place.read.read();
  await answers.fail(new ApiError(503));
  expect(place.read.error).toBeUndefined();
  await answers.fail(new ApiError(503));
  expect([place.read.error?.status, place.read.value]).toEqual([503, 'newer']);

  void place.read.read();
  place.read.take('stored');
  await answers.answer('read before');
  expect([place.read.value, place.read.error]).toEqual(['stored', undefined]);

  void place.read.read();
  place.read.clear();
  await answers.answer('of something else');
  expect(place.read.value).toBeUndefined();
});

test('a page that nobody looks at reads nothing by itself', async () => {
  const place = await mount<Place>('cmw-repeating-test', {});
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  vi.advanceTimersByTime(5 * everyMs);
  expect(answers.count).toBe(0);
  hidden.mockRestore();
  vi.advanceTimersByTime(everyMs);
  expect(answers.count).toBe(1);
  place.remove();
});

test('what was asked for as the session ended is asked for again after the sign-in', async () => {
  const place = await mount<Place>('cmw-repeating-test', {});
  let isRead = false;
  void place.read.read().then(() => (isRead = true));
  await answers.fail(new ApiError(401));
  expect([place.read.error, isRead]).toEqual([undefined, false]);

  tellSignedInAgain();
  await vi.waitFor(() => expect(answers.count).toBe(1));
  await answers.answer('40 %');
  await place.updateComplete;
  expect([textOf(place), isRead]).toEqual(['40 %', true]);
});

test('after the sign-in nothing is asked for that the page asks for anew, or whose page was left', async () => {
  const place = await mount<Place>('cmw-repeating-test', {});
  void place.read.read();
  await answers.fail(new ApiError(401));
  tellSignedInAgain();
  void place.read.read();
  await new Promise((done) => setTimeout(done));
  await settle();
  expect(answers.count).toBe(1);

  await answers.fail(new ApiError(401));
  place.remove();
  tellSignedInAgain();
  await new Promise((done) => setTimeout(done));
  await settle();
  expect(answers.count).toBe(0);
});

test('a list too is asked for again after the sign-in', async () => {
  class List extends Paged<string> {
    items: readonly string[] = [];

    protected override async ask(): Promise<Page<string>> {
      return { items: [await answers.ask()], next: null };
    }

    protected override takeFirst({ items }: Page<string>): boolean {
      this.items = items;
      return true;
    }

    protected override takeMore(): void {}

    protected override forget(): void {}
  }

  const list = new List();
  void list.read();
  await answers.fail(new ApiError(401));
  expect([list.loaded, list.reading]).toEqual([false, false]);
  tellSignedInAgain();
  await vi.waitFor(() => expect(answers.count).toBe(1));
  await answers.answer('one');
  expect([list.loaded, list.items]).toEqual([true, ['one']]);
});
