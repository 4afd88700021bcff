import type { HistoryEntry } from '../api/history-types.js';

/** A field of an entry if it is a text. */
export const textIn = (entry: HistoryEntry, field: string): string | undefined => {
  const value = entry[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const numberIn = (entry: HistoryEntry, field: string): number | undefined => {
  const value = entry[field];
  return typeof value === 'number' ? value : undefined;
};

/** Who it was: an agent by name, else by id. */
export const nameIn = (entry: HistoryEntry): string | undefined =>
  textIn(entry, 'agentName') ?? textIn(entry, 'agentId');

/** A value as a text that can be read. */
export const fieldText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value, undefined, 1) : String(value);
