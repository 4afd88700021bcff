import { expect, test } from 'vitest';
import { TokenKeeper, type TokenReason, tokenFetch } from '../../src/embed/token-keeper.js';
import { settle } from '../builders.js';

const start = Date.parse('2026-03-02T15:00:00Z');
const minute = 60_000;

/** A keeper on a clock of its own. */
function kept(
  give: (count: number) => unknown = (count) => `token-${count}`,
  check: (token: string) => Promise<void> = async () => {},
) {
  const asked: TokenReason[] = [];
  const timers: { run: () => void; at: number }[] = [];
  const told: string[] = [];
  let now = start;
  const keeper = new TokenKeeper({
    source: async (reason) => {
      asked.push(reason);
      return (await give(asked.length)) as string;
    },
    check,
    renewed: () => told.push('renewed'),
    lost: () => told.push('lost'),
    now: () => now,
    setTimer: (run, ms) => timers.push({ run, at: now + ms }),
    clearTimer: (timer) => delete timers[(timer as number) - 1],
  });
  return {
    keeper,
    asked,
    told,
    waiting: () => timers.filter(Boolean).map(({ at }) => at - now),
    pass: async (ms: number) => {
      now += ms;
      for (const [place, timer] of timers.entries()) {
        if (!timer || timer.at > now) continue;
        delete timers[place];
        timer.run();
      }
      await settle();
    },
  };
}

test('a token is asked for once, and again a minute before its end', async () => {
  const { keeper, asked, told, pass } = kept((count) => ({
    token: `token-${count}`,
    expiresAt: new Date(start + count * 15 * minute).toISOString(),
  }));

  expect(await Promise.all([keeper.token(), keeper.token()])).toEqual(['token-1', 'token-1']);
  await pass(14 * minute - 1);
  expect(asked).toEqual(['first']);
  expect(told).toEqual([]);

  await pass(1);
  expect(asked).toEqual(['first', 'renewal']);
  expect(told).toEqual(['renewed']);
  expect(await keeper.token()).toBe('token-2');
});

test.each([
  ['no end', 'token'],
  ['an end that has passed by this clock', { token: 'token', expiresAt: '2026-03-02T14:00:00Z' }],
  ['an end that is days away by this clock', { token: 'token', expiresAt: '2026-03-09T15:00:00Z' }],
])('a token with %s counts as one of fifteen minutes', async (_, given) => {
  const { keeper, waiting } = kept(() => given);

  await keeper.token();

  expect(waiting()).toEqual([14 * minute]);
});

test('the old token serves until its end while no new one is given, and then the phone is told', async () => {
  const { keeper, told, pass } = kept((count) => {
    if (count > 1) throw new Error('the page is signed out');
    return 'token-1';
  });
  await keeper.token();

  await pass(14 * minute);
  expect(await keeper.token()).toBe('token-1');
  expect(told).toEqual([]);
  for (let tens = 0; tens < 6; tens++) await pass(10_000);

  expect(told).toEqual(['lost']);
  await expect(keeper.token()).rejects.toThrow('signed out');
});

test('a token that the server refuses is replaced once for all requests that were refused', async () => {
  const { keeper, asked } = kept();
  const sent: (string | null)[] = [];
  const send: typeof fetch = async (_, init) => {
    const token = new Headers(init?.headers).get('X-CallMyWay-Token');
    sent.push(token);
    return new Response('', { status: token === 'token-1' ? 401 : 200 });
  };
  const ask = tokenFetch(keeper, send);

  const answers = await Promise.all([ask('https://api.example/a'), ask('https://api.example/b')]);

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(asked).toEqual(['first', 'refused']);
  expect(sent).toEqual(['token-1', 'token-1', 'token-2', 'token-2']);
});

test('a refusal of the second token too is handed on', async () => {
  const { keeper, asked } = kept();
  const ask = tokenFetch(keeper, async () => new Response('', { status: 401 }));

  expect((await ask('https://api.example/a')).status).toBe(401);
  expect(asked).toEqual(['first', 'refused']);
});

test('each token but the first is looked at before anything uses it, and one that does not pass is not taken', async () => {
  const looked: string[] = [];
  const { keeper, told, pass } = kept(undefined, async (token) => {
    looked.push(token);
    throw new Error('another agent');
  });
  expect(await keeper.token()).toBe('token-1');
  await pass(14 * minute);
  expect(await keeper.token()).toBe('token-1');
  await expect(keeper.token('token-1')).rejects.toThrow('another agent');
  expect(looked).toEqual(['token-2', 'token-3']);
  expect(told).toEqual([]);
});

test('an answer without a token is an error', async () => {
  const { keeper } = kept(() => undefined);

  await expect(keeper.token()).rejects.toThrow('gave no token');
});

test('nothing is asked for once the phone has gone', async () => {
  const { keeper, asked, pass } = kept();
  await keeper.token();
  keeper.stop();

  await pass(20 * minute);

  expect(asked).toEqual(['first']);
});

test('a token that comes after the phone has gone is not renewed', async () => {
  let give: (token: string) => void = () => {};
  const { keeper, asked, waiting, pass } = kept(() => new Promise<string>((done) => (give = done)));
  const token = keeper.token();
  keeper.stop();
  give('late');
  expect(await token).toBe('late');
  expect(waiting()).toEqual([]);
  await pass(15 * minute);
  expect(asked).toEqual(['first']);
});
