import { type ApiError, failureOf } from '../api/api-error.js';
import type {
  AgentStateKind,
  BoardAgent,
  BoardCall,
  MissedCall,
  Wallboard,
  WallboardChanged,
} from '../api/supervision-types.js';
import { Observable } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';

/** The states in the order in which agents are shown: who talks first, who is away last. */
export const states: readonly AgentStateKind[] = ['inCall', 'ringing', 'wrapUp', 'paused', 'free', 'offline'];

/** No more are shown: of today, first those that are to be returned. */
const mostMissed = 50;

export interface Counts extends Readonly<Record<AgentStateKind, number>> {
  readonly queue: number;
  readonly toReturn: number;
}

/** The floor: as it was read, and as the channel has told since. */
export class Board extends Observable {
  readonly #agents = new Map<string, BoardAgent>();
  readonly #calls = new Map<string, BoardCall>();
  readonly #missed = new Map<string, MissedCall>();
  /** Missed calls that are to be returned and were not among those that were read. */
  #openBeyond = 0;
  /** What was told while a reading is under way: it may lack it. */
  #meanwhile: WallboardChanged[] | undefined;
  #readings = 0;
  #team = '';

  teams: readonly string[] = [];
  /** False until the first reading has arrived. */
  loaded = false;
  error: ApiError | undefined;
  /** When it was read last, by the page's clock. */
  readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly ask: (team: string) => Promise<Wallboard>) {
    super();
  }

  /** Reads all of it. It never throws: a failure is in `error`, and what was known stays. */
  async read(team: string): Promise<void> {
    const reading = ++this.#readings;
    if (team !== this.#team) this.#clear();
    this.#team = team;
    this.#meanwhile = [];
    this.readAt = Date.now();
    try {
      const found = await this.ask(team);
      if (reading !== this.#readings) return;
      this.#take(found);
      this.error = undefined;
      for (const changed of this.#meanwhile) this.#apply(changed);
    } catch (error) {
      if (reading !== this.#readings) return;
      const failure = failureOf(error);
      this.error = failure;
      // Who may not see it any more sees none of it, nor of a team that nobody is in any more.
      if (failure?.status === 403 || failure?.status === 400) this.#clear();
    }

    this.#meanwhile = undefined;
    this.changed();
  }

  /** Takes what the channel tells. True where all of it is to be read anew. */
  tell(changed: WallboardChanged): boolean {
    if (changed.reset) return true;
    this.#meanwhile?.push(changed);
    if (this.loaded) {
      this.#apply(changed);
      this.changed();
    }

    return false;
  }

  /** In the order of their states, and in a state who is at it the longest. */
  get agents(): readonly BoardAgent[] {
    const at = ({ since }: BoardAgent) => (since ? Date.parse(since) : Number.POSITIVE_INFINITY);
    return [...this.#agents.values()].sort(
      (one, other) =>
        states.indexOf(one.state) - states.indexOf(other.state) ||
        // Who went last is the first of those who are away.
        (one.state === 'offline' ? at(other) - at(one) || 0 : at(one) - at(other)) ||
        one.name.localeCompare(other.name),
    );
  }

  /** The newest first. */
  get calls(): readonly BoardCall[] {
    return [...this.#calls.values()]
      .filter(({ queued }) => !queued)
      .sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt));
  }

  /** The calls that ring at nobody's phone, the longest first. */
  get queue(): readonly BoardCall[] {
    return [...this.#calls.values()]
      .filter(({ queued }) => queued)
      .sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt));
  }

  /** First those that are to be returned; of each the newest first. */
  get missed(): readonly MissedCall[] {
    return [...this.#missed.values()]
      .sort((one, other) => Number(other.open) - Number(one.open) || Date.parse(other.at) - Date.parse(one.at))
      .slice(0, mostMissed);
  }

  /** How many missed calls there are: with a plus where there may be more. */
  get missedCount(): string {
    return this.#missed.size < mostMissed ? `${this.#missed.size}` : `${mostMissed}+`;
  }

  get counts(): Counts {
    const counts = { inCall: 0, ringing: 0, wrapUp: 0, paused: 0, free: 0, offline: 0 };
    for (const { state } of this.#agents.values()) counts[state]++;
    const open = [...this.#missed.values()].filter(({ open }) => open).length;
    return { ...counts, queue: this.queue.length, toReturn: open + this.#openBeyond };
  }

  #take(found: Wallboard): void {
    this.#clear();
    this.teams = found.teams;
    for (const agent of found.agents) this.#agents.set(agent.agentId, agent);
    for (const call of found.calls) this.#calls.set(keyOf(call), call);
    for (const call of found.missed) this.#missed.set(keyOf(call), call);
    this.#openBeyond = Math.max(0, found.counts.missedOpen - found.missed.filter(({ open }) => open).length);
    this.loaded = true;
  }

  #apply(changed: WallboardChanged): void {
    for (const id of changed.goneAgents ?? []) this.#agents.delete(id);
    for (const agent of changed.agents ?? []) {
      // Another tab of the same person may look at another team.
      if (!this.#team || agent.team === this.#team) this.#agents.set(agent.agentId, agent);
    }

    for (const call of changed.goneCalls ?? []) this.#calls.delete(keyOf(call));
    for (const call of changed.calls ?? []) if (this.#isOurs(call)) this.#calls.set(keyOf(call), call);
    for (const call of changed.goneMissed ?? []) this.#missed.delete(keyOf(call));
    for (const call of changed.missed ?? []) if (this.#isOurs(call)) this.#missed.set(keyOf(call), call);
  }

  #isOurs(call: BoardCall | MissedCall): boolean {
    return !this.#team || !call.agentId || this.#agents.has(call.agentId);
  }

  #clear(): void {
    this.#agents.clear();
    this.#calls.clear();
    this.#missed.clear();
    this.#openBeyond = 0;
    this.loaded = false;
  }
}
