import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Call, CallKey, Outcome, WrapUp, WrapUpField, WrapUpInput } from '../api/types.js';
import { Observable } from '../base/observable.js';
import {
  blank,
  type Faults,
  faultsOf,
  inputOf,
  isBlank,
  type Part,
  sameInput,
  sameText,
  shownParts,
  textOf,
  type WrapUpText,
} from './wrap-up-text.js';

/**
 * `kept`: stored on the server. `typed`: waits for a pause in the typing. `waiting`: stored on this machine until the
 * server answers again. `refused`: stored on this machine, and the agent must correct it. `conflict`: the agent must
 * choose between two versions.
 */
export type DraftState =
  | 'empty'
  | 'typed'
  | 'saving'
  | 'kept'
  | 'waiting'
  | 'refused'
  | 'conflict'
  | 'sending'
  | 'sent';

export interface DraftOptions {
  readonly api: Pick<ApiClient, 'call' | 'saveWrapUp' | 'undoWrapUp' | 'now'>;
  readonly call: CallKey;
  readonly outcome: (code: string) => Outcome | undefined;
  /** The fields that the office adds to the wrap-up. */
  readonly fields?: () => readonly WrapUpField[];
  readonly timeZone: () => string;
  /** Stores what is not on the server yet, so that it survives a reload. */
  readonly memory: { get(): string | null; set(value: string | null): void };
  readonly sent?: (wrapUp: WrapUp) => void;
  /** Called with each version that the server has got from here. */
  readonly stored?: (etag: string) => void;
  /** True while nothing may be sent, as it is not known who is signed in. */
  readonly held?: () => boolean;
  readonly setTimer?: (run: () => void, ms: number) => unknown;
  readonly clearTimer?: (timer: unknown) => void;
}

const pauseMs = 700;
/** An agent who is writing also thinks and listens. */
const thinkingMs = 30_000;
const waits = [2_000, 5_000, 10_000, 30_000];
const triesAtOnce = 3;

/** The wrap-up that one saved here replaces. Another agent's in the same call may stand beside it. */
export const replacedIn = ({ wrapUps, wrapUpToReplace }: Call): WrapUp | undefined =>
  wrapUps?.find((wrapUp) => wrapUp.etag === wrapUpToReplace);

/**
 * A call's wrap-up while it is being written. Each change is stored on this machine at once, and on the server at the
 * next pause. What another tab or person wrote is never overwritten unseen.
 */
export class WrapUpDraft extends Observable {
  readonly #options: Required<DraftOptions>;
  #text: WrapUpText = blank;
  #state: DraftState = 'empty';
  #server: WrapUp | undefined;
  #call: Call | undefined;
  #loading: Promise<void> | undefined;
  #timer: unknown;
  #failures = 0;
  /** How often on end the server refused the version that it had told itself. */
  #refusals = 0;
  // Counts the changes, to know whether an answer belongs to the newest.
  #version = 0;
  #changedAt = Number.NEGATIVE_INFINITY;
  #tried = 0;
  #wantsToSend = false;
  #busy = false;
  #stopped = false;
  /** What was saved last, while it can be undone. */
  #saved: { readonly etag: string; readonly text: WrapUpText; readonly version: number } | undefined;
  /** When the last save was asked for. */
  savedAt = 0;

  /** True while the agent is asked whether what is written is to be saved or discarded. */
  asked = false;
  /** The errors that the API or the form found. */
  faults: Faults = {};
  error: ApiError | undefined;
  /** What somebody else wrote meanwhile. */
  theirs: WrapUp | undefined;

