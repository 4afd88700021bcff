// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Contact, Duplicate } from '../../src/api/types.js';
import type { ContactMerging } from '../../src/contact-page/contact-merging.js';
import '../../src/contact-page/contact-merging.js';
import { drawn, mount, textOf } from '../dom.js';

const jose: Contact = { contactId: 'c1', name: 'José', numbers: [], document: '1-0400-0100', etag: '1' };
let asked: unknown[];
let listed: readonly Duplicate[];
let part: ContactMerging;

async function open(merges: boolean): Promise<void> {
  part = await mount<ContactMerging>('cmw-contact-merging', {
    contact: jose,
    merges,
    timeZone: 'America/Costa_Rica',
    client: { contacts: async () => [] },
    api: {
      duplicates: async (question: unknown) => {
        asked.push(question);
        return listed;
      },
      merges: async () => {
        if (!merges) throw new ApiError(403);
        return [];
      },
    } as unknown as ContactMerging['api'],
  });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) await drawn(part);
}

beforeEach(() => {
  asked = [];
  listed = [{ contactId: 'c2', name: 'Jose R.', numbers: [], by: ['name'] }];
});

afterEach(() => part.remove());

test('who may not merge sees who is alike, and asks for no merges', async () => {
  await open(false);
  expect(textOf(part)).toContain('Jose R.');
  expect(part.renderRoot.querySelector('[role=alert]')).toBeNull();
  expect(part.renderRoot.querySelector('button')).toBeNull();
});

test('a contact is not asked for as one that is like itself', async () => {
  await open(true);
  expect(asked).toEqual([{ name: 'José', document: '1-0400-0100', except: 'c1' }]);
});

test('who is alike is read again once the contact is changed, and not shown of the contact before', async () => {
  await open(true);
  listed = [];
  part.contact = { ...jose, name: 'Rosa', etag: '2' };
  await turn();
  expect(asked.at(-1)).toMatchObject({ name: 'Rosa' });
  expect(textOf(part)).not.toContain('Jose R.');
});
