import type { CallState, PopUp } from '../api/types.js';
import { keyOf } from '../calls/call-key.js';
import { isMissed } from '../calls/call-words.js';

/**
 * Which of the open calls show their card; each of the others is a line. The newest call that goes on opens by itself,
 * and so does one that the agent talks in. What a new call folds is never what the agent is at.
 */
export class OpenCards {
  /** The cards that stand above the lines: they opened by themselves, or from a list. */
  readonly #own = new Set<string>();
  /** The cards that the agent opened, each in the place of its line. */
  readonly #asked = new Set<string>();
  /** The open calls, and how far each had come. */
  #known = new Map<string, CallState>();

  isOpen(key: string): boolean {
    return this.#own.has(key) || this.#asked.has(key);
  }

  /** True for a card that stands above the lines. */
  isAbove(key: string): boolean {
    return this.#own.has(key);
  }

  /**
   * Follows the open calls.
   * @param calls The open calls, the newest first.
   * @param isAtHand True for a call that the agent is at, or writes about.
   */
  follow(calls: readonly PopUp[], isAtHand: (call: PopUp) => boolean): void {
    const before = this.#known;
    this.#known = new Map(calls.map((call) => [keyOf(call), call.state]));
    for (const cards of [this.#own, this.#asked]) for (const key of cards) if (!this.#known.has(key)) cards.delete(key);

    const wentOn = (key: string): boolean => (before.get(key) ?? 'ended') !== 'ended';
    const begun = calls.filter((call) => goesOn(call) && !wentOn(keyOf(call)));
    const newest = newestOf(begun, calls.filter(goesOn));
    for (const call of calls) {
      const key = keyOf(call);
      const wasMissed = wentOn(key) && isMissed(call);
      const makesRoom = begun.length > 0 && call !== newest && call.state !== 'connected';
      if (this.isOpen(key) && (wasMissed || makesRoom) && !isAtHand(call)) this.close(key);
    }

    if (newest) this.#openAbove(newest);
    // A call that rang before another, and was a line for it, is answered all the same.
    for (const call of calls)
      if (call.state === 'connected' && before.get(keyOf(call)) !== 'connected') this.#openAbove(call);

    // A call that was over when this screen heard of it, and of which the outcome is to be written.
    const over = calls.find((call) => call.state === 'ended' && !isMissed(call) && !before.has(keyOf(call)));
    const isBusy = calls.some((call) => this.isOpen(keyOf(call)) && (goesOn(call) || isAtHand(call)));
    if (over && !isBusy) {
      for (const call of calls) this.close(keyOf(call));
      this.#openAbove(over);
    }
  }

  /**
   * The agent opens a call: in the place of its line, or above where it had none. What is over and not being written of
   * is a line again.
   */
  open(call: PopUp, calls: readonly PopUp[], isAtHand: (call: PopUp) => boolean, above: boolean): void {
    if (this.isOpen(keyOf(call))) return;
    for (const other of calls) if (!goesOn(other) && !isAtHand(other)) this.close(keyOf(other));
    (above ? this.#own : this.#asked).add(keyOf(call));
  }

  close(key: string): void {
    this.#own.delete(key);
    this.#asked.delete(key);
  }

  /** A card that is there already stays in its place. */
  #openAbove(call: PopUp): void {
    if (!this.#asked.has(keyOf(call))) this.#own.add(keyOf(call));
  }
}

/** Of calls that began in the same second, which the operator's times don't tell apart, it is the one that came last. */
function newestOf(begun: readonly PopUp[], live: readonly PopUp[]): PopUp | undefined {
  const [came] = begun;
  const [first] = live;
  return came && first && Date.parse(came.startedAt) >= Date.parse(first.startedAt) ? came : came && first;
}

const goesOn = (call: PopUp): boolean => call.state !== 'ended';
