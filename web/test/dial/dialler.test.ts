import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ClickInput, Dial, PopUp } from '../../src/api/types.js';
import { dialable } from '../../src/dial/dialable.js';
import { Dialler } from '../../src/dial/dialler.js';
import { aPopUp, Pending } from '../builders.js';

const aDial = (changes: Partial<Dial> = {}): Dial => ({
  dialId: 'd1',
  state: 'placed',
  number: { e164: '+50688881234', display: '8888-1234', kind: 'number' },
  endpointId: '1001',
  order: 'agentFirst',
  ...changes,
});

let asked: { click: ClickInput; key: string }[];
let answers: Pending<Dial>;
let looks: Pending<Dial>;
let minutes: Pending<void>;
let dialler: Dialler;
const jose = { number: '8888 1234', contactId: 'jose', who: 'José' };

beforeEach(() => {
  asked = [];
  answers = new Pending();
  looks = new Pending();
  minutes = new Pending();
  let keys = 0;
  dialler = new Dialler({
    api: {
      dial: (click, key) => {
        asked.push({ click, key });
        return answers.ask();
      },
      readDial: () => looks.ask(),
    },
    newKey: () => `key-${++keys}`,
    wait: async (ms) => (ms < 60_000 ? undefined : minutes.ask()),
    hidden: () => false,
  });
});

test('a hidden page does not ask for a click’s result', async () => {
  let hidden = true;
  const waited = new Pending<void>();
  dialler = new Dialler({
    api: { dial: answers.ask, readDial: looks.ask },
    newKey: () => 'key',
    wait: waited.ask,
    hidden: () => hidden,
  });
  void dialler.call(jose);
  await answers.answer(aDial());
  for (let second = 0; second < 200; second++) await waited.answer();
  expect(looks.count).toBe(0);
  hidden = false;
  await waited.answer();
  expect(looks.count).toBe(1);
  await looks.answer(aDial({ state: 'refused' }));
  expect(dialler.current?.dial?.state).toBe('refused');
});

test('a double click is one click', () => {
  void dialler.call(jose);
  void dialler.call(jose);

  expect(asked).toHaveLength(1);
});

test('each click has a key of its own', async () => {
  const first = dialler.call(jose);
  await answers.answer(aDial({ state: 'refused', message: 'No' }));
  await first;
  void dialler.retry();

  expect(asked.map((one) => one.key)).toEqual(['key-1', 'key-2']);
});

test.each([0, 500, 503])('where nobody knows whether it was taken (%s) it is the same click again', async (status) => {
  const first = dialler.call(jose);
  await answers.fail(new ApiError(status));
  await first;
  dialler.endpointId = 'another';
  void dialler.retry();

  expect(asked[1]).toEqual(asked[0]);
});

test('a forced click has a new key, as the server takes it for another click', async () => {
  const first = dialler.call(jose);
  await answers.fail(new ApiError(409));
  await first;
  void dialler.retry(true);

  expect(asked[1]?.key).not.toBe(asked[0]?.key);
});

test('an answer that comes after the agent left is not shown to the next one', async () => {
  const calling = dialler.call(jose);
  dialler.dismiss();
  await answers.answer(aDial());
  await calling;
  expect(dialler.current).toBeUndefined();

  const another = dialler.call(jose);
  dialler.dismiss();
  await answers.fail(new ApiError(0));
  await another;
  expect(dialler.current).toBeUndefined();
});

test.each(['connected', 'ended'] as const)('the notice to answer stays until the call is %s', async (state) => {
  const calling = dialler.call(jose);
  await answers.answer(aDial());
  expect(dialler.current?.dial?.state).toBe('placed');
  await looks.answer(aDial({ state: 'ringing', callId: 'c1' }));
  await calling;
  expect(dialler.current).toBeDefined();
  dialler.tell(aPopUp({ callId: 'c1', dialId: 'd1', state: 'ringing' }));
  expect(dialler.current).toBeDefined();
  dialler.tell(aPopUp({ callId: 'c1', dialId: 'd1', state }));

  expect(dialler.current).toBeUndefined();
});

test('where nobody tells that a call is answered, the notice goes after a minute', async () => {
  const calling = dialler.call(jose);
  await answers.answer(aDial());
  const ongoingFrom = '2026-03-02T15:01:00Z';
  dialler.tell(aPopUp({ callId: 'c1', dialId: 'd1', state: 'ringing', ongoingFrom }));
  expect(dialler.current).toBeDefined();
  await looks.answer(aDial());
  await calling;
  // Nothing is asked while it rings.
  expect(looks.count).toBe(0);
  await minutes.answer();

  expect(dialler.current).toBeUndefined();
});

