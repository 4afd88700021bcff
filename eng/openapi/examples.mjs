/*
 * Adds examples to CallMyWay.Functions/Api/OpenApiExamples.json, of what a demo host was sent and answered in tests:
 *
 * CALLMYWAY_EXAMPLES=<folder> dotnet test CallMyWay.Functions.Tests --filter <tests of the functions>
 * node eng/openapi/examples.mjs <folder>
 *
 * What the file has already stays. Secrets and this machine's addresses are taken out. Of a list its first entry is
 * kept.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);
const file = fileURLToPath(new URL('../../CallMyWay.Functions/Api/OpenApiExamples.json', import.meta.url));
const examples = JSON.parse(readFileSync(file, 'utf8'));
/** A longer example says no more. */
const longest = 6_000;
const secrets = { token: 'cmwt_…', key: 'cmwk_…', secret: 'whsec_…', accessToken: 'eyJhbGciOi…' };
const secretNames = /^(token|key|secret|accessToken|password|current|newPassword)$/;

const clean = (value, name) => {
  if (Array.isArray(value)) return value.slice(0, typeof value[0] === 'object' ? 1 : 3).map((each) => clean(each));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each, key)]));
  if (typeof value !== 'string') return value;
  if (secretNames.test(name) && value.length >= 16) return secrets[name] ?? 'una frase larga de cuatro palabras';
  const text = value
    .replace(/https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?/g, 'https://crm.example.com')
    .replace(/(?:\/tmp|\/home|\/root)\/[^\s"]*/g, '/var/lib/callmyway')
    .replace(/(webhooks\/callmyway\/)[A-Za-z0-9_-]+/g, '$1…')
    .replace(/\btest-[0-9a-f]{32}\b/g, 'c-1001')
    .replace(/whsec_[A-Za-z0-9+/=]+/g, 'whsec_…')
    .replace(/\b(token|invite)([=/])[A-Za-z0-9_-]{16,}/g, '$1$2…');
  return text.length > 240 ? `${text.slice(0, 240)}…` : text;
};

/** A body without what is not sent. */
const withoutNull = (value) => {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (value === null || typeof value !== 'object') return value;
  const sent = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(sent.map(([key, each]) => [key, withoutNull(each)]));
};

/** How much of a shape a value shows. */
const fields = (value) =>
  value === null || typeof value !== 'object'
    ? 1
    : Object.values(value).reduce((sum, each) => sum + 1 + fields(each), 0);

const best = (values) =>
  values
    .filter((value) => value !== null)
    .map((value) => clean(value))
    .filter((value) => JSON.stringify(value).length <= longest)
    .reduce((found, value) => (found === undefined || fields(value) > fields(found) ? value : found), undefined);

for (const name of readdirSync(folder).filter((each) => each.endsWith('.jsonl'))) {
  const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const example = (examples[name.replace('.jsonl', '')] ??= {});
  const body = best(lines.map((line) => withoutNull(line.body)));
  if (body !== undefined) example.body ??= body;
  const shown = example.answers ?? {};
  for (const status of new Set(lines.map((line) => line.status))) {
    const answer = best(lines.filter((line) => line.status === status).map((line) => line.answer));
    if (answer !== undefined) shown[status] ??= answer;
  }

  if (Object.keys(shown).length > 0) example.answers = shown;
}

const sorted = Object.fromEntries(
  Object.entries(examples)
    .filter(([, example]) => Object.keys(example).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
