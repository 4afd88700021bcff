// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import type { TokenSource } from '../../src/embed/embed-types.js';
import { CallMyWayPhone } from '../../src/embed/phone-element.js';
import type { PhoneLink } from '../../src/embed/phone-link.js';
import { settle } from '../builders.js';

/** What is loaded later, without what it does. */
class Body extends HTMLElement {
  static last: Body;
  link!: PhoneLink;
  updateComplete = Promise.resolve(true);
  speak = vi.fn(async () => {});
  stop = vi.fn();
  dial = vi.fn(async (number: string) => ({ dialId: `dial-${number}` }));

  connectedCallback(): void {
    Body.last = this;
  }
}

CallMyWayPhone.api = 'https://office.example';
CallMyWayPhone.site = 'https://console.example';
customElements.define('cmw-embedded-phone', Body);

// The page is there before the script is.
document.body.innerHTML = '<div lang="en"><callmyway-phone id="early"></callmyway-phone></div>';
const early = Object.assign(document.getElementById('early') as CallMyWayPhone, { tokenSource: async () => 'early' });
let load = vi.fn(async (): Promise<unknown> => undefined);
CallMyWayPhone.load = () => load();
customElements.define('callmyway-phone', CallMyWayPhone);

beforeEach(() => {
  load = vi.fn(async () => undefined);
  document.body.replaceChildren();
});

async function opened(attributes: Record<string, string> = {}): Promise<CallMyWayPhone> {
  const phone = document.createElement('callmyway-phone') as CallMyWayPhone;
  for (const [name, value] of Object.entries(attributes)) phone.setAttribute(name, value);
  document.body.append(phone);
  await settle();
  return phone;
}

test('what the page set before the script was here counts', async () => {
  document.body.append(early);
  await settle();

  expect(await Body.last.link.token('first')).toBe('early');
});

test('the outline is there at once, and goes when the phone is', async () => {
  let finish: (value?: unknown) => void = () => {};
  load = vi.fn(() => new Promise((done) => (finish = done)));
  const phone = await opened();
  expect(phone.shadowRoot?.querySelector('.shell')?.getAttribute('aria-label')).toBe('Cargando CallMyWay');

  finish();
  await settle();

  expect(phone.shadowRoot?.querySelector('.shell')).toBeNull();
  expect(Body.last.link).toMatchObject({ api: 'https://office.example', site: 'https://console.example' });
});

test('code that does not load is told, and can be tried again', async () => {
  load = vi.fn(async () => Promise.reject(new Error('no network')));
  const told: unknown[] = [];
  document.addEventListener('error', (event) => told.push((event as unknown as CustomEvent).detail));
  const phone = await opened({ lang: 'en' });

  expect(told).toEqual([expect.objectContaining({ code: 'not-loaded' })]);
  expect(phone.shadowRoot?.querySelector('[role="alert"]')?.textContent).toContain('could not be loaded');
  load = vi.fn(async () => undefined);
  phone.shadowRoot?.querySelector('button')?.click();
  await settle();
  expect(Body.last.isConnected).toBe(true);
});

test('a contact without an id is refused at once', async () => {
  const phone = await opened();

  await expect(phone.showContact('')).rejects.toMatchObject({ code: 'refused', status: 400 });
});

test('a method waits until an agent is signed in', async () => {
  const phone = await opened({ api: 'https://other.example/path' });
  const dialled = phone.dial('2222-3333');
  await settle();
  expect(Body.last.dial).not.toHaveBeenCalled();
  expect(Body.last.link.api).toBe('https://other.example');

  Body.last.link.tell('ready', { agentId: 'ana', name: 'Ana' });

  expect(await dialled).toEqual({ dialId: 'dial-2222-3333' });
  expect(phone.isReady).toBe(true);
});

test('a phone that begins anew waits again until an agent is signed in', async () => {
  const phone = await opened();
  const before = Body.last;
  before.link.tell('ready', { agentId: 'ana', name: 'Ana' });

  before.link.restart();
  await settle();
  expect([before.stop.mock.calls.length, before.isConnected]).toEqual([1, false]);
  expect(Body.last).not.toBe(before);
  const dialled = phone.dial('2222-3333');
  await settle();
  expect(phone.isReady).toBe(false);
  expect(Body.last.dial).not.toHaveBeenCalled();

  Body.last.link.tell('ready', { agentId: 'luis', name: 'Luis' });
  expect(await dialled).toEqual({ dialId: 'dial-2222-3333' });
});

test('without a function the page is asked by an event, and may set one even then', async () => {
  const phone = await opened();
  phone.addEventListener('token-needed', (event) => (event as CustomEvent).detail.provide('by event'), { once: true });
  expect(await Body.last.link.token('first')).toBe('by event');

  const second = Body.last.link.token('renewal');
  phone.tokenSource = () => ({ token: 'by function' });
  expect(await second).toEqual({ token: 'by function' });
});

test('a function that is set in the place of another is asked for the next token only', async () => {
  const phone = await opened();
  let answer = (_: string): void => {};
  phone.tokenSource = () => new Promise((done) => (answer = done));
  const first = Body.last.link.token('first');
  const other = vi.fn(async () => 'other');
  phone.tokenSource = other;
  await settle();
  expect(other).not.toHaveBeenCalled();
  answer('first');
  expect(await first).toBe('first');
  expect(await Body.last.link.token('renewal')).toBe('other');
});

test('a token that is given leaves another one waiting', async () => {
  const phone = await opened();
  const provided: ((token: string) => void)[] = [];
  phone.addEventListener('token-needed', (event) => provided.push((event as CustomEvent).detail.provide));
  const first = Body.last.link.token('first');
  const second = Body.last.link.token('renewal');
  provided[0]?.('by event');
  expect(await first).toBe('by event');
  phone.tokenSource = async () => 'by function';
  expect(await second).toBe('by function');
});

test.each<[string, TokenSource | undefined]>([
  ['the page’s function', () => new Promise(() => {})],
  ['a page without one', undefined],
])('a token is waited for twenty seconds, of %s', async (_, source) => {
  const phone = await opened();
  phone.tokenSource = source;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const refused = vi.fn();
  Body.last.link.token('renewal').catch(refused);
  vi.advanceTimersByTime(19_999);
  await settle();
  expect(refused).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1);
  await settle();
  vi.useRealTimers();
  expect(refused).toHaveBeenCalledWith(expect.objectContaining({ code: 'token-missing' }));
});

test('what the page’s function throws is told as it is', async () => {
  const phone = await opened();
  phone.tokenSource = () => {
    throw new Error('signed out');
  };
  await expect(Body.last.link.token('first')).rejects.toThrow('signed out');
});

test('a phone that is moved goes on, and one that is taken away ends', async () => {
  const phone = await opened();
  const body = Body.last;
  const place = document.createElement('div');
  document.body.append(place);

  place.append(phone);
  await settle();
  expect(body.stop).not.toHaveBeenCalled();

  phone.remove();
  await settle();
  expect(body.stop).toHaveBeenCalledOnce();
  document.body.append(phone);
  await settle();
  expect(Body.last).not.toBe(body);
});

test('what its parts tell each other stays inside', async () => {
  await opened();
  const heard = vi.fn();
  document.addEventListener('dial', heard);

  Body.last.dispatchEvent(new CustomEvent('dial', { bubbles: true, composed: true }));

  expect(heard).not.toHaveBeenCalled();
});

test('another language is spoken at once', async () => {
  const phone = await opened({ lang: 'es' });

  phone.lang = 'en';

  expect(Body.last.speak).toHaveBeenCalledWith('en');
});
