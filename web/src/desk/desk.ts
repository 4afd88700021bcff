import type { ApiClient } from '../api/api-client.js';
import type { WallboardChanged } from '../api/supervision-types.js';
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
import { singleKeys } from '../base/single-keys.js';
import { keyOf } from '../calls/call-key.js';
import { isMissed, isToReturn } from '../calls/call-words.js';
import { CallsStore } from '../calls/calls-store.js';
import { Dialler } from '../dial/dialler.js';
import { FollowUpsStore } from '../follow-ups/follow-ups-store.js';
import { startOfDay } from '../i18n/format.js';
import { OutcomesStore } from '../outcomes/outcomes-store.js';
import { Alerts } from '../pop-ups/alerts.js';
import { type CampaignRest, LiveConnection, type OpenChannel } from '../pop-ups/live-connection.js';
import { PaintedCards } from '../pop-ups/painted-cards.js';
import { PopUpStore } from '../pop-ups/pop-up-store.js';
import { WorkListStore } from '../work-list/work-list-store.js';
import { Drafts, storedPlace } from '../wrap-up/drafts.js';
import { Saves } from '../wrap-up/saves.js';
import { PresenceStore } from './presence-store.js';
import { Upkeep } from './upkeep.js';

/** Back to the Friday before, on a Monday after a long weekend. */
const missedDays = 7;
/** Longer than the first opening of the channel takes. */
const justNowMs = 120_000;
/** Of several messages in a row one reading comes. */
const workMs = 2_000;
/** Another process may know of a role that this session has only some seconds later. */
const rolesMs = 5_000;

const wantsMissed = (call: PopUp): boolean => isToReturn(call) && !call.dismissed;

const wantsLive = (call: PopUp): boolean => call.state !== 'ended' && !call.dismissed;

/** What a signed-in agent's page runs on: the stores, and the channel that keeps them up to date. */
export class Desk extends Observable {
  readonly popUps: PopUpStore;
  /** How soon the cards of new calls are on this screen. */
  readonly painted = new PaintedCards();
  readonly calls: CallsStore;
  /** Those of the last days that came in and nobody took. */
  readonly missed: CallsStore;
  /** Those that go on now, for who looks after a team. */
  readonly live: CallsStore;
  readonly outcomes: OutcomesStore;
  readonly drafts: Drafts;
  /** What was saved within a minute. */
  readonly saves: Saves;
  readonly followUps: FollowUpsStore;
  /** What is to be done today; read once somebody has looked at it. */
  readonly workList: WorkListStore;
  readonly dialler: Dialler;
  readonly alerts = new Alerts();
  readonly connection: LiveConnection;
  readonly presence: PresenceStore;
  /** Called for each message about the floor, while a page shows it. */
  onWallboard: (changed: WallboardChanged) => void = () => {};
  /** Called at each opening of the channel: what that page was not told is to be read. */
  onReopened: () => void = () => {};
  /** Called where the agent may see more or less than what was read of them says. */
  onOtherRoles: () => void = () => {};
  /** Of the contacts' own fields those that a call shows. */
  contactFields: readonly ContactField[] = [];
  /** Those that charges and promises may be in. */
  currencies: readonly string[] = [];
  /** True where a call that was talked is closed only with an outcome. */
  outcomeRequired = false;
  /** Until when campaigns dial nobody for the agent; it can be over. */
  rest: CampaignRest | undefined;
  /** The calls whose wrap-ups were saved while they went on: their cards go when they end. */
  readonly #savedEarly = new Set<string>();
  #me: Me | undefined;
  /** When the day began for which the list of today was read. */
  #today: number | undefined;
  #stop = new AbortController();
  readonly #upkeep: Upkeep;
  #workTimer: ReturnType<typeof setTimeout> | undefined;
  #rolesAt = 0;

