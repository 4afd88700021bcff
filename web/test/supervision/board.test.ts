import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Wallboard, WallboardChanged } from '../../src/api/supervision-types.js';
import { Board } from '../../src/supervision/board.js';
import { Pending } from '../builders.js';
import { aBoard, aCall, aMissed, anAgent } from './builders.js';

const at = '2026-03-02T15:10:00Z';

async function read(found: Wallboard, team = ''): Promise<Board> {
  const board = new Board(async () => found);
  await board.read(team);
  return board;
}

test('agents stand in the order of their states, and in a state who is at it the longest comes first', async () => {
  const board = await read(
    aBoard({
      agents: [
        anAgent({ agentId: 'away', state: 'offline', online: false }),
        anAgent({ agentId: 'new', state: 'free', since: '2026-03-02T15:09:00Z' }),
        anAgent({ agentId: 'unknown', state: 'free', since: undefined as never }),
        anAgent({ agentId: 'long', state: 'free', since: '2026-03-02T14:00:00Z' }),
        anAgent({ agentId: 'talks', state: 'inCall' }),
        anAgent({ agentId: 'rings', state: 'ringing' }),
      ],
    }),
  );
  expect(board.agents.map(({ agentId }) => agentId)).toEqual(['talks', 'rings', 'long', 'new', 'unknown', 'away']);
  expect(board.counts).toMatchObject({ free: 3, inCall: 1, ringing: 1, offline: 1, paused: 0, wrapUp: 0 });
});

test('who went last is the first of those who are away, and who waits the longest the first in the queue', async () => {
  const away = { state: 'offline' as const, online: false };
  const board = await read(
    aBoard({
      agents: [
        anAgent({ ...away, agentId: 'before', since: '2026-03-02T14:00:00Z' }),
        anAgent({ ...away, agentId: 'last', since: '2026-03-02T15:00:00Z' }),
      ],
      calls: [
        aCall({ callId: 'new', queued: true, startedAt: '2026-03-02T15:09:00Z' }),
        aCall({ callId: 'old', queued: true, startedAt: '2026-03-02T15:00:00Z' }),
      ],
    }),
  );
  expect(board.agents.map(({ agentId }) => agentId)).toEqual(['last', 'before']);
  expect(board.queue.map(({ callId }) => callId)).toEqual(['old', 'new']);
});

test('another team’s board begins empty, and a late answer for the team before is not shown', async () => {
  const pending = new Pending<Wallboard>();
  const board = new Board(pending.ask);
  void board.read('one');
  await pending.answer(aBoard({ agents: [anAgent({ agentId: 'ana' })] }));
  expect(board.agents).toHaveLength(1);
  void board.read('one');
  void board.read('two');
  expect(board.agents).toEqual([]);
  await pending.answer(aBoard({ agents: [anAgent({ agentId: 'ana' })] }));
  expect(board.agents).toEqual([]);
  await pending.answer(aBoard({ agents: [anAgent({ agentId: 'luis' })] }));
  expect(board.agents.map(({ agentId }) => agentId)).toEqual(['luis']);
});

test('what the channel tells replaces the row, and takes away what is gone', async () => {
  const board = await read(aBoard({ calls: [aCall({ callId: 'old' })], missed: [aMissed({ callId: 'taken' })] }));
  const changed: WallboardChanged = {
    at,
    agents: [anAgent({ state: 'inCall' }), anAgent({ agentId: 'luis', name: 'Luis' })],
    calls: [aCall(), aCall({ callId: 'waits', queued: true, agentId: undefined as never })],
    goneCalls: [{ callId: 'old', account: 'office' }],
    missed: [aMissed({ open: false }), aMissed({ callId: 'other' })],
    goneMissed: [{ callId: 'taken', account: 'office' }],
  };
  expect(board.tell(changed)).toBe(false);
  expect(board.agents.map(({ agentId, state }) => [agentId, state])).toEqual([
    ['ana', 'inCall'],
    ['luis', 'free'],
  ]);
  expect(board.calls.map(({ callId }) => callId)).toEqual(['c1']);
  expect(board.queue.map(({ callId }) => callId)).toEqual(['waits']);
  expect(board.counts).toMatchObject({ queue: 1, toReturn: 1 });
  board.tell({ at, goneAgents: ['luis'] });
  expect(board.agents.map(({ agentId }) => agentId)).toEqual(['ana']);
});

