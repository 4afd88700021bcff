// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { afterEach, expect, test, vi } from 'vitest';
import { Later } from '../../src/base/later.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const answers = new Pending<void>();

@customElement('cmw-later-test')
class Place extends LitElement {
  readonly code = new Later(this, answers.ask);

  protected override render() {
    return html`${this.code.notice}`;
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('if code can’t be loaded, a notice takes its place, with a retry button', async () => {
  const place = await mount<Place>('cmw-later-test', {});
  void place.code.fetch();
  await answers.fail(new TypeError('Failed to fetch dynamically imported module'));
  await drawn(place);
  expect(textOf(place)).toContain('no se pudo cargar');
  button(place, 'Intentar de nuevo').click();
  await answers.answer();
  await drawn(place);
  expect(textOf(place)).toBe('');
});

test('code that is fetched ahead is tried again ever less often, while somebody looks at its place', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const place = await mount<Place>('cmw-later-test', {});
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  place.code.ahead();
  vi.advanceTimersByTime(0);
  // The first try waits for nobody: a call may come to a tab that is hidden.
  expect(answers.count).toBe(1);
  await answers.fail(new TypeError('Failed to fetch dynamically imported module'));
  await drawn(place);
  expect(textOf(place)).toContain('recargue la página');
  vi.advanceTimersByTime(3_000);
  expect(answers.count).toBe(0);

  hidden.mockReturnValue(false);
  vi.advanceTimersByTime(5_999);
  expect(answers.count).toBe(0);
  vi.advanceTimersByTime(1);
  await answers.fail(new TypeError('Failed to fetch dynamically imported module'));
  vi.advanceTimersByTime(6_000);
  expect(answers.count).toBe(0);
  vi.advanceTimersByTime(6_000);
  expect(answers.count).toBe(1);

  place.remove();
  await answers.fail(new TypeError('Failed to fetch dynamically imported module'));
  vi.advanceTimersByTime(600_000);
  expect(answers.count).toBe(0);
});

test('code that is fetched ahead is fetched also where its place is moved before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const place = await mount<Place>('cmw-later-test', {});
  place.code.ahead(1_000);
  vi.advanceTimersByTime(500);
  const other = document.createElement('div');
  document.body.append(other);
  place.remove();
  other.append(place);
  vi.advanceTimersByTime(1_000);
  expect(answers.count).toBe(1);
  await answers.answer();
  place.remove();
});
