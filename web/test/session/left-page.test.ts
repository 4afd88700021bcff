// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backToLeftPage, noteLeftPage } from '../../src/session/left-page.js';

const at = () => location.pathname + location.search + location.hash;
const go = (address: string) => history.replaceState(null, '', address);

beforeEach(() => sessionStorage.clear());

afterEach(() => go('/'));

test.each(['#code=abc&state=x', '#error=access_denied&state=x'])(
  'the sign-in leads back to the page that it was begun on, with its answer: %s',
  (answer) => {
    go('/history/1?state=missed');
    noteLeftPage();
    go(`/${answer}`);
    backToLeftPage();
    expect(at()).toBe(`/history/1?state=missed${answer}`);
  },
);

test('a user who opened the address directly stays there', () => {
  go('/history');
  noteLeftPage();
  go('/');
  backToLeftPage();
  expect(at()).toBe('/');
  // A later sign-in does not lead there either.
  go('/#code=abc&state=x');
  backToLeftPage();
  expect(at()).toBe('/#code=abc&state=x');
});

test('an answer at another address than the root is left alone', () => {
  go('/history');
  noteLeftPage();
  go('/other#code=abc&state=x');
  backToLeftPage();
  expect(at()).toBe('/other#code=abc&state=x');
});

test('an address that begins with several slashes does not lead to another host', () => {
  sessionStorage.setItem('cmw.leftPage', '//history/1?state=missed');
  go('/#code=abc&state=x');
  backToLeftPage();
  expect(at()).toBe('/history/1?state=missed#code=abc&state=x');
});
