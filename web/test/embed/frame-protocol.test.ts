import { expect, test } from 'vitest';
import { messageOf, originIn, readFromFrame, readToFrame } from '../../src/embed/frame-protocol.js';

const dial = { callmyway: 1, type: 'dial', id: 'a', payload: { number: '2222-3333' } };

test('a message of the protocol is read', () => {
  expect(readToFrame(dial)).toEqual(dial);
  expect(readToFrame(messageOf('set-presence', { paused: true, reason: 'lunch' }, 'b'))).toBeDefined();
  expect(readFromFrame(messageOf('event', { name: 'ready', detail: {} }, 'c'))).toBeDefined();
});

test.each([
  ['nothing', null],
  ['a text', 'dial'],
  ['a list', [dial]],
  ['another version', { ...dial, callmyway: 2 }],
  ['no id', { ...dial, id: undefined }],
  ['an endless id', { ...dial, id: 'a'.repeat(65) }],
  ['an unknown type', { ...dial, type: 'hang-up' }],
  ['a type of every object', { ...dial, type: 'constructor' }],
  ['no payload', { ...dial, payload: undefined }],
  ['a number that is no text', { ...dial, payload: { number: 22223333 } }],
  ['an endless number', { ...dial, payload: { number: '2'.repeat(5_000) } }],
  ['a message of the other side', { ...dial, type: 'done', payload: {} }],
])('%s is no message', (_, data) => {
  expect(readToFrame(data)).toBeUndefined();
});

test('an event that nobody knows is no message', () => {
  expect(readFromFrame(messageOf('event', { name: 'token-needed', detail: {} }, 'c'))).toBeUndefined();
  expect(readFromFrame(messageOf('event', { name: 'ready', detail: null }, 'c'))).toBeUndefined();
});

test('the address of a frame names the origin of the page around, and nothing else', () => {
  const said = (origin: string) => originIn(`?${new URLSearchParams({ origin })}`);

  expect(said('https://crm.example')).toBe('https://crm.example');
  expect(said('http://127.0.0.1:7080')).toBe('http://127.0.0.1:7080');
  for (const wrong of [
    '',
    '*',
    'null',
    'crm.example',
    'https://crm.example/',
    'https://CRM.example',
    'data:text/html,a',
  ])
    expect(said(wrong)).toBeUndefined();
});
