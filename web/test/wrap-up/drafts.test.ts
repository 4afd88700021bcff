// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, CallKey, Outcome, OutcomeList, WrapUp, WrapUpInput } from '../../src/api/types.js';
import { memory } from '../../src/base/memory.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { Drafts } from '../../src/wrap-up/drafts.js';
import { aPopUp, Pending, replacing, settle } from '../builders.js';

const attended: Outcome = { code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true };

let outcomes: Pending<OutcomeList>;
let calls: Pending<Call>;
let saves: Pending<WrapUp>;
let asked: string[];
let saved: WrapUpInput[];
let agentId: string;
let drafts: Drafts;

const theCall = (callId: string): Call => ({ ...aPopUp({ callId }), currency: 'CRC' });

/** Stores what an agent had typed about a call before a reload. */
const leave = (callId: string): void =>
  localStorage.setItem(`cmw.draft.ana|office|${callId}`, JSON.stringify({ text: { notes: 'Paga el viernes' } }));
const left = () => Object.keys(localStorage).map((key) => key.split('|')[2]);

beforeEach(() => {
  localStorage.clear();
  outcomes = new Pending();
  calls = new Pending();
  saves = new Pending();
  asked = [];
  saved = [];
  agentId = 'ana';
  const api = {
    outcomes: outcomes.ask,
    call: ({ callId }: CallKey) => {
      asked.push(callId);
      return calls.ask();
    },
    saveWrapUp: (_: CallKey, input: WrapUpInput) => {
      saved.push(input);
      return saves.ask();
    },
    now: () => Date.parse('2026-03-02T15:00:00Z'),
  } as unknown as ApiClient;
  drafts = new Drafts(
    api,
    new OutcomesStore(api),
    () => 'America/Costa_Rica',
    () => agentId,
  );
});

// The drafts save after a pause by the real clock, which would end in the next test.
afterEach(() => drafts.clear());

test('an agent’s unsaved drafts are resumed call by call', async () => {
  leave('1');
  leave('2');
  const resumed = drafts.resume();
  await outcomes.answer({ items: [attended] });
  await calls.answer(theCall('1'));
  await calls.answer(theCall('2'));
  await resumed;
  expect(asked).toEqual(['1', '2']);
});

test('an agent’s unsaved drafts are not resumed under the next agent', async () => {
  leave('1');
  leave('2');
  const resumed = drafts.resume();
  await outcomes.answer({ items: [attended] });
  expect(asked).toEqual(['1']);
  drafts.clear();
  agentId = 'luis';
  await calls.answer(theCall('1'));
  await resumed;
  expect(asked).toEqual(['1']);
  expect(saved).toEqual([]);
  expect(left()).toEqual(['1', '2']);
});

test('without the outcomes, unsaved drafts are left alone', async () => {
  leave('1');
  const resumed = drafts.resume();
  await outcomes.fail(new ApiError(0));
  await resumed;
  expect(asked).toEqual([]);
  expect(left()).toEqual(['1']);
});

test('if a call can’t be read now, its unsaved draft stays', async () => {
  leave('1');
  const resumed = drafts.resume();
  await outcomes.answer({ items: [attended] });
  await calls.fail(new ApiError(503));
  await resumed;
  expect(left()).toEqual(['1']);
});

test('what the server refuses of a draft stays where drafts are resumed once more', async () => {
  const resumed = drafts.resume();
  await outcomes.answer({ items: [attended] });
  await resumed;
  const draft = drafts.get(theCall('1'));
  void draft.load();
  await calls.answer(theCall('1'));
  draft.change({ notes: 'Paga el viernes' });
  void draft.flush();
  await saves.fail(new ApiError(400));
  expect(draft.state).toBe('refused');

  await drafts.resume();
  expect([draft.state, draft.text.notes]).toEqual(['refused', 'Paga el viernes']);
  expect(left()).toEqual(['1']);
});

