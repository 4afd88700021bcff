import { build, type Rollup } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { azureSettings, configOf } from '../static-web-app.js';

// A build takes a second, or several on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const env = { VITE_API: 'https://office.example', VITE_ENTRA_CLIENT_ID: 'client', VITE_ENTRA_TENANT_ID: 'tenant' };

beforeEach(() => {
  for (const name of [...Object.keys(env), 'VITE_ENTRA_SCOPE', 'VITE_CRM_ORIGINS']) vi.stubEnv(name, '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function built(): Promise<Rollup.RollupOutput['output']> {
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({ logLevel: 'silent', mode: 'production', build: { write: false } });
  return (result as Rollup.RollupOutput).output;
}

const textOf = (file: Rollup.OutputChunk | Rollup.OutputAsset) =>
  file.type === 'chunk' ? file.code : Buffer.from(file.source).toString();

test('LocalHost’s console contains nothing of Azure', async () => {
  const files = await built();
  expect(files.map((file) => file.fileName)).toContain('index.html');
  const found = files.filter((file) =>
    /msal|microsoftonline|staticwebapp|__AZURE__/i.test(file.fileName + textOf(file)),
  );
  expect(found.map((file) => file.fileName)).toEqual([]);
});

test('the console for Azure loads the sign-in library only when it is needed', async () => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const files = await built();
  const chunks = files.filter((file) => file.type === 'chunk');
  const entry = chunks.find((chunk) => chunk.isEntry);
  const library = chunks.filter((chunk) => chunk.moduleIds.some((id) => id.includes('@azure/msal-')));
  expect(library.length).toBeGreaterThan(0);

  const first = new Set<string>();
  const visit = (name: string) => {
    if (first.has(name)) return;
    first.add(name);
    for (const next of chunks.find((chunk) => chunk.fileName === name)?.imports ?? []) visit(next);
  };
  visit(entry?.fileName ?? '');
  expect(first.size).toBeGreaterThan(1);
  expect(library.filter((chunk) => first.has(chunk.fileName))).toEqual([]);
  const config = files.find((file) => file.fileName === 'staticwebapp.config.json');
  expect(config && JSON.parse(textOf(config))).toEqual(configOf(azureSettings(env) ?? expect.fail('It has settings.')));
});

test('without settings there is no Azure configuration', () => {
  expect(azureSettings({})).toBeUndefined();
});

test('the settings give the API, the directory and the scope', () => {
  expect(azureSettings({ ...env, VITE_API: 'https://office.example/' })).toEqual({
    api: 'https://office.example',
    clientId: 'client',
    authority: 'https://login.microsoftonline.com/tenant',
    scope: 'api://client/access_as_user',
    crmOrigins: [],
  });
  expect(azureSettings({ ...env, VITE_ENTRA_SCOPE: 'api://other/calls' })?.scope).toBe('api://other/calls');
});

test.each([
  ['VITE_API', ''],
  ['VITE_API', 'office.example'],
  ['VITE_API', 'http://office.example'],
  ['VITE_API', 'https://office.example/api'],
  ['VITE_API', "https://office.example; script-src 'unsafe-inline'"],
  ['VITE_ENTRA_CLIENT_ID', ''],
  ['VITE_ENTRA_TENANT_ID', ''],
  ['VITE_ENTRA_TENANT_ID', 'a b'],
])('%s can not be "%s"', (name, value) => {
  expect(() => azureSettings({ ...env, [name]: value })).toThrow(name);
});

test('a page’s address gets the page; missing files under assets, the API or the root don’t', () => {
  const { rewrite, exclude } = configOf(azureSettings(env) ?? expect.fail('It has settings.')).navigationFallback;
  expect(rewrite).toBe('/index.html');
  expect(exclude).toEqual(['/assets/*', '/api/*', '/hubs/*', '/*.{css,ico,js,json,map,png,svg,txt,webmanifest}']);
});

test('the policy lets the page reach only the API, the realtime service and the sign-in', () => {
  const policy = configOf(azureSettings(env) ?? expect.fail('It has settings.')).globalHeaders[
    'Content-Security-Policy'
  ];
  expect(policy.split('; ').find((part) => part.startsWith('connect-src'))).toBe(
    "connect-src 'self' https://office.example https://*.service.signalr.net wss://*.service.signalr.net https://login.microsoftonline.com",
  );
});

const crm = { ...env, VITE_CRM_ORIGINS: 'https://crm.example, https://app.hubspot.com' };

test('only the phone’s pages may be in a frame, and only of the origins that are listed', () => {
  const { routes, globalHeaders } = configOf(azureSettings(crm) ?? expect.fail('It has settings.'));
  const headersOf = (path: string) => routes.find(({ route }) => route === path)?.headers as Record<string, string>;

  for (const page of ['/embed.html', '/embed-hubspot.html']) {
    expect(headersOf(page)['Content-Security-Policy']).toMatch(
      / frame-ancestors https:\/\/crm\.example https:\/\/app\.hubspot\.com$/,
    );
    expect(headersOf(page)['X-Frame-Options']).toBe('');
  }
  expect(globalHeaders['Content-Security-Policy']).toMatch(/ frame-ancestors 'none'$/);
  expect(globalHeaders['X-Frame-Options']).toBe('DENY');
});

test('without origins no page may be in a frame', () => {
  const { routes } = configOf(azureSettings(env) ?? expect.fail('It has settings.'));
  const page = routes.find(({ route }) => route === '/embed.html')?.headers as Record<string, string>;

  expect(page['Content-Security-Policy']).toMatch(/ frame-ancestors 'none'$/);
});

test('pages of any origin may load the phone’s code', () => {
  const { routes } = configOf(azureSettings(crm) ?? expect.fail('It has settings.'));

  const open = routes.filter(({ headers }) => 'Access-Control-Allow-Origin' in headers).map(({ route }) => route);
  expect(open).toEqual(['/assets/*', '/embed.js', '/embed-frame.js']);
});

test.each(['crm.example', 'https://crm.example/page', 'http://crm.example', '*', "https://crm.example 'self'"])(
  'an origin of a CRM can not be "%s"',
  (origin) => {
    expect(() => azureSettings({ ...env, VITE_CRM_ORIGINS: origin })).toThrow('VITE_CRM_ORIGINS');
  },
);
