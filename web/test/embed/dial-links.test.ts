// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dialLinks, numberAt } from '../../src/embed/dial-links.js';
import { CallMyWayNumber } from '../../src/embed/number-element.js';
import { settle } from '../builders.js';

customElements.define('callmyway-number', CallMyWayNumber);

class Phone extends HTMLElement {
  isReady = true;
  dial = vi.fn(async (_number: string) => ({ dialId: 'd1' }));
}
customElements.define('callmyway-phone', Phone);

let stop: () => void;
let phone: Phone;

beforeEach(() => {
  document.body.innerHTML = '<callmyway-phone></callmyway-phone>';
  phone = document.querySelector('callmyway-phone') as Phone;
  stop = dialLinks();
});

afterEach(() => stop());

function put(html: string): HTMLElement {
  const place = document.createElement('div');
  place.innerHTML = html;
  document.body.append(place);
  return place.firstElementChild as HTMLElement;
}

const dialled = (): readonly string[] => phone.dial.mock.calls.map(([number]) => number);

function press(element: Element, options: MouseEventInit = {}): MouseEvent {
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ...options });
  element.dispatchEvent(event);
  return event;
}

test.each([
  ['<a href="tel:+50622223333">Soporte</a>', '+50622223333'],
  ['<a href="TEL:2222-3333;ext=5">Soporte</a>', '2222-3333'],
  ['<a href="tel:%2B50622223333">Soporte</a>', '+50622223333'],
  ['<span data-callmyway-number="2222-3333">Soporte</span>', '2222-3333'],
  ['<span data-callmyway-number>2222-3333</span>', '2222-3333'],
])('%s dials', (html, number) => {
  const event = press(put(html));

  expect(dialled()).toEqual([number]);
  expect(event.defaultPrevented).toBe(true);
});

test('what is inside a link dials too, and what is to be left alone does not', () => {
  expect(numberAt(put('<a href="tel:22223333"><b>x</b></a>').querySelector('b') as Element)?.number).toBe('22223333');
  expect(numberAt(put('<a href="tel:22223333" data-callmyway-ignore>x</a>'))).toBeUndefined();
  expect(numberAt(put('<a href="mailto:a@crm.example">x</a>'))).toBeUndefined();
});

test('a link does what it does without a phone, until that is ready', () => {
  phone.isReady = false;

  expect(press(put('<a href="tel:22223333">x</a>')).defaultPrevented).toBe(false);
  phone.remove();
  expect(press(put('<a href="tel:22223333">x</a>')).defaultPrevented).toBe(false);
  expect(dialled()).toEqual([]);
});

test('a click that opens elsewhere, or that the page has handled, is left alone', () => {
  const link = put('<a href="tel:22223333">x</a>');
  press(link, { ctrlKey: true });
  link.addEventListener('click', (event) => event.preventDefault());
  press(link);

  expect(dialled()).toEqual([]);
});

test('a marked text that is no button can be reached and pressed by the keyboard', async () => {
  const text = put('<span data-callmyway-number="2222-3333">Soporte</span>');
  await settle();

  expect([text.getAttribute('role'), text.tabIndex]).toEqual(['button', 0]);
  text.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, composed: true }));
  expect(dialled()).toEqual(['2222-3333']);
});

test('a number of its own tag dials, says whom, and dials once while it is asked for', async () => {
  const number = put('<callmyway-number number="+50622223333">2222-3333</callmyway-number>');
  const button = number.shadowRoot?.querySelector('button') as HTMLButtonElement;

  expect(button.getAttribute('aria-label')).toBe('Llamar a 2222-3333');
  button.click();
  button.click();
  expect(dialled()).toEqual(['+50622223333']);
  await settle();
  button.click();
  expect(dialled()).toHaveLength(2);
});
