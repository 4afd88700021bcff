import type { OpenChannel } from './live-connection.js';
import { RenewingChannel } from './renewing-channel.js';

const minuteMs = 60_000;
/** Azure's service closes a connection so long after it was asked for (`ScreenTokenLifetime`). */
const lifeMs = 15 * minuteMs;
/** What is left of it is for tries that fail, also in a hidden tab, whose timers run once a minute. */
const renewMs = 12 * minuteMs;
const againMs = minuteMs / 2;

/**
 * A channel whose connections end with their tokens, changed for a new one in time: nobody sees it, and no message is
 * lost. Whoever gets no token any more, as their account was closed, hears no more calls once the last one ends.
 */
export const lastingChannel =
  (open: OpenChannel, random = Math.random): OpenChannel =>
  async (events) => {
    const renewing = new RenewingChannel(open);
    let isOver = false;
    let askedAt = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      isOver = true;
      clearTimeout(timer);
    };
    const renewIn = (ms: number): void => {
      if (isOver) return;
      // Spread, so that the screens of a whole office don't come in the same instant.
      timer = setTimeout(() => void renew(), ms * (0.9 + random() / 5));
    };
    const renew = async (): Promise<void> => {
      const now = Date.now();
      if (now - askedAt > lifeMs) {
        // The machine slept. The service has ended the connection, and what came since was told to nobody.
        end();
        events.lost();
        void channel.close();
        return;
      }

      const done = await renewing.renew();
      if (done) askedAt = now;
      renewIn(done ? renewMs : againMs);
    };
    const channel = await renewing.opened({
      ...events,
      lost: () => {
        end();
        events.lost();
      },
    });
    renewIn(renewMs);
    return {
      close: () => {
        end();
        return channel.close();
      },
    };
  };
