/** When a shared phone is whose. */
export interface Shift {
  readonly agentId: string;
  /** The days of the week on which it begins; 0 is Sunday. */
  readonly days: readonly number[];
  /** A time of day, such as `08:00:00`. */
  readonly from: string;
  /** Where it is not after `from`, it is of the day after. */
  readonly to: string;
}

/** Whose a phone of the operator is, as it is written. */
export interface MappingInput {
  readonly account?: string;
  readonly agentId: string;
  readonly shifts: readonly Shift[];
  readonly phone: string;
  readonly label: string;
  readonly callerId: string;
  readonly private: boolean;
  readonly primary: boolean;
}

/** Whose a phone of the operator is. */
export interface Mapping {
  readonly endpointId: string;
  readonly account: string;
  readonly agentId: string;
  readonly shifts?: readonly Shift[];
  readonly phone: string;
  readonly label?: string | null;
  readonly callerId?: string | null;
  readonly private: boolean;
  readonly primary: boolean;
  /** The endpoints of other mappings with the same phone. */
  readonly sharesPhoneWith?: readonly string[];
  readonly etag?: string;
}

/** A phone that was seen in a call, and that nobody has. */
export interface UnmappedPhone {
  readonly endpointId: string;
  readonly account: string;
  readonly phone?: string;
  readonly lastSeen: string;
}

/** How far the earlier calls of a phone are tied to its agent. */
export interface MappingTie {
  readonly tieId: string;
  /** Undefined for the phones of an import. */
  readonly endpointId?: string;
  readonly state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly calls: number;
  readonly tied: number;
  readonly error?: string;
}

/** Somebody who may have phones. */
export interface AgentName {
  readonly agentId: string;
  readonly name: string;
  readonly roles?: readonly string[];
}

/** What becomes of a row of an import. */
export interface ImportedRow {
  readonly line: number;
  readonly endpointId: string;
  readonly action: 'added' | 'changed' | 'unchanged' | 'refused';
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  readonly errors: readonly string[];
}

/** What an import of phones does, or has done. */
export interface MappingImport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly rows: readonly ImportedRow[];
  readonly etag?: string;
}
