import { memory } from '../base/memory.js';

const place = (agentId: string): string => `singleKeys.${agentId}`;

/**
 * Whether single-character shortcuts are on, which each agent decides: people who dictate produce such keys
 * unintentionally (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts).
 */
export const singleKeys = {
  on: (agentId: string): boolean => memory.get(place(agentId)) !== 'off',
  turn: (agentId: string, on: boolean): void => memory.set(place(agentId), on ? null : 'off'),
};
