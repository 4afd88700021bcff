// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import 'urlpattern-polyfill';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaving } from '../../src/base/leaving.js';
import type { Page } from '../../src/base/page.js';
import { Navigation } from '../../src/shell/navigation.js';
import type { FetchPage, Place } from '../../src/shell/pages.js';
import { Pending } from '../builders.js';
import { button, drawn, textOf } from '../dom.js';

type Fetched = Awaited<ReturnType<FetchPage>>;

const named = (name: string): Page<Place> => ({
  title: () => name,
  draw: (_, { id }) => html`<p>${name}${id ? ` ${id}` : ''}</p>`,
});

let slow: Pending<Fetched>;
let frame: Frame;

class Frame extends LitElement {
  readonly navigation = new Navigation(
    this,
    [
      ['/', named('desk')],
      ['/people/:id?', named('people')],
      ['/slow', () => slow.ask()],
    ],
    async () => ({ page: named('nothing') }),
  );

  protected override render() {
    return html`<a id="people" href="/people/1">people</a><a id="slow" href="/slow">slow</a>
      <a id="file" href="/api/people.csv" rel="external">file</a>
      <main>${this.navigation.draw({} as Place)}</main>`;
  }

  async follow(link: string): Promise<void> {
    this.renderRoot.querySelector<HTMLElement>(`#${link}`)?.click();
    await drawn(this);
  }

  get shown(): string {
    return this.renderRoot.querySelector('main')?.textContent?.trim() ?? '';
  }
}
customElements.define('test-frame', Frame);

async function open(address: string): Promise<void> {
  history.replaceState(null, '', address);
  frame = document.createElement('test-frame') as Frame;
  document.body.append(frame);
  await drawn(frame);
}

beforeEach(() => {
  slow = new Pending();
});

afterEach(() => {
  frame.remove();
  history.replaceState(null, '', '/');
});

test.each([
  ['/', 'desk'],
  ['/people', 'people'],
  ['/people/ana.maria', 'people ana.maria'],
  ['/people/1/2', 'nothing'],
  ['/other', 'nothing'],
])('%s is the address of: %s', async (address, shown) => {
  await open(address);
  expect(frame.shown).toBe(shown);
  expect(frame.navigation.address).toBe(address);
  expect(frame.navigation.title).toBe(shown.split(' ')[0]);
});

test('a link to a page is followed here, and a link to a file by the browser', async () => {
  await open('/');
  await frame.follow('people');
  expect([location.pathname, frame.shown]).toEqual(['/people/1', 'people 1']);
  const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
  frame.addEventListener('click', (event) => expect(event.defaultPrevented).toBe(false));
  window.addEventListener('click', (event) => event.preventDefault(), { once: true });
  frame.renderRoot.querySelector('#file')?.dispatchEvent(click);
  await drawn(frame);
  expect(location.pathname).toBe('/people/1');
});

test('while a page’s code is loaded, the page before stays', async () => {
  await open('/');
  await frame.follow('slow');
  expect([frame.shown, frame.navigation.address]).toEqual(['desk', '/']);
  await slow.answer({ page: named('slow') });
  await drawn(frame);
  expect([frame.shown, frame.navigation.address]).toEqual(['slow', '/slow']);
});

test('a page whose code arrives after the user has gone on is not shown', async () => {
  await open('/');
  await frame.follow('slow');
  await frame.follow('people');
  await slow.answer({ page: named('slow') });
  await drawn(frame);
  expect([frame.shown, frame.navigation.title, location.pathname]).toEqual(['people 1', 'people', '/people/1']);
});

test('a page whose code can’t be loaded shows a notice, and can be loaded again', async () => {
  await open('/');
  await frame.follow('slow');
  await slow.fail(new TypeError('Failed to fetch'));
  await drawn(frame);
  expect(textOf(frame)).toContain('no se pudo cargar');
  button(frame, 'Intentar de nuevo').click();
  await slow.answer({ page: named('slow') });
  await drawn(frame);
  expect(frame.shown).toBe('slow');
});

test('an address that is no longer valid is replaced', async () => {
  await open('/people/1');
  const push = vi.spyOn(history, 'pushState');
  await frame.navigation.replace('/');
  await drawn(frame);
  expect([location.pathname, frame.shown]).toEqual(['/', 'desk']);
  expect(push).not.toHaveBeenCalled();
});

test('a page whose user stays keeps its address, whatever the browser’s history says', async () => {
  await open('/people/1');
  leaving.asks = () => false;
  history.pushState(null, '', '/');
  window.dispatchEvent(new PopStateEvent('popstate'));
  await drawn(frame);
  expect(location.pathname).toBe('/people/1');
  expect(frame.shown).toBe('people 1');

  leaving.asks = () => true;
  history.pushState(null, '', '/');
  window.dispatchEvent(new PopStateEvent('popstate'));
  await drawn(frame);
  expect(frame.shown).toBe('desk');
  leaving.asks = undefined;
});

test('the entries of the browser’s history know the way back', async () => {
  await open('/');
  const left = vi.spyOn(history, 'replaceState');
  await frame.follow('people');
  expect(left.mock.calls[0]?.[0]).toMatchObject({ link: `${location.origin}/people/1`, top: 0 });
  expect(history.state).toMatchObject({ from: `${location.origin}/` });

  // Back, of which no link was pressed.
  history.replaceState(null, '', '/');
  window.dispatchEvent(new PopStateEvent('popstate'));
  await drawn(frame);
  expect([frame.shown, history.state]).toEqual(['desk', null]);
  left.mockRestore();
});

test('a page that the user stays on keeps its way back', async () => {
  await open('/');
  await frame.follow('people');
  leaving.asks = () => false;
  await frame.follow('slow');
  leaving.asks = undefined;
  expect([location.pathname, history.state?.from]).toEqual(['/people/1', `${location.origin}/`]);
});

test('a link that a form keeps from being followed is no way back of the page to which Back leads', async () => {
  await open('/');
  await frame.follow('people');
  const stop = (event: Event): void => event.stopImmediatePropagation();
  frame.addEventListener('click', stop);
  frame.renderRoot.querySelector<HTMLElement>('#slow')?.click();
  frame.removeEventListener('click', stop);

  history.replaceState({ from: 'kept' }, '', '/');
  window.dispatchEvent(new PopStateEvent('popstate'));
  await drawn(frame);

  expect(history.state).toEqual({ from: 'kept' });
});
