import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import type { Plugin } from 'vite';

const rest = 'virtual:english-of-later-parts';

/** The English messages of the modules that begin with these. */
export interface EmbedMessages {
  /** What is loaded at first. */
  readonly first: string;
  /** What is loaded later is reached from here. */
  readonly all: readonly string[];
}

/**
 * Cuts the English translations to those that the embedded phone has: those of the code that is loaded at first, and,
 * as a file of its own that follows, those of the rest.
 */
export const embedMessages = ({ first, all }: EmbedMessages): Plugin => ({
  name: 'callmyway-embed-messages',
  enforce: 'pre',
  resolveId: (id) => (id === rest ? `\0${rest}` : undefined),
  load(id) {
    if (id !== `\0${rest}`) return undefined;
    const firstIds = idsOf(modulesFrom([first], false));
    const ids = new Set([...idsOf(modulesFrom(all, true))].filter((one) => !firstIds.has(one)));
    return withMessages(readFileSync(join(import.meta.dirname, 'src/i18n/generated/en.ts'), 'utf8'), ids);
  },
  transform(code, id) {
    if (!id.endsWith('/i18n/generated/en.ts')) return undefined;
    // Parts that are drawn already are drawn once more when the rest is here.
    const follow = `
const fetchRest = () => import('${rest}').then(
  (more) => {
    Object.assign(templates, more.templates);
    window.dispatchEvent(
      new CustomEvent('lit-localize-status', { detail: { status: 'ready', readyLocale: 'en' } }),
    );
  },
  () => setTimeout(fetchRest, 3_000),
);
fetchRest();`;
    return { code: withMessages(code, idsOf(modulesFrom([first], false))) + follow, map: null };
  },
});

/** The generated module with these messages only. Each has a line. */
export const withMessages = (generated: string, ids: ReadonlySet<string>): string =>
  generated.replace(/^\s*'([sh][0-9a-f]{16})': .*\n/gm, (line, id: string) => (ids.has(id) ? line : ''));

/** The modules of `src` that these lead to, with their texts; `later` also what they load when it is needed. */
export function modulesFrom(entries: readonly string[], later: boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = entries.map((entry) => join(import.meta.dirname, entry));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    found.set(path, text);
    const statics = [...text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'"`;]*\sfrom\s)?\s*'(\.[^'?]*\.js)'/gm)];
    const dynamics = later ? [...text.matchAll(/\bimport\('(\.[^']*\.js)'\)/g)] : [];
    for (const [, to] of [...statics, ...dynamics]) open.push(join(dirname(path), `${to}`.replace(/\.js$/, '.ts')));
  }

  return found;
}

/** The ids of the messages in these modules. */
export function idsOf(modules: ReadonlyMap<string, string>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [path, text] of modules) {
    if (path.includes('/generated/')) continue;
    const code = text.replace(/^import .*$/gm, '');
    const calls = code.match(/\bmsg\(/g)?.length ?? 0;
    const messages = [
      ...code.matchAll(/\bmsg\(\s*(str|html)?(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.|\$(?!\{)|\$\{[^`{}]*\})*)`)/g),
    ];
    // What is missed here would be Spanish in an English phone.
    if (messages.length !== calls) throw new Error(`${path} has ${calls} messages, and ${messages.length} are read.`);
    for (const [, tag, quoted, template] of messages) {
      const strings = quoted === undefined ? `${template}`.split(/\$\{[^`{}]*\}/) : [quoted];
      ids.add(generateMsgId(strings.map(unescaped), tag === 'html'));
    }
  }

  return ids;
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');
