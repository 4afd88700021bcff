import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { PopUp } from '../../src/api/types.js';
import { inPlace, PopUpStore } from '../../src/pop-ups/pop-up-store.js';
import { aPopUp, Pending } from '../builders.js';

let lists: Pending<readonly PopUp[]>;
let acknowledgements: Pending<void>;
let choices: Pending<PopUp>;
let dismissals: Pending<PopUp>;
let store: PopUpStore;
const open = () => store.open.map((popUp) => `${popUp.callId} ${popUp.state}`);

beforeEach(() => {
  lists = new Pending();
  acknowledgements = new Pending();
  choices = new Pending();
  dismissals = new Pending();
  store = new PopUpStore({
    popUps: lists.ask,
    acknowledge: acknowledgements.ask,
    chooseContact: choices.ask,
    dismissCall: dismissals.ask,
    dismissCalls: async (calls) => calls,
    ignoreCall: choices.ask,
  });
});

test('the newest call is on top', () => {
  store.show(aPopUp({ callId: '1', startedAt: '2026-03-02T15:00:00Z' }));
  store.show(aPopUp({ callId: '2', startedAt: '2026-03-02T15:00:00.5+00:00' }));
  expect(open()).toEqual(['2 ringing', '1 ringing']);
});

test('a call only moves forward, in whatever order its messages come', () => {
  store.show(aPopUp({ state: 'ended' }));
  store.show(aPopUp({ state: 'ringing' }));
  store.show(aPopUp({ state: 'connected' }));
  expect(open()).toEqual(['1001 ended']);
});

test('a call that rings again after it had ended goes on, and an older message takes nothing back', () => {
  store.show(aPopUp({ state: 'ringing', revision: 1 }));
  store.show(aPopUp({ state: 'ended', revision: 2 }));
  store.show(aPopUp({ state: 'ringing', revision: 3 }));
  expect(open()).toEqual(['1001 ringing']);
  store.show(aPopUp({ state: 'connected', revision: 4 }));
  store.show(aPopUp({ state: 'ended', revision: 2 }));
  expect(open()).toEqual(['1001 connected']);
});

test('what a reading says of a call that rings again is shown', async () => {
  store.show(aPopUp({ state: 'ended', revision: 2 }));
  const reading = store.read();
  await lists.answer([aPopUp({ state: 'ringing', revision: 3 })]);
  await reading;
  expect(open()).toEqual(['1001 ringing']);
});

test('a later message about the same state counts', () => {
  store.show(aPopUp({ contactId: undefined }));
  store.show(aPopUp({ contactId: 'c1' }));
  expect(store.open[0]?.contactId).toBe('c1');
});

test('the same call id of another account is another call', () => {
  store.show(aPopUp({ account: 'north' }));
  store.show(aPopUp({ account: 'south' }));
  expect(store.open).toHaveLength(2);
});

test('an ended call stays until it is acknowledged', () => {
  store.show(aPopUp());
  store.show(aPopUp({ state: 'ended' }));
  expect(open()).toEqual(['1001 ended']);
  store.close(aPopUp());
  expect(open()).toEqual([]);
});

test('a late message does not bring back what was closed', () => {
  store.show(aPopUp());
  store.close(aPopUp());
  store.show(aPopUp({ state: 'ended' }));
  expect(open()).toEqual([]);
});

test('a call that a colleague took and that is handed over comes again, and is told as new', () => {
  const arrived: string[] = [];
  store.onArrival = (popUp) => arrived.push(popUp.state);
  store.show(aPopUp({ revision: 1 }));
  store.close(aPopUp({ revision: 2 }));
  store.show(aPopUp({ revision: 1 }));
  expect(open()).toEqual([]);

  store.show(aPopUp({ revision: 3 }));
  expect(open()).toEqual(['1001 ringing']);
  expect(arrived).toEqual(['ringing', 'ringing']);
});

test('what the agent put away stays away, whatever is told of that ring', async () => {
  store.show(aPopUp({ revision: 1 }));
  store.dismiss(aPopUp());
  store.show(aPopUp({ revision: 2 }));
  expect(open()).toEqual([]);
  store.show(aPopUp({ revision: 1 }), true);
  expect(open()).toEqual([]);
});

