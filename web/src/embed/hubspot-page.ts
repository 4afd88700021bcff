import CallingExtensions from '@hubspot/calling-extensions-sdk';
import type { EmbedToken } from './embed-types.js';
import { HubSpotAdapter } from './hubspot-adapter.js';
import { isOfHubSpot, tokensAddress } from './hubspot-origin.js';
import type { CallMyWayPhone } from './phone-element.js';

// The script of /embed-hubspot.html.

const words = {
  es: {
    noTokens:
      'La dirección de esta página no dice de dónde viene la autorización: falta ?tokens= con una dirección https.',
    notGiven: 'El servidor que da la autorización no respondió.',
    noHangUp: 'Cuelgue desde su teléfono: la central no permite terminar la llamada desde aquí.',
  },
  en: {
    noTokens:
      'The address of this page does not say where the authorization comes from: ?tokens= with an https address.',
    notGiven: 'The server that gives the authorization did not answer.',
    noHangUp: 'Hang up on your phone: the operator offers no way to end the call from here.',
  },
} as const;
const language = /^es\b/i.test(navigator.language) ? 'es' : 'en';
const own = words[language];
document.documentElement.lang = language;

// HubSpot's SDK hears the first page that greets it, whatever its origin. This hears each message first, and hands on
// only those of HubSpot.
window.addEventListener(
  'message',
  (event) => {
    const isMessage = typeof event.data === 'object' && event.data !== null;
    if (!(isMessage && event.source === window.parent && isOfHubSpot(event.origin, location)))
      event.stopImmediatePropagation();
  },
  { capture: true },
);

const phone = document.createElement('callmyway-phone') as CallMyWayPhone;
let identify: (who: object) => void = () => {};
const user = new Promise<object>((done) => (identify = done));
const tokens = tokensAddress(location);
if (tokens) {
  phone.tokenSource = async (): Promise<EmbedToken> => {
    const answer = await fetch(tokens, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(await user),
    });
    if (!answer.ok) throw new Error(own.notGiven);
    return answer.json();
  };
}

const hubSpot = new CallingExtensions({
  debugMode: false,
  eventHandlers: {
    onReady: (data: unknown) => {
      const { portalId, userId, ownerId } = (data ?? {}) as Record<string, unknown>;
      identify({ portalId, userId, ownerId });
      adapter.ready();
    },
    onDialNumber: (asked: unknown) => adapter.dial(asked),
    onCreateEngagementSucceeded: (created: unknown) => adapter.engaged(created),
    onEngagementCreated: (created: unknown) => adapter.engaged(created),
    onEndCall: () => adapter.endCall(),
    // The others ask for nothing that this phone does.
    defaultEventHandler: () => {},
  },
});
const adapter = new HubSpotAdapter(phone, hubSpot, own);

if (tokens) {
  document.body.replaceChildren(phone);
} else {
  const place = document.createElement('p');
  place.setAttribute('role', 'alert');
  place.textContent = own.noTokens;
  document.body.replaceChildren(place);
}
