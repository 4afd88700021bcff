/*
 * Writes the console's types of the API: the named shapes of the description, as TypeScript. What the functions take
 * and answer is in the description itself; the console calls them by hand.
 *
 * node eng/api-types/generate.mjs [description] [--check]
 *
 * Without a description the LocalHost that was built last is asked for it. With --check nothing is written: it fails
 * where the committed file is not what would be written.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));
const output = fileURLToPath(new URL('../../web/src/api/generated/api.ts', import.meta.url));
const command = 'npm run api-types --prefix web';

const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const description = JSON.parse(
  given
    ? readFileSync(given, 'utf8')
    : execFileSync('dotnet', ['run', '--no-build', '--project', `${root}CallMyWay.LocalHost`, '--', 'openapi'], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
);

const nodes = await openapiTS(
  { openapi: description.openapi, info: description.info, paths: {}, components: { schemas: description.components.schemas } },
  { immutable: true, rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false, emptyObjectsUnknown: true, silent: true },
);
const text = `/* The API's shapes, made of its description by ${command}. Don't change this file by hand. */\n\n${astToString(nodes)}`;

if (!process.argv.includes('--check')) {
  writeFileSync(output, text);
} else if (readFileSync(output, 'utf8').replaceAll('\r\n', '\n') !== text) {
  console.error(`${relative(root, output)} is not what the API's description gives. Build, and run: ${command}`);
  process.exitCode = 1;
}
