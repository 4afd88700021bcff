import { ApiError, type Problem } from './api-error.js';
import { sendBy } from './bearer.js';
import { filledPage } from './filled-page.js';
import type {
  Call,
  CallKey,
  ClickInput,
  ColleaguePhone,
  Contact,
  ContactInput,
  DemoCall,
  Dial,
  DuplicateQuestion,
  Duplicates,
  FollowUp,
  Host,
  Me,
  NotedCallInput,
  NumberCheck,
  OpenPopUps,
  OutcomeList,
  Page,
  PauseReasonList,
  PopUp,
  Presence,
  PromiseInput,
  SetUp,
  TiedCalls,
  UndoneWrapUp,
  WorkEntry,
  WrapUp,
  WrapUpInput,
} from './types.js';
import { overVersion } from './version.js';

export interface ApiClientOptions {
  /** The API's origin, if it is not the page's. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  /** The language of error messages until the agent's own language is known. */
  readonly language?: () => string;
  readonly timeoutMs?: number;
}

export interface CallsQuery {
  readonly from: Date;
  readonly next?: string | undefined;
  readonly take?: number;
}

/** How soon cards were on this screen. */
export interface PaintedReport {
  /** What is to be told, as a query has it; undefined for nothing. */
  take(): string | undefined;
  /** What was told is stored. */
  told(): void;
  /** The reading that told it failed. */
  failed(isRefused: boolean): void;
  /** An answer with the server's time. The other times are the browser's, in milliseconds. */
  learn(asked: number, answered: number, now: string): void;
}

/** A request that changes something. */
export interface Send {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; a file as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** True if a 401 is the answer to this request, and does not mean that the session has ended. */
  readonly anonymous?: boolean;
  readonly timeoutMs?: number;
  /** Sends it in place of `fetch`, such as with its progress. */
  readonly by?: typeof fetch;
  readonly signal?: AbortSignal;
}

/** The kind of the refusal of somebody who has signed in and is no agent. */
const notAdded = 'urn:callmyway:not-added';

/** The server waits for the operator's answer, which can take long. */
const dialTimeoutMs = 60_000;

/** The product's HTTP API. Every refusal is an {@link ApiError}. */
export class ApiClient {
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  readonly #language: () => string;
  readonly #timeoutMs: number;
  #clockOffsetMs = 0;

  /** Called when a request was refused because the session has ended. */
  onSignedOut: (refusal: ApiError) => void = () => {};
  /** Called when a request was refused because the user is no agent, or is one no more. */
  onNotAdded: (refusal: ApiError) => void = () => {};
  /** What this screen has measured, which goes with each reading of the pop-ups. */
  painted: PaintedReport | undefined;
  /** Called each time the API says whether a call that was talked is closed only with an outcome. */
  onOutcomeRequired: (required: boolean) => void = () => {};
  /** Called each time the API says which roles the agent has. */
  onRoles: (roles: readonly string[]) => void = () => {};

  constructor(options: ApiClientOptions = {}) {
    this.#baseUrl = options.baseUrl ?? '';
    this.#fetch = options.fetch ?? sendBy;
    this.#language = options.language ?? (() => 'es');
    this.#timeoutMs = options.timeoutMs ?? 15_000;
  }

  host(): Promise<Host> {
    return this.#get('/api/host');
  }

  me(): Promise<Me> {
    return this.#get('/api/me');
  }

  signIn(agent: string, password: string): Promise<void> {
    return this.#send('/api/session', { method: 'POST', body: { agent, password }, anonymous: true });
  }

  signOut(): Promise<void> {
    return this.#send('/api/session', { method: 'DELETE', anonymous: true });
  }

  /** Changes one's own password. All other sessions end. */
  changePassword(current: string, password: string): Promise<void> {
    return this.#send('/api/session/password', { method: 'POST', body: { current, password } });
  }

  setUp(administrator: SetUp): Promise<void> {
    return this.#send('/api/setup', { method: 'POST', body: administrator, anonymous: true });
  }

  /** The caller's open pop-ups. */
  async popUps(): Promise<readonly PopUp[]> {
    const told = this.painted?.take();
    const asked = Date.now();
    try {
      const query = told === undefined ? '' : `&painted=${told}`;
      const { items, outcomeRequired, roles, now } = await this.#get<OpenPopUps>(`/api/pop-ups?take=500${query}`);
      if (told !== undefined) this.painted?.told();
      this.painted?.learn(asked, Date.now(), now ?? '');
      if (outcomeRequired !== undefined) this.onOutcomeRequired(outcomeRequired);
      if (roles) this.onRoles(roles);
      return items;
    } catch (error) {
      if (told !== undefined) this.painted?.failed(error instanceof ApiError && error.status === 400);
      throw error;
    }
  }

