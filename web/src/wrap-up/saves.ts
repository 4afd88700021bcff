import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Call, CallKey, WrapUp } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import { replacedIn, type WrapUpDraft } from './wrap-up-draft.js';

/** How long the server undoes a save. */
const undoMs = 60_000;

/** A wrap-up that was saved a moment ago. */
export interface Save {
  readonly call: Call;
  readonly wrapUp: WrapUp;
  readonly draft: WrapUpDraft;
  readonly undoing?: boolean;
  /** Why it could not be undone. */
  readonly error?: ApiError;
  /** What stands, where it can't be undone any more. */
  readonly stands?: WrapUp | undefined;
}

/** The wrap-ups that this page has saved within a minute: each can be undone, the newest first. */
export class Saves extends Observable {
  #saves: readonly Save[] = [];

  constructor(private readonly api: Pick<ApiClient, 'call' | 'now'>) {
    super();
  }

  /** The newest. */
  get last(): Save | undefined {
    return this.#saves[0];
  }

  add(call: Call, wrapUp: WrapUp, draft: WrapUpDraft): void {
    // The server's minute begins after the save was asked for.
    const left = undoMs - (this.api.now() - draft.savedAt);
    this.#saves = [{ call, wrapUp, draft }, ...this.#saves.filter((other) => keyOf(other.call) !== keyOf(call))];
    setTimeout(() => this.#drop((save) => save.wrapUp === wrapUp && !save.undoing), Math.max(0, left));
    this.changed();
  }

  /** Takes back the newest. Returns its call, as it stands then; none where it was not undone. */
  async undo(): Promise<Call | undefined> {
    const save = this.last;
    if (!save || save.undoing || save.stands) return undefined;
    this.#put(save, { undoing: true });
    try {
      await save.draft.undo();
      this.#drop((other) => keyOf(other.call) === keyOf(save.call));
      return await this.api.call(save.call).catch(() => save.call);
    } catch (error) {
      await this.#refused(save, asApiError(error));
      return undefined;
    }
  }

  /** Forgets the newest: the agent has read it. */
  dismiss(): void {
    this.#drop((save) => save === this.last);
  }

  /** Forgets all: another agent signed in. */
  clear(): void {
    this.#drop(() => true);
  }

  forget(call: CallKey): void {
    this.#drop((save) => keyOf(save.call) === keyOf(call));
  }

  async #refused(save: Save, error: ApiError): Promise<void> {
    if (error.status !== 409 && error.status !== 412) {
      // Without an answer it can be tried again.
      this.#put(save, { undoing: false, error });
      return;
    }

    const call = await this.api.call(save.call).catch(() => undefined);
    this.#put(save, { undoing: false, error, stands: (call && replacedIn(call)) ?? save.wrapUp });
    await save.draft.readAgain();
  }

  #put(save: Save, changes: Partial<Save>): void {
    this.#saves = this.#saves.map((other) => (other.wrapUp === save.wrapUp ? { ...other, ...changes } : other));
    this.changed();
  }

  #drop(which: (save: Save) => boolean): void {
    const kept = this.#saves.filter((save) => !which(save));
    if (kept.length === this.#saves.length) return;
    this.#saves = kept;
    this.changed();
  }
}