test('a call that rings again after the agent was done with it comes again, and is told as new', async () => {
  const arrived: (number | undefined)[] = [];
  store.onArrival = (popUp) => arrived.push(popUp.revision);
  store.show(aPopUp({ revision: 1 }), true);
  store.dismiss(aPopUp());
  store.show(aPopUp({ revision: 4 }), true);
  expect(open()).toEqual(['1001 ringing']);

  const done = store.acknowledge(aPopUp({ revision: 4 }));
  await acknowledgements.answer();
  await done;
  store.close(aPopUp({ revision: 5 }));
  expect(open()).toEqual([]);
  store.show(aPopUp({ revision: 6 }), true);
  // The message of the closing comes late.
  store.close(aPopUp({ revision: 5 }));
  expect(open()).toEqual(['1001 ringing']);
  expect(arrived).toEqual([1, 4, 6]);
});

test('a call that rings again while it is put away stays', async () => {
  const arrived: (number | undefined)[] = [];
  store.onArrival = (popUp) => arrived.push(popUp.revision);
  store.show(aPopUp({ revision: 1 }), true);
  const done = store.acknowledge(aPopUp({ revision: 1 }));
  store.show(aPopUp({ revision: 3 }), true);
  await acknowledgements.answer();
  await done;
  expect(open()).toEqual(['1001 ringing']);
  expect(arrived).toEqual([1, 3]);
});

test('a call that rings again and is found by a reading alone is told as new', async () => {
  const arrived: (number | undefined)[] = [];
  store.onArrival = (popUp) => arrived.push(popUp.revision);
  const read = async (revision: number) => {
    const reading = store.read();
    await lists.answer([aPopUp({ revision })]);
    await reading;
  };
  await read(1);
  store.close(aPopUp({ revision: 2 }));
  await read(3);
  expect(open()).toEqual(['1001 ringing']);
  expect(arrived).toEqual([3]);
});

test('several cards are put away at once, and come back if the server refuses', async () => {
  const several = ['a', 'b', 'c'].map((callId) => aPopUp({ callId, state: 'ended' }));
  const answers = new Pending<readonly PopUp[]>();
  const takenOff: string[] = [];
  store = new PopUpStore({
    popUps: lists.ask,
    acknowledge: acknowledgements.ask,
    chooseContact: choices.ask,
    dismissCall: dismissals.ask,
    dismissCalls: answers.ask,
    ignoreCall: choices.ask,
  });
  store.onTakenOff = (call) => takenOff.push(call.callId);
  for (const popUp of several) store.show(popUp);

  const refused = store.takeOffAll(several);
  expect(open()).toEqual([]);
  await answers.fail(new ApiError(503));
  expect((await refused)?.status).toBe(503);
  expect(open()).toEqual(['a ended', 'b ended', 'c ended']);
  // One of them was put away before the storage failed: the reading that follows says so.
  await lists.answer(several.slice(1));
  expect(open()).toEqual(['b ended', 'c ended']);

  const again = store.takeOffAll(several.slice(1));
  // The call that is left out of the answer may be gone: the reading that follows says so.
  await answers.answer(several.slice(2));
  expect(await again).toBeUndefined();
  expect(open()).toEqual(['b ended']);
  await lists.answer([]);
  expect(open()).toEqual([]);
  expect(takenOff).toEqual(['c']);
});

test('a card that is being written in, and is closed, rings again', async () => {
  const arrived: (number | undefined)[] = [];
  store = new PopUpStore(
    {
      popUps: lists.ask,
      acknowledge: acknowledgements.ask,
      chooseContact: choices.ask,
      dismissCall: dismissals.ask,
      dismissCalls: async (calls) => calls,
      ignoreCall: choices.ask,
    },
    () => true,
  );
  store.onArrival = (popUp) => arrived.push(popUp.revision);
  store.show(aPopUp({ revision: 1 }), true);
  store.close(aPopUp({ revision: 2 }));
  store.dismiss(aPopUp());
  // The server has told of the closing: what comes after it opens the card.
  store.show(aPopUp({ revision: 3 }));
  expect(open()).toEqual(['1001 ringing']);
  expect(arrived).toEqual([1, 3]);
});

test('a call that had ended and rings again is told as new', () => {
  const arrived: string[] = [];
  store.onArrival = (popUp) => arrived.push(popUp.state);
  store.show(aPopUp({ revision: 1 }));
  store.show(aPopUp({ state: 'ended', revision: 2 }));
  store.show(aPopUp({ revision: 3 }));
  expect(arrived).toEqual(['ringing', 'ringing']);
});

test('a closing that comes before its call keeps it closed', () => {
  store.close(aPopUp());
  store.show(aPopUp());
  expect(open()).toEqual([]);
});

test('a reading adds what was missed and takes away what is gone', async () => {
  store.show(aPopUp({ callId: 'gone' }));
  const reading = store.read();
  await lists.answer([aPopUp({ callId: 'missed' })]);
  await reading;
  expect(open()).toEqual(['missed ringing']);
  expect(store.loaded).toBe(true);
});

