import type { PopUp } from '../api/types.js';
import { keyOf } from '../calls/call-key.js';

/** What it takes from the browser. Times are in milliseconds, by the browser's clock. */
export interface Page {
  readonly now: () => number;
  readonly visible: () => boolean;
  /** Calls back before the next frame is painted. */
  readonly frame: (done: () => void) => void;
}

interface Painted {
  readonly at: number;
  readonly operator: number | undefined;
  readonly queue: number | undefined;
  readonly channel: number;
  readonly browser: number;
  readonly callId: string;
  readonly account: string;
}

/** As many go with one reading; the API takes no more. */
const mostTold = 20;
/** More are let go: the server does not answer. */
const mostKept = 200;
/** Longer is no measure of a desk: the machine was asleep. */
const longest = 600_000;
/** A better estimate of the clocks' difference is kept so long. */
const clockFor = 600_000;

const browserPage: Page = {
  now: () => Date.now(),
  visible: () => !document.hidden,
  frame: (done) => requestAnimationFrame(() => done()),
};

/**
 * How long it took until the card of a new call was on the screen, from the notification on. Only calls that came while
 * the page was open and in sight are measured. What was measured goes to the server with the next reading of the
 * pop-ups.
 */
export class PaintedCards {
  readonly #opened: number;
  readonly #known = new Set<string>();
  #painted: Painted[] = [];
  #underWay: Painted[] = [];
  #clock: { readonly ahead: number; readonly trip: number; readonly at: number } | undefined;

  constructor(private readonly page: Page = browserPage) {
    this.#opened = page.now();
  }

  /** What was told is stored. */
  told(): void {
    this.#underWay = [];
  }

  /** The server's time in an answer, between the asking and the answer by the browser's clock. */
  learn(asked: number, answered: number, now: string): void {
    const [trip, at] = [answered - asked, Date.parse(now)];
    if (Number.isNaN(at) || trip < 0) return;
    const known = this.#clock;
    // The shorter the trip, the less the time in between can be wrong.
    if (known && trip > known.trip && answered - known.at < clockFor) return;
    this.#clock = { ahead: at - (asked + answered) / 2, trip, at: answered };
  }

  /** A call that is new to this screen. */
  arrived(popUp: PopUp): void {
    const key = keyOf(popUp);
    const clock = this.#clock;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    if (!clock || !popUp.notifiedAt || !this.page.visible()) return;
    const notified = Date.parse(popUp.notifiedAt);
    if (notified - clock.ahead < this.#opened) return;
    const arrived = this.page.now();
    // The component is drawn before the next frame, and that frame is painted before the one after it.
    this.page.frame(() =>
      this.page.frame(() => {
        if (!this.page.visible()) return;
        const sent = popUp.sentAt ? Date.parse(popUp.sentAt) : undefined;
        this.#put({
          at: this.page.now(),
          operator: popUp.isOurTime ? undefined : span(Date.parse(popUp.startedAt), notified),
          queue: sent === undefined ? undefined : span(notified, sent),
          channel: span(sent ?? notified, arrived + clock.ahead),
          browser: span(arrived, this.page.now()),
          callId: popUp.callId,
          account: popUp.account,
        });
      }),
    );
  }

  /** What is told with a reading, as its query has it; undefined for nothing. */
  take(): string | undefined {
    // Another reading is telling some.
    if (this.#underWay.length > 0) return undefined;
    this.#underWay = this.#painted.splice(0, mostTold);
    const now = this.page.now();
    return this.#underWay.length === 0
      ? undefined
      : this.#underWay
          .map(({ at, operator, queue, channel, browser, callId, account }) =>
            [
              Math.min(Math.max(0, now - at), 86_400_000),
              operator ?? '',
              queue ?? '',
              channel,
              browser,
              encoded(callId),
              encoded(account),
            ].join('.'),
          )
          .join('~');
  }

  /** The reading failed. What is refused is let go, so that the next one does not fail for the same reason. */
  failed(isRefused: boolean): void {
    if (!isRefused) this.#painted.unshift(...this.#underWay);
    this.#underWay = [];
  }

  /** Another agent signs in. */
  clear(): void {
    this.#painted = [];
    this.#underWay = [];
    this.#known.clear();
  }

  #put(painted: Painted): void {
    const whole = (painted.queue ?? 0) + painted.channel + painted.browser;
    if (whole > longest || this.#painted.length >= mostKept) return;
    this.#painted.push(painted);
  }
}

/** Never less than nothing: the clocks' difference is an estimate. */
const span = (from: number, until: number): number => Math.max(0, Math.round(until - from));

/** Base64url of the UTF-8, which has neither of the signs between the fields. */
const encoded = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
