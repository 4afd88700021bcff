import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import { plainWords, signInWords } from '../../src/i18n/plain-words.js';
import { aPopUp } from '../builders.js';

let requests: { url: string; init: RequestInit }[];
let answer: () => Response | Promise<Response>;
let signedOut: number;
let api: ApiClient;

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });
const header = (name: string) => new Headers(requests[0]?.init.headers).get(name);
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => expect.fail('It was not refused.'),
    (error: unknown) => error as ApiError,
  );

beforeEach(() => {
  requests = [];
  signedOut = 0;
  answer = () => new Response(null, { status: 204 });
  api = new ApiClient({
    language: () => 'en',
    fetch: async (url, init) => {
      requests.push({ url: String(url), init: init ?? {} });
      return answer();
    },
  });
  api.onSignedOut = () => signedOut++;
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['signing in', () => api.signIn('ana', 'secret')],
  ['signing out', () => api.signOut()],
  ['setting up', () => api.setUp({ token: 't', agentId: 'a', name: 'A', password: 'p' })],
  ['acknowledging', () => api.acknowledge(aPopUp())],
  ['choosing a contact', () => api.chooseContact(aPopUp(), 'c1')],
  ['simulating', () => api.simulateCall('known')],
])('%s carries the header that another origin can not send', async (_, request) => {
  await request();
  expect(header('X-Requested-With')).toBe('console');
});

test('a table in Spanish has the signs of a spreadsheet in Costa Rica', async () => {
  answer = () => new Response('a;b');
  for (const language of ['en', 'es']) {
    const client = new ApiClient({
      language: () => language,
      fetch: async (url) => {
        requests.push({ url: String(url), init: {} });
        return answer();
      },
    });
    await client.file('/api/exports/contacts.csv');
    await client.file('/api/exports/reports.csv?by=day');
    await client.file('/api/contact-imports/i1/refused');
    await client.file('/api/personal-data/c1');
  }

  expect(requests.map(({ url }) => url)).toEqual([
    '/api/exports/contacts.csv',
    '/api/exports/reports.csv?by=day',
    '/api/contact-imports/i1/refused',
    '/api/personal-data/c1',
    '/api/exports/contacts.csv?separator=semicolon',
    '/api/exports/reports.csv?by=day&separator=semicolon',
    '/api/contact-imports/i1/refused?separator=semicolon',
    '/api/personal-data/c1',
  ]);
});

test('every request has its language', async () => {
  answer = () => json(200, { items: [] });
  await api.popUps();
  expect(header('Accept-Language')).toBe('en');
});

test('what the screen has measured goes with the reading of the pop-ups, and not again once it is stored or refused', async () => {
  const told: string[] = [];
  api.painted = {
    take: () => '5.1..2.3.YQ.Yg',
    told: () => void told.push('told'),
    failed: (isRefused) => void told.push(`failed ${isRefused}`),
    learn: (asked, answered, now) => void told.push(`${answered >= asked} ${now}`),
  };
  answer = () => json(200, { items: [], now: '2026-03-02T15:10:00.123Z' });
  await api.popUps();
  expect(requests[0]?.url).toBe('/api/pop-ups?take=500&painted=5.1..2.3.YQ.Yg');
  for (const status of [400, 503]) {
    answer = () => json(status, { title: 'x' });
    await refusal(api.popUps());
  }

  expect(told).toEqual(['told', 'true 2026-03-02T15:10:00.123Z', 'failed true', 'failed false']);
});

test('an id with odd characters stays within its path segment', async () => {
  await api.acknowledge({ callId: 'a b?c', account: 'x&y' });
  expect(requests[0]?.url).toBe('/api/pop-ups/a%20b%3Fc/acknowledge?account=x%26y');
});

test.each([
  ['a/é', '~YS_DqQ'],
  ['.', '~Lg'],
  ['..', '~Li4'],
  ['a%2fb', '~YSUyZmI'],
  ['~7', '~fjc'],
  ['1772464500.7', '1772464500.7'],
  ['7~2', '7~2'],
])('the call id %s stands in a path as %s', async (callId, part) => {
  await api.acknowledge({ callId, account: 'x' });
  expect(requests[0]?.url).toBe(`/api/pop-ups/${part}/acknowledge?account=x`);
});

