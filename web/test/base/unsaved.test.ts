// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaving } from '../../src/base/leaving.js';
import { Unsaved } from '../../src/base/unsaved.js';

class Typed extends LitElement {
  dirty = true;

  constructor() {
    super();
    new Unsaved(this, () => this.dirty);
  }

  protected override render() {
    return html`<a href="/other">other</a><a href="/file.csv" download>file</a>`;
  }
}

customElements.define('x-typed', Typed);

let element: Typed;
let asked: number;
let agrees: boolean;

beforeEach(async () => {
  asked = 0;
  agrees = false;
  vi.stubGlobal('confirm', () => {
    asked++;
    return agrees;
  });
  history.replaceState(null, '', '/settings/outcomes');
  element = document.createElement('x-typed') as Typed;
  document.body.append(element);
  await element.updateComplete;
});

afterEach(() => {
  element.remove();
  vi.unstubAllGlobals();
});

/** True if the frame would have followed the link. */
function follow(selector: string): boolean {
  const link = element.renderRoot.querySelector(selector) as HTMLElement;
  const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
  link.addEventListener('click', (clicked) => clicked.preventDefault(), { once: true });
  let reached = false;
  const frame = () => {
    reached = true;
  };
  window.addEventListener('click', frame);
  link.dispatchEvent(event);
  window.removeEventListener('click', frame);
  return reached;
}

test('a link is followed only once the loss is agreed to', () => {
  expect(follow('a')).toBe(false);
  expect(asked).toBe(1);
  agrees = true;
  expect(follow('a')).toBe(true);
  expect(asked).toBe(2);
});

test('nothing is asked where nothing is lost', () => {
  expect(follow('[download]')).toBe(true);
  element.dirty = false;
  expect(follow('a')).toBe(true);
  expect(asked).toBe(0);
});

test('the frame asks before it goes elsewhere, and once for a link', () => {
  expect(leaving.asks?.()).toBe(false);
  agrees = true;
  expect(leaving.asks?.()).toBe(true);
  expect(asked).toBe(2);

  expect(follow('a')).toBe(true);
  expect(leaving.asks?.()).toBe(true);
  expect(asked).toBe(3);
  agrees = false;
  expect(leaving.asks?.()).toBe(false);
  element.remove();
  expect(leaving.asks).toBeUndefined();
});

test('closing the tab asks as well, until the page is gone', () => {
  const close = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(close()).toBe(true);
  element.dirty = false;
  expect(close()).toBe(false);
  element.dirty = true;
  element.remove();
  expect(close()).toBe(false);
});
