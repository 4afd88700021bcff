import { msg, str } from '@lit/localize';

/** An entry of a list, as far as a person tells it from another. */
export interface Entry {
  readonly key: string;
  readonly name: string;
  /** All that it says. */
  readonly content: unknown;
}

/** What somebody has changed of a list, a sentence each. */
export function differences(before: readonly Entry[], after: readonly Entry[]): readonly string[] {
  const [old, now] = [new Map(before.map(keyed)), new Map(after.map(keyed))];
  const kept = after.filter(({ key }) => old.has(key)).map(({ key }) => key);
  const keptBefore = before.filter(({ key }) => now.has(key)).map(({ key }) => key);
  return [
    ...after.filter(({ key }) => !old.has(key)).map(({ name }) => msg(str`Agregó «${name}».`)),
    ...before.filter(({ key }) => !now.has(key)).map(({ name }) => msg(str`Quitó «${name}».`)),
    ...after.flatMap((entry) => {
      const was = old.get(entry.key);
      if (!was || JSON.stringify(was.content) === JSON.stringify(entry.content)) return [];
      return was.name === entry.name
        ? msg(str`Cambió «${entry.name}».`)
        : msg(str`Cambió «${was.name}», que ahora es «${entry.name}».`);
    }),
    ...(kept.join('\n') === keptBefore.join('\n') ? [] : [msg('Cambió el orden.')]),
  ];
}

const keyed = (entry: Entry): [string, Entry] => [entry.key, entry];
