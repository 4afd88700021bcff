// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { entraAccount } from '../../src/session/entra-account.js';
import type { WorkAccount } from '../../src/session/work-account.js';

class AuthError extends Error {
  constructor(
    readonly errorCode: string,
    readonly errorMessage = '',
  ) {
    super(errorMessage);
  }
}
class ServerError extends AuthError {}
class InteractionRequiredAuthError extends AuthError {}

interface Account {
  readonly homeAccountId: string;
  readonly username: string;
}

const ana: Account = { homeAccountId: 'a', username: 'ana@office.example' };
const luis: Account = { homeAccountId: 'b', username: 'luis@office.example' };

let active: Account | undefined;
let all: Account[];
let configuration: { cache?: { cacheLocation?: string } };
let returned: () => Promise<{ account: Account } | null>;
let silent: (request: object) => Promise<{ accessToken: string }>;
let redirects: object[];
let starts: number;

vi.mock('../../src/session/msal.js', () => ({
  get AuthError() {
    return AuthError;
  },
  get ServerError() {
    return ServerError;
  },
  get InteractionRequiredAuthError() {
    return InteractionRequiredAuthError;
  },
  CacheLookupPolicy: { RefreshToken: 'refresh', AccessTokenAndRefreshToken: 'both' },
  createStandardPublicClientApplication: async (asked: typeof configuration) => {
    starts++;
    configuration = asked;
    return {
      handleRedirectPromise: () => returned(),
      getActiveAccount: () => active ?? null,
      getAllAccounts: () => all,
      setActiveAccount: (account: Account) => {
        active = account;
      },
      clearCache: async ({ account }: { account: Account }) => {
        all = all.filter((other) => other !== account);
      },
      acquireTokenSilent: (request: object) => silent(request),
      loginRedirect: async (request: object) => void redirects.push(request),
      logoutRedirect: async (request: object) => void redirects.push(request),
    };
  },
}));

let account: WorkAccount;

beforeEach(() => {
  sessionStorage.clear();
  sessionStorage.setItem('msal.token', '{}');
  active = undefined;
  all = [ana];
  returned = async () => ({ account: ana });
  silent = async () => ({ accessToken: 'token' });
  redirects = [];
  starts = 0;
  account = entraAccount({ clientId: 'c', authority: 'https://login.example/t', scope: 'api://c/x' } as never);
});

test('before a sign-in was begun in this tab there is no token, and the library is not fetched', async () => {
  sessionStorage.clear();
  sessionStorage.setItem('msal.version', '5');
  expect([account.hasBegun, await account.token(), starts]).toEqual([false, undefined, 0]);
});

test('who comes back from the sign-in is the only one in this tab, and nothing is kept beyond it', async () => {
  all = [luis, ana];
  expect(await account.token()).toBe('token');
  expect([active, all, account.name]).toEqual([ana, [ana], 'ana@office.example']);
  expect(configuration.cache?.cacheLocation).toBe('sessionStorage');
});

test('a new token is asked for by the refresh token, and only where it is wanted', async () => {
  const asked: object[] = [];
  silent = async (request) => {
    asked.push(request);
    return { accessToken: 'token' };
  };
  await account.token();
  await account.token(true);
  expect(asked).toMatchObject([
    { forceRefresh: false, cacheLookupPolicy: 'both' },
    { forceRefresh: true, cacheLookupPolicy: 'refresh' },
  ]);
});

test.each([
  ['the sign-in is needed again', new InteractionRequiredAuthError('interaction_required')],
  ['the refresh token has expired', new ServerError('invalid_grant')],
])('where %s the session is over', async (_, error) => {
  silent = () => Promise.reject(error);
  expect(await account.token()).toBeUndefined();
});

test.each([
  ['the server is busy', new ServerError('temporarily_unavailable')],
  ['there is no network', new AuthError('network_error')],
])('where %s nothing is said of the session', async (_, error) => {
  silent = () => Promise.reject(error);
  await expect(account.token()).rejects.toBe(error);
});

test.each([
  ['access_denied', '', { kind: 'cancelled' }],
  ['server_error', 'AADSTS65004: declined', { kind: 'cancelled' }],
  ['server_error', 'AADSTS50105: not assigned', { kind: 'notAssigned', code: 'AADSTS50105' }],
  ['server_error', '', { kind: 'failed', code: 'server_error' }],
])('a refused sign-in (%s, %s) is told', async (code, message, refusal) => {
  returned = () => Promise.reject(new AuthError(code, message));
  expect(await account.token()).toBeUndefined();
  expect(account.refusal).toEqual(refusal);
});

test('a start that failed is tried again', async () => {
  returned = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(account.token()).rejects.toThrow('Failed to fetch');
  returned = async () => ({ account: ana });
  expect([await account.token(), starts]).toEqual(['token', 2]);
});

test('the sign-in proposes who was there, and asks for an account where another one is wanted', async () => {
  await account.token();
  await account.signIn();
  await account.signIn(true);
  expect(redirects).toEqual([
    { scopes: ['api://c/x'], loginHint: 'ana@office.example' },
    { scopes: ['api://c/x'], prompt: 'select_account' },
  ]);
});
