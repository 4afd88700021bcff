import { posix } from 'node:path';

/** The folders of `src`, the lowest first: each knows those before it. */
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
  'work-list',
  'pop-ups',
  'desk',
  'operator',
];

/** The frame around the pages. It and `main.ts` are above all folders. */
const frame = 'shell';

/**
 * Any other folder belongs to a page. It knows the folders above; only this list knows it, and loads it when needed.
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
  // Files outside of `src` belong to the build, and know nothing of it.
  if (from === of || from === '' || to.startsWith('../')) return true;
  if (of === '' || of === frame) return false;
  if (!floors.includes(of)) return path === listOfPages && fetched;
  return !floors.includes(from) || floors.indexOf(of) < floors.indexOf(from);
}

/** Empty for a file directly in `src`. */
const folderOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