  acknowledge(popUp: CallKey): Promise<void> {
    return this.#send(`/api/pop-ups/${idInPath(popUp.callId)}/acknowledge?${accountOf(popUp)}`, {
      method: 'POST',
    });
  }

  /** Ties a call to a contact, an existing or a new one. The next call from this number offers it first. */
  chooseContact(call: CallKey, contact: string | ContactInput): Promise<Call> {
    const body = typeof contact === 'string' ? { contactId: contact } : { contact };
    return this.#send(callPath(call, '/contact'), { method: 'PUT', body });
  }

  /** Marks a call as one that concerns no contact. */
  ignoreCall(call: CallKey): Promise<Call> {
    return this.#send(callPath(call, '/ignore'), { method: 'POST' });
  }

  /** Takes a call off the agent's lists of what goes on and of what was missed; for a supervisor off everybody's. */
  dismissCall(call: CallKey): Promise<Call> {
    return this.#send(callPath(call, '/dismiss'), { method: 'POST' });
  }

  /** The same for at most a hundred calls. Those that are gone are left out of the answer. */
  async dismissCalls(calls: readonly CallKey[]): Promise<readonly Call[]> {
    const body = { calls: calls.map(({ account, callId }) => ({ account, callId })) };
    return (await this.#send<{ items: Call[] }>('/api/dismissed-calls', { method: 'POST', body })).items;
  }

  calls(query: CallsQuery): Promise<Page<Call>> {
    return this.#get(`/api/calls?${listOf(query)}`);
  }

  missedCalls(query: CallsQuery): Promise<Page<Call>> {
    return this.#get(`/api/missed-calls?${listOf(query)}`);
  }

  /** The calls in progress. */
  liveCalls(query: CallsQuery): Promise<Page<Call>> {
    return this.#get(`/api/live-calls?${listOf(query)}`);
  }

  /** A call with its contact and its wrap-up. */
  call(call: CallKey): Promise<Call> {
    return this.#get(callPath(call));
  }

  /**
   * Saves a wrap-up as a draft, or sends it. It replaces the version in `etag`; without one, it is saved only if there
   * is none yet. The API answers 412 if another request was faster, and 428 if this agent has not seen what another
   * agent sent.
   */
  saveWrapUp(call: CallKey, wrapUp: WrapUpInput, draft: boolean, etag: string | undefined): Promise<WrapUp> {
    return this.#send(`${callPath(call, '/wrap-up')}${draft ? '&draft=true' : ''}`, {
      method: 'PUT',
      body: wrapUp,
      headers: overVersion(etag),
    });
  }

  /**
   * Takes back the version of a wrap-up that was saved within the last minute. The API answers 412 if it has changed,
   * and 409 if it is too late.
   */
  undoWrapUp(call: CallKey, etag: string): Promise<UndoneWrapUp> {
    return this.#send(callPath(call, '/wrap-up/undo'), { method: 'POST', headers: { 'If-Match': `"${etag}"` } });
  }

  /** Asks for a call. The same key means the same click, which does not call twice. */
  dial(click: ClickInput, key: string): Promise<Dial> {
    return this.#send('/api/calls', {
      method: 'POST',
      body: click,
      headers: { 'Idempotency-Key': key },
      timeoutMs: dialTimeoutMs,
    });
  }

  /** Notes a call by another phone. The same key means the same call, which is noted once. */
  noteCall(call: NotedCallInput, key: string): Promise<Call> {
    return this.#send('/api/noted-calls', { method: 'POST', body: call, headers: { 'Idempotency-Key': key } });
  }

  /** What a click on a number would lead to. */
  checkNumber(number: string): Promise<NumberCheck> {
    return this.#get(`/api/dial-checks?${new URLSearchParams({ number })}`);
  }

  readDial(dialId: string): Promise<Dial> {
    return this.#get(`/api/dials/${encodeURIComponent(dialId)}`);
  }

  /** The possible results of a call, and the fields that the office adds to the wrap-up. */
  outcomes(): Promise<OutcomeList> {
    return this.#get('/api/outcomes');
  }

  /** Finds contacts by a text or by a telephone number, for as long as `isWanted` says. */
  async contacts(by: 'query' | 'phone', text: string, isWanted?: () => boolean): Promise<readonly Contact[]> {
    const ask = (next?: string): Promise<Page<Contact>> => {
      const query = new URLSearchParams({ [by]: text, take: '8', ...(next ? { next } : {}) });
      return this.#get(`/api/contacts?${query}`);
    };
    return (await filledPage(ask, isWanted ? { isWanted } : {})).items;
  }

  /** The phones of colleagues whose name or extension begins so. */
  async colleagues(search: string): Promise<readonly ColleaguePhone[]> {
    return (await this.#get<Page<ColleaguePhone>>(`/api/colleagues?${new URLSearchParams({ search })}`)).items;
  }

  contact(contactId: string): Promise<Contact> {
    return this.#get(`/api/contacts/${encodeURIComponent(contactId)}`);
  }

  /** Replaces the version of a contact in `etag`. The API answers 412 if it has changed. */
  saveContact(contactId: string, contact: ContactInput, etag: string | undefined): Promise<Contact> {
    return this.#send(`/api/contacts/${encodeURIComponent(contactId)}`, {
      method: 'PUT',
      body: contact,
      headers: etag === undefined ? {} : { 'If-Match': `"${etag}"` },
    });
  }

  /** Who a contact that is being written down may be already, the surest first. */
  duplicates(question: DuplicateQuestion): Promise<Duplicates> {
    return this.#get(`/api/duplicates?${new URLSearchParams({ ...question })}`);
  }

  /** The calls with a contact, newest first, with their wrap-ups. */
  contactCalls(contactId: string, take: number, next?: string): Promise<Page<Call>> {
    const query = new URLSearchParams({ take: String(take), ...(next ? { next } : {}) });
    return this.#get(`/api/contacts/${encodeURIComponent(contactId)}/calls?${query}`);
  }

  /** Of the calls from before the contact was known, those of one of their numbers that the agent may see. */
  earlierCalls(contactId: string, number: string): Promise<Page<Call>> {
    return this.#get(`${earlierPath(contactId)}?${new URLSearchParams({ number, take: '50' })}`);
  }

  /** Ties a page of them to the contact. */
  tieEarlierCalls(contactId: string, number: string, next?: string): Promise<TiedCalls> {
    const query = new URLSearchParams({ number, ...(next ? { next } : {}) });
    return this.#send(`${earlierPath(contactId)}?${query}`, { method: 'POST' });
  }

  /** The open follow-ups of a contact, whoever noted them, the earliest first. */
  async contactFollowUps(contactId: string): Promise<readonly FollowUp[]> {
    const query = new URLSearchParams({ contact: contactId, take: '20' });
    return (await this.#get<Page<FollowUp>>(`/api/follow-ups?${query}`)).items;
  }

  /** The open follow-ups of the signed-in agent, the earliest first. */
  followUps(next?: string): Promise<Page<FollowUp>> {
    return this.#get(`/api/follow-ups?${new URLSearchParams({ take: '100', ...(next ? { next } : {}) })}`);
  }

  closeFollowUp(followUpId: string): Promise<void> {
    return this.#send(`/api/follow-ups/${encodeURIComponent(followUpId)}/done`, { method: 'POST' });
  }

  /** What waits for an agent today, the longest first. Without an agent it is one's own, or the team's. */
  workList(agentId: string | undefined, next?: string): Promise<Page<WorkEntry>> {
    const query = new URLSearchParams({
      take: '200',
      ...(agentId ? { agent: agentId } : {}),
      ...(next ? { next } : {}),
    });
    return this.#get(`/api/work-list?${query}`);
  }

  /** Says what became of the version of a promise in `etag`. The API answers 412 if another was faster. */
  decidePromise(promiseId: string, input: PromiseInput, etag: string | undefined): Promise<void> {
    return this.#send(`/api/promises/${encodeURIComponent(promiseId)}`, {
      method: 'PUT',
      body: input,
      headers: etag === undefined ? {} : { 'If-Match': `"${etag}"` },
    });
  }

  /** Pauses, or comes back. */
  setPresence(presence: { readonly paused: boolean; readonly reason?: string }): Promise<Presence> {
    return this.#send('/api/me/presence', { method: 'PUT', body: presence });
  }

  pauseReasons(): Promise<PauseReasonList> {
    return this.#get('/api/pause-reasons');
  }

  simulateCall(kind: DemoCall): Promise<void> {
    return this.#send('/api/demo/calls', { method: 'POST', body: { kind } });
  }

  /** In the demo: gives the operator the calls of a month, and reads them. */
  fillDemo(): Promise<void> {
    return this.#send('/api/demo/month', { method: 'POST' });
  }

  /** Reads what only the pages that ask for it know, as {@link RecordsApi} does; in one's own language if none is asked. */
  read<T>(path: string, language?: string): Promise<T> {
    return this.#request(path, language ? { headers: { 'Accept-Language': language } } : {}, false);
  }

  /** Changes what only those pages know. */
  change<T = void>(path: string, send: Send): Promise<T> {
    return this.#send(path, send);
  }

  /** A file to store. A link would not do where the API takes a token. */
  async file(path: string, timeoutMs = this.#timeoutMs): Promise<Blob> {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await this.#answer(this.#forSheet(path), { headers: { Accept: '*/*' }, signal }, false);
    return answer.blob().catch(() => {
      throw new ApiError(0);
    });
  }

  /** A long file, as it arrives. It ends early only by the signal. */
  async stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#answer(this.#forSheet(path), { headers: { Accept: '*/*' }, signal }, false);
    return body ?? new ReadableStream({ start: (controller) => controller.close() });
  }

  /** Of a table: a spreadsheet in Costa Rica expects semicolons between the cells, and a comma in numbers. */
  #forSheet(path: string): string {
    return this.#language().startsWith('es') && /\.csv(\?|$)|\/refused$/.test(path)
      ? `${path}${path.includes('?') ? '&' : '?'}separator=semicolon`
      : path;
  }

  /** Where a realtime client negotiates its connection. */
  get popUpChannelUrl(): string {
    return `${this.#baseUrl}/api/pop-ups`;
  }

  /** The current time by the server's clock, so that call durations are right even if this machine's clock is wrong. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  #get<T>(path: string): Promise<T> {
    return this.#request<T>(path, {}, path === '/api/host');
  }

  #send<T = void>(
    path: string,
    { method, body, headers: more, anonymous = false, timeoutMs, by, signal }: Send,
  ): Promise<T> {
    const headers: Record<string, string> = { 'X-Requested-With': 'console', ...more };
    const isFile = body instanceof Blob;
    if (body !== undefined && !isFile) headers['Content-Type'] = 'application/json';
    return this.#request(
      path,
      {
        method,
        headers,
        ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
        ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
        ...(by && { by, signal }),
      },
      anonymous,
    );
  }

  async #request<T>(path: string, init: RequestInit, anonymous: boolean): Promise<T> {
    const text = await (await this.#answer(path, init, anonymous)).text().catch(() => {
      throw new ApiError(0);
    });
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** The answer, if it is no refusal. */
  async #answer(path: string, init: RequestInit, anonymous: boolean): Promise<Response> {
    const response = await this.#reach(path, init);
    this.#compareClocks(response);
    if (response.ok) return response;

    const error = new ApiError(
      response.status,
      await problemOf(response),
      secondsOf(response.headers.get('Retry-After')),
    );
    if (response.status === 401 && !anonymous) this.onSignedOut(error);
    if (error.problem.type === notAdded) this.onNotAdded(error);
    throw error;
  }

  async #reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(this.#baseUrl + path, {
        // The cookie belongs to this origin. Another origin's API gets a token.
        credentials: this.#baseUrl ? 'omit' : 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(this.#timeoutMs),
        ...init,
        headers: { Accept: 'application/json', 'Accept-Language': this.#language(), ...init.headers },
      });
    } catch {
      throw new ApiError(0);
    }
  }

  #compareClocks(response: Response): void {
    const theirs = Date.parse(response.headers.get('Date') ?? '');
    if (Number.isNaN(theirs)) return;
    const offset = theirs - Date.now();
    // The header has whole seconds, and the answer took some time. A smaller difference is no wrong clock.
    this.#clockOffsetMs = Math.abs(offset) > 3_000 ? offset : 0;
  }
}

const accountOf = (call: CallKey): URLSearchParams => new URLSearchParams({ account: call.account });

const callPath = (call: CallKey, what = ''): string => `/api/calls/${idInPath(call.callId)}${what}?${accountOf(call)}`;

const earlierPath = (contactId: string): string => `/api/contacts/${encodeURIComponent(contactId)}/earlier-calls`;

function listOf(query: CallsQuery): URLSearchParams {
  const parameters = new URLSearchParams({ from: query.from.toISOString(), take: String(query.take ?? 50) });
  if (query.next) parameters.set('next', query.next);
  return parameters;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    return body !== null && typeof body === 'object' ? body : {};
  } catch {
    return {};
  }
}

/** `Retry-After` in seconds, from either of its two forms. */
function secondsOf(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(1, seconds) : undefined;
}

/**
 * A call's id in a path. Some of the operator's ids can't stand there as they are: browsers take `..` for a step up,
 * and hosts take `%2F` for an encoded slash.
 */
export function idInPath(callId: string): string {
  if (!/^~|\/|%2f|^\.\.?$/i.test(callId)) return encodeURIComponent(callId);
  const bytes = String.fromCharCode(...new TextEncoder().encode(callId));
  return `~${btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
