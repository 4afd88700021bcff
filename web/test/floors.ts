import { posix } from 'node:path';

/** The folders of `src` from the ground up: each knows those before it. */
const floors = [
  'api',
  'base',
  'i18n',
  'design',
  'session',
  'dial',
  'outcomes',
  'calls',
  'follow-ups',
  'contacts',
  'wrap-up',
  'pop-ups',
  'desk',
];

/** The frame around the pages. It and `main.ts` stand on top. */
const frame = 'shell';

/**
 * Any other folder is a page's own: it knows the floors, and is known to this list alone, which fetches it when needed.
 */
const listOfPages = 'shell/pages.ts';

/**
 * The imports that go up, across, or around, as `from -> to`. `files` has each file's text by its path in `src`. Every
 * text in quotes that begins with `./` or `../` counts: imports of types and of values, `export … from`, and
 * `import()`.
 */
export function wrongImports(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, text]) =>
    [...text.matchAll(/(\bimport\(\s*)?(['"`])(\.\.?\/[^'"`]*)\2/g)]
      .map(([, dynamic, , to]) => ({ to: posix.join(posix.dirname(path), to ?? ''), fetched: dynamic !== undefined }))
      .filter(({ to, fetched }) => !mayKnow(path, to, fetched))
      .map(({ to }) => `${path} -> ${to}`),
  );
}

function mayKnow(path: string, to: string, fetched: boolean): boolean {
  const [from, of] = [folderOf(path), folderOf(to)];
  // What lies outside of `src` is of the build and knows nothing of it.
  if (from === of || from === '' || to.startsWith('../')) return true;
  if (of === '' || of === frame) return false;
  if (!floors.includes(of)) return path === listOfPages && fetched;
  return !floors.includes(from) || floors.indexOf(of) < floors.indexOf(from);
}

/** Empty for what lies in `src` itself. */
const folderOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
