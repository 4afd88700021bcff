import { beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { Session } from '../../src/session/session.js';
import { tokenOf } from '../../src/session/set-up-token.js';

let signedIn: boolean;
let asked: string[];
let reachable: boolean;
let who: string;
let api: ApiClient;
let session: Session;

/** The parts of the server that a session uses. */
async function server(url: string, init: RequestInit = {}): Promise<Response> {
  asked.push(url);
  if (!reachable) throw new TypeError('Failed to fetch');
  if (url === '/api/host') return Response.json({ demo: true, signIn: 'password' });
  if (url === '/api/session') {
    signedIn = init.method === 'POST' && String(init.body).includes('"demo"');
    return new Response(null, { status: signedIn || init.method === 'DELETE' ? 204 : 401 });
  }

  return signedIn
    ? Response.json({
        id: who,
        name: who === 'ana' ? 'Ana' : 'Luis',
        roles: ['agent'],
        endpoints: [],
        language: 'es',
        host: { demo: true, signIn: 'password' },
      })
    : new Response(null, { status: 401 });
}

beforeEach(() => {
  signedIn = false;
  asked = [];
  reachable = true;
  who = 'ana';
  api = new ApiClient({ fetch: (url, init) => server(String(url), init) });
  session = new Session(api);
});

test('without a session, the sign-in is shown', async () => {
  await session.open();
  expect(session.state).toBe('signedOut');
  expect(session.host?.demo).toBe(true);
});

test('with a session, the page is shown', async () => {
  signedIn = true;
  await session.open();
  expect(session.state).toBe('signedIn');
  expect(session.me?.name).toBe('Ana');
});

test('where somebody is probably signed in, the answer about them tells of the host too', async () => {
  signedIn = true;
  session = new Session(api, undefined, () => true);
  await session.open();
  expect(asked).toEqual(['/api/me']);
  expect(session.host).toEqual({ demo: true, signIn: 'password' });

  // The cookie is there no more.
  signedIn = false;
  asked = [];
  session = new Session(api, undefined, () => true);
  await session.open();
  expect(session.state).toBe('signedOut');
  expect(asked).toEqual(['/api/me', '/api/host']);
});

test('signing in needs the right password', async () => {
  await session.open();
  await expect(session.signIn('ana', 'wrong')).rejects.toMatchObject({ status: 401 });
  expect(session.state).toBe('signedOut');
  await session.signIn('ana', 'demo');
  expect(session.state).toBe('signedIn');
});

test('an ended session keeps its agent, and signing in again resumes it', async () => {
  await session.open();
  await session.signIn('ana', 'demo');
  signedIn = false;
  await api.popUps().catch(() => {});
  expect(session.state).toBe('ended');
  expect(session.me?.id).toBe('ana');
  await session.signIn('ana', 'demo');
  expect(session.state).toBe('signedIn');
});

test('an ended session goes on where another tab has signed the same agent in, and under nobody else', async () => {
  await session.signIn('ana', 'demo');
  await session.goOn();
  signedIn = false;
  await api.popUps().catch(() => {});
  await session.goOn();
  expect(session.state).toBe('ended');

  signedIn = true;
  who = 'luis';
  await session.goOn();
  expect([session.state, session.me?.id]).toEqual(['ended', 'ana']);
  who = 'ana';
  await session.goOn();
  expect([session.state, session.me?.id]).toEqual(['signedIn', 'ana']);

  session.left();
  await session.goOn();
  expect(session.state).toBe('signedOut');
});

test('after signing out, nobody is signed in', async () => {
  await session.signIn('ana', 'demo');
  await session.signOut();
  expect(session.state).toBe('signedOut');
  expect(session.me).toBeUndefined();
});

test('a server that does not answer does not sign out', async () => {
  reachable = false;
  await session.open();
  expect(session.state).toBe('unreachable');
  reachable = true;
  signedIn = true;
  await session.open();
  expect(session.state).toBe('signedIn');
});

test('if another agent signed in in another tab, the refreshed data is not taken for this agent’s', async () => {
  await session.signIn('ana', 'demo');
  who = 'luis';
  await session.refresh();
  expect(session.me?.name).toBe('Ana');
});

test('without a sign-in, no session can end', async () => {
  await session.open();
  await api.popUps().catch(() => {});
  expect(session.state).toBe('signedOut');
});

test('with the host’s own sign-in, a refusal does not show the stranger page', async () => {
  const refusing = new Session(new ApiClient({ fetch: async () => new Response(null, { status: 403 }) }));
  await refusing.open();
  expect(refusing.state).toBe('unreachable');
});

test('a refused sign-out leaves the agent signed in', async () => {
  await session.signIn('ana', 'demo');
  reachable = false;
  await expect(session.signOut()).rejects.toMatchObject({ status: 0 });
  expect(session.state).toBe('signedIn');
});

test('an older answer does not come after a newer one', async () => {
  signedIn = true;
  await Promise.all([session.open(), session.open()]);
  expect(session.state).toBe('signedIn');
  expect(asked.filter((url) => url === '/api/me')).toHaveLength(1);
});

test.each([
  ['#abc', 'abc'],
  ['#token=abc', 'abc'],
  ['#a%2Bb', 'a+b'],
  ['', ''],
])('the token of %s is %s', (fragment, token) => expect(tokenOf(fragment)).toBe(token));
