/** The API's types of imports, as in its contract. Fields without a value are left out. */

export type ImportState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
export type DuplicateRule = 'skip' | 'merge' | 'replace';
export type DuplicateKey = 'both' | 'number' | 'document';

export interface ImportColumn {
  readonly name: string;
  /** Left out where the column is. */
  readonly field?: string;
}

export interface ContactImport {
  readonly importId: string;
  readonly file?: string;
  readonly state: ImportState;
  readonly createdAt: string;
  readonly createdBy?: string;
  readonly finishedAt?: string;
  readonly duplicates: DuplicateRule;
  readonly by: DuplicateKey;
  readonly columns: readonly ImportColumn[];
  readonly rows: number;
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly skipped: number;
  readonly refused: number;
  readonly error?: string;
  /** Until then it can be undone. */
  readonly keptUntil: string;
  readonly undo?: ImportUndo;
}

export interface ImportUndo {
  readonly state: ImportState;
  readonly undone: number;
  /** Contacts that somebody has changed since. */
  readonly kept: number;
  /** From 0 to 1. */
  readonly progress: number;
  readonly finishedAt?: string;
  readonly error?: string;
}

export type RowOutcome = 'added' | 'changed' | 'skipped' | 'refused';

export interface PreviewRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly outcome: RowOutcome;
  readonly reason?: string;
}

export interface ImportPreview {
  readonly encoding: string;
  readonly separator: string;
  readonly hasHeader: boolean;
  readonly columns: readonly ImportColumn[];
  /** Left out where only the beginning of the file was sent. */
  readonly rows?: number;
  readonly sample: readonly PreviewRow[];
  readonly problems: readonly { readonly row?: number; readonly reason: string }[];
  /** A field without a label is one of every contact. */
  readonly fields: readonly { readonly field: string; readonly label?: string }[];
}

/** How a file is to be imported. */
export interface ImportRules {
  /** As the API's `mapping`. */
  readonly mapping: string;
  readonly hasHeader?: boolean | undefined;
  readonly duplicates: DuplicateRule;
  readonly by: DuplicateKey;
}