test('a reading yields to what came after it was asked', async () => {
  store.show(aPopUp({ callId: 'closed meanwhile' }));
  const reading = store.read();
  store.show(aPopUp({ callId: 'came meanwhile' }));
  store.show(aPopUp({ callId: 'went on meanwhile', state: 'connected' }));
  store.close(aPopUp({ callId: 'closed meanwhile' }));
  await lists.answer([
    aPopUp({ callId: 'closed meanwhile' }),
    aPopUp({ callId: 'went on meanwhile', state: 'ringing' }),
  ]);
  await reading;
  expect(open().sort()).toEqual(['came meanwhile ringing', 'went on meanwhile connected']);
});

test('what a later reading still lists is open again', async () => {
  store.close(aPopUp());
  const reading = store.read();
  await lists.answer([aPopUp()]);
  await reading;
  expect(open()).toEqual(['1001 ringing']);
});

test('of two readings under way the later one counts', async () => {
  const first = store.read();
  const second = store.read();
  await lists.answer([aPopUp({ callId: 'old' })]);
  await lists.answer([aPopUp({ callId: 'new' })]);
  await Promise.all([first, second]);
  expect(open()).toEqual(['new ringing']);
});

test('a reading that fails keeps the cards and says why', async () => {
  store.show(aPopUp());
  const reading = store.read();
  await lists.fail(new ApiError(0));
  await reading;
  expect(open()).toEqual(['1001 ringing']);
  expect(store.error?.unreachable).toBe(true);
});

test('acknowledging takes the card away at once', async () => {
  store.show(aPopUp());
  const done = store.acknowledge(aPopUp());
  expect(open()).toEqual([]);
  await acknowledgements.answer();
  await done;
  store.show(aPopUp({ state: 'ended' }));
  expect(open()).toEqual([]);
});

test('an acknowledgement that is refused brings the card back with the reason', async () => {
  store.show(aPopUp());
  const done = store.acknowledge(aPopUp());
  await acknowledgements.fail(new ApiError(503));
  await done;
  expect(open()).toEqual(['1001 ringing']);
  expect(store.refusal(aPopUp())?.status).toBe(503);
});

test('what another screen has put away already is away', async () => {
  store.show(aPopUp());
  const done = store.acknowledge(aPopUp());
  await acknowledgements.fail(new ApiError(404));
  await done;
  expect(open()).toEqual([]);
});

test('one acknowledgement clears the card on another tab', async () => {
  const otherTab = new PopUpStore({
    popUps: lists.ask,
    acknowledge: acknowledgements.ask,
    chooseContact: choices.ask,
    dismissCall: dismissals.ask,
    dismissCalls: async (calls) => calls,
    ignoreCall: choices.ask,
  });
  for (const tab of [store, otherTab]) tab.show(aPopUp());
  const done = store.acknowledge(aPopUp());
  await acknowledgements.answer();
  await done;
  // The server tells all of the agent's screens, also the one that asked.
  for (const tab of [store, otherTab]) tab.close(aPopUp());
  expect([...store.open, ...otherTab.open]).toEqual([]);
});

test('another agent sees nothing of the one before', async () => {
  store.show(aPopUp());
  const reading = store.read();
  store.clear();
  await lists.answer([aPopUp()]);
  await reading;
  expect(open()).toEqual([]);
  expect(store.loaded).toBe(false);
});

test('the end of the session is no error of the list', async () => {
  store.show(aPopUp());
  const reading = store.read();
  await lists.fail(new ApiError(401));
  await reading;
  expect(open()).toEqual(['1001 ringing']);
  expect(store.error).toBeUndefined();
});

test('a choice ties the call, and undoes nothing of what came meanwhile', async () => {
  store.show(aPopUp({ contactId: undefined, match: 'many' }));
  const chosen = store.choose(aPopUp(), 'c2');
  store.show(aPopUp({ contactId: undefined, match: 'many', state: 'connected' }));
  await choices.answer(aPopUp({ contactId: 'c2', match: 'many' }));
  await chosen;
  expect(store.open[0]).toMatchObject({ state: 'connected', contactId: 'c2' });
});

test('a choice that is refused says why on its card', async () => {
  store.show(aPopUp({ contactId: undefined, match: 'many' }));
  const chosen = store.choose(aPopUp(), 'c2');
  await choices.fail(new ApiError(400));
  await chosen;
  expect(store.open[0]?.contactId).toBeUndefined();
  expect(store.refusal(aPopUp())?.status).toBe(400);
});

