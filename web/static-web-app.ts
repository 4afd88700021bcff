import type { Plugin } from 'vite';

/** What the console of an Azure deployment is built with; LocalHost's has none of it. */
export interface AzureSettings {
  /** The origin of the function app. */
  readonly api: string;
  readonly clientId: string;
  readonly authority: string;
  readonly scope: string;
  /** The origins of other applications' pages that may show the phone in a frame. */
  readonly crmOrigins: readonly string[];
}

const entra = 'https://login.microsoftonline.com';

/** The settings from the build's environment; undefined where none is set, and an error where only some are. */
export function azureSettings(env: Readonly<Record<string, string | undefined>>): AzureSettings | undefined {
  const { VITE_API, VITE_ENTRA_CLIENT_ID, VITE_ENTRA_TENANT_ID, VITE_ENTRA_SCOPE } = env;
  const needed = { VITE_API, VITE_ENTRA_CLIENT_ID, VITE_ENTRA_TENANT_ID };
  if (!VITE_ENTRA_SCOPE && Object.values(needed).every((value) => !value)) return undefined;

  for (const [name, value] of Object.entries(needed)) {
    if (!value) throw new Error(`${name} is not set: a console for Azure needs ${Object.keys(needed).join(', ')}.`);
    if (/[\s;,'"]/.test(value)) throw new Error(`${name} has a character that it can't have.`);
  }

  return {
    api: originOf('VITE_API', VITE_API ?? ''),
    clientId: VITE_ENTRA_CLIENT_ID ?? '',
    authority: `${entra}/${VITE_ENTRA_TENANT_ID}`,
    scope: VITE_ENTRA_SCOPE || `api://${VITE_ENTRA_CLIENT_ID}/access_as_user`,
    crmOrigins: (env.VITE_CRM_ORIGINS ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean)
      .map((text) => originOf('VITE_CRM_ORIGINS', text)),
  };
}

/** Puts `staticwebapp.config.json` beside the console: the headers that LocalHost sends, made for this API. */
export const staticWebApp = (azure: AzureSettings): Plugin => ({
  name: 'callmyway-static-web-app',
  apply: 'build',
  generateBundle() {
    this.emitFile({
      type: 'asset',
      fileName: 'staticwebapp.config.json',
      source: `${JSON.stringify(configOf(azure), null, 2)}\n`,
    });
  },
});

const forAll = { 'Access-Control-Allow-Origin': '*' };

/** https://learn.microsoft.com/azure/static-web-apps/configuration */
export const configOf = (azure: AzureSettings) => ({
  // A page's address is the console's; a file that is missing is none, and the API is elsewhere. LocalHost has the
  // same endings of files (SitePaths).
  navigationFallback: {
    rewrite: '/index.html',
    exclude: ['/assets/*', '/api/*', '/hubs/*', '/*.{css,ico,js,json,map,png,svg,txt,webmanifest}'],
  },
  routes: [
    // Vite names what is under assets/ by its content.
    { route: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable', ...forAll } },
    // Pages of any origin may load the phone's code. It holds nothing of the office.
    ...['/embed.js', '/embed-frame.js'].map((route) => ({ route, headers: forAll })),
    // An empty value takes a header away: it can't name origins.
    ...['/embed.html', '/embed-hubspot.html'].map((route) => ({
      route,
      headers: { 'Content-Security-Policy': policyOf(azure, azure.crmOrigins), 'X-Frame-Options': '' },
    })),
  ],
  globalHeaders: {
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policyOf(azure),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  },
});

/** Only the pages of `around` may show a page of this policy in a frame, and may be asked by it. */
function policyOf({ api }: AzureSettings, around: readonly string[] = []): string {
  const connections = new Set([
    "'self'",
    api,
    // An API on this machine is its own realtime service; the one on Azure sends its callers on to Azure SignalR.
    api.replace(/^http:/, 'ws:'),
    'https://*.service.signalr.net',
    'wss://*.service.signalr.net',
    ...(around.length > 0 ? around : [entra]),
  ]);
  const ancestors = around.length > 0 ? around.join(' ') : "'none'";
  return `default-src 'self'; img-src 'self' data:; connect-src ${[...connections].join(' ')}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${ancestors}`;
}

function originOf(name: string, text: string): string {
  // It goes into a policy, where these end what they stand in. A URL would keep the last.
  const url = URL.canParse(text) && !/[\s;'"]/.test(text) ? new URL(text) : undefined;
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (!url || (url.protocol !== 'https:' && !(local && url.protocol === 'http:'))) {
    throw new Error(`${name} is no https address, such as https://office.example: ${text}`);
  }

  if (url.href !== `${url.origin}/`) throw new Error(`${name} has more than an origin: ${text}`);
  return url.origin;
}
