const enc = encodeURIComponent;

/** The address of a month's reconciliation. */
export const monthPath = (account: string, month: string): string => `/reconciliation/${enc(account)}/${month}`;

export const statementPath = (account: string, month: string): string => `/statements/${enc(account)}/${month}`;
