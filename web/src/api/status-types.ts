export type Condition = 'good' | 'warning' | 'bad';

/** How a part of the system is, and what to do. */
export interface StatusPart {
  readonly state: Condition;
  /** In plain words; missing where nothing is to be done. */
  readonly advice?: string;
}

/** How the system is. A part that could not be read is missing. */
export interface Status {
  /** The worst of all parts. */
  readonly state: Condition;
  readonly at: string;
  readonly version: string;
  readonly storage: StatusPart;
  readonly webhook?: StatusPart & { readonly lastAt?: string };
  readonly records?: readonly RecordsStatus[];
  readonly queues?: readonly QueueStatus[];
  readonly refused?: StatusPart & { readonly lastDay: number };
  readonly screens?: StatusPart & { readonly connected: number; readonly agents: number };
  readonly reconciliation?: readonly ReconciliationStatus[];
  /** The applications that are told of events. */
  readonly events?: readonly EventsStatus[];
  /** The CRM that is asked who calls. */
  readonly lookup?: LookupStatus;
  /** Missing where the data is on no disk of the host. */
  readonly disk?: DiskStatus;
}

export interface RecordsStatus extends StatusPart {
  readonly account: string;
  readonly lastSuccess?: string;
  readonly secondsBehind?: number;
  readonly lastError?: string;
}

export interface QueueStatus extends StatusPart {
  readonly name: string;
  readonly waiting: number;
  readonly oldestSeconds?: number;
  readonly poison: number;
}

export interface ReconciliationStatus extends StatusPart {
  readonly account: string;
  readonly open: number;
  readonly pending: number;
  readonly openDay?: string;
}

export interface EventsStatus extends StatusPart {
  readonly endpointId: string;
  readonly name: string;
  readonly since?: string;
}

export interface LookupStatus extends StatusPart {
  readonly enabled: boolean;
  readonly since?: string;
  readonly lastError?: string;
}

export interface DiskStatus extends StatusPart {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly databaseBytes?: number;
}

/** A message that failed each time and was set aside. */
export interface PoisonMessage {
  readonly queue: string;
  readonly id: string;
  readonly insertedAt: string;
  /** Its beginning. */
  readonly preview: string;
}

/** A notification that was refused and kept. */
export interface RefusedEvent {
  readonly id: string;
  /** Names it in addresses. */
  readonly reference: string;
  readonly receivedAt: string;
  readonly reason: string;
  readonly body?: string;
  readonly bodyBase64?: string;
}
