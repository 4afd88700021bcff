import type { CallState, PopUp } from '../api/types.js';

const progress: Record<CallState, number> = { ringing: 0, connected: 1, ended: 2 };

type Version = Pick<PopUp, 'state' | 'revision'>;

/**
 * Below zero if `a` is an older version of a call than `b`, zero if neither is newer. The revision tells it: a call can
 * ring again after it had ended. If one of them has no revision, the state tells it.
 */
export const compareVersions = (a: Version, b: Version): number =>
  a.revision && b.revision ? a.revision - b.revision : progress[a.state] - progress[b.state];
