import { beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { bearerFetch } from '../../src/api/bearer.js';
import { Session } from '../../src/session/session.js';
import type { WorkAccount } from '../../src/session/work-account.js';

/** The person who is signed in at the office's directory. */
let person: string | undefined;
let left: string[];
let agents: string[];
/** What somebody hears who is no agent. */
let refusal: object;
let api: ApiClient;
let session: Session;

beforeEach(() => {
  person = undefined;
  left = [];
  agents = ['ana@office.example'];
  refusal = { type: 'urn:callmyway:not-added', title: 'No' };
  const account: WorkAccount = {
    get name() {
      return person;
    },
    get hasBegun() {
      return person !== undefined;
    },
    refusal: undefined,
    token: async () => person,
    signIn: async () => void left.push('signIn'),
    signOut: async () => {
      person = undefined;
      left.push('signOut');
    },
  };
  api = new ApiClient({
    baseUrl: 'https://office.example',
    fetch: bearerFetch(account, async (url, init = {}) => {
      if (String(url).endsWith('/api/host')) return Response.json({ demo: false, signIn: 'entra', setUp: false });
      const who = new Headers(init.headers).get('Authorization')?.replace('Bearer ', '');
      if (!who) return new Response(null, { status: 401 });
      return agents.includes(who)
        ? Response.json({ id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [] })
        : Response.json(refusal, { status: 403 });
    }),
  });
  session = new Session(api, account);
});

test('without a session, the sign-in is shown', async () => {
  await session.open();
  expect(session.state).toBe('signedOut');
  expect(left).toEqual([]);
});

test('after the redirect back, the user is signed in', async () => {
  person = 'ana@office.example';
  await session.open();
  expect(session.state).toBe('signedIn');
  expect(session.me?.name).toBe('Ana');
});

test('somebody who is no agent is told so, and gets in once they are', async () => {
  person = 'eva@office.example';
  await session.open();
  expect(session.state).toBe('stranger');
  expect(session.me).toBeUndefined();
  agents.push(person);
  await session.open();
  expect(session.state).toBe('signedIn');
});

test('an agent who is removed is no agent at the next request, and leaves nothing of the desk', async () => {
  person = 'ana@office.example';
  await session.open();
  agents.length = 0;
  await api.popUps().catch(() => {});
  expect(session.state).toBe('stranger');
  expect(session.me).toBeUndefined();
});

test('what an agent’s role does not allow ends nothing', async () => {
  person = 'ana@office.example';
  await session.open();
  refusal = { title: 'No' };
  agents.length = 0;
  await api.popUps().catch(() => {});
  expect(session.state).toBe('signedIn');
});

test('when the token has expired, the agent’s page stays behind the sign-in', async () => {
  person = 'ana@office.example';
  await session.open();
  person = undefined;
  await api.popUps().catch(() => {});
  expect(session.state).toBe('ended');
  expect(session.me?.id).toBe('ana');
});

test('signing out also signs out of the work account', async () => {
  person = 'ana@office.example';
  await session.open();
  await session.signOut();
  expect(left).toEqual(['signOut']);
  expect(session.state).toBe('signedOut');
  expect(session.me).toBeUndefined();
});
