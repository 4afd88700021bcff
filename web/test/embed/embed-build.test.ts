import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, test, vi } from 'vitest';
import { idsOf, modulesFrom, withMessages } from '../../embed-messages.js';

// A build takes a second, or several on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const web = join(import.meta.dirname, '..', '..');
let chunks: readonly Rollup.OutputChunk[];

beforeAll(async () => {
  for (const name of ['VITE_API', 'VITE_ENTRA_CLIENT_ID', 'VITE_ENTRA_TENANT_ID', 'VITE_ENTRA_SCOPE'])
    vi.stubEnv(name, '');
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({
    configFile: join(web, 'embed.vite.config.ts'),
    logLevel: 'silent',
    mode: 'production',
    build: { write: false },
  });
  vi.unstubAllEnvs();
  chunks = (result as Rollup.RollupOutput[]).flatMap(({ output }) => output.filter((file) => file.type === 'chunk'));
});

const chunkOf = (part: string): Rollup.OutputChunk =>
  chunks.find(({ fileName, moduleIds }) => fileName === part || moduleIds.some((id) => id.endsWith(part))) ??
  expect.fail(`No file has ${part}.`);

/** The files that these need before they run. */
function needed(...parts: readonly string[]): ReadonlySet<Rollup.OutputChunk> {
  const found = new Set<Rollup.OutputChunk>();
  const visit = (chunk: Rollup.OutputChunk) => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) visit(chunkOf(name));
  };
  for (const part of parts) visit(chunkOf(part));
  return found;
}

const sizeOf = (files: Iterable<Rollup.OutputChunk>): number =>
  [...files].reduce((sum, { code }) => sum + gzipSync(code).length, 0);

// The card of a call is drawn with these; what the agent reads and writes below it is fetched meanwhile.
const first = ['embed.js', '/embed/phone-body.ts', '/pop-ups/signalr-channel.ts'];

test('a phone with a pop-up needs less than 60 KB at first, compressed', () => {
  expect(sizeOf(needed(...first))).toBeLessThan(60_000);
});

test('in English it is some 3 KB more, as its words are a file of their own', () => {
  expect(sizeOf(needed(...first, '/i18n/generated/en.ts'))).toBeLessThan(62_200);
});

test('the log of SignalR, which is off, is left out', () => {
  const { code } = chunkOf('/pop-ups/signalr-channel.ts');

  expect(code).toContain('/negotiate');
  expect(code).not.toContain('Starting HubConnection');
  expect(code).not.toMatch(/ogger\.log\(/);
});

test('the outline is painted by one small file', () => {
  const files = [...needed('embed.js')];

  expect(files).toHaveLength(1);
  expect(sizeOf(files)).toBeLessThan(6_000);
  expect(chunks.filter(({ imports }) => imports.includes('embed.js'))).toEqual([]);
});

test('no file is fetched by an address of the page around', () => {
  const addresses = chunks.flatMap(({ code }) =>
    [...code.matchAll(/import\(?[`'"]([^`'"]+)[`'"]/g)].map(([, to]) => to),
  );

  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter((to) => !to?.startsWith('./'))).toEqual([]);
});

test('each message of the phone has its English, at first or soon after', () => {
  const generated = readFileSync(join(web, 'src/i18n/generated/en.ts'), 'utf8');
  const all = idsOf(modulesFrom(['src/embed/embed.ts'], true));
  const atFirst = idsOf(modulesFrom(['src/embed/phone-body.ts'], false));
  const built = chunks.map(({ code }) => code).join('\n');

  expect(atFirst.size).toBeGreaterThan(50);
  expect(all.size).toBeGreaterThan(atFirst.size);
  expect([...all].filter((id) => !generated.includes(`'${id}'`))).toEqual([]);
  expect([...all].filter((id) => !built.includes(id))).toEqual([]);
  expect([...atFirst].filter((id) => !chunkOf('/i18n/generated/en.ts').code.includes(id))).toEqual([]);
});

test('only what is asked for is left of the translations', () => {
  const lines = "export const templates = {\n  'h0000000000000001': html`a`,\n  's0000000000000002': `b`,\n};\n";

  expect(withMessages(lines, new Set(['s0000000000000002']))).toBe(
    'export const templates = {\n  ' + "'s0000000000000002': `b`,\n};\n",
  );
});

test('a message that can’t be read ends the build', () => {
  expect(() => idsOf(new Map([['a.ts', 'msg(words)']]))).toThrow('a.ts has 1 messages, and 0 are read');
});
