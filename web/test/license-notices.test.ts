import { readFileSync } from 'node:fs';
import { build, type Rollup } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { licenseFile, withMissingTexts } from '../license-notices.js';

// A build takes a second, or several on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const azure = { VITE_API: 'https://office.example', VITE_ENTRA_CLIENT_ID: 'client', VITE_ENTRA_TENANT_ID: 'tenant' };

beforeEach(() => {
  for (const name of [...Object.keys(azure), 'VITE_ENTRA_SCOPE']) vi.stubEnv(name, '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function built(): Promise<{ packages: string[]; notices: string }> {
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({ logLevel: 'silent', mode: 'production', build: { write: false } });
  const { output } = result as Rollup.RollupOutput;
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const names = modules.map((id) => /^[^\0].*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]);
  const file = output.find(({ fileName }) => fileName === licenseFile);
  return {
    packages: [...new Set(names.filter((name) => name !== undefined))],
    notices: file?.type === 'asset' ? Buffer.from(file.source).toString() : '',
  };
}

/** The notice of each package. */
const textsOf = (notices: string): Map<string, string> =>
  new Map(
    notices
      .split(/^## /m)
      .slice(1)
      .map((part) => [part.split(' - ')[0] ?? '', part.slice(part.indexOf('\n'))]),
  );

test.each([
  ['LocalHost', {}, ['lit', '@microsoft/signalr']],
  ['Azure', azure, ['lit', '@microsoft/signalr', '@azure/msal-browser', '@azure/msal-common']],
])('the console for %s brings the licence of each library that is in it', async (_, env, some) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const { packages, notices } = await built();

  expect(packages).toEqual(expect.arrayContaining(some));
  const texts = textsOf(notices);
  for (const name of packages) {
    expect(texts.get(name), name).toMatch(/Copyright (\(c\)|\d{4})/);
    expect(texts.get(name), name).toMatch(/WITHOUT WARRANTY|"AS IS"/);
  }
});

test('a package without a licence text, for which we have none, stops the build', () => {
  const notices = '# Licenses\n\n## other - 1.0.0 (MIT)\n\n## @microsoft/signalr - 10.0.11 (MIT)\n';
  expect(() => withMissingTexts(notices)).toThrow(/The package other brings no licence text/);
});

test('a missing licence text is added below the package’s heading', () => {
  const signalr = readFileSync('licenses/@microsoft_signalr.txt', 'utf8');
  const notices = '# Licenses\n\n## @microsoft/signalr - 10.0.11 (MIT)\n\n## lit - 3.3.3 (BSD)\n\nits text\n';
  expect(withMissingTexts(notices)).toBe(
    `# Licenses\n\n## @microsoft/signalr - 10.0.11 (MIT)\n\n${signalr}\n## lit - 3.3.3 (BSD)\n\nits text\n`,
  );
});
