import type { Channel, OpenChannel } from '../pop-ups/live-connection.js';

/**
 * A channel that changes its connection for one with the new token, and is never closed meanwhile: the old connection
 * ends once the new one is open. Messages that come by both are the same, and the store takes them once.
 */
export class RenewingChannel {
  #renew: () => void = () => {};

  constructor(private readonly open: OpenChannel) {}

  /** There is a new token. */
  renew(): void {
    this.#renew();
  }

  readonly opened: OpenChannel = async (events) => {
    let current: Channel;
    let isClosed = false;
    let attempt = 0;
    /** The connections that broke. */
    const broken = new Set<number>();

    const connect = async (): Promise<void> => {
      const mine = ++attempt;
      const channel = await this.open({
        ...events,
        lost: () => {
          broken.add(mine);
          if (mine === attempt && !isClosed) events.lost();
        },
      });
      // It was closed while it opened.
      if (isClosed) await channel.close();
      else current = channel;
    };
    await connect();

    this.#renew = () => {
      const before = current;
      const last = attempt;
      connect().then(
        () => before.close(),
        // The old one goes on for as long as its token lets it. What it told meanwhile of its end was not heard.
        () => {
          attempt = last;
          if (broken.has(last) && !isClosed) events.lost();
        },
      );
    };
    return {
      close: async () => {
        isClosed = true;
        this.#renew = () => {};
        await current.close();
      },
    };
  };
}
