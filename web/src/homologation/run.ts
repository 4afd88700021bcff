import type { ApiClient } from '../api/api-client.js';
import type * as Api from '../api/generated/api.js';

/** The part of the API that the pages of the homologation use. */
export type HomologationApi = Pick<ApiClient, 'read' | 'change' | 'now'>;

export type CaseState = Api.CaseState;

export type CaseGroup = Api.CaseGroup;

/** A run in the list of `GET /api/homologation`. */
export type RunItem = Api.RunSummary;

/** A setting, the value that the answer asks for, and the one that it has. */
export type RunSetting = Api.SettingView;

export type Ask = Api.AskView;

/** A case of a run. */
export type Case = Api.CaseView;

/** A question that only the operator's real telephone system answers. */
export type Question = Api.QuestionView;

/** The answer of `GET /api/homologation/{runId}`. */
export type Run = Api.RunView;

/** A case in two runs. */
export type ComparedCase = Api.ComparedCase;

/** The answer of `GET /api/homologation-comparisons`. */
export type RunComparison = Api.RunComparison;

/** What `POST /api/homologation/{runId}/cases/{case}` is asked. */
export interface CaseChange {
  readonly do: 'start' | 'stop' | 'decide' | 'skip' | 'reopen';
  readonly confirmed?: boolean;
  readonly number?: string;
  readonly endpointId?: string;
  readonly told?: Readonly<Record<string, string>>;
  readonly state?: 'passed' | 'failed';
  readonly note?: string;
  /** One for each press that dials: sent again, it dials nobody again. */
  readonly key?: string;
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

/** A question whose answer becomes a setting. */
export type AnsweredSetting = Question & { readonly setting: RunSetting };

/** A setting that is to become what the run has found; without a value it is given back. */
export interface SettingChange {
  readonly question: string;
  readonly value: string | null;
  readonly now: string;
}

/** The questions whose answers are settings, each setting once. */
export function answeredSettings(questions: readonly Question[]): readonly AnsweredSetting[] {
  const found = new Map<string, AnsweredSetting>();
  for (const question of questions) {
    const { setting } = question;
    if (setting && !found.has(setting.name)) found.set(setting.name, { ...question, setting });
  }
  return [...found.values()];
}

/** The settings that the deployment names otherwise than the answers ask for, each once. Only it can change them. */
export const settingsToWrite = (questions: readonly Question[]): readonly RunSetting[] =>
  answeredSettings(questions)
    .map(({ setting }) => setting)
    .filter(({ value, now, source }) => value !== now && source === 'deployment');

/** Settings as variables of the environment, a line each. */
export const settingLines = (settings: readonly RunSetting[]): string =>
  settings.map(({ variable, value }) => `${variable}=${value}`).join('\n');

export const runPath = (runId: string): string => `/api/homologation/${encodeURIComponent(runId)}`;

export const runAddress = (runId: string): string => `/homologation/${encodeURIComponent(runId)}`;

export const comparisonAddress = (runId: string, otherId: string): string =>
  `${runAddress(runId)}/compared-with/${encodeURIComponent(otherId)}`;
