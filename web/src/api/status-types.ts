import type * as Api from './generated/api.js';
import type { Has } from './shape.js';

export type Condition = Api.Condition;

/** How a part of the system is, and what to do. */
export type StatusPart = Api.StorageStatus;

/** How the system is. A part that could not be read is missing. */
export type Status = Api.StatusView;

export type RecordsStatus = Api.RecordsStatus;

export type QueueStatus = Api.QueueStatus;

export type ReconciliationStatus = Api.ReconciliationStatus;

export type EventsStatus = Api.EventsStatus;

export type LookupStatus = Api.LookupStatus;

export type DiskStatus = Api.DiskStatus;

export type BackupsStatus = Api.BackupsStatus;

/** A message that failed each time and was set aside. */
export type PoisonMessage = Api.PoisonView;

/** A notification that was refused and kept. */
export type RefusedEvent = Has<Api.RefusedEvent, 'reference'>;
