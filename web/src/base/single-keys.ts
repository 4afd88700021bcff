import { memory } from './memory.js';

/**
 * Whether single-character shortcuts are on, which each agent decides: people who dictate produce such keys
 * unintentionally (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts). They are on in the phone of
 * other pages, which has no such switch.
 */
export const singleKeys = {
  /** Who is signed in on this screen. */
  agentId: '',

  get on(): boolean {
    return memory.get(`singleKeys.${this.agentId}`) !== 'off';
  },

  set on(isOn: boolean) {
    memory.set(`singleKeys.${this.agentId}`, isOn ? null : 'off');
  },
};
