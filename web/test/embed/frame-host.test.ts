// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameHost } from '../../src/embed/frame-host.js';
import { messageOf } from '../../src/embed/frame-protocol.js';
import type { CallMyWayPhone } from '../../src/embed/phone-element.js';

const crm = 'https://crm.example';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function framed({ around = [] as readonly string[] } = {}) {
  const said: { type: string; id: string; payload: Record<string, unknown> }[] = [];
  const targets = new Set<string>();
  let heard: (event: { data: unknown; origin: string; source: unknown }) => void = () => {};
  const parent = {
    postMessage: (message: unknown, target: unknown) => {
      said.push(message as (typeof said)[number]);
      targets.add(target as string);
    },
  };
  const phone = Object.assign(document.createElement('div'), {
    dial: vi.fn(async () => ({ dialId: 'd1' })),
    showContact: vi.fn(async () => {}),
    setPresence: vi.fn(async () =>
      Promise.reject(Object.assign(new Error('Not now.'), { code: 'refused', status: 409 })),
    ),
  }) as unknown as CallMyWayPhone;
  const begin = vi.fn(() => phone);
  const silent = vi.fn();
  const window = { parent: parent as unknown as Window, listen: (run: typeof heard) => (heard = run), around };
  new FrameHost(window as never, crm, begin, silent).start();
  const hear = async (data: object, { origin = crm, source = parent as unknown } = {}) => {
    heard({ data, origin, source });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { said, targets, phone, begin, silent, hear, last: () => said.at(-1) };
}

test('it greets the page that it should be in until that one answers', async () => {
  const { said, targets, begin, hear } = framed();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(said.map(({ type }) => type)).toEqual(['hello', 'hello', 'hello']);

  await hear(messageOf('init', { language: 'en', theme: 'dark' }, 'x'));
  await vi.advanceTimersByTimeAsync(20_000);

  expect(begin.mock.calls).toEqual([['en', 'dark']]);
  expect(said).toHaveLength(3);
  expect([...targets]).toEqual([crm]);
});

test('a language or a theme that changes is shown by the phone that is there', async () => {
  const { said, phone, begin, hear } = framed();
  await hear(messageOf('init', { language: 'es' }, 'x'));
  await hear(messageOf('init', { language: 'en', theme: 'dark' }, 'y'));
  await hear(messageOf('init', {}, 'z'));
  said.length = 0;
  phone.dispatchEvent(new CustomEvent('ready', { detail: { agentId: 'ana' } }));

  expect(begin.mock.calls).toEqual([
    ['es', undefined],
    ['en', 'dark'],
    [undefined, undefined],
  ]);
  expect(said).toHaveLength(1);
});

test('another origin and another window are not heard', async () => {
  const { begin, silent, hear } = framed();

  await hear(messageOf('init', {}, 'x'), { origin: 'https://evil.example' });
  await hear(messageOf('init', {}, 'x'), { source: {} });
  await vi.advanceTimersByTimeAsync(15_000);

  expect(begin).not.toHaveBeenCalled();
  expect(silent).toHaveBeenCalledOnce();
});

test('in a page of another origin than its address says, it is silent at once', () => {
  const { said, silent } = framed({ around: ['https://evil.example'] });

  expect(silent).toHaveBeenCalledOnce();
  expect(said).toEqual([]);
});

test('a token is asked of the page, and the answer to another question is none', async () => {
  const { said, phone, hear } = framed();
  await hear(messageOf('init', {}, 'x'));
  let given: unknown;
  phone.dispatchEvent(
    new CustomEvent('token-needed', {
      detail: { reason: 'first', provide: (token: Promise<unknown>) => token.then((one) => (given = one)) },
    }),
  );

  const asked = said.find(({ type }) => type === 'token-needed');
  expect(asked?.payload).toEqual({ reason: 'first' });
  await hear(messageOf('token', { token: 'of another' }, 'another'));
  expect(given).toBeUndefined();
  await hear(messageOf('token', { token: 't1' }, asked?.id ?? ''));
  expect(given).toEqual({ token: 't1' });
});

test('a page that gives no token is no wait for ever', async () => {
  const { phone, hear } = framed();
  await hear(messageOf('init', {}, 'x'));
  let refused: unknown;
  const provide = (token: Promise<unknown>) => token.catch((error) => (refused = error));
  phone.dispatchEvent(new CustomEvent('token-needed', { detail: { reason: 'renewal', provide } }));

  await vi.advanceTimersByTimeAsync(15_000);

  expect(String(refused)).toContain('gave no token');
});

test('what the page asks for is answered, and what the phone tells is told', async () => {
  const { phone, hear, last } = framed();
  await hear(messageOf('init', {}, 'x'));

  await hear(messageOf('dial', { number: '2222-3333' }, 'q1'));
  expect(phone.dial).toHaveBeenCalledWith('2222-3333');
  expect(last()).toMatchObject({ type: 'done', id: 'q1', payload: { dialId: 'd1' } });

  await hear(messageOf('set-presence', { paused: true }, 'q2'));
  expect(last()).toMatchObject({
    type: 'failed',
    id: 'q2',
    payload: { code: 'refused', message: 'Not now.', status: 409 },
  });

  phone.dispatchEvent(new CustomEvent('call-started', { detail: { callId: '1001' } }));
  expect(last()).toMatchObject({ type: 'event', payload: { name: 'call-started', detail: { callId: '1001' } } });
});