test('the call’s pop-up may arrive before the next look', async () => {
  const calling = dialler.call(jose);
  await answers.answer(aDial());
  dialler.tell(aPopUp({ callId: 'other', dialId: 'd0', state: 'connected' }));
  expect(dialler.current).toBeDefined();
  dialler.tell(aPopUp({ callId: 'c1', dialId: 'd1', state: 'connected' }));
  expect(dialler.current).toBeUndefined();
  await looks.answer(aDial({ state: 'ringing', callId: 'c1' }));
  await calling;

  expect(dialler.current).toBeUndefined();
});

test('an agent who is in a call can leave it to the operator', async () => {
  const calling = dialler.call(jose);
  await answers.fail(new ApiError(409, { detail: 'Usted está en una llamada.' }));
  await calling;
  expect(dialler.current?.error?.status).toBe(409);
  void dialler.retry(true);

  expect(asked[1]?.click).toMatchObject({ number: '8888 1234', contactId: 'jose', force: true });
});

test('the click is sent with the chosen phone and order', () => {
  dialler.endpointId = '1004';
  dialler.contactFirst = true;
  void dialler.call(jose);

  expect(asked[0]?.click).toMatchObject({ endpointId: '1004', order: 'contactFirst' });
});

test('a dismissed click stays away', async () => {
  const calling = dialler.call(jose);
  await answers.answer(aDial({ state: 'unknown', message: '?' }));
  dialler.dismiss();
  await looks.answer(aDial({ state: 'unknown' }));
  await calling;

  expect(dialler.current).toBeUndefined();
});

test.each([
  ['8888-1234', true],
  ['+506 8888 1234', true],
  ['tel:88881234', true],
  ['(506) 8888.1234', true],
  ['911', false],
  ['José 8888 1234', false],
  ['1-0234-0567', false],
  ['123456789012345678', false],
  ['', false],
])('%s can be dialled: %s', (text, can) => {
  expect(dialable(text) !== undefined).toBe(can);
});

test('a pop-up without a click does not end a click that is still being sent', () => {
  void dialler.call(jose);
  dialler.tell(aPopUp());
  dialler.tell(aPopUp({ callId: 'other', state: 'connected' }));
  expect(dialler.current).toBeDefined();
});

test('a failed look does not end the waiting', async () => {
  const calling = dialler.call(jose);
  await answers.answer(aDial());
  await looks.fail(new ApiError(0));
  expect(dialler.current?.dial?.state).toBe('placed');
  expect(dialler.current?.error).toBeUndefined();
  await looks.answer(aDial({ state: 'answered', callId: 'c1' }));
  await calling;
  expect(dialler.current).toBeUndefined();
});

test('a click without a call disappears, unless its result is unknown', async () => {
  for (const state of ['placed', 'unknown'] as const) {
    const calling = dialler.call(jose);
    await answers.answer(aDial({ state }));
    for (let look = 0; look < 150; look++) await looks.answer(aDial({ state }));
    await calling;
    expect(dialler.current?.dial?.state).toBe(state === 'unknown' ? 'unknown' : undefined);
  }
});

test('a campaign’s card is called in the campaign’s order, whatever the agent has chosen', async () => {
  dialler.contactFirst = true;
  void dialler.call({ ...jose, campaignId: 'k1' });
  expect(asked[0]?.click).toMatchObject({ campaignId: 'k1', order: undefined });
  await answers.fail(new ApiError(0));
  // The same press again, of which the server may know.
  void dialler.retry();
  expect(asked[1]).toEqual(asked[0]);
});

test.each([
  ['the number', jose, aPopUp({ dialId: 'd1' })],
  ['the contact', { contactId: 'jose', who: 'José' }, aPopUp({ dialId: 'd1', contactId: 'jose' })],
  [
    'the colleague',
    { colleagueEndpointId: '1002', who: 'Luis' },
    aPopUp({ dialId: 'd1', direction: 'internal', contactId: undefined }),
  ],
])(
  'a press whose answer was lost goes on as one that was answered once its call comes, found by %s',
  async (_, click, call) => {
    let open: readonly PopUp[] = [
      aPopUp({ callId: 'in', contactId: 'jose' }),
      aPopUp({ callId: 'before', dialId: 'd0', contactId: 'jose', state: 'ended' }),
      aPopUp({ callId: 'other', dialId: 'd2', contactId: 'c2', number: { display: '2222-0000', kind: 'number' } }),
    ];
    dialler = new Dialler({
      api: { dial: answers.ask, readDial: looks.ask },
      wait: (ms) => (ms < 60_000 ? Promise.resolve() : minutes.ask()),
      hidden: () => false,
      open: () => open,
    });
    const calling = dialler.call(click);
    await answers.fail(new ApiError(0));
    await calling;
    void dialler.look();
    expect(looks.count).toBe(0);

    open = [...open, call];
    void dialler.look();
    void dialler.look();
    expect(looks.count).toBe(1);
    // Its next change looks again.
    await looks.fail(new ApiError(0));
    expect(dialler.current?.error?.uncertain).toBe(true);
    void dialler.look();
    await looks.answer(aDial({ state: 'ringing', callId: 'c1' }));
    expect(dialler.current?.dial?.state).toBe('ringing');
    dialler.tell(aPopUp({ callId: 'c1', dialId: 'd1', state: 'connected' }));
    expect(dialler.current).toBeUndefined();
  },
);

