/** What an administrator decides for everybody, as in the API's contract. */

export type OutcomeMeaning = 'nothing' | 'promise' | 'wrongNumber' | 'doNotCall';

export interface ContactFieldDefinition {
  readonly key: string;
  readonly label: { readonly es: string; readonly en: string };
  readonly kind: 'text' | 'number' | 'date' | 'amount' | 'choice';
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** Of an amount: three letters; the first account's if it is missing. */
  readonly currency?: string;
}

export interface ContactFieldList {
  readonly fields: readonly ContactFieldDefinition[];
  readonly etag?: string;
}

export interface DialRules {
  readonly enabled: boolean;
  /** In E.164. Without any, all numbers may be dialled. */
  readonly allowedPrefixes: readonly string[];
  readonly deniedPrefixes: readonly string[];
  /** Missing or null for no limit, as the next three. */
  readonly perAgentHour?: number | null;
  readonly perAgentDay?: number | null;
  readonly totalHour?: number | null;
  readonly totalDay?: number | null;
  /** Missing or null for always. */
  readonly hours?: DialHours | null;
  readonly etag?: string;
}

export interface DialHours {
  /** `07:00:00`. */
  readonly from: string;
  readonly to: string;
  /** 0 is Sunday; without any, all days. */
  readonly days?: readonly number[] | null;
}

/** Whether a number would be dialled, and as what. */
export interface DialCheck {
  readonly allowed: boolean;
  readonly number?: { readonly display: string; readonly e164?: string };
  /** What the operator would be asked for. */
  readonly as?: string;
  readonly reason?: string;
}

export interface OperatorAccount {
  readonly account: string;
  readonly accountIds: readonly string[];
  readonly currency: string;
  readonly timeZone: string;
  readonly dialFormat: string;
  /** False where the settings lack the account's password. */
  readonly hasPassword: boolean;
  readonly recordsAddress: string;
  readonly lastTest?: AccountTest;
}

export type AccountVerdict =
  | 'reached'
  | 'passwordRefused'
  | 'addressRefused'
  | 'refused'
  | 'tooFast'
  | 'noAnswer'
  | 'notReached'
  | 'notUnderstood'
  | 'failed'
  | 'noPassword';

/** What came of one real request. */
export interface AccountTest {
  readonly verdict: AccountVerdict;
  readonly at: string;
  /** What is so, in plain words, and what to do. */
  readonly title: string;
  readonly detail: string;
  readonly waitedSeconds: number;
  readonly status?: number;
  /** The beginning of what the operator answered, where it was no list. */
  readonly answer?: string;
}

export interface WebhookKey {
  /** From 1. */
  readonly keyNumber: number;
  readonly lastUsedAt?: string;
}