test('a page of calls is requested with its day and the next token', async () => {
  answer = () => json(200, { items: [], next: 'n2' });
  const page = await api.calls({ from: new Date('2026-03-02T06:00:00Z'), next: 'n1' });
  expect(requests[0]?.url).toBe('/api/calls?from=2026-03-02T06%3A00%3A00.000Z&take=50&next=n1');
  expect(page.next).toBe('n2');
});

test('a refusal has the API’s text', async () => {
  answer = () =>
    json(400, { title: 'Check', detail: 'Some fields need correction.', errors: { name: ['Too long.', 'Odd.'] } });
  const error = await refusal(api.setUp({ token: 't', agentId: 'a', name: 'A', password: 'p' }));
  expect(error.fieldError('name')).toBe('Too long. Odd.');
  expect(error.fieldError('password')).toBeUndefined();
  expect(plainWords(error)).toBe('Some fields need correction.');
});

test('an answer that is not JSON still gives an error with a text', async () => {
  answer = () => new Response('<html>Bad gateway</html>', { status: 502 });
  const error = await refusal(api.me());
  expect(error.status).toBe(502);
  expect(plainWords(error)).toBe(
    'El servidor no pudo hacerlo. Intente de nuevo; si sigue igual, dé este número a quien administra CallMyWay: 502.',
  );
});

test('a missing network is reported as such', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  const error = await refusal(api.me());
  expect(error.unreachable).toBe(true);
  expect(plainWords(error)).toContain('No hay conexión');
});

test('a refusal for too many tries says how long to wait', async () => {
  answer = () => json(429, {}, { 'Retry-After': '90' });
  const error = await refusal(api.signIn('ana', 'x'));
  expect(error.retryAfterSeconds).toBe(90);
  expect(signInWords(error)).toContain('Espere 1\u00a0min 30\u00a0s');
});

test('Retry-After may also be a date', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-02T15:00:00Z') });
  answer = () => json(429, {}, { 'Retry-After': 'Mon, 02 Mar 2026 15:00:45 GMT' });
  const error = await refusal(api.signIn('ana', 'x'));
  expect(error.retryAfterSeconds).toBe(45);
});

test('a wrong password is reported, and does not end the session', async () => {
  answer = () => json(401, { title: 'x' });
  const error = await refusal(api.signIn('ana', 'x'));
  expect(signInWords(error)).toContain('no coinciden');
  expect(signedOut).toBe(0);
});

test('the end of the session is reported once per request', async () => {
  answer = () => json(401, { title: 'x' });
  const error = await refusal(api.popUps());
  expect(signedOut).toBe(1);
  expect(plainWords(error)).toContain('Su sesión terminó');
});

test('if the machine’s clock is wrong, the server’s is used', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-02T15:00:00Z') });
  answer = () => json(200, { items: [] }, { Date: 'Mon, 02 Mar 2026 15:10:00 GMT' });
  await api.popUps();
  expect(api.now()).toBe(Date.parse('2026-03-02T15:10:00Z'));
  answer = () => json(200, { items: [] }, { Date: 'Mon, 02 Mar 2026 14:59:59 GMT' });
  await api.popUps();
  expect(api.now()).toBe(Date.parse('2026-03-02T15:00:00Z'));
});

test('a first draft replaces nothing, and a later one only the version that was read', async () => {
  answer = () => json(200, {});
  await api.saveWrapUp(aPopUp(), {}, true, undefined);
  expect([header('If-None-Match'), header('If-Match')]).toEqual(['*', null]);
  requests = [];
  await api.saveWrapUp(aPopUp(), {}, false, 'v1');
  expect([header('If-None-Match'), header('If-Match')]).toEqual([null, '"v1"']);
});

test('an answer that breaks off counts as no answer', async () => {
  answer = () =>
    new Response(
      new ReadableStream({
        start: (stream) => stream.error(new TypeError('terminated')),
      }),
    );
  const error = await refusal(api.me());
  expect(error.unreachable).toBe(true);
});

test('reading the signed-in agent also tells that nobody is signed in', async () => {
  answer = () => json(401, { title: 'x' });
  await refusal(api.me());
  expect(signedOut).toBe(1);
});

test('a click’s request has a longer time-out than others', async () => {
  const limits = vi.spyOn(AbortSignal, 'timeout');
  answer = () => json(200, { items: [] });
  await api.popUps();
  await api.dial({ number: '88881234' }, 'key');
  expect(limits.mock.calls.map(([ms]) => ms)).toContain(60_000);
  expect(limits.mock.calls[0]?.[0]).toBe(15_000);
  limits.mockRestore();
});
