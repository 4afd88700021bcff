// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { arriveFrom, backTo, followed, leaveBy, returnToPlace } from '../../src/base/way-back.js';

const link = (href: string): HTMLAnchorElement => Object.assign(document.createElement('a'), { href });

const scrolled = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('scrollTo', scrolled);
  scrolled.mockClear();
  history.replaceState({ kept: 1 }, '', '/history?state=missed');
  document.body.replaceChildren();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page whose rows are in a component of their own. */
function page(): { readonly view: HTMLElement; readonly rows: ShadowRoot } {
  const [view, list] = [document.createElement('div'), document.createElement('div')];
  view.attachShadow({ mode: 'open' }).append(list);
  document.body.append(view);
  return { view, rows: list.attachShadow({ mode: 'open' }) };
}

function leave(href: string, top = 640): void {
  vi.stubGlobal('scrollY', top);
  leaveBy(link(href));
}

test('of several links to the same page it is the one that was followed', () => {
  const { view, rows } = page();
  const links = [link('/contacts/1'), link('/contacts/1'), link('/contacts/1')];
  rows.append(...links);
  leaveBy(links[1] as HTMLAnchorElement);

  returnToPlace(view);
  vi.advanceTimersByTime(50);
  expect(rows.activeElement).toBe(links[1]);

  links[2]?.remove();
  links[1]?.remove();
  returnToPlace(view);
  vi.advanceTimersByTime(50);
  expect(rows.activeElement).toBe(links[0]);
});

test.each([
  ['a file', { download: 'x.csv' }],
  ['another tab', { target: '_blank' }],
  ['another site', { href: 'https://example.com/' }],
  ['a mail', { href: 'mailto:ana@example.com' }],
  ['this page', { href: '/history?state=missed' }],
])('a link to %s leads to no other page', (_, values) => {
  const a = Object.assign(link('/x'), values);
  document.body.append(a);
  const seen: unknown[] = [];
  a.addEventListener('click', (event) => {
    seen.push(followed(event));
    event.preventDefault();
  });

  a.dispatchEvent(new MouseEvent('click', { cancelable: true }));

  expect(seen).toEqual([undefined]);
});

test('leads to the place and the link by which the page was left, once the page has it again', () => {
  leave('/calls/a/2/history');
  const { view, rows } = page();

  returnToPlace(view);
  vi.advanceTimersByTime(500);
  expect(scrolled).not.toHaveBeenCalled();
  const links = [link('/calls/a/1/history'), link('/calls/a/2/history')];
  rows.append(...links);
  vi.advanceTimersByTime(50);

  expect(scrolled).toHaveBeenCalledExactlyOnceWith(0, 640);
  expect(rows.activeElement).toBe(links[1]);
  vi.advanceTimersByTime(5_000);
  expect(scrolled).toHaveBeenCalledOnce();
});

test.each(['wheel', 'pointerdown', 'keydown'])('stays where the reader has gone meanwhile (%s)', (act) => {
  leave('/calls/a/2/history');
  const { view, rows } = page();
  returnToPlace(view);

  rows.dispatchEvent(new Event(act, { bubbles: true, composed: true }));
  rows.append(link('/calls/a/2/history'));
  vi.advanceTimersByTime(5_000);

  expect(scrolled).not.toHaveBeenCalled();
});

test.each([
  ['gone from the page', '/calls/a/3/history', true],
  ['that comes late', '/calls/a/2/history', false],
])('gives up after three seconds: a link %s', (_, href, isThere) => {
  leave('/calls/a/2/history');
  const { view, rows } = page();
  if (isThere) rows.append(link(href));
  returnToPlace(view);

  vi.advanceTimersByTime(3_000);
  rows.append(link('/calls/a/2/history'));
  vi.advanceTimersByTime(5_000);

  expect(scrolled).not.toHaveBeenCalled();
});

test('a page that was entered by a link, and not left, begins at its beginning', () => {
  arriveFrom('http://localhost/');
  const { view, rows } = page();
  rows.append(link('/calls/a/2/history'));

  returnToPlace(view);
  vi.advanceTimersByTime(5_000);

  expect(scrolled).not.toHaveBeenCalled();
});

test('what else the entry keeps stays', () => {
  leave('/x');
  arriveFrom('http://localhost/');

  expect(history.state).toMatchObject({ kept: 1, top: 640, from: 'http://localhost/' });
});

test.each<[string, MouseEventInit, boolean]>([
  ['http://localhost/history?state=missed', {}, true],
  ['http://localhost/contacts', {}, false],
  ['http://localhost/history?state=missed', { ctrlKey: true }, false],
  ['http://localhost/history?state=missed', { metaKey: true }, false],
  ['http://localhost/history?state=missed', { button: 1 }, false],
])('the link to a list goes back where the list came before: %s %o', (from, init, goesBack) => {
  arriveFrom(from);
  const back = vi.spyOn(history, 'back').mockImplementation(() => {});
  const click = new MouseEvent('click', { cancelable: true, ...init });

  backTo('/history')(click);

  expect([back.mock.calls.length, click.defaultPrevented]).toEqual(goesBack ? [1, true] : [0, false]);
  back.mockRestore();
});

test('where nothing is known of the page before, the link is followed', () => {
  const click = new MouseEvent('click', { cancelable: true });

  backTo('/history')(click);

  expect(click.defaultPrevented).toBe(false);
});

test('a click with a key held opens the link elsewhere', () => {
  const a = link('/x');
  document.body.append(a);
  const seen: unknown[] = [];
  a.addEventListener('click', (event) => {
    seen.push(followed(event));
    event.preventDefault();
  });

  a.dispatchEvent(new MouseEvent('click', { cancelable: true }));
  a.dispatchEvent(new MouseEvent('click', { cancelable: true, ctrlKey: true }));

  expect(seen).toEqual([a, undefined]);
});
