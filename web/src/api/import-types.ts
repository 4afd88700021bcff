/** The API's types of imports, as in its contract. Fields without a value are left out. */

import type * as Api from './generated/api.js';

export type ImportState = Api.JobState;
export type DuplicateRule = Api.DuplicateRule;
export type DuplicateKey = Api.DuplicateKey;

export type ImportColumn = Api.ImportColumn;

export type ContactImport = Api.ContactImport;

export type ImportUndo = Api.ImportUndo;

export type RowOutcome = Api.RowOutcome;

export type PreviewRow = Api.PreviewRow;

export type ImportPreview = Api.ImportPreview;

/** How a file is to be imported. */
export interface ImportRules {
  /** As the API's `mapping`. */
  readonly mapping: string;
  readonly hasHeader?: boolean | undefined;
  readonly duplicates: DuplicateRule;
  readonly by: DuplicateKey;
}