test('a card that is being written in is not taken away by another tab', async () => {
  let writing = true;
  store = new PopUpStore(
    {
      popUps: lists.ask,
      acknowledge: acknowledgements.ask,
      chooseContact: choices.ask,
      dismissCall: dismissals.ask,
      dismissCalls: async (calls) => calls,
      ignoreCall: choices.ask,
    },
    () => writing,
  );
  store.show(aPopUp({ state: 'ended' }));
  store.close(aPopUp());
  const reading = store.read();
  await lists.answer([]);
  await reading;
  expect(open()).toEqual(['1001 ended']);
  writing = false;
  store.dismiss(aPopUp());
  expect(open()).toEqual([]);
});

test('a call that is opened from a list stays until it is put away', async () => {
  store.close(aPopUp());
  store.reopen(aPopUp({ state: 'ended' }));
  const reading = store.read();
  await lists.answer([]);
  await reading;
  expect(open()).toEqual(['1001 ended']);
  await store.acknowledge(aPopUp());
  expect(open()).toEqual([]);
  expect(acknowledgements.count).toBe(0);
});

test('a call that is opened from a list goes on with the list', () => {
  store.reopen(aPopUp({ state: 'ringing' }));
  expect(store.isTold(aPopUp())).toBe(false);
  store.follow([aPopUp({ state: 'ended' })]);
  expect(open()).toEqual(['1001 ended']);
});

test('a call that is opened from a list rings again with the list', () => {
  store.reopen(aPopUp({ state: 'ended', revision: 2 }));
  store.follow([aPopUp({ state: 'ringing', revision: 3 })]);
  store.follow([aPopUp({ state: 'ended', revision: 2 })]);
  expect(open()).toEqual(['1001 ringing']);
});

test('a card that stays while it is written on is over where it was closed so, whatever a list tells later', () => {
  const rings = aPopUp({ revision: 1 });
  const written = new PopUpStore(
    {
      popUps: lists.ask,
      acknowledge: acknowledgements.ask,
      chooseContact: choices.ask,
      dismissCall: dismissals.ask,
      dismissCalls: async (calls) => calls,
      ignoreCall: choices.ask,
    },
    () => true,
  );
  written.show(rings);
  // Closed on another screen while it rings on: nothing is over.
  written.close({ ...rings, revision: 2 });
  expect(written.open[0]?.state).toBe('ringing');
  written.close({ ...rings, state: 'ended', missed: false, revision: 3 });
  expect(written.open[0]?.state).toBe('ended');
  written.follow([{ ...rings, state: 'connected', connectedAt: '2026-03-02T15:00:09Z', revision: 4 }]);
  written.follow([{ ...rings, state: 'connected', connectedAt: '2026-03-02T15:00:09Z', revision: 5 }]);
  expect(written.open[0]).toMatchObject({ state: 'ended', connectedAt: undefined, revision: 5 });
  // It has come to the agent again.
  written.show({ ...rings, revision: 6 }, true);
  expect(written.open[0]?.state).toBe('ringing');
});

test('a call can go on without a contact', async () => {
  store.show(aPopUp({ contactId: undefined, match: 'none', candidates: [] }));
  const ignored = store.ignore(aPopUp());
  await choices.answer(aPopUp({ contactId: undefined, candidates: [], ignored: true }));
  await ignored;
  expect(store.open[0]?.ignored).toBe(true);
});

test('why a new contact is refused is for its fields to say', async () => {
  store.show(aPopUp());
  const created = store.create(aPopUp(), { name: '', numbers: [] });
  const refusal = expect(created).rejects.toThrow();
  await choices.fail(new ApiError(400));
  await refusal;
  expect(store.refusal(aPopUp())).toBeUndefined();
});

test('a call arrives once, by whatever way it is found; those of the first reading were there before', async () => {
  const arrived: string[] = [];
  store.onArrival = (popUp) => arrived.push(popUp.callId);
  const read = async (...callIds: string[]) => {
    const reading = store.read();
    await lists.answer(callIds.map((callId) => aPopUp({ callId })));
    await reading;
  };
  await read('before');
  store.show(aPopUp({ callId: 'told' }));
  store.show(aPopUp({ callId: 'told', state: 'connected' }));
  await read('before', 'told', 'found');
  store.close(aPopUp({ callId: 'found' }));
  await read('before', 'told', 'found');

  expect(arrived).toEqual(['told', 'found']);
});

