import { readFileSync } from 'node:fs';
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
