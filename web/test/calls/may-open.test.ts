import { expect, test } from 'vitest';
import { mayOpen } from '../../src/calls/may-open.js';

test.each([
  ['one’s own', { agentId: 'ana' }, false, 'ana', true],
  ['another’s', { agentId: 'luis' }, false, 'ana', false],
  ['nobody’s', {}, false, 'ana', false],
  ['nobody’s, where it is not known who reads', {}, false, undefined, false],
  ['another’s, for who sees the team', { agentId: 'luis' }, true, 'sofia', true],
  ['nobody’s, for who sees the team', {}, true, 'sofia', true],
  ['one of another team', { agentId: 'omar', hidden: true }, true, 'sofia', false],
  ['one’s own that is hidden', { agentId: 'ana', hidden: true }, false, 'ana', false],
])('a call that is %s', (_, call, team, readerId, may) => expect(mayOpen(call, team, readerId)).toBe(may));
