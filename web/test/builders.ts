import type { Call, PopUp, WrapUp } from '../src/api/types.js';

/** What a call tells of the wrap-up that one saved by the viewer replaces. */
export const replacing = (wrapUp?: WrapUp): Partial<Call> =>
  wrapUp ? { wrapUp, wrapUps: [wrapUp], wrapUpToReplace: wrapUp.etag } : {};

/** An incoming call that is ringing, from a contact's main number. */
export const aPopUp = (changes: Partial<Call> = {}): PopUp =>
  asServed({
    callId: '1001',
    account: 'office',
    direction: 'in',
    number: { e164: '+50688881234', display: '8888 1234', kind: 'number' },
    endpointId: '2001',
    agentId: 'ana',
    startedAt: '2026-03-02T15:00:00Z',
    state: 'ringing',
    match: 'one',
    candidates: [{ contactId: 'c1', name: 'María Rojas', reason: 'mainNumber' }],
    contactId: 'c1',
    ...changes,
  });

/** With what the server says of a call that came in and ended, unless the test says it. */
const asServed = (call: PopUp): PopUp =>
  call.missed === undefined && call.state === 'ended' && call.direction === 'in' && !call.connectedAt && !call.noted
    ? { ...call, missed: true }
    : call;

/** Answers that arrive when the test says. */
export class Pending<T> {
  readonly #waiting: { resolve: (value: T) => void; reject: (error: unknown) => void }[] = [];

  readonly ask = (): Promise<T> => new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));

  get count(): number {
    return this.#waiting.length;
  }

  /** Answers the oldest question, and runs what follows from it. */
  async answer(value: T): Promise<void> {
    this.#waiting.shift()?.resolve(value);
    await settle();
  }

  async fail(error: unknown): Promise<void> {
    this.#waiting.shift()?.reject(error);
    await settle();
  }
}

/** Runs all promises that can continue. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
