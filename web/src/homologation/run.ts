import type { ApiClient } from '../api/api-client.js';

/** The part of the API that the pages of the homologation use. */
export type HomologationApi = Pick<ApiClient, 'read' | 'change' | 'now'>;

export type CaseState = 'open' | 'passed' | 'failed' | 'skipped';

export type CaseGroup = 'reach' | 'records' | 'notifications' | 'clicks' | 'phones' | 'callers' | 'comparison';

/** A run in the list of `GET /api/homologation`. */
export interface RunItem {
  readonly runId: string;
  readonly account: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly state: 'open' | 'done';
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly open: number;
}

/** A setting, the value that the answer asks for, and the one that it has. */
export interface RunSetting {
  readonly name: string;
  readonly value: string;
  readonly now?: string | null;
}

export interface Ask {
  readonly key: string;
  readonly label: string;
  /** Any text where there are none. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[] | null;
}

/** A case of a run. */
export interface Case {
  readonly case: string;
  readonly group: CaseGroup;
  readonly title: string;
  readonly steps: readonly string[];
  readonly kind: 'request' | 'watch' | 'dial' | 'byHand';
  readonly asks?: readonly Ask[] | null;
  readonly state: CaseState;
  /** What goes on by itself, and until when at most. */
  readonly working?: {
    readonly what: 'waiting' | 'requesting' | 'dialling';
    readonly since: string;
    readonly until: string;
  } | null;
  readonly seen?: readonly { readonly at: string; readonly what: string; readonly raw?: string | null }[] | null;
  readonly answers?:
    | readonly { readonly question: string; readonly answer: string; readonly setting?: RunSetting | null }[]
    | null;
  readonly advice?: string | null;
  readonly note?: string | null;
  readonly decidedBy?: string | null;
  readonly decidedAt?: string | null;
  readonly automatic: boolean;
}

/** A question that only the operator's real telephone system answers. */
export interface Question {
  readonly question: string;
  readonly title: string;
  readonly answer?: string | null;
  /** The case that answered it. */
  readonly case?: string | null;
  readonly setting?: RunSetting | null;
}

/** The answer of `GET /api/homologation/{runId}`. */
export interface Run {
  readonly runId: string;
  readonly account: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly state: 'open' | 'done';
  readonly operator: string;
  readonly cases: readonly Case[];
  readonly questions: readonly Question[];
  readonly etag: string;
}

/** A case in two runs. */
export interface ComparedCase {
  readonly case: string;
  readonly group: CaseGroup;
  readonly title: string;
  readonly earlier: CaseState;
  readonly later: CaseState;
  readonly difference: 'none' | 'better' | 'worse' | 'undecided';
}

/** The answer of `GET /api/homologation-comparisons`. */
export interface RunComparison {
  readonly earlier: RunItem;
  readonly later: RunItem;
  readonly cases: readonly ComparedCase[];
  readonly questions: readonly {
    readonly question: string;
    readonly title: string;
    readonly earlier?: string | null;
    readonly later?: string | null;
    readonly isChanged: boolean;
  }[];
}

/** What `POST /api/homologation/{runId}/cases/{case}` is asked. */
export interface CaseChange {
  readonly do: 'start' | 'stop' | 'decide' | 'skip' | 'reopen';
  readonly confirmed?: boolean;
  readonly number?: string;
  readonly endpointId?: string;
  readonly told?: Readonly<Record<string, string>>;
  readonly state?: 'passed' | 'failed';
  readonly note?: string;
}

/** Calls that are made for the notifications are then found in the records. */
const order: readonly CaseGroup[] = ['reach', 'notifications', 'records', 'clicks', 'phones', 'callers', 'comparison'];

/** The cases by group, in the order in which they are done. A group without cases is left out. */
export function byGroup(cases: readonly Case[]): readonly (readonly [CaseGroup, readonly Case[]])[] {
  return order
    .map((group) => [group, cases.filter((each) => each.group === group)] as const)
    .filter(([, some]) => some.length > 0);
}

/** How many of the cases are not open any more. */
export function progressOf(cases: readonly Case[]): { readonly done: number; readonly of: number } {
  return { done: cases.filter(({ state }) => state !== 'open').length, of: cases.length };
}

/** The settings that differ from what the answers ask for, each once. */
export function settingsToWrite(questions: readonly Question[]): readonly RunSetting[] {
  const found = new Map<string, RunSetting>();
  for (const { setting } of questions) {
    if (setting && setting.value !== setting.now) found.set(setting.name, setting);
  }
  return [...found.values()];
}

/** Settings as variables of the environment, a line each. */
export const settingLines = (settings: readonly RunSetting[]): string =>
  settings.map(({ name, value }) => `${name.replaceAll(':', '__')}=${value}`).join('\n');

/** An answer as its case words it; a choice by its label. */
export function answerWords(code: string, answer: string, cases: readonly Case[]): string {
  const ask = cases.flatMap(({ asks }) => asks ?? []).find(({ key }) => key === code);
  return ask?.choices?.find(({ value }) => value === answer)?.label ?? answer;
}

export const runPath = (runId: string): string => `/api/homologation/${encodeURIComponent(runId)}`;

export const runAddress = (runId: string): string => `/homologation/${encodeURIComponent(runId)}`;

export const comparisonAddress = (runId: string, otherId: string): string =>
  `${runAddress(runId)}/compared-with/${encodeURIComponent(otherId)}`;
