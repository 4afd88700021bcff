import type { WallboardChanged } from '../api/supervision-types.js';
import type { Call, PopUp, Presence } from '../api/types.js';
import { Observable } from '../base/observable.js';

export type ChannelMessage = 'popUp' | 'popUpChanged' | 'popUpClosed';

/** Campaigns dial nobody for the agent until a time; and why, in both languages. */
export interface CampaignRest {
  readonly until: string;
  readonly es: string;
  readonly en: string;
}

export interface ChannelEvents {
  message(kind: ChannelMessage, popUp: PopUp): void;
  /** Calls of the agent's lists that changed, each with all that a row shows. */
  calls(changed: readonly Call[]): void;
  /** What has changed on the wallboard, where it is open. */
  wallboard(changed: WallboardChanged): void;
  rest(rest: CampaignRest): void;
  /** The agent has paused or is back, wherever that was said. */
  presence(presence: Presence): void;
  /** The open channel broke. Not called after `close`. */
  lost(): void;
}

/** An open realtime channel. */
export interface Channel {
  close(): Promise<void>;
}

/** Opens a channel, or throws. */
export type OpenChannel = (events: ChannelEvents) => Promise<Channel>;

/** `offline` is `reconnecting` for so long, or so surely, that the agent should know that calls are not shown. */
export type ConnectionState = 'stopped' | 'connecting' | 'connected' | 'reconnecting' | 'offline';

export interface LiveConnectionOptions {
  readonly open: OpenChannel;
  readonly message: ChannelEvents['message'];
  readonly calls: ChannelEvents['calls'];
  readonly wallboard?: ChannelEvents['wallboard'];
  readonly rest?: ChannelEvents['rest'];
  readonly presence?: ChannelEvents['presence'];
  /** Called at each (re)connection: what came meanwhile is to be read. */
  readonly opened: () => void;
  /** Called at each try that failed: the API may answer although the channel does not. */
  readonly failed: () => void;
  readonly setTimer?: (run: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
  readonly random?: () => number;
  /** True while nobody looks at the page. */
  readonly hidden?: () => boolean;
}

const waits = [500, 1_000, 2_000, 3_000, 5_000, 10_000];
const lastWaitMs = 10_000;
/** The wait after those, where nobody looks at the page: `wake` is called when somebody does. */
const hiddenMs = 60_000;
const triesUntilOffline = 4;

/**
 * The channel that is kept open for as long as an agent is signed in: it tries again for ever, and says how it stands.
 */
export class LiveConnection extends Observable {
  readonly #options: Required<LiveConnectionOptions>;
  #state: ConnectionState = 'stopped';
  #channel: Channel | undefined;
  #timer: unknown;
  #failures = 0;
  #wasConnected = false;
  // Each try has its number, so that what an abandoned one still says is not heard.
  #attempt = 0;

  constructor(options: LiveConnectionOptions) {
    super();
    this.#options = {
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      random: Math.random,
      hidden: () => document.hidden,
      wallboard: () => {},
      rest: () => {},
      presence: () => {},
      ...options,
    };
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    if (this.#state !== 'stopped') return;
    this.#failures = 0;
    this.#wasConnected = false;
    this.#become('connecting');
    void this.#try();
  }

  stop(): void {
    this.#attempt++;
    this.#options.clearTimer(this.#timer);
    void this.#channel?.close();
    this.#channel = undefined;
    this.#become('stopped');
  }

  /** The network is back, or the agent looks at the page again: no need to wait for the next try. */
  wake(): void {
    if (this.#state === 'stopped' || this.#state === 'connected') return;
    void this.#try();
  }

  /** The browser says that there is no network. The channel finds out by itself, later. */
  networkLost(): void {
    if (this.#state !== 'stopped') this.#become('offline');
  }

  async #try(): Promise<void> {
    this.#options.clearTimer(this.#timer);
    const attempt = ++this.#attempt;
    const abandoned = this.#channel;
    this.#channel = undefined;
    void abandoned?.close();
    try {
      const channel = await this.#options.open({
        message: (kind, popUp) => {
          if (attempt === this.#attempt) this.#options.message(kind, popUp);
        },
        calls: (changed) => {
          if (attempt === this.#attempt) this.#options.calls(changed);
        },
        wallboard: (changed) => {
          if (attempt === this.#attempt) this.#options.wallboard(changed);
        },
        rest: (rest) => {
          if (attempt === this.#attempt) this.#options.rest(rest);
        },
        presence: (presence) => {
          if (attempt === this.#attempt) this.#options.presence(presence);
        },
        lost: () => {
          if (attempt === this.#attempt) this.#failed();
        },
      });
      if (attempt !== this.#attempt) {
        void channel.close();
        return;
      }

      this.#channel = channel;
      this.#failures = 0;
      this.#wasConnected = true;
      this.#become('connected');
      this.#options.opened();
    } catch {
      if (attempt !== this.#attempt) return;
      this.#options.failed();
      this.#failed();
    }
  }

  #failed(): void {
    if (this.#state === 'stopped') return;
    this.#channel = undefined;
    const wait = waits[this.#failures] ?? (this.#options.hidden() ? hiddenMs : lastWaitMs);
    this.#failures++;
    if (this.#failures >= triesUntilOffline) this.#become('offline');
    else if (this.#state !== 'offline') this.#become(this.#wasConnected ? 'reconnecting' : 'connecting');
    // Spread, so that the screens of a whole office don't come back in the same instant.
    this.#timer = this.#options.setTimer(() => void this.#try(), wait * (0.75 + this.#options.random() / 2));
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.changed();
  }
}
