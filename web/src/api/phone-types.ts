import type * as Api from './generated/api.js';

/** When a shared phone is whose. */
export type Shift = Api.Shift;

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
export type Mapping = Api.Mapping;

/** A phone that was seen in a call, and that nobody has. */
export type UnmappedPhone = Api.UnmappedEndpoint;

/** How far the earlier calls of a phone are tied to its agent. */
export type MappingTie = Api.MappingTieView;

/** Somebody who may have phones. */
export interface AgentName {
  readonly agentId: string;
  readonly name: string;
  readonly roles?: readonly string[];
}

/** What becomes of a row of an import. */
export type ImportedRow = Api.MappingImportRow;

/** What an import of phones does, or has done. */
export type MappingImport = Api.MappingImportView;
