import type { EmbedToken, TokenSource } from './embed-types.js';

/** How long a token lasts whose end the page does not tell. */
const lifeMs = 15 * 60_000;
/** A new token is asked for so long before the end. */
const earlyMs = 60_000;
/** A source that fails is asked again after so long. */
const againMs = 10_000;

export type TokenReason = 'first' | 'renewal' | 'refused';

export interface TokenKeeperOptions {
  readonly source: (reason: TokenReason) => ReturnType<TokenSource>;
  /** Looks at each token but the first before anything uses it. Where it throws, the token is not taken. */
  readonly check?: (token: string) => Promise<void>;
  /** Called with each token but the first. */
  readonly renewed?: () => void;
  /** Called when a token has ended and no other could be had. */
  readonly lost?: (cause: unknown) => void;
  readonly now?: () => number;
  readonly setTimer?: (run: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
}

/** The embed token of the phone: asked of the page once it is needed, and again a minute before its end. */
export class TokenKeeper {
  readonly #options: Required<TokenKeeperOptions>;
  #token: string | undefined;
  #endsAt = 0;
  #asking: Promise<string> | undefined;
  #timer: unknown;
  #stopped = false;

  constructor(options: TokenKeeperOptions) {
    this.#options = {
      check: async () => {},
      renewed: () => {},
      lost: () => {},
      now: Date.now,
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      ...options,
    };
  }

  /**
   * The token. With `refused`, another one than that, as the server does not take it. Throws what the source throws.
   */
  async token(refused?: string): Promise<string> {
    if (this.#token !== undefined && this.#token !== refused && this.#options.now() < this.#endsAt) return this.#token;
    return this.#ask(refused !== undefined ? 'refused' : this.#token === undefined ? 'first' : 'renewal');
  }

  stop(): void {
    this.#stopped = true;
    this.#options.clearTimer(this.#timer);
  }

  /** Several requests may need one at once: the source is asked once. */
  #ask(reason: TokenReason): Promise<string> {
    this.#asking ??= this.#take(reason).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #take(reason: TokenReason): Promise<string> {
    const asked = this.#options.now();
    const given = await this.#options.source(reason);
    const { token, expiresAt } = (typeof given === 'string' ? { token: given } : (given ?? {})) as Partial<EmbedToken>;
    if (typeof token !== 'string' || token === '') throw new TypeError('The token source gave no token.');
    const isFirst = this.#token === undefined;
    if (!isFirst) await this.#options.check(token);
    this.#token = token;
    this.#endsAt = asked + lifeOf(expiresAt, asked);
    this.#plan(Math.max(againMs, this.#endsAt - asked - earlyMs));
    if (!isFirst) this.#options.renewed();
    return token;
  }

  #plan(ms: number): void {
    this.#options.clearTimer(this.#timer);
    if (!this.#stopped) this.#timer = this.#options.setTimer(() => void this.#renew(), ms);
  }

  async #renew(): Promise<void> {
    try {
      await this.#ask('renewal');
    } catch (cause) {
      if (this.#stopped) return;
      if (this.#options.now() >= this.#endsAt) this.#options.lost(cause);
      this.#plan(againMs);
    }
  }
}

/** A machine whose clock is wrong would take a new token for one of the past, or for one that lasts for days. */
function lifeOf(expiresAt: string | undefined, now: number): number {
  const left = Date.parse(expiresAt ?? '') - now;
  return left > 0 && left <= lifeMs ? left : lifeMs;
}

/** A `fetch` that sends the token, and tries once more with another where it is refused. */
export const tokenFetch =
  (keeper: Pick<TokenKeeper, 'token'>, send: typeof fetch = (url, init) => fetch(url, init)): typeof fetch =>
  async (url, init = {}) => {
    const token = await keeper.token();
    const response = await send(url, withToken(init, token));
    if (response.status !== 401) return response;
    const other = await keeper.token(token).catch(() => token);
    return other === token ? response : send(url, withToken(init, other));
  };

/** The header of an embed token. */
export const tokenHeader = 'X-CallMyWay-Token';

function withToken(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set(tokenHeader, token);
  return { ...init, headers };
}
