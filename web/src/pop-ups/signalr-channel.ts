import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Bearer } from '../api/bearer.js';
import type { WallboardChanged } from '../api/supervision-types.js';
import type { Call, PopUp, Presence } from '../api/types.js';
import type { CampaignRest, ChannelEvents, ChannelMessage, OpenChannel } from './live-connection.js';

const messages: readonly ChannelMessage[] = ['popUp', 'popUpChanged', 'popUpClosed'];
/**
 * Its own is 100 seconds: so long a network that swallows everything would leave the agent without calls, and untold.
 */
const negotiationMs = 15_000;

/**
 * Where a page's policy forbids the address, Chromium tells of an error and of no close, for which SignalR would wait
 * for ever, and try no other way.
 */
class Socket extends WebSocket {
  constructor(url: string) {
    super(url);
    const fail = (): unknown => this.onclose?.(new CloseEvent('close'));
    this.addEventListener('error', fail);
    this.addEventListener('open', () => this.removeEventListener('error', fail));
  }
}

/**
 * The realtime channel by SignalR. Its own reconnection is off: it gives up in the end, and the desk never does. The
 * bearer's token goes to the negotiation alone: its answer leads on to the hub, with a token for that. `more` are headers
 * that say who asks, where it is no bearer's token; they are asked for at each opening.
 */
export const signalRChannel =
  (url: string, bearer?: Bearer, more?: () => Promise<Readonly<Record<string, string>>>): OpenChannel =>
  async (events: ChannelEvents) => {
    const headers = await more?.();
    const connection = new HubConnectionBuilder()
      .withUrl(url, {
        transport: HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
        // The negotiation changes something, so the host wants to see that no other page asks for it.
        headers: { 'X-Requested-With': 'console', ...headers },
        timeout: negotiationMs,
        // Its types don't tell of it.
        ...{ WebSocket: Socket },
        withCredentials: !(bearer || headers),
        ...(bearer ? { accessTokenFactory: async () => (await bearer.token()) ?? '' } : {}),
      })
      .configureLogging(LogLevel.None)
      .build();
    // Messages that come while the connection still opens are not lost to a handler added later.
    for (const kind of messages) connection.on(kind, (popUp: PopUp) => events.message(kind, popUp));
    connection.on('callsChanged', ({ items }: { readonly items: readonly Call[] }) => events.calls(items));
    connection.on('wallboard', (changed: WallboardChanged) => events.wallboard(changed));
    connection.on('campaignRest', (rest: CampaignRest) => events.rest(rest));
    connection.on('presence', (presence: Presence) => events.presence(presence));
    let wanted = true;
    connection.onclose(() => {
      if (wanted) events.lost();
    });
    await connection.start();
    return {
      close: () => {
        wanted = false;
        return connection.stop();
      },
    };
  };