  /**
   * `openChannel` is awaited at the first connection, so that the realtime client's code is fetched after the first
   * paint.
   */
  constructor(
    readonly api: ApiClient,
    openChannel: () => Promise<OpenChannel>,
  ) {
    super();
    this.calls = new CallsStore(api);
    this.presence = new PresenceStore(api);
    const now = () => api.now();
    this.missed = new CallsStore({ calls: (query) => api.missedCalls(query), now }, wantsMissed, missedDays);
    this.live = new CallsStore({ calls: (query) => api.liveCalls(query), now }, wantsLive);
    this.outcomes = new OutcomesStore(api);
    this.drafts = new Drafts(
      api,
      this.outcomes,
      () => this.calls.timeZone,
      () => this.agentId,
    );
    this.drafts.onSent = (call, wrapUp) => this.#sent(call, wrapUp);
    this.saves = new Saves(api);
    this.popUps = new PopUpStore(api, (call) => this.drafts.beingWritten(call));
    this.followUps = new FollowUpsStore(api);
    // Who has become a supervisor and does not know it yet calls nobody else's people.
    this.workList = new WorkListStore(api, () => (this.seesTeam ? undefined : this.agentId));
    this.followUps.onClosed = (id) => this.workList.forgetFollowUp(id);
    this.workList.onClosed = (id) => this.followUps.forgetOne(id);
    this.dialler = new Dialler({ api, open: () => this.popUps.open });
    api.onOutcomeRequired = (required) => {
      if (required === this.outcomeRequired) return;
      this.outcomeRequired = required;
      this.changed();
    };
    api.onRoles = (roles) => {
      if (this.#me && roles.join() !== this.#me.roles.join()) this.#otherRoles();
    };
    this.calls.watch(() => this.popUps.follow(this.calls.calls));
    api.painted = this.painted;
    this.popUps.onArrival = (call) => {
      this.painted.arrived(call);
      this.alerts.ring(call);
    };
    this.popUps.onTakenOff = (call) => {
      for (const list of [this.missed, this.live]) {
        list.tell(call);
        list.tidy();
      }
    };
    this.drafts.watch(() => this.#showStuck());
    this.popUps.watch(() => this.#showStuck());
    this.popUps.watch(() => this.#closeSaved());
    this.popUps.watch(() => void this.dialler.look());
    this.connection = new LiveConnection({
      open: async (events) => (await openChannel())(events),
      message: (kind, popUp) => {
        if (kind === 'popUpClosed') this.popUps.close(popUp);
        else this.popUps.show(popUp, kind === 'popUp');
        this.dialler.tell(popUp);
        const call = this.#named(popUp);
        this.calls.tell(call);
        this.missed.tell(call);
        this.live.tell(call);
        for (const list of [this.missed, this.live]) list.tidy();
        this.#followWork([popUp]);
      },
      calls: (told) => {
        const changed = this.#ours(told);
        for (const list of [this.calls, this.missed, this.live]) list.tellAll(changed);
        for (const list of [this.missed, this.live]) list.tidy();
        this.#followWork(changed);
      },
      wallboard: (changed) => this.onWallboard(changed),
      rest: (rest) => this.tellRest(rest),
      presence: (presence) => this.presence.hear(presence),
      opened: () => {
        void this.presence.opened();
        this.drafts.wake();
        this.#upkeep.opened();
        this.onReopened();
      },
      failed: () => this.#upkeep.failed(),
    });
    this.#upkeep = new Upkeep({
      popUps: () => void this.popUps.read(),
      popUpsForLists: () => void this.#readForLists(),
      calls: () => this.#readCalls(),
      // A slow server is not asked for what is on its way.
      callsOnceMore: () => this.#readCalls((list) => !list.reading),
      tidy: () => {
        this.live.tidy();
        this.missed.tidy();
      },
      all: () => this.#read(),
      changing: () => this.seesTeam || this.#goesOn(),
      newDay: () => this.#newDay(),
      connected: () => this.connection.state === 'connected',
    });
  }

  /** Campaigns dial nobody for the agent until a time. */
  tellRest(rest: CampaignRest): void {
    this.rest = rest;
    this.changed();
  }

  get agentId(): string | undefined {
    return this.#me?.id;
  }

  get seesTeam(): boolean {
    return this.#me !== undefined && seesTeam(this.#me);
  }

  start(me: Me): void {
    if (this.#me && this.#me.id !== me.id) this.#forget();
    if (me.timeZone) this.calls.timeZone = me.timeZone;
    this.setMe(me);
    this.#today = this.#startOfDay();
    this.#stop.abort();
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
    this.drafts.release();
    void this.drafts.resume();
  }

  /** What is said of the agent was read, perhaps in another language. */
  setMe(me: Me): void {
    const isOther = this.#me !== undefined && seesTeam(me) !== this.seesTeam;
    this.#me = me;
    singleKeys.agentId = me.id;
    this.contactFields = me.contactFields ?? [];
    this.currencies = me.currencies ?? [];
    this.outcomeRequired = me.outcomeRequired === true;
    this.presence.take(me);
    this.changed();
    if (!isOther) return;
    // With the calls of other people between them, a first page would not tell where the next one begins.
    const read = [this.calls, this.missed, this.live].filter(({ loaded }) => loaded);
    for (const list of read) list.clear();
    this.#read();
    for (const list of read) if (list !== this.calls) void list.read();
  }

  /** Of messages to the lists what they are to show: calls of others are told to who sees them alone. */
  #ours(told: readonly Call[]): readonly Call[] {
    const own = this.seesTeam ? told : told.filter(({ agentId }) => agentId === this.agentId);
    if (own.length < told.length) this.#otherRoles();
    return own;
  }

  #otherRoles(): void {
    if (Date.now() - this.#rolesAt < rolesMs) return;
    this.#rolesAt = Date.now();
    this.onOtherRoles();
  }

  /** The session is over; what is shown stays, unless another agent comes. */
  pause(): void {
    this.#stop.abort();
    this.drafts.hold();
    this.#upkeep.stop();
    this.connection.stop();
  }

  /** The agent left: nothing of theirs stays on the screen. */
  leave(): void {
    this.pause();
    this.#forget();
  }

  /**
   * True while a listed call goes on that is no open pop-up: the agent is done with it. Open pop-ups are read each
   * minute; until they were read once, nobody knows.
   */
  #goesOn(): boolean {
    return this.popUps.loaded && this.calls.calls.some((call) => call.state !== 'ended' && !this.popUps.isTold(call));
  }

  #wake(): void {
    this.connection.wake();
    this.drafts.wake();
    this.drafts.look(this.popUps.open);
  }

