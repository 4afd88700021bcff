/** Who asks, where that is told by a token and not by a cookie. */
export interface Bearer {
  /**
   * Undefined where nobody is signed in. With `renew` a new one, as the last was refused. Throws where it can't be had
   * now.
   */
  token(renew?: boolean): Promise<string | undefined>;
}

/** A fetch that sends the token along, and tries once more with a new one where it is refused. */
export const bearerFetch =
  (bearer: Bearer, send: typeof fetch = (...request) => globalThis.fetch(...request)): typeof fetch =>
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