test('calls with the same id in two accounts have separate drafts', () => {
  const north = drafts.get({ account: 'north', callId: '1' });
  north.change({ notes: 'del norte' });
  expect(drafts.get({ account: 'south', callId: '1' }).text.notes).toBe('');
  expect(drafts.get({ account: 'north', callId: '1' })).toBe(north);
});

test('an agent’s completed send is not reported to the next agent’s desk', async () => {
  const told: CallKey[] = [];
  drafts.onSent = (call) => told.push(call);
  void drafts.resume();
  await outcomes.answer({ items: [attended] });
  const draft = drafts.get({ account: 'office', callId: '1' });
  draft.change({ outcome: 'attended' });
  void draft.send();
  await calls.answer(theCall('1'));
  expect(saved).toHaveLength(1);
  drafts.clear();
  agentId = 'luis';
  const sent: WrapUp = {
    outcome: 'attended',
    draft: false,
    agentId: 'ana',
    updatedAt: '2026-03-02T15:00:00Z',
    etag: '1',
  };
  await saves.answer(sent);
  expect(told).toEqual([]);
  expect(left()).toEqual([]);
});

test('what another tab stores of a draft is read here, unless something typed here waits', async () => {
  const stored = (etag: string, notes: string): Call => ({
    ...theCall('1'),
    ...replacing({ draft: true, agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag, notes }),
  });
  const tell = (etag: string, hidden = false) => drafts.heard(JSON.stringify(['draft.ana|office|1', etag]), hidden);
  const draft = drafts.get(theCall('1'));
  void draft.load();
  await calls.answer(stored('1', 'Paga el viernes'));
  expect([draft.state, draft.text.notes]).toEqual(['kept', 'Paga el viernes']);

  tell('1');
  drafts.heard(null);
  drafts.heard(JSON.stringify(['draft.luis|office|1', '2']), false);
  expect(calls.count).toBe(0);
  tell('2', true);
  expect(calls.count).toBe(0);
  drafts.wake();
  await calls.answer(stored('2', 'Paga el lunes'));
  expect([draft.state, draft.text.notes]).toEqual(['kept', 'Paga el lunes']);

  draft.change({ notes: 'Paga el martes' });
  tell('3');
  expect(calls.count).toBe(0);
  expect(draft.text.notes).toBe('Paga el martes');
});

/** What another tab keeps on this machine, as the server can't hold it as it was typed. */
const keepInOtherTab = (text: object, etag: string): void =>
  localStorage.setItem('cmw.draft.ana|office|1', JSON.stringify({ text, etag }));

test('what another tab keeps on this machine is taken over, and not overwritten by what is typed next', async () => {
  const draft = drafts.get(theCall('1'));
  void draft.load();
  await calls.answer(theCall('1'));

  const written = { outcome: 'promise', notes: 'Paga el viernes', parts: ['promise'], promiseAmount: '25.000' };
  keepInOtherTab(written, '2');
  drafts.heard(JSON.stringify(['draft.ana|office|1', '2']), false);
  await calls.answer({
    ...theCall('1'),
    ...replacing({
      draft: true,
      agentId: 'ana',
      updatedAt: '2026-03-02T15:00:00Z',
      etag: '2',
      outcome: 'promise',
      notes: 'Paga el viernes',
      promise: { amount: 25000, currency: 'CRC' },
    }),
  });
  expect(draft.text).toMatchObject(written);
  expect([draft.state, draft.undecided]).toEqual(['kept', true]);

  draft.change({ outcome: 'attended' });
  void draft.flush();
  await settle();
  expect(saved).toMatchObject([{ outcome: 'attended', notes: 'Paga el viernes', promise: { amount: 25000 } }]);
});

