import { expect, test } from 'vitest';
import { filledPage } from '../../src/api/filled-page.js';
import type { Page } from '../../src/api/types.js';

function pages(...all: readonly (readonly string[])[]) {
  const asked: (string | undefined)[] = [];
  const ask = async (next?: string): Promise<Page<string>> => {
    asked.push(next);
    const at = Number(next ?? 0);
    return { items: all[at] ?? [], next: at + 1 < all.length ? String(at + 1) : null };
  };
  return { ask, asked };
}

test('empty pages are passed over', async () => {
  const { ask, asked } = pages([], [], ['ana'], ['luis']);

  expect(await filledPage(ask)).toEqual({ items: ['ana'], next: '3' });
  expect(asked).toEqual([undefined, '1', '2']);
});

test('a further page is asked for from where it begins, and the end is an end', async () => {
  const { ask, asked } = pages(['ana'], [], []);

  expect(await filledPage(ask, { next: '1' })).toEqual({ items: [], next: null });
  expect(asked).toEqual(['1', '2']);
});

test('after six pages the rest waits for whoever wants more', async () => {
  const { ask, asked } = pages(...Array.from({ length: 9 }, () => []));

  expect(await filledPage(ask)).toEqual({ items: [], next: '6' });
  expect(asked).toHaveLength(6);
});

test('what nobody waits for any more is not read on', async () => {
  const { ask, asked } = pages([], [], ['ana']);

  expect(await filledPage(ask, { isWanted: () => false })).toEqual({ items: [], next: '1' });
  expect(asked).toHaveLength(1);
});
