import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { FollowUp, Page } from '../../src/api/types.js';
import { dueOf, FollowUpsStore } from '../../src/follow-ups/follow-ups-store.js';
import { Pending } from '../builders.js';

const timeZone = 'America/Costa_Rica';
let pages: Pending<Page<FollowUp>>;
let closings: Pending<void>;
let store: FollowUpsStore;
const ids = () => store.open.map((item) => item.followUpId);
const followUp = (followUpId: string, changes: Partial<FollowUp> = {}): FollowUp => ({
  followUpId,
  callId: followUpId,
  account: 'office',
  number: { display: '8888-1234', kind: 'number' },
  dueAt: '2026-03-02T15:00:00Z',
  ...changes,
});

beforeEach(async () => {
  pages = new Pending();
  closings = new Pending();
  store = new FollowUpsStore({ followUps: pages.ask, closeFollowUp: closings.ask });
  const reading = store.read();
  await pages.answer({ items: [followUp('a', { contactId: 'c1' }), followUp('b')], next: 'more' });
  await reading;
});

test('a closed follow-up disappears at once, and stays away', async () => {
  const done = store.close(followUp('a'));
  expect(ids()).toEqual(['b']);
  await closings.answer();
  await done;
  expect(ids()).toEqual(['b']);
});

test.each([0, 403, 503])('what could not be closed (%s) comes back with the reason', async (status) => {
  const done = store.close(followUp('a'));
  await closings.fail(new ApiError(status));
  await done;
  expect(ids()).toEqual(['a', 'b']);
  expect(store.refusal(followUp('a'))?.status).toBe(status);
});

test('the error of a refused close disappears at the next try, and when the agent leaves', async () => {
  for (const item of ['a', 'b']) {
    const done = store.close(followUp(item));
    await closings.fail(new ApiError(503));
    await done;
  }

  void store.close(followUp('a'));
  expect(store.refusal(followUp('a'))).toBeUndefined();
  expect(store.refusal(followUp('b'))).toBeDefined();
  store.clear();
  expect(store.refusal(followUp('b'))).toBeUndefined();
});

test('a follow-up that is not there any more goes, and is named until the next one is closed', async () => {
  const done = store.close(followUp('a'));
  await closings.fail(new ApiError(404));
  await done;
  expect(ids()).toEqual(['b']);
  expect(store.refusal(followUp('a'))).toBeUndefined();
  expect(store.gone?.followUpId).toBe('a');
  void store.close(followUp('b'));
  expect(store.gone).toBeUndefined();
});

test('one that is not there any more is not named once the list has another of the same person', async () => {
  const done = store.close(followUp('a', { contactId: 'c1' }));
  await closings.fail(new ApiError(404));
  await done;
  for (const [contactId, named] of [
    ['c2', 'a'],
    ['c1', undefined],
  ] as const) {
    const reading = store.read();
    await pages.answer({ items: [followUp('b'), followUp('c', { contactId })] });
    await reading;
    expect(store.gone?.followUpId).toBe(named);
  }
});

test('later pages are added below', async () => {
  const more = store.readMore();
  await pages.answer({ items: [followUp('c')] });
  await more;
  expect(ids()).toEqual(['a', 'b', 'c']);
  expect(store.more).toBe(false);
});

test('an answer that comes after the agent left is not shown to the next one', async () => {
  const reading = store.read();
  store.clear();
  await pages.answer({ items: [followUp('c')] });
  await reading;
  expect(ids()).toEqual([]);
  expect(store.loaded).toBe(false);
});

test('a later page that comes after the agent left is dropped too', async () => {
  const more = store.readMore();
  store.clear();
  await pages.answer({ items: [followUp('c')], next: 'more' });
  await more;
  expect(ids()).toEqual([]);
  expect(store.more).toBe(false);
});

test('a failure that comes after the agent left is not shown to the next one', async () => {
  const reading = store.read();
  store.clear();
  await pages.fail(new ApiError(503));
  await reading;
  expect(store.error).toBeUndefined();
});

test('a later page of an older first page is dropped', async () => {
  const more = store.readMore();
  const again = store.read();
  await pages.answer({ items: [followUp('c')] });
  await pages.answer({ items: [followUp('a')], next: 'another' });
  await Promise.all([more, again]);
  expect(ids()).toEqual(['a']);
  expect(store.more).toBe(true);
});

test('a later page is requested once at a time', async () => {
  const more = store.readMore();
  void store.readMore();
  expect(pages.count).toBe(1);
  expect(store.loadingMore).toBe(true);
  await pages.answer({ items: [followUp('c')], next: 'another' });
  await more;
  expect(store.loadingMore).toBe(false);
  const another = store.readMore();
  await pages.fail(new ApiError(503));
  await another;
  expect([store.loadingMore, store.error?.status, store.more]).toEqual([false, 503, true]);
});

test('a later page that fails after the agent left is not shown to the next one', async () => {
  const more = store.readMore();
  store.clear();
  await pages.fail(new ApiError(503));
  await more;
  expect(store.error).toBeUndefined();
});

test('a contact’s card shows the contact’s follow-ups', () => {
  expect(store.forContact('c1').map((item) => item.followUpId)).toEqual(['a']);
  expect(store.forContact('kept', 'c1').map((item) => item.followUpId)).toEqual(['a']);
});

test('follow-ups are due by the account’s day', () => {
  const now = Date.parse('2026-03-03T03:00:00Z'); // 2 March, 21:00 there
  const due = (dueAt: string) => dueOf(followUp('a', { dueAt }), now, timeZone);
  expect(due('2026-03-03T02:59:00Z')).toBe('overdue');
  expect(due('2026-03-03T03:00:00Z')).toBe('overdue');
  expect(due('2026-03-03T05:59:00Z')).toBe('today');
  expect(due('2026-03-03T06:00:00Z')).toBe('later');
});