  constructor(options: DraftOptions) {
    super();
    this.#options = {
      sent: () => {},
      stored: () => {},
      held: () => false,
      fields: () => [],
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      ...options,
    };
    const kept = this.#remembered();
    if (kept) {
      this.#text = kept.text;
      this.#wantsToSend = kept.send === true;
      this.#state = 'typed';
    }
  }

  get text(): WrapUpText {
    return this.#text;
  }

  get state(): DraftState {
    return this.#state;
  }

  /** True if it was sent before: what is typed now is a correction. */
  get wasSent(): boolean {
    return this.#server?.draft === false;
  }

  /** What was sent before, and stands. */
  get sent(): WrapUp | undefined {
    return this.wasSent ? this.#server : undefined;
  }

  /** The outcome that was sent before. */
  get sentOutcome(): string | undefined {
    return this.sent?.outcome ?? undefined;
  }

  /** True if something is written of which the agent has not said whether it is to be saved. */
  get undecided(): boolean {
    if (this.#wantsToSend || this.#state === 'sent' || this.#state === 'sending') return false;
    const sent = this.wasSent ? textOf(this.#server, this.#options.timeZone()) : undefined;
    return sent ? !sameText(sent, this.#text) : !isBlank(this.#text);
  }

  /** True if the agent has pressed save. It is sent as soon as the server answers. */
  get wantsToSend(): boolean {
    return this.#wantsToSend;
  }

  /** True if the server is there and refuses again and again what the agent has asked to save. It is tried again. */
  get heldUp(): boolean {
    return this.#wantsToSend && this.#refusals > triesAtOnce;
  }

  /** True while something typed is not on the server. */
  get unsaved(): boolean {
    return this.#state !== 'empty' && this.#state !== 'kept' && this.#state !== 'sent';
  }

  /** The call, once it was read. */
  get call(): Call | undefined {
    return this.#call;
  }

  /** True if the draft needs the agent: to correct it, to choose, or to send a correction. */
  get needsAgent(): boolean {
    return (
      this.#state === 'refused' ||
      this.#state === 'conflict' ||
      (this.#state === 'typed' && this.wasSent && !this.#wantsToSend)
    );
  }

  /** True if something was typed or chosen that was not sent. */
  get isBegun(): boolean {
    return this.unsaved || this.#state === 'kept';
  }

  /** True while the agent is writing, even if a pause has saved it. */
  get beingWritten(): boolean {
    return this.asked || this.unsaved || this.#options.api.now() - this.#changedAt < thinkingMs;
  }

  get currency(): string {
    return this.#call?.currency || 'CRC';
  }

  get shown(): readonly Part[] {
    return shownParts(this.#text, this.#outcome);
  }

  /** Reads the stored wrap-up; again only if nothing typed here is unsaved. */
  load(): Promise<void> {
    if (this.#call && !this.unsaved) this.#loading = undefined;
    this.#loading ??= this.#load().catch((error) => {
      this.#loading = undefined;
      this.#failed(asApiError(error));
    });
    return this.#loading;
  }

  change(changes: Partial<WrapUpText>): void {
    this.#text = { ...this.#text, ...changes };
    this.#version++;
    this.#changedAt = this.#options.api.now();
    this.#wantsToSend = false;
    this.faults = {};
    this.error = undefined;
    this.#remember();
    if (this.#state !== 'conflict') {
      this.#become('typed');
      this.#schedule(pauseMs);
    } else {
      this.changed();
    }
  }

  /** The network or the session is back: tries at once. */
  wake(): void {
    if (this.#state === 'waiting' || this.#state === 'typed') void this.#next();
  }

  /** The server has another version, from another tab. What is shown here as stored is then no longer true. */
  async heard(etag: string): Promise<void> {
    if (this.#call && !this.unsaved && this.#server?.etag !== etag) await this.load();
  }

  /** Stops saving, as another agent may sign in. What is not on the server stays on this machine. */
  stop(): void {
    this.#stopped = true;
    this.#options.clearTimer(this.#timer);
  }

  /** Saves now what was typed, as the card disappears. */
  async flush(): Promise<void> {
    if (this.#state === 'typed') await this.#next();
  }

  /** Sends it. Resolves after the try; {@link state} says how it went. */
  async send(): Promise<void> {
    if (this.#state === 'conflict' || this.#state === 'sending') return;
    const sent = this.wasSent ? textOf(this.#server, this.#options.timeZone()) : undefined;
    this.faults = faultsOf(this.#text, this.#outcome, this.#when(), sent, this.#options.fields());
    this.error = undefined;
    if (Object.keys(this.faults).length > 0) {
      this.changed();
      return;
    }

    this.#wantsToSend = true;
    this.#remember();
    await this.#next();
  }

  /** In a conflict, keeps this form's version. */
  async keepMine(): Promise<void> {
    if (this.#state !== 'conflict') return;
    this.#server = this.theirs;
    this.theirs = undefined;
    this.#remember();
    this.#become('typed');
    await this.#next();
  }

  /** In a conflict, takes the other version. */
  takeTheirs(): void {
    if (this.#state !== 'conflict') return;
    this.#take(this.theirs);
  }

  /** Discards what is not on the server. */
  discard(): void {
    this.#options.clearTimer(this.#timer);
    this.#take(this.theirs ?? this.#server);
  }

  /** Discards all that is written and not sent, also what is stored as a draft. What was sent stands. */
  clear(): void {
    if (this.theirs || this.wasSent || !(this.#server || this.#busy)) {
      this.discard();
    } else {
      this.change(blank);
      void this.#next();
    }
  }

  /** Says that an outcome is asked for. */
  askForOutcome(): void {
    this.faults = { outcome: 'missing' };
    this.changed();
  }

  /**
   * Takes back what was saved last, if the server still does: it throws what the server says. What was written is a
   * draft again, unless an earlier version stands now.
   */
  async undo(): Promise<void> {
    const saved = this.#saved;
    if (!saved) return;
    const { wrapUp } = await this.#options.api.undoWrapUp(this.#options.call, saved.etag);
    this.#saved = undefined;
    if (this.#stopped) return;
    const isSame = this.#version === saved.version;
    if (isSame && wrapUp && !wrapUp.draft) {
      this.#take(wrapUp);
      return;
    }

    this.#server = wrapUp ?? undefined;
    if (isSame) this.#text = saved.text;
    this.#version++;
    this.#changedAt = this.#options.api.now();
    this.#remember();
    this.#become('typed');
    this.#schedule(0);
  }

  /** Reads the call again, of which the person's data were erased: what tells of them is let go of. */
  erased(): Promise<void> {
    this.#loading = undefined;
    return this.load();
  }

  /** Reads what stands, after an undo was refused. */
  async readAgain(): Promise<void> {
    this.#saved = undefined;
    await this.load();
  }

  get #outcome(): Outcome | undefined {
    return this.#text.outcome ? this.#options.outcome(this.#text.outcome) : undefined;
  }

  #draftInput(): WrapUpInput {
    return inputOf(this.#text, this.shown, { draft: true, currency: this.currency, ...this.#when() });
  }

  #when(): { now: number; timeZone: string } {
    return { now: this.#options.api.now(), timeZone: this.#options.timeZone() };
  }

  async #load(): Promise<void> {
    const clean = !this.unsaved;
    const version = this.#version;
    this.#call = await this.#options.api.call(this.#options.call);
    const theirs = replacedIn(this.#call);
    const kept = this.#remembered();
    const untouched = clean && version === this.#version;
    if (untouched && !kept) {
      this.#take(theirs);
      return;
    }

    if (this.#call.anonymizedAt) {
      this.#letGo();
      this.#goOnWith(theirs);
      return;
    }

    if (untouched && kept) {
      // What another tab writes is that tab's until the server has it, and so is a correction until it is sent. What
      // the server can't hold as it was typed is taken over.
      this.#text = kept.text;
      this.#version++;
      if (!theirs?.draft || !sameInput(theirs, this.#draftInput())) {
        this.#show(theirs);
        return;
      }

      this.#server = theirs;
      this.#become('kept');
      return;
    }

    if (kept?.etag === theirs?.etag) this.#server = theirs;
    else if (theirs) {
      this.#differ(theirs);
      return;
    }

    // Everything that a draft can store may be there already.
    if (theirs?.draft && !this.#wantsToSend && sameInput(theirs, this.#draftInput())) {
      this.#become('kept');
    } else {
      this.#schedule(pauseMs);
      this.changed();
    }
  }

  /** One try of the next step: read, send or save. */
  async #next(): Promise<void> {
    this.#options.clearTimer(this.#timer);
    if (this.#busy || this.#stopped || this.#options.held()) return;
    this.#busy = true;
    // Reading the call is part of the try: if it is refused, the same try would be refused again.
    this.#tried = this.#version;
    try {
      if (!this.#call) await (this.#loading ??= this.#load());
      // Another agent may have signed in meanwhile; it must not be saved in their name.
      if (this.#stopped || this.#options.held() || this.state === 'conflict') return;
      if (this.#wantsToSend) await this.#put(false);
      // A draft never replaces a sent wrap-up: a correction stays here until it is sent.
      else if (!this.wasSent && this.unsaved) await this.#put(true);
    } catch (error) {
      if (!this.#call) this.#loading = undefined;
      this.#failed(asApiError(error));
    } finally {
      this.#busy = false;
    }
  }

  async #put(draft: boolean): Promise<void> {
    const version = this.#version;
    this.#tried = version;
    const when = this.#when();
    const input = inputOf(this.#text, this.shown, {
      draft,
      currency: this.currency,
      fields: this.#options.fields(),
      ...when,
    });
    this.#become(draft ? 'saving' : 'sending');
    let saved: WrapUp;
    try {
      saved = await this.#options.api.saveWrapUp(this.#options.call, input, draft, this.#server?.etag);
    } catch (error) {
      // Somebody was faster, or sent a version that this form has not seen. In both cases the agent sees it and
      // chooses. Or the person's data were erased meanwhile: then what tells of them is refused.
      const { status } = asApiError(error);
      if (![409, 412, 428].includes(status)) throw error;
      this.#call = await this.#options.api.call(this.#options.call);
      if (this.#call.anonymizedAt && this.#letGo()) {
        this.#goOnWith(replacedIn(this.#call));
        return;
      }

      if (status === 409) throw error;
      const theirs = replacedIn(this.#call);
      // An earlier try of this tab may have arrived, and its response been lost.
      if (!theirs || !sameInput(theirs, input) || (!draft && theirs.draft)) {
        this.#server = theirs;
        if (theirs && !sameInput(theirs, input)) this.#differ(theirs);
        else if (this.#refusals++ < triesAtOnce) this.#again();
        else this.#wait(asApiError(error));
        return;
      }

      saved = theirs;
    }

    this.#failures = 0;
    this.#refusals = 0;
    this.#server = saved;
    this.#options.stored(saved.etag);
    this.error = undefined;
    if (!draft) {
      this.#wantsToSend = false;
      this.#saved = { etag: saved.etag, text: this.#text, version };
      this.savedAt = when.now;
      this.#changedAt = Number.NEGATIVE_INFINITY;
      if (version !== this.#version) {
        this.#remember();
        this.#become('typed');
      } else {
        this.#options.memory.set(null);
        this.#become('sent');
      }

      // The agent who sent it may have left; the next agent's desk must not be told.
      if (!this.#stopped) this.#options.sent(saved);
    } else if (version !== this.#version || this.#wantsToSend) {
      this.#remember();
      this.#again();
    } else {
      // What the draft had to leave out exists only here.
      if (sameText(textOf(saved, when.timeZone), this.#text)) this.#options.memory.set(null);
      else this.#remember();
      this.#become(isBlank(this.#text) ? 'empty' : 'kept');
    }
  }

  #again(): void {
    this.#become('typed');
    this.#schedule(this.#wantsToSend ? 0 : pauseMs);
  }

  #failed(error: ApiError): void {
    if (error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status)) {
      if (this.#tried !== this.#version) {
        this.#again();
        return;
      }

      this.#wantsToSend = false;
      // Without unsaved text there is nothing to correct.
      if (!this.unsaved) return;
      this.error = error;
      this.#become('refused');
    } else {
      this.#wait(error);
    }
  }

  #wait(error: ApiError): void {
    const wait = waits[Math.min(this.#failures++, waits.length - 1)] ?? 0;
    if (this.unsaved) {
      this.error = error;
      this.#become('waiting');
    }

    this.#schedule(Math.max(wait, (error.retryAfterSeconds ?? 0) * 1000));
  }

  #differ(theirs: WrapUp): void {
    this.#wantsToSend = false;
    if (sameInput(theirs, this.#draftInput())) {
      this.#take(theirs);
      return;
    }

    this.theirs = theirs;
    this.#become('conflict');
  }

  /**
   * Leaves of what is typed what tells nothing of a person whose data were erased: the outcome, and the amount of a
   * charge. False where that is all there was.
   */
  #letGo(): boolean {
    const { outcome, parts: shown, chargeAmount, chargeCurrency } = this.#text;
    const left = { ...blank, outcome, parts: shown.filter((part) => part === 'charge'), chargeAmount, chargeCurrency };
    if (sameText(left, this.#text)) return false;
    this.#text = left;
    this.#version++;
    return true;
  }

  #goOnWith(wrapUp: WrapUp | undefined): void {
    if (isBlank(this.#text)) {
      this.#take(wrapUp);
      return;
    }

    this.#server = wrapUp;
    this.#remember();
    this.#again();
  }

  #take(wrapUp: WrapUp | undefined): void {
    this.#options.memory.set(null);
    this.#show(wrapUp);
  }

  #show(wrapUp: WrapUp | undefined): void {
    this.#server = wrapUp;
    this.theirs = undefined;
    this.faults = {};
    this.error = undefined;
    this.#text = textOf(wrapUp, this.#options.timeZone());
    this.#wantsToSend = false;
    this.#become(wrapUp?.draft === false ? 'sent' : isBlank(this.#text) ? 'empty' : 'kept');
  }

  #schedule(ms: number): void {
    this.#options.clearTimer(this.#timer);
    if (this.#stopped) return;
    this.#timer = this.#options.setTimer(() => void this.#next(), ms);
  }

  #become(state: DraftState): void {
    this.#state = state;
    this.changed();
  }

  #remember(): void {
    this.#options.memory.set(
      JSON.stringify({ text: this.#text, etag: this.#server?.etag, send: this.#wantsToSend || undefined }),
    );
  }

  #remembered(): { text: WrapUpText; etag?: string; send?: boolean } | undefined {
    try {
      const kept = JSON.parse(this.#options.memory.get() ?? 'null');
      return kept ? { ...kept, text: { ...blank, ...kept.text } } : undefined;
    } catch {
      return undefined;
    }
  }
}
