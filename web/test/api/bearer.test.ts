import { beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { bearerFetch } from '../../src/api/bearer.js';

const origin = 'https://office.example';
let requests: { url: string; init: RequestInit }[];
/** The tokens that are given out, the next one first. */
let tokens: (string | undefined)[];
let accepted: string | undefined;
let renewals: number;
let signedOut: number;
let api: ApiClient;

const header = (name: string, request = 0) => new Headers(requests[request]?.init.headers).get(name);

beforeEach(() => {
  requests = [];
  tokens = ['first', 'second'];
  accepted = 'first';
  renewals = 0;
  signedOut = 0;
  const bearer = {
    async token(renew = false) {
      if (renew) {
        renewals++;
        tokens.shift();
      }

      return tokens[0];
    },
  };
  const server: typeof fetch = async (url, init = {}) => {
    requests.push({ url: String(url), init });
    const token = new Headers(init.headers).get('Authorization');
    return accepted && token === `Bearer ${accepted}`
      ? Response.json({ items: [] })
      : Response.json({ title: 'Sign in first.' }, { status: 401 });
  };
  api = new ApiClient({ baseUrl: origin, language: () => 'en', fetch: bearerFetch(bearer, server) });
  api.onSignedOut = () => signedOut++;
});

test('requests to the API carry the token and no cookie', async () => {
  await api.popUps();
  expect(requests[0]?.url).toBe(`${origin}/api/pop-ups?take=500`);
  expect(requests[0]?.init.credentials).toBe('omit');
  expect(header('Authorization')).toBe('Bearer first');
});

test('the request’s other headers stay', async () => {
  await api.dial({ number: '88881234' }, 'key-1');
  expect(header('Accept-Language')).toBe('en');
  expect(header('Content-Type')).toBe('application/json');
  expect(header('Idempotency-Key')).toBe('key-1');
  expect(header('X-Requested-With')).toBe('console');
});

test('a token that is refused is renewed, and the request is sent again as it was', async () => {
  accepted = 'second';
  await api.dial({ number: '88881234' }, 'key-1');
  expect(renewals).toBe(1);
  expect(requests.map((_, index) => header('Authorization', index))).toEqual(['Bearer first', 'Bearer second']);
  expect(requests[1]?.init.body).toBe(requests[0]?.init.body);
  expect(header('Idempotency-Key', 1)).toBe('key-1');
  expect(signedOut).toBe(0);
});

test('the token is renewed once; after a second refusal nobody is signed in', async () => {
  accepted = 'another';
  await expect(api.popUps()).rejects.toMatchObject({ status: 401 });
  expect(requests).toHaveLength(2);
  expect(signedOut).toBe(1);
});

test('if no other token can be had, nobody is signed in', async () => {
  accepted = 'another';
  tokens = ['first'];
  await expect(api.popUps()).rejects.toMatchObject({ status: 401 });
  expect(requests).toHaveLength(1);
  expect(signedOut).toBe(1);
});

test('without a token the request is sent, and the server decides', async () => {
  tokens = [];
  await expect(api.popUps()).rejects.toMatchObject({ status: 401 });
  expect(header('Authorization')).toBeNull();
  expect(renewals).toBe(0);
});

test('a token that can’t be had now does not sign out', async () => {
  const noNetwork = { token: () => Promise.reject(new TypeError('Failed to fetch')) };
  api = new ApiClient({ baseUrl: origin, fetch: bearerFetch(noNetwork, () => expect.fail('It was sent.')) });
  api.onSignedOut = () => signedOut++;
  await expect(api.popUps()).rejects.toMatchObject({ status: 0 });
  expect(signedOut).toBe(0);
});
