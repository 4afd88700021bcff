import type { Channel, OpenChannel } from './live-connection.js';

const never = async (): Promise<boolean> => false;

/**
 * A channel that changes its connection for one with a new token, and is never closed meanwhile: the old connection
 * ends once the new one is open. Messages that come by both are the same, and the store takes them once.
 */
export class RenewingChannel {
  #renew = never;

  constructor(private readonly open: OpenChannel) {}

  /** There is a new token. True once a connection with it is open; the old one stays where none opens. */
  renew(): Promise<boolean> {
    return this.#renew();
  }

  readonly opened: OpenChannel = async (events) => {
    let current: Channel;
    let isClosed = false;
    let attempt = 0;
    /** The connections that broke. */
    const broken = new Set<number>();

    const end = (): void => {
      isClosed = true;
      this.#renew = never;
    };
    const lose = (): void => {
      if (isClosed) return;
      end();
      events.lost();
    };
    const connect = async (): Promise<void> => {
      const mine = ++attempt;
      const channel = await this.open({
        ...events,
        lost: () => {
          broken.add(mine);
          if (mine === attempt) lose();
        },
      });
      // It was closed while it opened.
      if (isClosed) await channel.close();
      else current = channel;
    };
    await connect();

    this.#renew = async () => {
      const before = current;
      const last = attempt;
      try {
        await connect();
      } catch {
        // The old one goes on for as long as its token lets it. What it told meanwhile of its end was not heard.
        attempt = last;
        if (broken.has(last)) lose();
        return false;
      }

      if (broken.has(last)) {
        // What came between the two was told to nobody: who listens reads it once it has opened a new channel.
        const fresh = current;
        lose();
        void fresh.close();
        return false;
      }

      void before.close();
      return true;
    };
    return {
      close: async () => {
        end();
        await current.close();
      },
    };
  };
}
