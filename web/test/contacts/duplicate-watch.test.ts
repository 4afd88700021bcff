import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Contact, ContactPhone, Duplicate, Duplicates } from '../../src/api/types.js';
import { blank, textOf } from '../../src/contacts/contact-text.js';
import { DuplicateWatch, questionOf } from '../../src/contacts/duplicate-watch.js';
import { Pending, settle } from '../builders.js';

const maria: Contact = { contactId: 'c1', name: 'María', numbers: ['8888-1234'], document: '1-0400-0100' };
const found = (contactId: string): Duplicate => ({ contactId, name: contactId, numbers: [], by: ['name'] });

test('only what is long enough is asked', () => {
  expect(questionOf(blank, undefined)).toBeUndefined();
  expect(questionOf({ ...blank, name: 'Al', numbers: ['88-123'], document: '1-040' }, undefined)).toBeUndefined();
  expect(
    questionOf({ ...blank, name: ' Ana Mora ', numbers: ['8888-12', '', '22'], document: '1-0400-0' }, undefined),
  ).toEqual({ name: 'Ana Mora', phone: '8888-12', document: '1-0400-0' });
});

test('of a contact that is changed only what is new is asked, and the contact itself is left out', () => {
  expect(questionOf(textOf(maria), maria)).toBeUndefined();
  expect(questionOf({ ...textOf(maria), numbers: ['8888-1234', '2222-0001', '2222-0002'] }, maria)).toEqual({
    phone: '2222-0001 / 2222-0002',
    except: 'c1',
  });
});

test('no question is longer than the API takes', () => {
  const long = questionOf(
    { ...blank, name: 'x'.repeat(300), numbers: ['1'.repeat(40), '2'.repeat(40)], document: 'D'.repeat(90) },
    undefined,
  );
  expect([long?.name?.length, long?.phone?.length, long?.document?.length]).toEqual([200, 64, 64]);
});

test('it asks once the typing pauses, and shows the answer to the last question only', async () => {
  const answers = new Pending<Duplicates>();
  const timers: (() => void)[] = [];
  const watch = new DuplicateWatch({
    api: { duplicates: answers.ask },
    setTimer: (run) => timers.push(run) - 1,
    clearTimer: (timer) => delete timers[timer as number],
  });
  const pause = () => {
    for (const run of timers.splice(0)) run?.();
  };

  watch.look({ ...blank, name: 'Ana' }, undefined);
  watch.look({ ...blank, name: 'Ana M' }, undefined);
  pause();
  expect(answers.count).toBe(1);
  watch.look({ ...blank, name: 'Ana Mora' }, undefined);
  watch.look({ ...blank, name: 'Ana Mora' }, undefined);
  pause();
  expect(answers.count).toBe(2);
  await answers.answer({ items: [found('old')], phones: [] });
  expect(watch.found).toEqual([]);
  await answers.answer({ items: [found('new')], phones: [] });
  expect(watch.found).toEqual([found('new')]);

  watch.look({ ...blank, name: 'Ana Mora Díaz' }, undefined);
  pause();
  await answers.fail(new ApiError(503));
  expect(watch.found, 'a hint that can’t be read is none').toEqual([]);
  watch.look(blank, undefined);
  await settle();
  expect(watch.found).toEqual([]);
});

test('who was found is gone at once where nothing is left to ask', async () => {
  const answers = new Pending<Duplicates>();
  const watch = new DuplicateWatch({
    api: { duplicates: answers.ask },
    setTimer: (run) => run(),
    clearTimer: () => {},
  });
  watch.look({ ...blank, name: 'Ana Mora' }, undefined);
  await answers.answer({ items: [found('c2')], phones: [] });
  expect(watch.found).toEqual([found('c2')]);
  watch.look(blank, undefined);
  expect(watch.found).toEqual([]);
});

test.each<[readonly string[], readonly [string, ContactPhone['kind']][], readonly string[]]>([
  [['8888-777'], [['8888-777', 'invalid']], ['8888-777']],
  [['8888777'], [['8888777', 'extension']], ['8888777']],
  [['8888-7777'], [['8888-7777', 'number']], []],
  [
    ['8888-7777', '2222-333'],
    [
      ['8888-7777', 'number'],
      ['2222-333', 'invalid'],
    ],
    ['2222-333'],
  ],
  [['8888-777', '2222-333'], [['8888-777 / 2222-333', 'invalid']], ['8888-777', '2222-333']],
])('what can’t be dialled of %j is known', async (numbers, phones, unread) => {
  const answers = new Pending<Duplicates>();
  const watch = new DuplicateWatch({
    api: { duplicates: answers.ask },
    setTimer: (run) => run(),
    clearTimer: () => {},
  });
  watch.look({ ...blank, numbers }, undefined);
  await answers.answer({ items: [], phones: phones.map(([text, kind]) => ({ text, kind, display: text })) });
  expect(numbers.filter((number) => watch.isUnread(` ${number} `))).toEqual(unread);
});

test('what a contact has had so far is known without a question', () => {
  const watch = new DuplicateWatch({ api: { duplicates: async () => ({ items: [], phones: [] }) } });
  const phones: readonly ContactPhone[] = [{ text: '8888-12', display: '8888-12', kind: 'invalid' }];
  const contact = { ...maria, numbers: ['8888-12'], phones };
  watch.look(textOf(contact), contact);
  expect(watch.isUnread('8888-12')).toBe(true);
});
