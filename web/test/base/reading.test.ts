// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Reading, Repeating } from '../../src/base/reading.js';
import { Pending } from '../builders.js';
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
