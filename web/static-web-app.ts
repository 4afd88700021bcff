import type { Plugin } from 'vite';

/** What the console of an Azure deployment is built with; LocalHost's has none of it. */
export interface AzureSettings {
  /** The origin of the function app. */
  readonly api: string;
  readonly clientId: string;
  readonly authority: string;
  readonly scope: string;
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
    api: originOf(VITE_API ?? ''),
    clientId: VITE_ENTRA_CLIENT_ID ?? '',
    authority: `${entra}/${VITE_ENTRA_TENANT_ID}`,
    scope: VITE_ENTRA_SCOPE || `api://${VITE_ENTRA_CLIENT_ID}/access_as_user`,
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
    { route: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } },
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

function policyOf({ api }: AzureSettings): string {
  const connections = new Set([
    "'self'",
    api,
    // An API on this machine is its own realtime service; the one on Azure sends its callers on to Azure SignalR.
    api.replace(/^http:/, 'ws:'),
    'https://*.service.signalr.net',
    'wss://*.service.signalr.net',
    entra,
  ]);
  return `default-src 'self'; img-src 'self' data:; connect-src ${[...connections].join(' ')}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
}

function originOf(api: string): string {
  const url = URL.canParse(api) ? new URL(api) : undefined;
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (!url || (url.protocol !== 'https:' && !(local && url.protocol === 'http:'))) {
    throw new Error('VITE_API is no https address, such as https://office.azurewebsites.net.');
  }

  if (url.href !== `${url.origin}/`) throw new Error('VITE_API has more than an origin: the console adds /api itself.');
  return url.origin;
}
