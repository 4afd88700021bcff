import { expect, test } from 'vitest';
import type { Contact } from '../../src/api/types.js';
import { CallTeller } from '../../src/embed/call-teller.js';
import type { EmbedCall } from '../../src/embed/embed-types.js';
import { Pending, settle } from '../builders.js';

const external = { source: 'crm', id: '77', link: 'https://crm.example/77' };
const contact: Contact = { contactId: 'c1', name: 'María Rojas', numbers: [], external };
const call: EmbedCall = {
  account: 'office',
  callId: '1001',
  direction: 'in',
  number: { display: '8888 1234', kind: 'number' },
  startedAt: '2026-03-02T15:00:00Z',
  contact: { contactId: 'c1', name: 'María Rojas' },
};

function teller() {
  const reading = new Pending<Contact>();
  const waiting = new Pending<undefined>();
  const told: [string, EmbedCall][] = [];
  let asked = 0;
  const one = new CallTeller(
    (_contactId) => {
      asked++;
      return reading.ask();
    },
    (name, detail) => told.push([name, detail as EmbedCall]),
    () => waiting.ask(),
    () => 0,
  );
  return { one, reading, waiting, told, asked: () => asked, names: () => told.map(([name]) => name) };
}

test('a call is told with the record of its contact, which is read once for all its steps', async () => {
  const { one, reading, told, asked } = teller();

  one.tell('call-started', call);
  one.tell('call-answered', call);
  await settle();
  expect(told).toEqual([]);
  await reading.answer(contact);

  expect(told.map(([name, { contact: whom }]) => [name, whom?.external])).toEqual([
    ['call-started', external],
    ['call-answered', external],
  ]);
  expect(asked()).toBe(1);
});

test('events keep their order, whatever must be read for them', async () => {
  const { one, reading, names, told } = teller();
  const ran: number[] = [];

  one.tell('call-started', call);
  one.tell('call-ended', { ...call, callId: '1002', contact: undefined } as EmbedCall);
  one.after(() => ran.push(told.length));
  await settle();
  expect([names(), ran]).toEqual([[], []]);
  await reading.answer(contact);

  expect([names(), ran]).toEqual([['call-started', 'call-ended'], [2]]);
});

test('the page hears of a call whose contact can’t be read', async () => {
  const { one, reading, told } = teller();

  one.tell('call-started', call);
  await reading.fail(new Error('no network'));

  expect(told).toEqual([['call-started', call]]);
});

test('and of one whose contact is not read so soon', async () => {
  const { one, waiting, told } = teller();

  one.tell('call-started', call);
  await waiting.answer(undefined);

  expect(told).toEqual([['call-started', call]]);
});