test('what another tab is still writing is that tab’s: not shown as stored, not sent, and heard of later', async () => {
  const draft = drafts.get(theCall('1'));
  void draft.load();
  await calls.answer(theCall('1'));

  keepInOtherTab({ outcome: 'attended', notes: 'Llama el lu', parts: [] }, '2');
  drafts.heard(JSON.stringify(['draft.ana|office|1', '2']), false);
  const wrapUp = (etag: string, notes: string): WrapUp => ({
    draft: true,
    agentId: 'ana',
    updatedAt: '2026-03-02T15:00:00Z',
    etag,
    outcome: 'attended',
    notes,
  });
  await calls.answer({ ...theCall('1'), ...replacing(wrapUp('2', 'Llama')) });
  expect([draft.state, draft.text.notes]).toEqual(['kept', 'Llama']);
  void draft.flush();
  drafts.wake();
  await settle();
  expect(saved).toEqual([]);
  expect(left()).toEqual(['1']);

  localStorage.removeItem('cmw.draft.ana|office|1');
  drafts.heard(JSON.stringify(['draft.ana|office|1', '3']), false);
  await calls.answer({ ...theCall('1'), ...replacing(wrapUp('3', 'Llama el lunes')) });
  expect([draft.state, draft.text.notes]).toEqual(['kept', 'Llama el lunes']);
});

test('the correction that another tab is writing is not shown as sent here', async () => {
  const draft = drafts.get(theCall('1'));
  void draft.load();
  await calls.answer(theCall('1'));

  keepInOtherTab({ outcome: 'attended', notes: 'Paga el lunes' }, '2');
  drafts.heard(JSON.stringify(['draft.ana|office|1', '2']), false);
  const sent = { draft: false, agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag: '2' };
  await calls.answer({ ...theCall('1'), ...replacing({ ...sent, outcome: 'attended', notes: 'Paga el viernes' }) });
  expect([draft.state, draft.text.notes, draft.undecided]).toEqual(['sent', 'Paga el viernes', false]);
  expect(left()).toEqual(['1']);
});

test('the other tabs are told of a version that was stored, and nothing of it stays', async () => {
  const tell = vi.spyOn(memory, 'tell');
  const draft = drafts.get(theCall('1'));
  void draft.load();
  await calls.answer(theCall('1'));
  draft.change({ notes: 'Paga el viernes' });
  void draft.flush();
  await saves.answer({ draft: true, agentId: 'ana', updatedAt: '', etag: '7', notes: 'Paga el viernes' });

  expect(tell.mock.calls).toEqual([['draftStored', JSON.stringify(['draft.ana|office|1', '7'])]]);
  expect(localStorage.getItem('cmw.draftStored')).toBeNull();
});

test('unsaved drafts go on once the outcomes have come after a failure', async () => {
  leave('1');
  const resumed = drafts.resume();
  await outcomes.fail(new ApiError(0));
  await resumed;
  // The network is back.
  drafts.wake();
  await outcomes.answer({ items: [attended] });
  expect(asked).toEqual(['1']);
  drafts.wake();
  expect(asked).toEqual(['1']);
});

test('the next agent’s page goes on with nothing of the one before', async () => {
  leave('1');
  const resumed = drafts.resume();
  await outcomes.fail(new ApiError(0));
  await resumed;
  drafts.clear();
  drafts.wake();
  expect([asked, outcomes.count]).toEqual([[], 0]);
});

test('who looks at the page again sees what another machine has stored, unless something typed here waits', async () => {
  const [draft, typed] = [drafts.get(theCall('1')), drafts.get(theCall('2'))];
  void draft.load();
  await calls.answer(theCall('1'));
  void typed.load();
  await calls.answer(theCall('2'));
  typed.change({ notes: 'Paga el martes' });

  drafts.look([theCall('1'), theCall('2'), theCall('3')]);
  expect(asked).toEqual(['1', '2', '1']);
  await calls.answer({
    ...theCall('1'),
    ...replacing({ draft: true, agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag: '2', notes: 'Paga el lunes' }),
  });
  expect(draft.text.notes).toBe('Paga el lunes');
});
