import type { ApiClient } from '../api/api-client.js';
import { type Me, seesTeam } from '../api/types.js';
import { LiveConnection, type OpenChannel } from '../pop-ups/live-connection.js';
import { keyOf, PopUpStore } from '../pop-ups/pop-up-store.js';
import { CallsStore } from './calls-store.js';

const refreshMs = 15_000;
const dayCheckMs = 30_000;

/** What a signed-in agent's page runs on: the stores, and the channel that keeps them up to date. */
export class Desk {
  readonly popUps: PopUpStore;
  readonly calls: CallsStore;
  readonly connection: LiveConnection;
  #agentId: string | undefined;
  #stop = new AbortController();

  /** `openChannel` is awaited at the first connection, so that the realtime client's code is fetched after the first paint. */
  constructor(
    readonly api: ApiClient,
    openChannel: () => Promise<OpenChannel>,
  ) {
    this.popUps = new PopUpStore(api);
    this.calls = new CallsStore(api);
    this.connection = new LiveConnection({
      open: async (events) => (await openChannel())(events),
      message: (kind, popUp) => {
        if (kind === 'popUpClosed') this.popUps.close(popUp);
        else this.popUps.show(popUp);
        this.calls.tell(popUp);
      },
      reread: () => this.#read(),
    });
  }

  start(me: Me): void {
    if (this.#agentId !== undefined && this.#agentId !== me.id) this.#forget();
    this.#agentId = me.id;
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.connection.start();
    this.#read();

    document.addEventListener('visibilitychange', () => !document.hidden && this.#look(), { signal });
    window.addEventListener('online', () => this.#look(), { signal });
    window.addEventListener('offline', () => this.connection.networkLost(), { signal });
    every(dayCheckMs, () => this.calls.stale && void this.calls.read(), signal);
    every(refreshMs, () => !document.hidden && (seesTeam(me) || this.#untold()) && void this.calls.read(), signal);
  }

  /** The session is over; what is shown stays, unless another agent comes. */
  pause(): void {
    this.#stop.abort();
    this.connection.stop();
  }

  /** The agent left: nothing of theirs stays on the screen. */
  leave(): void {
    this.pause();
    this.#forget();
  }

  /** True while a listed call goes on of which no message comes: the agent is done with its pop-up. */
  #untold(): boolean {
    const told = new Set(this.popUps.open.map(keyOf));
    return this.calls.calls.some((call) => call.state !== 'ended' && !told.has(keyOf(call)));
  }

  #look(): void {
    this.connection.wake();
    this.#read();
  }

  #read(): void {
    void this.popUps.read();
    void this.calls.read();
  }

  #forget(): void {
    this.#agentId = undefined;
    this.popUps.clear();
    this.calls.clear();
  }
}

function every(ms: number, run: () => unknown, signal: AbortSignal): void {
  const timer = setInterval(run, ms);
  signal.addEventListener('abort', () => clearInterval(timer));
}
