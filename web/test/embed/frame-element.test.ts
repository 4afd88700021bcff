// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallMyWayFrame } from '../../src/embed/frame-element.js';
import { settle } from '../builders.js';

customElements.define('callmyway-frame', CallMyWayFrame);

test.each<[string, (frame: CallMyWayFrame) => Promise<unknown>, string]>([
  ['a number that is no text', (frame) => frame.dial(88881234 as never), 'dial-refused'],
  ['no number', (frame) => frame.dial(''), 'dial-refused'],
  ['no contact', (frame) => frame.showContact(undefined as never), 'refused'],
  ['a pause that is neither true nor false', (frame) => frame.setPresence({ paused: 'x' as never }), 'refused'],
  ['no presence', (frame) => frame.setPresence(undefined as never), 'refused'],
])('%s is refused at once', async (_, ask, code) => {
  await expect(ask(frame)).rejects.toMatchObject({ name: 'EmbedFailure', code, status: 400 });
});

const site = 'https://callmyway.example';

interface Said {
  readonly type: string;
  readonly id: string;
  readonly payload: object;
}

/** What the page says to the frame, and to which origin. */
let said: (Said & { readonly origin: string })[];
let told: string[];
let frame: CallMyWayFrame;
/** The frame's own window. */
const inside = { postMessage: (message: Said, origin: string) => said.push({ ...message, origin }) };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // happy-dom writes that it loads no page, where an iframe is one.
  const create = document.createElement.bind(document);
  vi.spyOn(document, 'createElement').mockImplementation((name: string) =>
    name === 'iframe' ? Object.assign(create('div'), { contentWindow: inside }) : create(name),
  );
  vi.spyOn(console, 'error').mockImplementation(() => {});
  CallMyWayFrame.site = site;
  said = [];
  told = [];
  frame = new CallMyWayFrame();
  for (const name of ['ready', 'call-started', 'error'])
    frame.addEventListener(name, (event) => told.push(`${name} ${JSON.stringify((event as CustomEvent).detail)}`));
  document.body.append(frame);
});

afterEach(() => {
  frame.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function hear(type: string, payload: object, { id = '1', origin = site, source = inside as object | null } = {}): void {
  const data = { callmyway: 1, type, id, payload };
  window.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
}

const started = { name: 'call-started', detail: { callId: '1001' } };

test('only the frame’s own window, of its origin, is heard', () => {
  hear('event', started, { origin: 'https://other.example' });
  hear('event', started, { source: { postMessage: () => {} } });
  hear('event', started, { source: null });
  hear('token-needed', { reason: 'first' }, { origin: 'https://other.example' });
  expect([told, said]).toEqual([[], []]);

  hear('event', started);
  expect(told).toEqual(['call-started {"callId":"1001"}']);
});

test('a token goes to the frame’s origin alone, and that there is none is said', async () => {
  frame.tokenSource = async () => 'the token';
  hear('token-needed', { reason: 'first' }, { id: 'a' });
  await settle();
  frame.tokenSource = async () => {
    throw new Error('no');
  };
  hear('token-needed', { reason: 'renewal' }, { id: 'b' });
  await settle();
  expect(said.map(({ type, id, payload, origin }) => [type, id, payload, origin])).toEqual([
    ['token', 'a', { token: 'the token' }, site],
    ['no-token', 'b', {}, site],
  ]);
});

test('a language and a theme that change are told once the frame has greeted', () => {
  frame.lang = 'en';
  expect(said).toEqual([]);
  hear('hello', {}, { id: 'greeting' });
  frame.setAttribute('theme', 'dark');
  frame.removeAttribute('lang');

  expect(said).toMatchObject([
    { type: 'init', id: 'greeting', payload: { language: 'en' } },
    { type: 'init', payload: { language: 'en', theme: 'dark' }, origin: site },
    { type: 'init', payload: { theme: 'dark' } },
  ]);
});

test('what is asked waits until the phone is ready, and is answered by its own answer', async () => {
  hear('hello', {});
  said = [];
  const dialled = frame.dial('8888-1234');
  await settle();
  expect(said).toEqual([]);
  hear('event', { name: 'ready', detail: { agentId: 'ana' } });
  await settle();
  expect(said).toMatchObject([{ type: 'dial', payload: { number: '8888-1234' } }]);
  hear('done', { dialId: 'other' }, { id: 'another' });
  hear('done', { dialId: 'd1' }, { id: said[0]?.id as string });
  expect(await dialled).toEqual({ dialId: 'd1' });

  const refused = expect(frame.showContact('c1')).rejects.toMatchObject({ code: 'refused', status: 404 });
  await settle();
  hear('failed', { code: 'refused', message: 'No', status: 404 }, { id: said[1]?.id as string });
  await refused;

  const silent = expect(frame.dial('8888-1234')).rejects.toMatchObject({ code: 'unreachable' });
  await settle();
  vi.advanceTimersByTime(70_000);
  await silent;
});

test.each([
  ['is there', async () => new Response(), 'origin-not-allowed', 'no permite mostrarse en esta página'],
  ['is not there', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable', 'no se pudo cargar'],
])('a frame that says nothing is told, where its server %s', async (_, fetch, code, words) => {
  vi.stubGlobal('fetch', fetch);
  vi.advanceTimersByTime(15_000);
  await settle();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`"code":"${code}"`);
  expect(frame.shadowRoot?.querySelector('[role=alert]')?.textContent).toContain(words);
});

test('a frame that has said hello is not silent', async () => {
  const fetch = vi.fn();
  vi.stubGlobal('fetch', fetch);
  frame.setAttribute('theme', 'dark');
  hear('hello', {});
  expect(said).toMatchObject([{ type: 'init', payload: { theme: 'dark' }, origin: site }]);
  vi.advanceTimersByTime(60_000);
  await settle();
  expect(fetch).not.toHaveBeenCalled();
});
