/** Gives the token for requests, if the API uses tokens and no cookie. */
export interface Bearer {
  /**
   * The token; undefined if nobody is signed in. With `renew` a new one, as the last was refused. Throws if none can be
   * had now.
   */
  token(renew?: boolean): Promise<string | undefined>;
}

/** The `fetch` that a request names, as one that tells its progress; else the browser's. */
export const sendBy: typeof fetch = (url, init?: RequestInit & { by?: typeof fetch }) =>
  (init?.by ?? globalThis.fetch)(url, init);

/** A fetch that adds the token, and tries once more with a new one if the token is refused. */
export const bearerFetch =
  (bearer: Bearer, send: typeof fetch = sendBy): typeof fetch =>
  async (url, init = {}) => {
    const token = await bearer.token();
    const response = await send(url, withToken(init, token));
    if (response.status !== 401 || !token) return response;
    const renewed = await bearer.token(true);
    return renewed ? send(url, withToken(init, renewed)) : response;
  };

function withToken(init: RequestInit, token: string | undefined): RequestInit {
  if (!token) return init;
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  return { ...init, headers };
}
