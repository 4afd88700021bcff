/** The headers of a change of the version with this etag; without one it is made only where there is none yet. */
export const overVersion = (etag: string | undefined): Record<string, string> =>
  etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': `"${etag}"` };
