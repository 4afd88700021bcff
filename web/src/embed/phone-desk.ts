import type { ApiClient } from '../api/api-client.js';
import {
  type Call,
  type CallKey,
  type ContactField,
  type Me,
  type PopUp,
  seesTeam,
  type WrapUp,
} from '../api/types.js';
import { memory } from '../base/memory.js';
import { Observable } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import type { DialDesk } from '../contacts/contact-desk.js';
import { PresenceStore } from '../desk/presence-store.js';
import { Upkeep } from '../desk/upkeep.js';
import { Dialler } from '../dial/dialler.js';
import { FollowUpsStore } from '../follow-ups/follow-ups-store.js';
import { OutcomesStore } from '../outcomes/outcomes-store.js';
import type { CallDesk } from '../pop-ups/call-desk.js';
import { LiveConnection, type OpenChannel } from '../pop-ups/live-connection.js';
import type { PaintedCards } from '../pop-ups/painted-cards.js';
import { PopUpStore } from '../pop-ups/pop-up-store.js';
import { Drafts, storedPlace } from '../wrap-up/drafts.js';
import { Saves } from '../wrap-up/saves.js';
import { CallTeller } from './call-teller.js';
import { CallTracker, type TellCall } from './call-tracker.js';

export interface PhoneDeskOptions {
  readonly api: ApiClient;
  /** Awaited at the first connection, after the first paint. */
  readonly openChannel: () => Promise<OpenChannel>;
  readonly tell: TellCall;
  /** Told of what stands after a save, and after an undo: none where nothing was saved before. */
  readonly saved: (call: CallKey, wrapUp: WrapUp | undefined, contactId: string | undefined) => void;
}

/** Of a call that ended so long ago, while the phone did not hear, the page hears nothing. */
const longOverMs = 180_000;
/** The operator's clock, which says when a call ended, may be behind by so much. */
const skewMs = 2_000;

/** What the phone in another page runs on: the console's desk without its lists. */
export class PhoneDesk extends Observable implements CallDesk, DialDesk {
  readonly api: ApiClient;
  readonly popUps: PopUpStore;
  readonly outcomes: OutcomesStore;
  readonly drafts: Drafts;
  readonly saves: Saves;
  readonly followUps: FollowUpsStore;
  readonly dialler: Dialler;
  readonly presence: PresenceStore;
  readonly connection: LiveConnection;
  readonly calls: { timeZone: string } = { timeZone: 'America/Costa_Rica' };
  contactFields: readonly ContactField[] = [];
  currencies: readonly string[] = [];
  outcomeRequired = false;
  /** How soon cards are on this screen; measured once its code is here, after the first paint. */
  #painted: PaintedCards | undefined;
  readonly #teller: CallTeller;
  readonly #tracker: CallTracker;
  /** The calls whose wrap-ups were saved while they went on: their cards go when they end. */
  readonly #savedEarly = new Set<string>();
  readonly #saved: PhoneDeskOptions['saved'];
  readonly #upkeep: Upkeep;
  #stop = new AbortController();
  /** When the phone began for this agent: what ended before is not this page's. */
  #began: number | undefined;
  #me: Me | undefined;

