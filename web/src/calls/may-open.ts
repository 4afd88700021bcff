import type { Call } from '../api/types.js';

/** True where the reader may open the call: agents their own, and who sees those of others all that the server shows. */
export const mayOpen = (
  { hidden, agentId }: Pick<Partial<Call>, 'hidden' | 'agentId'>,
  team: boolean,
  readerId: string | undefined,
): boolean => !hidden && (team || (agentId !== undefined && agentId === readerId));
