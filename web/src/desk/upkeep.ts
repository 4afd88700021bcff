const minuteMs = 60_000;
/** While no messages come. */
const callsMs = 15_000;
const tidyMs = 5_000;
const dayMs = 30_000;
/** What was read so lately is not read again for a second look. */
const freshMs = 10_000;

/** What is kept up to date, and how each part is read. */
export interface Kept {
  popUps(): void;
  /** The same at the first opening of the channel: the lists get from them what has come since they were read. */
  popUpsForLists(): void;
  /** The lists of calls that were opened. */
  calls(): void;
  /** The same, but for those that are being read. */
  callsOnceMore(): void;
  /** Takes out of the lists what no longer belongs there; asks for nothing. */
  tidy(): void;
  all(): void;
  /** True while messages may change the lists, one of which may be lost. */
  changing(): boolean;
  /** Reads what is shown of another day. */
  newDay(): void;
  /** True while messages come. */
  connected(): boolean;
}

/**
 * When the desk reads again. Messages tell what changes, and one may be lost while the channel stands. So the open
 * pop-ups are read once a minute, and the lists of calls too where they change. A tab that nobody looks at reads the
 * open pop-ups alone, then and once after each break of the channel; all else it reads when somebody looks at it again.
 */
export class Upkeep {
  #stop = new AbortController();
  #readAt = Number.NEGATIVE_INFINITY;
  #missed = false;
  #hasOpened = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly kept: Kept) {}

  start(): void {
    this.stop();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#hasOpened = false;
    this.#readAll();
    document.addEventListener('visibilitychange', () => this.look(), { signal });
    window.addEventListener('online', () => this.look(), { signal });
    const { kept } = this;
    every(minuteMs, () => kept.popUps(), signal);
    every(minuteMs, () => !document.hidden && kept.connected() && kept.changing() && kept.callsOnceMore(), signal);
    every(callsMs, () => !document.hidden && !kept.connected() && kept.callsOnceMore(), signal);
    every(dayMs, () => !document.hidden && kept.newDay(), signal);
    every(tidyMs, () => kept.tidy(), signal);
  }

  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#again);
  }

  /** Somebody looks at the page again, or the network is back: one reading, however often that happens. */
  look(): void {
    clearTimeout(this.#again);
    if (document.hidden) return;
    const age = Date.now() - this.#readAt;
    if (this.#missed || !this.kept.connected() || age >= freshMs) this.#readAll();
    else this.#again = setTimeout(() => this.look(), freshMs - age);
  }

  /** The channel is open, for the first time or again: what it would have told meanwhile is read. */
  opened(): void {
    const isFirst = !this.#hasOpened;
    this.#hasOpened = true;
    if (document.hidden) {
      this.#missed = true;
      this.kept.popUps();
    } else if (Date.now() - this.#readAt >= freshMs) {
      this.#readAll();
    } else if (isFirst && !this.kept.changing()) {
      this.kept.popUpsForLists();
    } else {
      this.kept.popUps();
      this.kept.calls();
    }
  }

  /** The channel did not open. The API may answer all the same, and calls come in. */
  failed(): void {
    if (document.hidden) this.#missed = true;
    else this.kept.popUps();
  }

  #readAll(): void {
    this.#missed = false;
    this.#readAt = Date.now();
    this.kept.all();
  }
}

/** Spread, so that an office does not ask in the same instant. */
function every(ms: number, run: () => unknown, signal: AbortSignal): void {
  const timer = setInterval(run, ms * (0.9 + Math.random() / 5));
  signal.addEventListener('abort', () => clearInterval(timer));
}
