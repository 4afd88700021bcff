import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Host, Me } from '../api/types.js';
import { Observable } from '../base/observable.js';
import type { WorkAccount } from './work-account.js';

/**
 * `unknown` until the API has answered; `signedOut` shows the sign-in page; `stranger` has a work account and is no
 * agent; `ended` is a session that ran out under an agent, whose page stays as it is behind the sign-in.
 */
export type SessionState = 'unknown' | 'unreachable' | 'signedOut' | 'stranger' | 'signedIn' | 'ended';

type Edge = Pick<ApiClient, 'host' | 'me' | 'signIn' | 'signOut' | 'onSignedOut'>;

/** Who is signed in. */
export class Session extends Observable {
  state: SessionState = 'unknown';
  me: Me | undefined;
  host: Host | undefined;
  error: ApiError | undefined;
  #opening: Promise<void> | undefined;

  /** `account` is what people sign in with where the host itself asks for no password. */
  constructor(
    private readonly api: Edge,
    readonly account?: WorkAccount,
  ) {
    super();
    api.onSignedOut = () => this.#ended();
  }

  /** Asks who is signed in, and what the host is; once at a time, so that no older answer comes after a newer one. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** What the host is only adds hints to the sign-in page: without it the page is the ordinary one. */
  async readHost(): Promise<void> {
    this.host = await this.api.host().catch(() => this.host);
    this.changed();
  }

  /** Reads again what the API says of who is signed in: some of it is in the language that was asked for. */
  async refresh(): Promise<void> {
    const me = await this.api.me().catch(() => undefined);
    if (!me || me.id !== this.me?.id) return;
    this.me = me;
    this.changed();
  }

  /** Throws what the API refused. */
  async signIn(agent: string, password: string): Promise<void> {
    await this.api.signIn(agent, password);
    this.#signedIn(await this.api.me());
  }

  async signOut(): Promise<void> {
    await (this.account ?? this.api).signOut();
    this.me = undefined;
    this.#become('signedOut');
  }

  async #open(): Promise<void> {
    await Promise.all([this.readHost(), this.#readMe()]);
  }

  async #readMe(): Promise<void> {
    try {
      this.#signedIn(await this.api.me());
    } catch (error) {
      this.error = asApiError(error);
      this.#become(this.#stateBy(this.error.status));
    }
  }

  #stateBy(status: number): SessionState {
    if (status === 401) return 'signedOut';
    return status === 403 && this.account ? 'stranger' : 'unreachable';
  }

  #signedIn(me: Me): void {
    this.me = me;
    this.error = undefined;
    this.#become('signedIn');
  }

  #ended(): void {
    if (this.state === 'signedIn') this.#become('ended');
  }

  #become(state: SessionState): void {
    this.state = state;
    this.changed();
  }
}
