import { ApiClient } from './api/api-client.js';
import { bearerFetch } from './api/bearer.js';
import { memory } from './base/memory.js';
import { Desk } from './desk/desk.js';
import { currentLocale, preferredLocale, useLocale } from './i18n/locale.js';
import { Session } from './session/session.js';
import { Console, signedIn } from './shell/console.js';
import { applyTheme } from './shell/theme.js';

applyTheme();

// Browsers have URLPattern since 2025.
if (!('URLPattern' in globalThis)) await import('urlpattern-polyfill');

const account = __AZURE__ ? (await import('./session/entra-account.js')).entraAccount(__AZURE__) : undefined;
const api = new ApiClient({
  language: currentLocale,
  ...(__AZURE__ && account ? { baseUrl: __AZURE__.api, fetch: bearerFetch(account) } : {}),
});
const desk = new Desk(api, async () => {
  const { signalRChannel } = await import('./pop-ups/signalr-channel.js');
  const channel = signalRChannel(api.popUpChannelUrl, account);
  // There a connection ends with its token.
  return __AZURE__ ? (await import('./pop-ups/lasting-channel.js')).lastingChannel(channel) : channel;
});

// English is loaded before the first drawing, so that the page does not change its language visibly.
await useLocale(preferredLocale());
const page = new Console();
page.api = api;
page.session = new Session(api, account, () => memory.get(signedIn) !== null);
page.desk = desk;
document.body.prepend(page);
