import type * as Api from './generated/api.js';
import type { Has } from './shape.js';

export type CampaignMode = Api.CampaignMode;
export type CampaignOrder = Api.DialOrder;
export type CampaignState = Api.CampaignState;
export type EntryState = Api.EntryState;

/** When a campaign calls: `08:00:00`; `00:00:00` as the second is the end of the day. 0 is Sunday. */
export type CampaignHours = Api.DialHours;

/** Whom a campaign calls: one of the three. */
export type CampaignContacts = Api.CampaignContactsInput;

/** What can be changed while a campaign runs. Without phones all take part. */
export type CampaignSettings = Pick<
  Api.CampaignView,
  'name' | 'endpointIds' | 'hours' | 'attempts' | 'gapMinutes' | 'perMinute' | 'budget'
>;

/** A new campaign. */
export type CampaignInput = CampaignSettings &
  Has<Pick<Api.CampaignInput, 'mode' | 'order' | 'contacts'>, 'mode' | 'order' | 'contacts'>;

export type CampaignCounts = Api.CampaignCounts;
export type RefusedEntry = Api.RefusedPerson;

/**
 * What a list would become: who is called, who is not and why. Its state is `building` where so far only the beginning
 * was looked at.
 */
export type CampaignList = Pick<Api.CampaignView, 'state' | 'counts' | 'refused' | 'refusedReasons'>;

export type Campaign = Api.CampaignView;

/** A contact of a campaign. */
export type CampaignEntry = Api.CampaignContact;

/** The contact that an agent calls next. */
export type CampaignCard = Api.WorkCard;
export type CampaignWork = Api.CampaignWork;

/** What was agreed with the operator. */
export type Coordination = Api.CoordinationView;

/** What stands for all campaigns: the agreement, and the phones that can take part. */
export type CampaignOptions = Api.CampaignOptions;
export type CampaignDefaults = Api.CampaignDefaults;
export type Agreement = Api.CampaignAgreement;
export type CampaignPhone = Api.CampaignPhone;

/** The agreement as it is written: null leaves out the rate, or the end. */
export interface CoordinationInput {
  readonly confirmed: boolean;
  readonly perMinute: number | null;
  readonly until: string | null;
}
