import { join } from 'node:path';
import { build, type Rollup } from 'vite';
import { afterEach, expect, test, vi } from 'vitest';

// A build takes a second, or several on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['embed', ['lit', '@lit/localize', '@microsoft/signalr']],
  ['embed-pages', ['@hubspot/calling-extensions-sdk']],
])('the build of %s brings the licence of each library that is in it', async (name, some) => {
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({
    configFile: join(import.meta.dirname, '..', '..', `${name}.vite.config.ts`),
    logLevel: 'silent',
    mode: 'production',
    build: { write: false },
  });
  const files = (result as Rollup.RollupOutput[]).flatMap(
    ({ output }): Rollup.RollupOutput['output'][number][] => output,
  );
  const modules = files.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const packages = new Set(modules.flatMap((id) => /^[^\0].*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []));
  const file = files.find(({ fileName }) => fileName === `${name}-licenses.txt`);
  const notices = file?.type === 'asset' ? Buffer.from(file.source).toString() : '';
  const texts = new Map(notices.split(/^## /m).map((part) => [part.split(' - ')[0], part]));

  expect([...packages]).toEqual(expect.arrayContaining(some));
  for (const one of packages) expect(texts.get(one), one).toMatch(/WITHOUT WARRANTY|"AS IS"/);
});
