import type { NumberView } from './types.js';

export type CampaignMode = 'preview' | 'progressive';
export type CampaignOrder = 'agentFirst' | 'contactFirst';
export type CampaignState = 'building' | 'ready' | 'running' | 'paused' | 'stopped' | 'done';

/** What a contact of a campaign is at. */
export type EntryState = 'waiting' | 'held' | 'offered' | 'dialling' | 'unknown' | 'done' | 'exhausted' | 'refused';

/** When a campaign calls. */
export interface CampaignHours {
  /** A time of day: `08:00:00`. */
  readonly from: string;
  /** `00:00:00` is the end of the day. */
  readonly to: string;
  /** 0 is Sunday; all days where there are none. */
  readonly days?: readonly number[];
}

/** What can be changed while a campaign runs. */
export interface CampaignSettings {
  readonly name: string;
  /** The phones that take part; all where there are none. */
  readonly endpointIds?: readonly string[];
  readonly hours?: CampaignHours;
  readonly attempts: number;
  readonly gapMinutes: number;
  readonly perMinute: number;
  readonly budget?: number;
}

/** Whom a campaign calls. */
export type CampaignContacts =
  | { readonly ids: readonly string[] }
  // Empty for all contacts.
  | { readonly query: string }
  | { readonly numbers: readonly string[] };

export interface CampaignInput extends CampaignSettings {
  readonly mode: CampaignMode;
  readonly order: CampaignOrder;
  readonly contacts: CampaignContacts;
}

export interface CampaignCounts {
  readonly total: number;
  readonly waiting: number;
  readonly held: number;
  readonly offered: number;
  readonly dialling: number;
  readonly unknown: number;
  readonly done: number;
  readonly exhausted: number;
  readonly refused: number;
}

/** Somebody who is not called, and why. */
export interface RefusedEntry {
  readonly number?: string;
  readonly contactId?: string;
  readonly name?: string;
  readonly reason: string;
  /** Why, in words. */
  readonly message: string;
}

/** What a list would become: who is called, who is not and why. */
export interface CampaignList {
  /** `building` where so far only the beginning of the list was looked at. */
  readonly state: CampaignState;
  readonly counts: CampaignCounts;
  /** The first hundred. */
  readonly refused: readonly RefusedEntry[];
  readonly refusedReasons: readonly { readonly reason: string; readonly count: number }[];
}

export interface Campaign extends CampaignSettings, CampaignList {
  readonly campaignId: string;
  readonly mode: CampaignMode;
  readonly order: CampaignOrder;
  /** Why it is paused by itself, in words. */
  readonly why?: string;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly spent: number;
  readonly currency: string;
  readonly createdAt: string;
  readonly createdBy?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly etag?: string;
}

/** A contact of a campaign. */
export interface CampaignEntry {
  readonly entryId: string;
  readonly contactId?: string;
  readonly name?: string;
  readonly number: NumberView;
  readonly state: EntryState;
  readonly attempts: number;
  readonly nextAt?: string;
  readonly lastAt?: string;
  readonly lastDialId?: string;
  readonly lastOutcome?: string;
  readonly agentId?: string;
  /** Why it is not called, or not now, in words. */
  readonly refusedBecause?: string;
}

/** The contact that an agent calls next. */
export interface CampaignCard {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly entryId: string;
  readonly contactId?: string;
  readonly name?: string;
  readonly number: NumberView;
  /** Which attempt it would be, from 1. */
  readonly attempt: number;
  readonly attempts: number;
  readonly order: CampaignOrder;
  readonly lastAt?: string;
  readonly lastOutcome?: string;
  readonly claimedUntil: string;
}

/** What there is to do for an agent. */
export interface CampaignWork {
  readonly card?: CampaignCard;
  readonly why?: 'none' | 'later' | 'coordination' | 'busy' | 'paused';
  readonly message?: string;
  readonly nextAt?: string;
  readonly campaigns: readonly {
    readonly campaignId: string;
    readonly name: string;
    readonly mode: CampaignMode;
    readonly waiting: number;
  }[];
}

/** What was agreed with the operator. */
export interface Coordination {
  readonly confirmed: boolean;
  /** The dials a minute of all campaigns together. */
  readonly perMinute?: number | null;
  readonly until?: string | null;
  readonly etag?: string;
}