test('what is told while a reading is under way is put on top of it', async () => {
  const pending = new Pending<Wallboard>();
  const board = new Board(pending.ask);
  const reading = board.read('');
  board.tell({ at, agents: [anAgent({ state: 'paused' })] });
  expect(board.loaded).toBe(false);
  await pending.answer(aBoard());
  await reading;
  expect(board.agents[0]?.state).toBe('paused');
});

test('a message that says so has all of it read anew, and changes nothing by itself', async () => {
  const board = await read(aBoard());
  expect(board.tell({ at, reset: true })).toBe(true);
  expect(board.agents).toHaveLength(1);
});

test('of another team, which another tab looks at, nothing comes in', async () => {
  const board = await read(aBoard(), 'cobros');
  board.tell({
    at,
    agents: [anAgent({ agentId: 'eva', team: 'ventas' })],
    calls: [aCall({ agentId: 'eva' })],
    missed: [aMissed({ agentId: 'eva' }), aMissed({ callId: 'nobodys', agentId: undefined as never })],
  });
  expect(board.agents.map(({ agentId }) => agentId)).toEqual(['ana']);
  expect(board.calls).toEqual([]);
  expect(board.missed.map(({ callId }) => callId)).toEqual(['nobodys']);
});

test('an earlier reading that comes late changes nothing, and a failure leaves what was known', async () => {
  const pending = new Pending<Wallboard>();
  const board = new Board(pending.ask);
  const first = board.read('');
  const second = board.read('');
  await pending.answer(aBoard({ agents: [anAgent({ agentId: 'late' })] }));
  await pending.answer(aBoard());
  await Promise.all([first, second]);
  expect(board.agents.map(({ agentId }) => agentId)).toEqual(['ana']);
  const third = board.read('');
  await pending.fail(new Error('gone'));
  await third;
  expect(board.error).toBeDefined();
  expect(board.agents).toHaveLength(1);
});

test.each([
  ['who may not see it any more', 403],
  ['who looks at a team that nobody is in any more', 400],
])('%s sees none of it', async (_, status) => {
  const pending = new Pending<Wallboard>();
  const board = new Board(pending.ask);
  const first = board.read('');
  await pending.answer(aBoard());
  await first;
  const second = board.read('');
  await pending.fail(new ApiError(status));
  await second;
  expect(board.agents).toEqual([]);
  expect(board.loaded).toBe(false);
});

test('all missed calls that are to be returned are counted, and stand before those that were', async () => {
  const listed = Array.from({ length: 50 }, (_, i) => aMissed({ callId: `m${i}` }));
  const board = await read(aBoard({ missed: listed, counts: { ...aBoard().counts, missedOpen: 64 } }));
  expect([board.counts.toReturn, board.missed.length, board.missedCount]).toEqual([64, 50, '50+']);

  board.tell({
    at,
    missed: [aMissed({ callId: 'm0', open: false, at: '2026-03-02T15:09:00Z' }), aMissed({ callId: 'new' })],
  });
  expect([board.counts.toReturn, board.missed.every(({ open }) => open)]).toEqual([64, true]);

  const few = await read(
    aBoard({ missed: [aMissed({ callId: 'returned', open: false }), aMissed({ at: '2026-03-02T14:00:00Z' })] }),
  );
  expect([few.missed.map(({ callId }) => callId), few.missedCount]).toEqual([['m1', 'returned'], '2']);
});
