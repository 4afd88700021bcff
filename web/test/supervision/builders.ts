import type { BoardAgent, BoardCall, MissedCall, Wallboard } from '../../src/api/supervision-types.js';

export const now = Date.parse('2026-03-02T15:10:00Z');

export const anAgent = (changes: Partial<BoardAgent> = {}): BoardAgent => ({
  agentId: 'ana',
  name: 'Ana Solano',
  team: 'cobros',
  state: 'free',
  since: '2026-03-02T15:05:00Z',
  online: true,
  ...changes,
});

export const aCall = (changes: Partial<BoardCall> = {}): BoardCall => ({
  callId: 'c1',
  account: 'office',
  direction: 'in',
  state: 'connected',
  number: { e164: '+50688881234', display: '8888 1234', kind: 'number' },
  contactName: 'María Rojas',
  agentId: 'ana',
  agentName: 'Ana Solano',
  startedAt: '2026-03-02T15:08:00Z',
  since: '2026-03-02T15:08:05Z',
  queued: false,
  ...changes,
});

export const aMissed = (changes: Partial<MissedCall> = {}): MissedCall => ({
  callId: 'm1',
  account: 'office',
  number: { e164: '+50661990011', display: '6199 0011', kind: 'number' },
  agentId: 'ana',
  agentName: 'Ana Solano',
  at: '2026-03-02T15:00:00Z',
  open: true,
  ...changes,
});

export const aBoard = (changes: Partial<Wallboard> = {}): Wallboard => ({
  at: '2026-03-02T15:10:00Z',
  teams: ['cobros', 'ventas'],
  agents: [anAgent()],
  calls: [],
  queue: [],
  missed: [],
  counts: { free: 1, inCall: 0, ringing: 0, wrapUp: 0, paused: 0, offline: 0, queue: 0, missedOpen: 0 },
  ...changes,
});
