import type { CallKey } from '../api/types.js';

/** A call's key: the operator's id is unique within the account. */
export const keyOf = (call: CallKey): string => `${call.account}|${call.callId}`;
