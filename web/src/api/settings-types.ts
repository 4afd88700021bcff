/** What an administrator decides for everybody, as in the API's contract. */

import type * as Api from './generated/api.js';
import type { MayLack } from './shape.js';

export type OutcomeMeaning = Api.OutcomeMeaning;

export type ContactFieldDefinition = MayLack<Api.ContactFieldDefinition, 'choices' | 'required' | 'currency'>;

export type ContactFieldList = Omit<Api.ContactFieldList, 'fields'> & {
  readonly fields: readonly ContactFieldDefinition[];
};

/** As they are read and as they are sent: null takes a limit away. */
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
export type DialCheck = Api.DialTryView;

export type OperatorAccount = Api.OperatorAccountView;

export type AccountVerdict = Api.AccountVerdict;

/** What came of one real request. */
export type AccountTest = Api.AccountTestView;

export type WebhookKey = Api.WebhookKeyUse;