  #read(): void {
    void this.popUps.read();
    void this.followUps.read();
    this.#readWork();
    void this.outcomes.refresh();
    this.drafts.wake();
    this.#readCalls();
  }

  async #readForLists(): Promise<void> {
    const since = this.api.now() - justNowMs;
    await this.popUps.read();
    for (const popUp of this.popUps.open) if (Date.parse(popUp.startedAt) > since) this.calls.tell(popUp);
    if (this.#goesOn()) this.#readCalls((list) => !list.reading);
  }

  /** A pop-up is the agent's own call, and names nobody; in a team's list each row says whose it is. */
  #named(popUp: PopUp): Call {
    return popUp.agentId === this.#me?.id && this.#me ? { ...popUp, agentName: this.#me.name } : popUp;
  }

  #readCalls(wanted: (list: CallsStore) => boolean = () => true): void {
    if (wanted(this.calls)) void this.calls.read();
    for (const list of [this.missed, this.live]) if (list.loaded && wanted(list)) void list.read();
  }

  /** Takes back the last save. Returns its call, which is on the screen again. */
  async undo(): Promise<CallKey | undefined> {
    const call = await this.saves.undo();
    if (!call) return undefined;
    this.#savedEarly.delete(keyOf(call));
    this.popUps.restore(call);
    this.#readAfterSave();
    return call;
  }

  /** The call has its outcome now, and perhaps a follow-up. Where it is over, the agent is done with it. */
  #sent(call: CallKey, wrapUp: WrapUp): void {
    const draft = this.drafts.get(call);
    const shown = this.popUps.find(call);
    if (draft.call) this.saves.add({ ...draft.call, ...shown }, wrapUp, draft);
    if (shown && shown.state !== 'ended') this.#savedEarly.add(keyOf(call));
    // What was typed while it was sent is still to be sent.
    else if (!draft.unsaved) this.popUps.dismiss(call);
    this.#readAfterSave();
  }

  #readAfterSave(): void {
    this.#readCalls();
    void this.followUps.read();
    this.#readWork();
  }

  #closeSaved(): void {
    for (const popUp of this.popUps.open) {
      if (popUp.state !== 'ended' || !this.#savedEarly.delete(keyOf(popUp))) continue;
      if (!this.drafts.get(popUp).unsaved) this.popUps.dismiss(popUp);
    }
  }

  /** Today's calls are of another day, and what is due by its end is more. */
  #newDay(): void {
    if (this.calls.stale) this.#readCalls();
    const today = this.#startOfDay();
    if (this.#today !== today) this.#readWork();
    this.#today = today;
  }

  #startOfDay(): number {
    return startOfDay(this.api.now(), this.calls.timeZone).getTime();
  }

  #readWork(): void {
    if (this.workList.loaded) void this.workList.read();
  }

  /** A missed call comes to the list of today, and leaves it when somebody reaches the caller. */
  #followWork(calls: readonly PopUp[]): void {
    if (!this.workList.loaded || this.#workTimer !== undefined || !calls.some(isMissed)) return;
    this.#workTimer = setTimeout(() => {
      this.#workTimer = undefined;
      if (!document.hidden) this.#readWork();
    }, workMs);
  }

  /** What waits for the agent is on the screen, also where its card was put away or the page was loaded anew. */
  #showStuck(): void {
    for (const call of this.drafts.stuck) this.popUps.reopen(call);
  }

  #forget(): void {
    this.#me = undefined;
    this.rest = undefined;
    this.drafts.clear();
    this.saves.clear();
    this.#savedEarly.clear();
    this.popUps.clear();
    this.painted.clear();
    this.presence.clear();
    this.calls.clear();
    this.missed.clear();
    this.live.clear();
    this.followUps.clear();
    this.workList.clear();
    this.dialler.clear();
  }
}