test('a press whose answer is lost after its call has come is looked for at once', async () => {
  let open: readonly PopUp[] = [];
  dialler = new Dialler({ api: { dial: answers.ask, readDial: looks.ask }, hidden: () => false, open: () => open });
  const calling = dialler.call(jose);
  open = [aPopUp({ dialId: 'd1', contactId: 'jose', state: 'connected' })];
  void dialler.look();
  expect(looks.count).toBe(0);
  await answers.fail(new ApiError(0));
  await looks.answer(aDial({ state: 'answered', callId: 'c1' }));
  await calling;
  expect(dialler.current).toBeUndefined();
});

test('a call that was on the screen at the press is not taken for the press whose answer was lost', async () => {
  let open: readonly PopUp[] = [aPopUp({ callId: 'before', dialId: 'd0', contactId: 'jose', state: 'connected' })];
  dialler = new Dialler({ api: { dial: answers.ask, readDial: looks.ask }, hidden: () => false, open: () => open });
  const calling = dialler.call(jose);
  await answers.fail(new ApiError(0));
  await calling;
  open = [aPopUp({ dialId: 'd1', contactId: 'jose' }), ...open];
  // The same press again: its first try may have led to the call that came since.
  const again = dialler.retry();
  await answers.fail(new ApiError(0));
  expect(looks.count).toBe(1);
  await looks.answer(aDial({ state: 'ringing', callId: 'c1' }));
  await again;
  expect(dialler.current?.dial?.dialId).toBe('d1');
});

test.each([
  ['a colleague', { colleagueEndpointId: '1002', who: 'Luis' }, { direction: 'out' as const, contactId: undefined }],
  ['a contact', { contactId: 'jose', who: 'José' }, { contactId: undefined }],
  ['nobody known', { who: 'José' }, { contactId: undefined }],
])('a call with another is not taken for a lost press for %s', async (_, click, changes) => {
  let open: readonly PopUp[] = [];
  dialler = new Dialler({ api: { dial: answers.ask, readDial: looks.ask }, hidden: () => false, open: () => open });
  const calling = dialler.call(click);
  open = [aPopUp({ dialId: 'd2', ...changes })];
  await answers.fail(new ApiError(0));
  await calling;
  expect(looks.count).toBe(0);
});

test('another agent’s call with the same person does not hide that of a lost press', async () => {
  let open: readonly PopUp[] = [];
  const read: string[] = [];
  const readDial = (dialId: string) => {
    read.push(dialId);
    return looks.ask();
  };
  dialler = new Dialler({ api: { dial: answers.ask, readDial }, hidden: () => false, open: () => open });
  const calling = dialler.call(jose);
  open = ['d2', 'd1'].map((dialId) => aPopUp({ callId: dialId, dialId, contactId: 'jose' }));
  await answers.fail(new ApiError(0));
  await looks.fail(new ApiError(404));
  await looks.answer(aDial({ state: 'ringing', callId: 'd1' }));
  await calling;
  expect(read).toEqual(['d2', 'd1']);
  expect(dialler.current?.dial?.dialId).toBe('d1');
});

test('a lost press whose call is answered while its dial is read does not ask to answer the phone', async () => {
  let open: readonly PopUp[] = [];
  dialler = new Dialler({ api: { dial: answers.ask, readDial: looks.ask }, hidden: () => false, open: () => open });
  const calling = dialler.call(jose);
  open = [aPopUp({ dialId: 'd1', contactId: 'jose' })];
  await answers.fail(new ApiError(0));
  const answered = aPopUp({ dialId: 'd1', contactId: 'jose', state: 'connected' });
  open = [answered];
  dialler.tell(answered);
  await looks.answer(aDial({ state: 'ringing', callId: 'c1' }));
  await calling;
  expect(dialler.current).toBeUndefined();
});
