import { readdirSync, readFileSync } from 'node:fs';
import { readConfigFileAndWriteSchema } from '@lit/localize-tools/lib/config.js';
import { RuntimeLitLocalizer } from '@lit/localize-tools/lib/modes/runtime.js';
import type { Config } from '@lit/localize-tools/lib/types/config.js';
import type { RuntimeOutputConfig } from '@lit/localize-tools/lib/types/modes.js';
import { expect, test } from 'vitest';
import { templates } from '../../src/i18n/generated/en.js';

type RuntimeConfig = Config & { output: RuntimeOutputConfig };

const localizer = new RuntimeLitLocalizer(readConfigFileAndWriteSchema('lit-localize.json') as RuntimeConfig);
const source = localizer.extractSourceMessages();
const names = source.messages.map((message) => message.name).sort();

test('every Spanish message has an English one', () => {
  expect(source.errors).toEqual([]);
  const english = [...localizer.readTranslationsSync().translations.values()].flat();
  const translated = english
    .filter((message) => message.contents.join('').trim() !== '')
    .map((message) => message.name);
  expect(translated.sort(), 'Run npm run messages, and translate what is new in src/i18n/xliff/en.xlf.').toEqual(names);
});

test('the translations keep the placeholders', () => {
  expect(localizer.validateTranslations().errors).toEqual([]);
});

test('the generated files are up to date', () => {
  expect(Object.keys(templates).sort(), 'Run npm run messages.').toEqual(names);
});

test('the interchange file has no obsolete messages', () => {
  const file = readFileSync('src/i18n/xliff/en.xlf', 'utf8');
  const listed = [...file.matchAll(/<trans-unit id="([^"]+)"/g)].map((match) => match[1]);
  expect(listed.sort()).toEqual(names);
});

/** What the guides quote besides the words of the console: outcomes, which are the office's own. */
const outcomes = ['No contestó', 'Contestadora', 'Pidió no ser llamado'];

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('what the Spanish guides quote is what the console says', () => {
  // What a guide writes for a placeholder is anything. It may leave out a full stop.
  const said = source.messages.map(({ contents }) => {
    const words = contents.map((part) => (typeof part === 'string' ? literal(part) : '.+')).join('');
    return new RegExp(`^${words}$`);
  });
  const isSaid = (quote: string) =>
    outcomes.includes(quote) || said.some((message) => message.test(quote) || message.test(`${quote}.`));
  const guides = readdirSync('../docs').filter((file) => /^(guia-.*|operacion|homologacion)\.md$/.test(file));

  const unsaid = guides.flatMap((guide) =>
    [
      ...readFileSync(`../docs/${guide}`, 'utf8')
        .replace(/\s+/g, ' ')
        .matchAll(/«([^»]*)»/g),
    ]
      .map(([, quote]) => quote ?? '')
      .filter((quote) => !isSaid(quote))
      .map((quote) => `${guide}: «${quote}»`),
  );

  expect(guides.length).toBeGreaterThan(4);
  expect(unsaid).toEqual([]);
});
