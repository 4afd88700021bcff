import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Contact } from '../../src/api/types.js';
import { ContactSearch } from '../../src/contacts/contact-search.js';
import { Pending, settle } from '../builders.js';

let answers: Pending<readonly Contact[]>;
let asked: string[];
let timers: (() => void)[];
let search: ContactSearch;
const contact = (contactId: string): Contact => ({ contactId, name: contactId, numbers: [] });
const found = () => search.found.map((one) => one.contactId);

async function pause(): Promise<void> {
  for (const run of timers.splice(0)) run();
  await settle();
}

beforeEach(() => {
  answers = new Pending();
  asked = [];
  timers = [];
  search = new ContactSearch({
    api: {
      contacts: (by, text) => {
        asked.push(`${by} ${text}`);
        return answers.ask();
      },
    },
    setTimer: (run) => {
      timers.push(run);
      return run;
    },
    clearTimer: (timer) => {
      timers = timers.filter((other) => other !== timer);
    },
  });
});

test('typing without a pause makes one request', async () => {
  for (const text of ['ma', 'mar', 'marí', 'marí ']) search.type(text);
  await pause();
  expect(asked).toEqual(['query marí']);
});

test('a single letter makes no request', async () => {
  search.type('m');
  await pause();
  expect(asked).toEqual([]);
});

test('two letters make a request, and a text with a letter is no number', async () => {
  search.type('Lu');
  await pause();
  search.type('A8888-1234');
  await pause();
  expect(asked).toEqual(['query Lu', 'query A8888-1234']);
});

test('what was found belongs to the text that was asked for, and not to what is typed after it', async () => {
  search.type('mar');
  await pause();
  await answers.answer([contact('María')]);
  search.type('mar ');
  expect(search.current).toBe(true);
  search.type('marta');
  expect(search.current).toBe(false);
});

test('a late answer does not replace a newer one', async () => {
  search.type('mar');
  await pause();
  search.type('marta');
  await pause();
  const [older, newer] = [answers, answers];
  await older.answer([contact('María')]);
  expect(found()).toEqual([]);
  await newer.answer([contact('Marta')]);
  expect(found()).toEqual(['Marta']);
  expect(search.answered).toBe('marta');
});

test('an emptied search stays empty', async () => {
  search.type('mar');
  await pause();
  search.type('');
  await answers.answer([contact('María')]);
  expect(found()).toEqual([]);
});

test('digits are searched as a number and as a document, and each contact is shown once', async () => {
  search.type('8888-1234');
  await pause();
  expect(asked).toEqual(['phone 8888-1234', 'query 8888-1234']);
  await answers.answer([contact('a')]);
  await answers.answer([contact('a'), contact('b')]);
  expect(found()).toEqual(['a', 'b']);
});

test('a failed search shows its error until the next one', async () => {
  search.type('mar');
  await pause();
  await answers.fail(new ApiError(0));
  expect(search.error?.unreachable).toBe(true);
  search.type('mart');
  await pause();
  await answers.answer([]);
  expect(search.error).toBeUndefined();
  expect(search.answered).toBe('mart');
});

test('a late failure does not replace a newer answer', async () => {
  search.type('mar');
  await pause();
  search.type('marta');
  await pause();
  const [older, newer] = [answers, answers];
  await older.fail(new ApiError(503));
  expect(search.error).toBeUndefined();
  await newer.answer([contact('Marta')]);
  expect(found()).toEqual(['Marta']);
});

test('no more contacts are shown than there is room for', async () => {
  search.type('8888 1234');
  await pause();
  await answers.answer(['a', 'b', 'c', 'd', 'e', 'f'].map(contact));
  await answers.answer(['g', 'h', 'i', 'j'].map(contact));
  expect(found()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
});

test('contacts are found although colleagues can not be read', async () => {
  const searched: string[] = [];
  search = new ContactSearch({
    api: {
      contacts: async () => [contact('Marta')],
      colleagues: async (text) => {
        searched.push(text);
        throw new ApiError(500);
      },
    },
    withColleagues: () => true,
    setTimer: (run) => {
      timers.push(run);
      return run;
    },
  });
  search.type('mar');
  await pause();
  expect(searched).toEqual(['mar']);
  expect(found()).toEqual(['Marta']);
  expect(search.colleagues).toEqual([]);
  expect(search.error).toBeUndefined();
});
