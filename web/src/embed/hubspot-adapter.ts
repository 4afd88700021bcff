import type CallingExtensions from '@hubspot/calling-extensions-sdk';
import type { EmbedCall, EmbedError, EmbedEvents, EmbedMethods, EmbedPresence } from './embed-types.js';

/** What the adapter uses of HubSpot's SDK. */
export type HubSpot = Pick<
  CallingExtensions,
  | 'initialized'
  | 'userLoggedIn'
  | 'userAvailable'
  | 'userUnavailable'
  | 'incomingCall'
  | 'outgoingCall'
  | 'callAnswered'
  | 'callEnded'
  | 'callCompleted'
  | 'sendError'
>;

type EndStatus = NonNullable<Parameters<HubSpot['callEnded']>[0]['callEndStatus']>;

interface Engaged {
  readonly call: EmbedCall;
  readonly engagementId?: number;
}

/**
 * Tells HubSpot what the phone tells, and the phone what HubSpot asks. HubSpot creates an engagement for each call; its
 * outcome and notes are stored there when the wrap-up is saved.
 */
export class HubSpotAdapter {
  readonly #calls = new Map<string, Engaged>();
  #isReady = false;
  #agentId: string | undefined;
  #isInHubSpot = false;

  constructor(
    private readonly phone: EmbedMethods & Pick<EventTarget, 'addEventListener'>,
    private readonly hubSpot: HubSpot,
    private readonly words: { readonly noHangUp: string },
  ) {
    this.#on('ready', ({ agentId }) => {
      // With another agent the phone begins anew. With the same one, running calls go on.
      if (agentId !== this.#agentId) this.#calls.clear();
      this.#agentId = agentId;
      this.#isReady = true;
      if (this.#isInHubSpot) this.#signedIn();
    });
    this.#on('call-started', (call) => this.#started(call));
    this.#on('call-answered', (call) => this.#answered(call));
    this.#on('contact-chosen', (call) => this.#keep(call));
    this.#on('call-ended', (call) => this.#ended(call));
    this.#on('wrap-up-saved', (saved) => this.#completed(saved));
    // The engagement has no outcome any more.
    this.#on('wrap-up-undone', (undone) => this.#completed(undone));
    this.#on('presence-changed', ({ paused }: EmbedPresence) => {
      if (!this.#isInHubSpot) return;
      if (paused) this.hubSpot.userUnavailable();
      else this.hubSpot.userAvailable();
    });
    this.#on('error', ({ message }: EmbedError) => this.#isInHubSpot && this.hubSpot.sendError({ message }));
  }

  /** HubSpot has answered: from here on it hears messages. */
  ready(): void {
    this.#isInHubSpot = true;
    this.hubSpot.initialized({ isLoggedIn: this.#isReady });
    if (this.#isReady) this.#signedIn();
  }

  /** Somebody has pressed a number in HubSpot. */
  async dial(asked: unknown): Promise<void> {
    const { phone_number: snake, phoneNumber: camel } = (asked ?? {}) as Record<string, unknown>;
    const number = snake ?? camel;
    if (typeof number !== 'string' || number === '') return;
    // The phone shows why it was refused, and its `error` tells HubSpot.
    await this.phone.dial(number).catch(() => {});
  }

  /** The call has its place in HubSpot's records. */
  engaged(created: unknown): void {
    const { engagementId, externalCallId } = (created ?? {}) as Record<string, unknown>;
    const id = Number(engagementId);
    if (!Number.isFinite(id)) return;
    // Older versions do not say of which call: it is the last that has none.
    const key =
      typeof externalCallId === 'string'
        ? externalCallId
        : [...this.#calls].reverse().find(([, { engagementId: own }]) => own === undefined)?.[0];
    const known = key === undefined ? undefined : this.#calls.get(key);
    if (key !== undefined && known) this.#calls.set(key, { ...known, engagementId: id });
  }

  /** The operator has no way to end a call for the agent. */
  endCall(): void {
    this.hubSpot.sendError({ message: this.words.noHangUp });
  }

  #signedIn(): void {
    this.hubSpot.userLoggedIn();
    this.hubSpot.userAvailable();
  }

  #on<Name extends keyof EmbedEvents>(name: Name, heard: (detail: EmbedEvents[Name]) => unknown): void {
    this.phone.addEventListener(name, (event) => heard((event as CustomEvent<EmbedEvents[Name]>).detail));
  }

  #keep(call: EmbedCall): void {
    this.#calls.set(idOf(call), { ...this.#calls.get(idOf(call)), call });
  }

  #started(call: EmbedCall): void {
    this.#keep(call);
    if (!this.#isInHubSpot || call.direction === 'internal') return;
    const number = call.number.e164 ?? call.number.display;
    const shared = {
      externalCallId: idOf(call),
      callStartTime: Date.parse(call.startedAt),
      // One that has come to the agent again has its engagement.
      createEngagement: this.#calls.get(idOf(call))?.engagementId === undefined,
    };
    // Of a phone without a number of its own there is nothing to tell: its id is the operator's alone.
    const { line = '' } = call;
    if (call.direction === 'in') this.hubSpot.incomingCall({ ...shared, fromNumber: number, toNumber: line });
    else this.hubSpot.outgoingCall({ ...shared, fromNumber: line, toNumber: number });
  }

  #answered(call: EmbedCall): void {
    this.#keep(call);
    if (this.#isInHubSpot && call.direction !== 'internal') this.hubSpot.callAnswered({ externalCallId: idOf(call) });
  }

  #ended(call: EmbedEvents['call-ended']): void {
    this.#keep(call);
    const engagementId = this.#calls.get(idOf(call))?.engagementId;
    if (!this.#isInHubSpot || call.direction === 'internal') return;
    this.hubSpot.callEnded({
      externalCallId: idOf(call),
      callEndStatus: endOf(call),
      ...(engagementId === undefined ? {} : { engagementId }),
    });
  }

  #completed(saved: EmbedEvents['wrap-up-saved']): void {
    const known = this.#calls.get(idOf(saved));
    if (!known || !this.#isInHubSpot || known.call.direction === 'internal') return;
    const { call, engagementId } = known;
    const number = call.number.e164 ?? call.number.display;
    const isIn = call.direction === 'in';
    this.hubSpot.callCompleted({
      externalCallId: idOf(call),
      ...(engagementId === undefined ? {} : { engagementId }),
      hideWidget: false,
      engagementProperties: {
        hs_timestamp: Date.parse(call.startedAt),
        hs_call_title: saved.outcomeLabel ?? saved.outcome ?? '',
        hs_call_body: saved.notes ?? '',
        hs_call_direction: isIn ? 'INBOUND' : 'OUTBOUND',
        hs_call_duration: String((call.durationSeconds ?? 0) * 1_000),
        hs_call_status: call.connectedAt ? 'COMPLETED' : 'NO_ANSWER',
        ...(isIn ? { hs_call_from_number: number } : { hs_call_to_number: number }),
      },
    });
  }
}

/** HubSpot knows one id of a call. */
const idOf = ({ account, callId }: Pick<EmbedCall, 'account' | 'callId'>): string => `${account}|${callId}`;

function endOf({ connectedAt, direction, answeredBy }: EmbedEvents['call-ended']): EndStatus {
  if (connectedAt && !answeredBy) return 'COMPLETED';
  return direction === 'in' ? 'MISSED' : 'NO_ANSWER';
}
