import { memory } from '../base/memory.js';

const place = (agentId: string): string => `singleKeys.${agentId}`;

/**
 * Whether a single key does something, which each agent decides for themselves: who dictates to the machine writes such
 * keys without wanting anything of them (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts).
 */
export const singleKeys = {
  on: (agentId: string): boolean => memory.get(place(agentId)) !== 'off',
  turn: (agentId: string, on: boolean): void => memory.set(place(agentId), on ? null : 'off'),
};