  constructor({ api, openChannel, tell, saved }: PhoneDeskOptions) {
    super();
    this.api = api;
    this.#saved = saved;
    this.#teller = new CallTeller((contactId) => api.contact(contactId), tell);
    this.#tracker = new CallTracker(
      (name, call) => {
        const phone = this.#me?.endpoints.find(({ endpointId }) => endpointId === call.endpointId);
        // Of a private phone others see no number.
        this.#teller.tell(name, phone?.callerId && !phone.private ? { ...call, line: phone.callerId } : call);
      },
      (call) => api.call(call),
    );
    this.outcomes = new OutcomesStore(api);
    this.drafts = new Drafts(
      api,
      this.outcomes,
      () => this.calls.timeZone,
      () => this.agentId,
    );
    this.drafts.onSent = (call, wrapUp) => this.#sent(call, wrapUp);
    this.saves = new Saves(api);
    this.followUps = new FollowUpsStore(api);
    this.dialler = new Dialler({ api, open: () => this.popUps.open });
    this.presence = new PresenceStore(api);
    this.popUps = new PopUpStore(api, (call) => this.drafts.beingWritten(call));
    this.popUps.onArrival = (call) => {
      this.#painted?.arrived(call);
      this.#tracker.see(call, this.#isOfThisPage(call));
    };
    this.popUps.watch(() => this.#follow());
    this.drafts.watch(() => this.#showStuck());
    api.onOutcomeRequired = (required) => {
      if (required === this.outcomeRequired) return;
      this.outcomeRequired = required;
      this.changed();
    };
    this.connection = new LiveConnection({
      open: async (events) => (await openChannel())(events),
      message: (kind, popUp) => {
        // Before the store takes its card away.
        if (kind === 'popUpClosed') this.#tracker.closed(popUp);
        else this.#tracker.see(popUp, kind === 'popUp');
        if (kind === 'popUpClosed') this.popUps.close(popUp);
        else this.popUps.show(popUp, kind === 'popUp');
        this.dialler.tell(popUp);
      },
      calls: () => {},
      presence: (presence) => this.presence.hear(presence),
      opened: () => {
        void this.presence.opened();
        this.drafts.wake();
        this.#upkeep.opened();
      },
      failed: () => this.#upkeep.failed(),
    });
    const popUps = () => void this.popUps.read();
    this.#upkeep = new Upkeep({
      popUps,
      popUpsForLists: popUps,
      // The phone shows no lists.
      calls: () => {},
      callsOnceMore: () => {},
      tidy: () => {},
      all: () => {
        popUps();
        void this.outcomes.refresh();
        this.drafts.wake();
      },
      changing: () => false,
      newDay: () => {},
      connected: () => this.connection.state === 'connected',
    });
  }

  get agentId(): string | undefined {
    return this.#me?.id;
  }

  get seesTeam(): boolean {
    return this.#me !== undefined && seesTeam(this.#me);
  }

  start(me: Me): void {
    this.stop();
    if (this.#me && this.#me.id !== me.id) this.#forget();
    this.#began ??= this.api.now();
    this.setMe(me);
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    document.addEventListener('visibilitychange', () => !document.hidden && this.#wake(), { signal });
    window.addEventListener('online', () => this.#wake(), { signal });
    window.addEventListener('offline', () => this.connection.networkLost(), { signal });
    signal.addEventListener('abort', this.presence.follow());
    signal.addEventListener(
      'abort',
      memory.watch(storedPlace, (told) => this.drafts.heard(told)),
    );
    this.connection.start();
    this.#upkeep.start();
    void this.#measure();
    void this.drafts.resume();
  }

  /** Without it, the phone works as well. */
  async #measure(): Promise<void> {
    if (this.#painted) return;
    const code = await import('../pop-ups/painted-cards.js').catch(() => undefined);
    if (code) this.api.painted = this.#painted ??= new code.PaintedCards();
  }

  setMe(me: Me): void {
    this.#me = me;
    if (me.timeZone) this.calls.timeZone = me.timeZone;
    this.contactFields = me.contactFields ?? [];
    this.currencies = me.currencies ?? [];
    this.outcomeRequired = me.outcomeRequired === true;
    this.presence.take(me);
    this.changed();
  }

  stop(): void {
    this.#stop.abort();
    this.#upkeep.stop();
    this.connection.stop();
  }

  /** The agent left: nothing of theirs is sent any more. */
  leave(): void {
    this.stop();
    this.#forget();
  }

  /** Takes back the last save. Returns its call, which is on the screen again. */
  async undo(): Promise<CallKey | undefined> {
    const draft = this.saves.last?.draft;
    const call: Call | undefined = await this.saves.undo();
    if (!call) return undefined;
    this.#savedEarly.delete(keyOf(call));
    this.popUps.restore(call);
    const stands = draft?.sent;
    this.#teller.after(() => this.#saved(call, stands, call.contactId));
    return call;
  }

  #isOfThisPage({ endedAt, startedAt }: PopUp): boolean {
    const end = Date.parse(endedAt ?? startedAt);
    return end >= (this.#began ?? 0) - skewMs && this.api.now() - end <= longOverMs;
  }

  #wake(): void {
    this.connection.wake();
    this.drafts.wake();
    this.drafts.look(this.popUps.open);
  }

  #follow(): void {
    for (const popUp of this.popUps.open) this.#tracker.see(popUp);
    this.#showStuck();
    this.#closeSaved();
    void this.dialler.look();
  }

  /** Where the call is over, the agent is done with it. */
  #sent(call: CallKey, wrapUp: WrapUp): void {
    const draft = this.drafts.get(call);
    const shown: PopUp | undefined = this.popUps.find(call);
    // The draft has read its call when the card was opened; the card knows whom the call was tied to since.
    const contactId = shown ? shown.contactId : draft.call?.contactId;
    if (draft.call) this.saves.add({ ...draft.call, ...shown }, wrapUp, draft);
    if (shown && shown.state !== 'ended') this.#savedEarly.add(keyOf(call));
    else if (!draft.unsaved) this.popUps.dismiss(call);
    this.#teller.after(() => this.#saved(call, wrapUp, contactId));
  }

  #closeSaved(): void {
    for (const popUp of this.popUps.open) {
      if (popUp.state !== 'ended' || !this.#savedEarly.delete(keyOf(popUp))) continue;
      if (!this.drafts.get(popUp).unsaved) this.popUps.dismiss(popUp);
    }
  }

  #showStuck(): void {
    for (const call of this.drafts.stuck) this.popUps.reopen(call);
  }

  #forget(): void {
    this.#me = undefined;
    this.#began = undefined;
    this.drafts.clear();
    this.saves.clear();
    this.#savedEarly.clear();
    this.popUps.clear();
    this.#painted?.clear();
    this.#tracker.clear();
    this.presence.clear();
    this.dialler.clear();
  }
}
