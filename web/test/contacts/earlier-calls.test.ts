// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, Page, TiedCalls } from '../../src/api/types.js';
import type { EarlierCalls } from '../../src/contacts/earlier-calls.js';
import '../../src/contacts/earlier-calls.js';
import { aPopUp, Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let found: Pending<Page<Call>>;
let ties: Pending<TiedCalls>;
let asked: (string | undefined)[];
let told: number;
let offer: EarlierCalls;

const calls = (count: number): readonly Call[] =>
  Array.from({ length: count }, (_, i) => aPopUp({ callId: `${i}`, state: 'ended' }));

beforeEach(async () => {
  found = new Pending();
  ties = new Pending();
  asked = [];
  told = 0;
  offer = await mount<EarlierCalls>('cmw-earlier-calls', {
    api: {
      earlierCalls: found.ask,
      tieEarlierCalls: (_contactId, _number, next) => {
        asked.push(next);
        return ties.ask();
      },
    },
    contactId: 'c1',
    number: '+50688881234',
  });
  offer.addEventListener('tied', () => told++);
});

afterEach(() => offer.remove());

test('with one press all pages are tied, and the file is told once', async () => {
  await found.answer({ items: calls(3) });
  await drawn(offer);
  const press = button(offer, 'Asociar también 3 llamadas anteriores de este número');
  press.click();
  press.click();
  await ties.answer({ tied: 2, next: 'more' });
  await ties.answer({ tied: 1, next: null });
  await drawn(offer);

  expect(asked).toEqual([undefined, 'more']);
  expect(textOf(offer)).toBe('Se asociaron 3 llamadas anteriores.');
  expect(offer.shadowRoot?.activeElement?.getAttribute('role')).toBe('status');
  expect(told).toBe(1);
});

test('where there are none, or they can’t be read, nothing is offered', async () => {
  await found.answer({ items: [] });
  await drawn(offer);
  expect(textOf(offer)).toBe('');

  offer.contactId = 'c2';
  await drawn(offer);
  await found.fail(new ApiError(503));
  await drawn(offer);
  expect(textOf(offer)).toBe('');
});

test('what a slow answer says of another contact is not offered', async () => {
  offer.contactId = 'c2';
  await drawn(offer);
  await found.answer({ items: calls(5) });
  await drawn(offer);
  expect(textOf(offer)).toBe('');
  await found.answer({ items: calls(1) });
  await drawn(offer);
  expect(textOf(offer)).toBe('Asociar también 1 llamada anterior de este número');
});

test('more than a page is said to be more, and a refusal leaves the button', async () => {
  await found.answer({ items: calls(50), next: 'more' });
  await drawn(offer);
  expect(textOf(offer)).toContain('son más de 50');
  button(offer, 'Asociar').click();
  await ties.fail(new ApiError(503, { detail: 'El almacén no responde.' }));
  await drawn(offer);

  expect(textOf(offer)).toContain('El almacén no responde.');
  button(offer, 'Asociar').click();
  await ties.answer({ tied: 60, next: null });
  await drawn(offer);
  expect(textOf(offer)).toBe('Se asociaron 60 llamadas anteriores.');
});

test('how many calls of one contact were tied is not said of the next one', async () => {
  await found.answer({ items: calls(3) });
  await drawn(offer);
  button(offer, 'Asociar también 3').click();
  offer.contactId = 'c2';
  await drawn(offer);
  await found.answer({ items: calls(1) });
  await ties.answer({ tied: 3, next: null });
  await drawn(offer);
  expect(textOf(offer)).toBe('Asociar también 1 llamada anterior de este número');
});

test('the calls of the next contact are offered where those of one before were tied', async () => {
  await found.answer({ items: calls(3) });
  await drawn(offer);
  button(offer, 'Asociar también 3').click();
  await ties.answer({ tied: 3, next: null });
  await drawn(offer);
  expect(textOf(offer)).toBe('Se asociaron 3 llamadas anteriores.');
  offer.contactId = 'c2';
  await drawn(offer);
  await found.answer({ items: calls(1) });
  await drawn(offer);
  expect(textOf(offer)).toBe('Asociar también 1 llamada anterior de este número');
});
