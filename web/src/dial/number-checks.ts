import type { ApiClient } from '../api/api-client.js';
import type { NumberCheck } from '../api/types.js';
import { Observable } from '../base/observable.js';

const pauseMs = 250;

/** What a click on the number that is being typed would lead to. A failure says nothing: the click itself tells. */
export class NumberChecks extends Observable {
  #asked = '';
  #answer: NumberCheck | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Pick<ApiClient, 'checkNumber'>) {
    super();
  }

  /** The answer for this number, if it is there. */
  of(number: string): NumberCheck | undefined {
    return number === this.#asked ? this.#answer : undefined;
  }

  /** Asks after a pause in the typing. */
  ask(number: string): void {
    if (number === this.#asked) return;
    this.#asked = number;
    this.#answer = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(number), pauseMs);
  }

  async #check(number: string): Promise<void> {
    const answer = await this.api.checkNumber(number).catch(() => undefined);
    if (number !== this.#asked) return;
    this.#answer = answer;
    this.changed();
  }
}
