import type { Call } from '../api/types.js';
import type { Filter } from './filter.js';

/** The server's clock and the operator's need not agree to the second. */
const toleranceMs = 5_000;

/**
 * True for a call that came after the page was read and may belong on it. Its team, its number, its state and its
 * follow-up decide nothing: the offer to read the page again may be one too many, and is never one too few.
 */
export const isNews = (call: Call, filter: Filter, readAt: number): boolean =>
  Date.parse(call.startedAt) > readAt - toleranceMs &&
  !call.gone &&
  (!filter.agent || call.agentId === filter.agent) &&
  (!filter.contact || call.contactId === filter.contact) &&
  (!filter.direction || call.direction === filter.direction) &&
  (!filter.outcome || call.outcome === filter.outcome) &&
  (!filter.tied || (call.contactId !== undefined) === (filter.tied === 'true'));
