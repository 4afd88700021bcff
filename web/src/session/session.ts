import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Host, Me } from '../api/types.js';
import { Observable } from '../base/observable.js';
import type { WorkAccount } from './work-account.js';

/**
 * `unknown`: the API has not answered yet. `signedOut`: the sign-in page is shown. `stranger`: signed in with a work
 * account, but no agent. `ended`: the session has ended, and the agent's page stays behind the sign-in.
 */
export type SessionState = 'unknown' | 'unreachable' | 'signedOut' | 'stranger' | 'signedIn' | 'ended';

type Edge = Pick<ApiClient, 'host' | 'me' | 'signIn' | 'signOut' | 'onSignedOut' | 'onNotAdded'>;

/** The session of the signed-in agent. */
export class Session extends Observable {
  state: SessionState = 'unknown';
  me: Me | undefined;
  host: Host | undefined;
  error: ApiError | undefined;
  #opening: Promise<void> | undefined;

  /**
   * `account` is the work account, if the host has no passwords of its own. `expected` says whether somebody is probably
   * signed in: then the answer about them says enough about the host.
   */
  constructor(
    private readonly api: Edge,
    readonly account?: WorkAccount,
    private readonly expected: () => boolean = () => false,
  ) {
    super();
    api.onSignedOut = () => this.#ended();
    api.onNotAdded = (refusal) => this.#removed(refusal);
  }

  /**
   * Reads who is signed in, and about the host. It runs once at a time, so that an older answer can't come after a
   * newer one.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** The host's description only adds hints to the sign-in page. Without it, the ordinary page is shown. */
  async readHost(): Promise<void> {
    this.host = await this.api.host().catch(() => this.host);
    this.changed();
  }

  /** The session has ended, and another tab has signed the same agent in again. */
  async goOn(): Promise<void> {
    const me = await this.api.me().catch(() => undefined);
    if (me && me.id === this.me?.id && this.state === 'ended') this.#signedIn(me);
  }

  /** Reads the agent again: some texts depend on the language. */
  async refresh(): Promise<void> {
    const me = await this.api.me().catch(() => undefined);
    if (!me || me.id !== this.me?.id) return;
    this.me = me;
    this.changed();
  }

  /** Throws if the API refuses. */
  async signIn(agent: string, password: string): Promise<void> {
    await this.api.signIn(agent, password);
    this.#signedIn(await this.api.me());
  }

  async signOut(): Promise<void> {
    await (this.account ?? this.api).signOut();
    this.left();
  }

  /** The agent has signed out, here or in another tab. */
  left(): void {
    this.me = undefined;
    this.#become('signedOut');
  }

  async #open(): Promise<void> {
    const host = this.expected() ? undefined : this.readHost();
    await this.#readMe();
    if (host) await host;
    else if (!this.host) await this.readHost();
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
    this.host = me.host ?? this.host;
    this.error = undefined;
    this.#become('signedIn');
  }

  #ended(): void {
    if (this.state === 'signedIn') this.#become('ended');
  }

  /** An administrator has removed the agent, whose work account stays signed in. */
  #removed(refusal: ApiError): void {
    if (!this.account || (this.state !== 'signedIn' && this.state !== 'ended')) return;
    this.me = undefined;
    this.error = refusal;
    this.#become('stranger');
  }

  #become(state: SessionState): void {
    this.state = state;
    this.changed();
  }
}
