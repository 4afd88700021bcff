import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * The file beside the console with the licences of all libraries in it. Vite writes it, by its option `build.license`.
 */
export const licenseFile = 'licenses.txt';

/**
 * Adds, from `licenses/`, the texts that packages leave out of what they publish. A package without any text ends the
 * build.
 */
export const licenseNotices = (fileName = licenseFile): Plugin => ({
  name: 'callmyway-license-notices',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const file = bundle[fileName];
      if (file?.type !== 'asset') this.error(`${fileName} is not in the build: Vite's build.license writes it.`);
      file.source = withMissingTexts(Buffer.from(file.source).toString());
    },
  },
});

/** Each package has a heading, `## name - version (identifier)`, and below it the text that it brings, or nothing. */
export const withMissingTexts = (notices: string): string =>
  notices.replace(
    /^## (.+) - .+\n(?=\n?(?:## |$(?![\s\S])))/gm,
    (heading, name: string) => `${heading}\n${textOf(name)}`,
  );

function textOf(name: string): string {
  const file = join('licenses', `${name.replace('/', '_')}.txt`);
  try {
    return readFileSync(join(import.meta.dirname, file), 'utf8');
  } catch (cause) {
    throw new Error(`The package ${name} brings no licence text. Put it into web/${file}.`, { cause });
  }
}
