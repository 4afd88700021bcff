import { memory } from './memory.js';

const place = (agentId: string): string => `singleKeys.${agentId}`;

/**
 * Whether single-character shortcuts are on, which each agent decides: people who dictate produce such keys
 * unintentionally (https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts).
 */
class SingleKeys {
  /** Who is signed in on this screen. */
  agentId = '';

  get on(): boolean {
    return memory.get(place(this.agentId)) !== 'off';
  }

  set on(isOn: boolean) {
    memory.set(place(this.agentId), isOn ? null : 'off');
  }
}

export const singleKeys = new SingleKeys();