test('a new card comes on top, but below the one that the agent is at', () => {
  expect(inPlace(['a', 'b'], ['c', 'a', 'b'], undefined)).toEqual(['c', 'a', 'b']);
  expect(inPlace(['a', 'b'], ['c', 'a', 'b'], 'a')).toEqual(['a', 'c', 'b']);
  expect(inPlace(['a', 'b', 'c'], ['a', 'c'], 'b')).toEqual(['a', 'c']);
});

test('what the agent before had put away is told to the next one', async () => {
  store.close(aPopUp());
  store.clear();
  store.show(aPopUp());
  expect(open()).toEqual(['1001 ringing']);
});

test('nothing of why a card was refused or who took a call stays for the next agent', async () => {
  store.show(aPopUp());
  store.show(aPopUp({ callId: 'taken' }));
  const done = store.acknowledge(aPopUp());
  await acknowledgements.fail(new ApiError(503));
  await done;
  store.close({ ...aPopUp({ callId: 'taken' }), answeredBy: { agentId: 'luis', name: 'Luis' } });
  expect(store.taken?.answeredBy?.name).toBe('Luis');
  store.clear();
  expect(store.taken).toBeUndefined();
  expect(store.refusal(aPopUp())).toBeUndefined();
});

test('a card that is being written in is not taken away by a reading either', async () => {
  let writing = true;
  store = new PopUpStore(
    {
      popUps: lists.ask,
      acknowledge: acknowledgements.ask,
      chooseContact: choices.ask,
      dismissCall: dismissals.ask,
      dismissCalls: async (calls) => calls,
      ignoreCall: choices.ask,
    },
    () => writing,
  );
  store.show(aPopUp({ state: 'ended' }));
  const reading = store.read();
  await lists.answer([]);
  await reading;
  writing = false;
  expect(open()).toEqual(['1001 ended']);
});

test('of one state what was asked first is older than what was told meanwhile', async () => {
  const reading = store.read();
  store.show(aPopUp({ contactId: 'c2' }));
  await lists.answer([aPopUp({ contactId: 'c1' })]);
  await reading;
  expect(store.open[0]?.contactId).toBe('c2');
});

test('a list does not change the card of a call that messages come of', () => {
  store.show(aPopUp({ state: 'ringing' }));
  store.follow([aPopUp({ state: 'ended' })]);
  expect(open()).toEqual(['1001 ringing']);
});

test('a list that says the same of a call is no change', () => {
  store.reopen(aPopUp({ state: 'ended', contactId: 'c1' }));
  store.follow([aPopUp({ state: 'ended', contactId: 'c2' })]);
  expect(store.open[0]?.contactId).toBe('c1');
});

test('a call that is opened from a list is not closed by what other screens do', () => {
  store.reopen(aPopUp({ state: 'ended' }));
  store.close(aPopUp());
  expect(open()).toEqual(['1001 ended']);
});

test('why a card was refused is gone at the next try', async () => {
  store.show(aPopUp());
  const done = store.acknowledge(aPopUp());
  await acknowledgements.fail(new ApiError(503));
  await done;
  void store.acknowledge(aPopUp());
  expect(store.refusal(aPopUp())).toBeUndefined();
  store.show(aPopUp({ callId: '2' }));
  const chosen = store.choose(aPopUp({ callId: '2' }), 'c2');
  await choices.fail(new ApiError(400));
  await chosen;
  expect(store.refusal(aPopUp({ callId: '2' }))?.status).toBe(400);
  void store.choose(aPopUp({ callId: '2' }), 'c3');
  expect(store.refusal(aPopUp({ callId: '2' }))).toBeUndefined();
});

test('a call that is taken off the lists leaves the screen at once, and comes back if that is refused', async () => {
  const taken: PopUp[] = [];
  store.onTakenOff = (call) => taken.push(call);
  store.show(aPopUp());
  const first = store.takeOff(aPopUp());
  expect(open()).toEqual([]);
  await dismissals.fail(new ApiError(503));
  expect((await first)?.status).toBe(503);
  expect(open()).toEqual(['1001 ringing']);
  expect(store.refusal(aPopUp())?.status).toBe(503);

  // Of a row of a list there may be no card, and a reopened card is on the server's lists too.
  store.dismiss(aPopUp());
  store.reopen(aPopUp({ state: 'ended' }));
  const second = store.takeOff(aPopUp({ state: 'ended' }));
  await dismissals.answer(aPopUp({ state: 'ended', dismissed: true }));
  expect(await second).toBeUndefined();
  expect(open()).toEqual([]);
  expect(taken.map((call) => call.dismissed)).toEqual([true]);
});
