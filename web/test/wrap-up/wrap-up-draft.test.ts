import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, Outcome, UndoneWrapUp, WrapUp, WrapUpInput } from '../../src/api/types.js';
import { WrapUpDraft } from '../../src/wrap-up/wrap-up-draft.js';
import { aPopUp, Pending, replacing, settle } from '../builders.js';

interface Save {
  readonly input: WrapUpInput;
  readonly draft: boolean;
  readonly etag: string | undefined;
}

const attended: Outcome = { code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true };
const paid: Outcome = { code: 'paid', es: 'Ya pagó', en: 'Already paid', requires: { note: true }, active: true };

let calls: Pending<Call>;
let answers: Pending<WrapUp>;
let saves: Save[];
let kept: string | null;
let timers: { run: () => void; ms: number }[];
let sent: WrapUp[];
let undone: Pending<UndoneWrapUp>;
let undos: string[];
let draft: WrapUpDraft;

const aWrapUp = (changes: Partial<WrapUp> = {}): WrapUp => ({
  draft: true,
  agentId: 'ana',
  updatedAt: '2026-03-02T15:00:00Z',
  etag: '1',
  ...changes,
});
const theCall = (wrapUp?: WrapUp): Call => ({
  ...aPopUp(),
  currency: 'CRC',
  ...replacing(wrapUp),
});

const open = () =>
  new WrapUpDraft({
    api: {
      call: calls.ask,
      saveWrapUp: (_, input, isDraft, etag) => {
        saves.push({ input, draft: isDraft, etag });
        return answers.ask();
      },
      undoWrapUp: (_, etag) => {
        undos.push(etag);
        return undone.ask();
      },
      now: () => Date.parse('2026-03-02T15:00:00Z'),
    },
    call: { account: 'office', callId: '1001' },
    outcome: (code) => [attended, paid].find((known) => known.code === code),
    timeZone: () => 'America/Costa_Rica',
    memory: {
      get: () => kept,
      set: (value) => {
        kept = value;
      },
    },
    sent: (wrapUp) => sent.push(wrapUp),
    setTimer: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return timer;
    },
    clearTimer: (timer) => {
      timers = timers.filter((other) => other !== timer);
    },
  });

/** The pause after typing, or before the next try. */
async function pause(): Promise<void> {
  const due = timers;
  timers = [];
  for (const timer of due) timer.run();
  await settle();
}

async function load(wrapUp?: WrapUp): Promise<void> {
  const loading = draft.load();
  await calls.answer(theCall(wrapUp));
  await loading;
}

beforeEach(() => {
  calls = new Pending();
  answers = new Pending();
  undone = new Pending();
  undos = [];
  saves = [];
  kept = null;
  timers = [];
  sent = [];
  draft = open();
});

test('typed text is stored here at once, and on the server at the next pause in one request', async () => {
  await load();
  draft.change({ notes: 'Dice' });
  draft.change({ notes: 'Dice que paga' });
  expect(kept).toContain('Dice que paga');
  expect(draft.state).toBe('typed');
  expect(saves).toEqual([]);
  await pause();
  expect(saves).toMatchObject([{ draft: true, etag: undefined, input: { notes: 'Dice que paga' } }]);
  await answers.answer(aWrapUp({ notes: 'Dice que paga' }));
  expect(draft.state).toBe('kept');
  expect(kept).toBeNull();
});

test('each save replaces the version of the save before', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  await answers.answer(aWrapUp({ notes: 'a', etag: 'first' }));
  draft.change({ notes: 'ab' });
  await pause();
  expect(saves[1]?.etag).toBe('first');
});

test('text typed during a save is saved after it', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  draft.change({ notes: 'ab' });
  await pause();
  expect(saves).toHaveLength(1);
  await answers.answer(aWrapUp({ notes: 'a' }));
  expect(draft.text.notes).toBe('ab');
  await pause();
  expect(saves[1]?.input.notes).toBe('ab');
});

test('the draft comes back from the server', async () => {
  await load(aWrapUp({ outcome: 'attended', notes: 'De ayer' }));
  expect(draft.text).toMatchObject({ outcome: 'attended', notes: 'De ayer' });
  expect(draft.state).toBe('kept');
});

test('unsaved text comes back after a reload, and is saved', async () => {
  await load();
  draft.change({ notes: 'Sin guardar' });
  timers = [];
  draft = open();
  expect(draft.text.notes).toBe('Sin guardar');
  await load();
  await pause();
  expect(saves).toMatchObject([{ input: { notes: 'Sin guardar' } }]);
});

test('text typed before the call is read stays', async () => {
  const loading = draft.load();
  draft.change({ notes: 'Rápido' });
  await calls.answer(theCall());
  await loading;
  expect(draft.text.notes).toBe('Rápido');
});

test('without a connection it retries with growing waits', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  await answers.fail(new ApiError(0));
  expect(draft.state).toBe('waiting');
  expect(kept).toContain('"a"');
  const first = timers[0]?.ms ?? 0;
  await pause();
  await answers.fail(new ApiError(503));
  expect(timers[0]?.ms).toBeGreaterThan(first);
  draft.wake();
  await settle();
  await answers.answer(aWrapUp({ notes: 'a' }));
  expect(draft.state).toBe('kept');
  expect(saves).toHaveLength(3);
});

test('a failed reading of the call is repeated too', async () => {
  draft.change({ notes: 'a' });
  const loading = draft.load();
  await calls.fail(new ApiError(0));
  await loading;
  expect(draft.state).toBe('waiting');
  await pause();
  await calls.answer(theCall());
  await pause();
  expect(saves).toMatchObject([{ input: { notes: 'a' } }]);
});

test.each([412, 428])('what another wrote meanwhile is shown, and not overwritten (%i)', async (status) => {
  await load(aWrapUp({ notes: 'antes' }));
  draft.change({ notes: 'mío' });
  await pause();
  await answers.fail(new ApiError(status));
  await calls.answer(theCall(aWrapUp({ notes: 'de otro', etag: '2' })));
  expect(draft.state).toBe('conflict');
  expect(draft.theirs?.notes).toBe('de otro');
  expect(draft.text.notes).toBe('mío');
  draft.change({ notes: 'mío aún' });
  await pause();
  expect(saves).toHaveLength(1);
});

test('in a conflict, the agent’s own version replaces the one that they have seen', async () => {
  await load(aWrapUp({ notes: 'antes' }));
  draft.change({ notes: 'mío' });
  await pause();
  await answers.fail(new ApiError(412));
  await calls.answer(theCall(aWrapUp({ notes: 'de otro', etag: '2' })));
  void draft.keepMine();
  await settle();
  expect(saves[1]).toMatchObject({ etag: '2', input: { notes: 'mío' } });
  await answers.answer(aWrapUp({ notes: 'mío', etag: '3' }));
  expect(draft.state).toBe('kept');
});

test('what another agent of the call recorded is not shown as one’s own, and not replaced', async () => {
  const theirs = aWrapUp({ agentId: 'luis', outcome: 'attended', notes: 'de Luis', draft: false });
  const loading = draft.load();
  await calls.answer({ ...theCall(), wrapUp: theirs, wrapUps: [theirs] });
  await loading;
  expect(draft.text).toMatchObject({ outcome: '', notes: '' });
  expect([draft.state, draft.wasSent]).toEqual(['empty', false]);
  draft.change({ notes: 'mío' });
  await pause();
  expect(saves).toMatchObject([{ etag: undefined, input: { notes: 'mío' } }]);
});

test('a version of one’s own that the server tells and refuses is not sent again and again', async () => {
  await load(aWrapUp({ outcome: 'attended' }));
  void draft.send();
  await settle();
  for (let tries = 0; tries < 4; tries++) {
    if (tries > 0) await pause();
    expect(saves).toHaveLength(tries + 1);
    expect(draft.heldUp).toBe(false);
    await answers.fail(new ApiError(412));
    await calls.answer(theCall(aWrapUp({ outcome: 'attended', etag: String(tries) })));
  }

  expect([draft.state, draft.wantsToSend, draft.heldUp]).toEqual(['waiting', true, true]);
  expect(timers.map((timer) => timer.ms)).toEqual([2_000]);
  await pause();
  await answers.answer(aWrapUp({ outcome: 'attended', draft: false, etag: '5' }));
  expect([draft.state, draft.heldUp]).toEqual(['sent', false]);
});

test('in a conflict, the agent can take the other version', async () => {
  await load(aWrapUp({ notes: 'antes' }));
  draft.change({ notes: 'mío' });
  await pause();
  await answers.fail(new ApiError(412));
  await calls.answer(theCall(aWrapUp({ notes: 'de otro', etag: '2', draft: false })));
  draft.takeTheirs();
  expect(draft.text.notes).toBe('de otro');
  expect(draft.state).toBe('sent');
  expect(kept).toBeNull();
});

test('a save whose response was lost is no conflict', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  await answers.fail(new ApiError(0));
  await pause();
  await answers.fail(new ApiError(412));
  await calls.answer(theCall(aWrapUp({ notes: 'a', etag: '7' })));
  expect(draft.state).toBe('kept');
});

test('a draft whose response was lost does not count as sent', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  await pause();
  await answers.fail(new ApiError(0));
  void draft.send();
  await settle();
  await answers.fail(new ApiError(412));
  await calls.answer(theCall(aWrapUp({ outcome: 'attended', etag: 'd1' })));
  expect(sent).toEqual([]);
  await pause();
  expect(saves.at(-1)).toMatchObject({ draft: false, etag: 'd1' });
  await answers.answer(aWrapUp({ outcome: 'attended', draft: false }));
  expect(sent).toHaveLength(1);
});

test('if somebody else writes while it is being sent, their version is shown, and not replaced by itself', async () => {
  await load(aWrapUp({ outcome: 'attended' }));
  draft.change({ notes: 'mío' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(412));
  await calls.answer(theCall(aWrapUp({ outcome: 'attended', notes: 'de otro', etag: '2' })));
  expect(draft.state).toBe('conflict');
  void draft.keepMine();
  await settle();
  expect(saves.at(-1)).toMatchObject({ draft: true, etag: '2', input: { notes: 'mío' } });
});

test('what the outcome requires must be filled in before sending', async () => {
  await load();
  draft.change({ outcome: 'paid' });
  await draft.send();
  expect(draft.faults).toEqual({ notes: 'missing' });
  expect(saves).toEqual([]);
  draft.change({ notes: 'Recibo 12' });
  expect(draft.faults).toEqual({});
});

test('sending waits for the running save, and tells the desk', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  await pause();
  void draft.send();
  await answers.answer(aWrapUp({ outcome: 'attended', etag: 'd1' }));
  await pause();
  expect(saves[1]).toMatchObject({ draft: false, etag: 'd1' });
  await answers.answer(aWrapUp({ outcome: 'attended', draft: false, etag: 's1' }));
  expect(draft.state).toBe('sent');
  expect(sent).toHaveLength(1);
  expect(kept).toBeNull();
});

test('a wrap-up sent without a connection is sent when there is one', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(0));
  expect(draft.state).toBe('waiting');
  expect(draft.wantsToSend).toBe(true);
  await pause();
  expect(saves[1]?.draft).toBe(false);
  await answers.answer(aWrapUp({ outcome: 'attended', draft: false }));
  expect(sent).toHaveLength(1);
});

test('typing cancels a waiting send, even after a reload', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(0));
  draft.change({ notes: 'falta algo' });
  expect(draft.wantsToSend).toBe(false);
  await pause();
  expect(saves.at(-1)).toMatchObject({ draft: true, input: { notes: 'falta algo' } });
  draft = open();
  expect(draft.wantsToSend).toBe(false);
});

test.each([0, 401, 408, 429, 500, 503])('an error that passes by itself (%s) is no refusal', async (status) => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(status));
  expect(draft.state).toBe('waiting');
  expect(draft.wantsToSend).toBe(true);
  await pause();
  expect(saves).toHaveLength(2);
});

test('the next try waits as long as the server asks', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  await answers.fail(new ApiError(429, {}, 120));
  expect(timers[0]?.ms).toBe(120_000);
});

test('after a successful save, the waits start small again', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  await answers.fail(new ApiError(0));
  const first = timers[0]?.ms;
  await pause();
  await answers.fail(new ApiError(0));
  await pause();
  await answers.answer(aWrapUp({ notes: 'a' }));
  draft.change({ notes: 'ab' });
  await pause();
  await answers.fail(new ApiError(0));
  expect(timers[0]?.ms).toBe(first);
});

test('refused text stays in the form, with the error', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(400, { errors: { outcome: ['Elija un resultado de la lista.'] } }));
  expect(draft.state).toBe('refused');
  expect(draft.error?.fieldError('outcome')).toContain('resultado');
  expect(draft.text.outcome).toBe('attended');
  expect(draft.wantsToSend).toBe(false);
  expect(timers).toEqual([]);
});

test.each([403, 404])('a call that may not be read (%s) is not asked for again and again', async (status) => {
  draft.change({ notes: 'a' });
  await pause();
  await calls.fail(new ApiError(status, { detail: 'No existe.' }));
  expect(draft.state).toBe('refused');
  expect(draft.error?.message).toBe('No existe.');
  expect(timers).toEqual([]);
  draft.change({ notes: 'ab' });
  await pause();
  expect(calls.count).toBe(1);
});

test('without typed text, nothing is refused', async () => {
  const loading = draft.load();
  await calls.fail(new ApiError(404));
  await loading;
  await pause();
  await calls.fail(new ApiError(404));
  expect(draft.unsaved).toBe(false);
  expect(timers).toEqual([]);
});

test('text typed while the server refuses is tried too', async () => {
  await load();
  draft.change({ notes: 'a' });
  await pause();
  draft.change({ notes: 'ab' });
  await answers.fail(new ApiError(400));
  await pause();
  expect(saves[1]?.input.notes).toBe('ab');
});

test('after the agent left, nothing is saved in another’s name, and nothing is lost', async () => {
  await load();
  draft.change({ notes: 'de Ana' });
  draft.stop();
  await pause();
  draft.wake();
  await settle();
  expect(saves).toEqual([]);
  expect(kept).toContain('de Ana');
});

test('after the agent left, a failed save is not repeated', async () => {
  await load();
  draft.change({ notes: 'de Ana' });
  await pause();
  draft.stop();
  await answers.fail(new ApiError(0));
  expect(timers).toEqual([]);
  draft.wake();
  await settle();
  expect(saves).toHaveLength(1);
});

test('after the agent left, text that waited for its call is not saved', async () => {
  draft.change({ notes: 'de Ana' });
  await pause();
  draft.stop();
  await calls.answer(theCall());
  expect(saves).toEqual([]);
  expect(kept).toContain('de Ana');
});

test('text from before a reload does not silently replace what somebody else wrote meanwhile', async () => {
  await load(aWrapUp({ notes: 'antes', etag: '1' }));
  draft.change({ notes: 'mío' });
  draft.stop();
  draft = open();
  draft.change({ notes: 'mío aún' });
  await pause();
  await calls.answer(theCall(aWrapUp({ notes: 'de otro', etag: '2' })));
  expect(draft.state).toBe('conflict');
  expect(saves).toEqual([]);
  await draft.send();
  expect(saves).toEqual([]);
  void draft.keepMine();
  await settle();
  expect(saves).toMatchObject([{ etag: '2', input: { notes: 'mío aún' } }]);
});

test('text from before a reload that somebody else has stored meanwhile word by word is no conflict', async () => {
  kept = JSON.stringify({ text: { notes: 'Paga el viernes' }, etag: '1' });
  draft = open();
  await load(aWrapUp({ notes: 'Paga el viernes', etag: '2' }));
  expect([draft.state, draft.theirs, kept]).toEqual(['kept', undefined, null]);
});

test('text from before a reload can be discarded for what somebody else wrote meanwhile', async () => {
  kept = JSON.stringify({ text: { notes: 'mío' }, etag: '1' });
  draft = open();
  await load(aWrapUp({ notes: 'de otro', etag: '2' }));
  expect(draft.state).toBe('conflict');
  draft.discard();
  expect(draft.text.notes).toBe('de otro');
});

test('discarding in a conflict discards the agent’s own text, and saves nothing', async () => {
  await load(aWrapUp({ notes: 'antes' }));
  draft.change({ notes: 'mío' });
  await pause();
  await answers.fail(new ApiError(412));
  await calls.answer(theCall(aWrapUp({ notes: 'de otro', etag: '2' })));
  draft.discard();
  expect(draft.text.notes).toBe('de otro');
  expect(draft.state).toBe('kept');
  draft.change({ notes: 'otra vez' });
  draft.discard();
  expect(timers).toEqual([]);
  expect(draft.text.notes).toBe('de otro');
});

test('without a conflict there is no other version to take', async () => {
  await load(aWrapUp({ notes: 'antes' }));
  draft.change({ notes: 'mío' });
  draft.takeTheirs();
  await draft.keepMine();
  expect(draft.text.notes).toBe('mío');
  expect(saves).toEqual([]);
});

test('a card that disappears saves at once', async () => {
  await load();
  draft.change({ notes: 'a' });
  void draft.flush();
  await settle();
  expect(saves).toMatchObject([{ draft: true, input: { notes: 'a' } }]);
});

test('a form that is opened again does not overwrite unsaved text', async () => {
  await load();
  draft.change({ notes: 'a' });
  await draft.load();
  expect(calls.count).toBe(0);
  expect(draft.text.notes).toBe('a');
});

test('without storage on the machine, text typed before the call is read stays too', async () => {
  const loading = draft.load();
  draft.change({ notes: 'Rápido' });
  kept = null;
  await calls.answer(theCall(aWrapUp({ notes: 'antes' })));
  await loading;
  expect(draft.text.notes).toBe('Rápido');
});

test('a call that is read only at a retry gets no empty draft', async () => {
  const loading = draft.load();
  await calls.fail(new ApiError(0));
  await loading;
  await pause();
  await calls.answer(theCall());
  expect(saves).toEqual([]);
  expect(draft.state).toBe('empty');
});

test('a form that is opened again shows what was written meanwhile', async () => {
  await load(aWrapUp({ outcome: 'attended', draft: false }));
  await load(aWrapUp({ outcome: 'attended', notes: 'de otra', draft: false, etag: '2' }));
  expect(draft.text.notes).toBe('de otra');
});

test('a correction does not replace a sent wrap-up as a draft', async () => {
  await load(aWrapUp({ outcome: 'attended', draft: false }));
  expect(draft.wasSent).toBe(true);
  draft.change({ notes: 'y algo más' });
  await pause();
  expect(saves).toEqual([]);
  expect(kept).toContain('y algo más');
  void draft.send();
  await settle();
  expect(saves).toMatchObject([{ draft: false, etag: '1' }]);
});

test('a waiting send continues after a reload', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(0));
  draft.stop();
  draft = open();
  await load();
  await pause();
  expect(saves.at(-1)).toMatchObject({ draft: false, input: { outcome: 'attended' } });
});

test('a waiting send continues after a reload even if the server has it as a draft', async () => {
  kept = JSON.stringify({ text: { outcome: 'attended' }, etag: '1', send: true });
  draft = open();
  await load(aWrapUp({ outcome: 'attended', etag: '1' }));
  await pause();
  expect(saves).toMatchObject([{ draft: false, etag: '1' }]);
});

test('a draft that can continue by itself does not need the agent', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  expect(draft.needsAgent).toBe(false);
  await pause();
  await answers.fail(new ApiError(0));
  expect(draft.needsAgent).toBe(false);
  await pause();
  await answers.fail(new ApiError(400));
  expect(draft.needsAgent).toBe(true);
  draft.discard();
  expect(draft.needsAgent).toBe(false);
  expect(draft.text.outcome).toBe('');
  expect(kept).toBeNull();
});

test('a correction waits for the agent, and can be discarded', async () => {
  await load(aWrapUp({ outcome: 'attended', notes: 'Pagó', draft: false }));
  draft.change({ notes: 'Pagó la mitad' });
  expect(draft.needsAgent).toBe(true);
  draft.discard();
  expect(draft.text.notes).toBe('Pagó');
  expect(draft.state).toBe('sent');
});

test('text typed during the sending still has to be sent', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  draft.change({ notes: 'y algo más' });
  await answers.answer(aWrapUp({ outcome: 'attended', draft: false }));
  expect(draft.unsaved).toBe(true);
  expect(draft.text.notes).toBe('y algo más');
  expect(kept).toContain('y algo más');
});

test('text that a draft can’t store on the server stays on the machine', async () => {
  await load();
  draft.change({ notes: 'a', parts: ['charge'], chargeAmount: 'mil' });
  await pause();
  const saved = aWrapUp({ notes: 'a', charge: { currency: 'CRC' } });
  await answers.answer(saved);
  expect(draft.state).toBe('kept');
  expect(kept).toContain('mil');

  // It is also not saved again at each reload.
  draft = open();
  await load(saved);
  await pause();
  expect(draft.text.chargeAmount).toBe('mil');
  expect(draft.state).toBe('kept');
  expect(saves).toHaveLength(1);
});

async function save(text: Partial<WrapUpInput>, etag: string): Promise<void> {
  draft.change(text as object);
  const sending = draft.send();
  await settle();
  await answers.answer(aWrapUp({ ...text, draft: false, etag }));
  await sending;
}

test('a save that is taken back is a draft again, with all that was typed', async () => {
  await load();
  await save({ outcome: 'attended', notes: 'Paga el viernes' }, 'saved');
  expect([draft.state, draft.undecided, kept]).toEqual(['sent', false, null]);

  const undoing = draft.undo();
  await undone.answer({});
  await undoing;

  expect(undos).toEqual(['saved']);
  expect(draft.text).toMatchObject({ outcome: 'attended', notes: 'Paga el viernes' });
  expect([draft.state, draft.wasSent, draft.undecided]).toEqual(['typed', false, true]);
  expect(kept, 'a power failure loses nothing').toContain('Paga el viernes');
  await pause();
  expect(saves.at(-1)).toMatchObject({ draft: true, etag: undefined, input: { notes: 'Paga el viernes' } });
  await draft.undo();
  expect(undos, 'it is undone once').toHaveLength(1);
});

test('a correction that is taken back leaves what was sent before it', async () => {
  await load(aWrapUp({ outcome: 'attended', notes: 'una', draft: false, etag: 'first' }));
  await save({ notes: 'dos' }, 'second');
  const undoing = draft.undo();
  await undone.answer({ wrapUp: aWrapUp({ outcome: 'attended', notes: 'una', draft: false, etag: 'third' }) });
  await undoing;

  expect([draft.state, draft.text.notes, draft.undecided]).toEqual(['sent', 'una', false]);
  await save({ notes: 'tres' }, 'fourth');
  expect(saves.at(-1)?.etag).toBe('third');
});

test('what was typed after a save stays where the save is taken back', async () => {
  await load();
  await save({ outcome: 'attended' }, 'saved');
  draft.change({ notes: 'y algo más' });
  const undoing = draft.undo();
  await undone.answer({});
  await undoing;

  expect(draft.text).toMatchObject({ outcome: 'attended', notes: 'y algo más' });
});

test('what was typed after a correction, or while it was sent, stays where the correction is taken back', async () => {
  await load(aWrapUp({ outcome: 'attended', notes: 'una', draft: false, etag: 'first' }));
  const undo = async (etag: string) => {
    const undoing = draft.undo();
    await undone.answer({ wrapUp: aWrapUp({ outcome: 'attended', notes: 'una', draft: false, etag }) });
    await undoing;
  };
  await save({ notes: 'dos' }, 'second');
  draft.change({ notes: 'dos y medio' });
  await undo('third');
  expect([draft.text.notes, draft.undecided]).toEqual(['dos y medio', true]);
  expect(kept).toContain('dos y medio');

  const sending = draft.send();
  await settle();
  draft.change({ notes: 'tres' });
  await answers.answer(aWrapUp({ outcome: 'attended', notes: 'dos y medio', draft: false, etag: 'fourth' }));
  await sending;
  await undo('fifth');
  expect([draft.text.notes, draft.undecided]).toEqual(['tres', true]);
  await save({}, 'sixth');
  expect(saves.at(-1)).toMatchObject({ draft: false, etag: 'fifth', input: { notes: 'tres' } });
});

test('an undo that the server refuses changes nothing', async () => {
  await load();
  await save({ outcome: 'attended' }, 'saved');
  const refused = expect(draft.undo()).rejects.toMatchObject({ status: 409 });
  await undone.fail(new ApiError(409, { detail: 'Pasó más de un minuto.' }));

  await refused;
  expect([draft.state, draft.text.outcome]).toEqual(['sent', 'attended']);
});

test('what is discarded goes from the server too, and what was sent stands', async () => {
  await load();
  draft.change({ notes: 'Dice que' });
  await pause();
  await answers.answer(aWrapUp({ notes: 'Dice que' }));
  expect([draft.state, draft.undecided]).toEqual(['kept', true]);

  draft.clear();
  await settle();
  expect(saves.at(-1)).toMatchObject({ draft: true, etag: '1', input: {} });
  expect(saves.at(-1)?.input.notes).toBeUndefined();
  await answers.answer(aWrapUp({ etag: '2' }));
  expect([draft.state, draft.undecided, kept]).toEqual(['empty', false, null]);

  await save({ outcome: 'attended' }, 'sent');
  draft.change({ notes: 'corregida' });
  expect(draft.undecided).toBe(true);
  draft.clear();
  expect([draft.state, draft.text.outcome, draft.text.notes]).toEqual(['sent', 'attended', '']);
});

test('what is discarded while it is on its way to the server goes from there too', async () => {
  await load();
  draft.change({ notes: 'Dice que' });
  await pause();
  expect(saves).toHaveLength(1);
  draft.clear();
  await answers.answer(aWrapUp({ notes: 'Dice que' }));
  await pause();

  expect(saves[1]).toMatchObject({ draft: true, etag: '1' });
  expect(saves[1]?.input.notes).toBeUndefined();
  await answers.answer(aWrapUp({ etag: '2' }));
  expect([draft.state, kept]).toEqual(['empty', null]);
});

test('nothing is to be decided while it is sent, nor where a correction is typed back to what was sent', async () => {
  await load();
  draft.change({ outcome: 'attended', notes: 'Pagó' });
  expect(draft.undecided).toBe(true);
  void draft.send();
  await settle();
  expect([draft.state, draft.undecided]).toEqual(['sending', false]);
  await answers.answer(aWrapUp({ outcome: 'attended', notes: 'Pagó', draft: false }));
  draft.change({ notes: 'Pagó la mitad' });
  expect(draft.undecided).toBe(true);
  draft.change({ notes: 'Pagó' });
  expect(draft.undecided).toBe(false);
});

test('what was typed and never reached the server is discarded here', async () => {
  await load();
  draft.change({ notes: 'Dice que' });
  draft.clear();
  await pause();

  expect([saves, draft.state, kept]).toEqual([[], 'empty', null]);
});

test('a call whose text waits for the decision of its agent is being written', async () => {
  await load(aWrapUp({ notes: 'De ayer' }));
  expect(draft.beingWritten).toBe(false);
  draft.asked = true;
  expect(draft.beingWritten).toBe(true);
});

const erased = (wrapUp?: WrapUp): Call => ({ ...theCall(wrapUp), anonymizedAt: '2026-03-02T15:10:00Z' });

test.each([409, 412])(
  'what is written of a person whose data were erased meanwhile goes, refused by a %i, and the outcome is saved',
  async (status) => {
    await load(aWrapUp({ notes: 'Está enferma', etag: '1' }));
    draft.change({ outcome: 'attended', notes: 'Está enferma y debe' });
    void draft.send();
    await settle();
    const stands = aWrapUp({ etag: '2' });
    await answers.fail(new ApiError(status));
    await calls.answer(erased(stands));

    expect([draft.text.outcome, draft.text.notes]).toEqual(['attended', '']);
    expect(kept).not.toContain('enferma');
    expect([draft.wantsToSend, draft.theirs]).toEqual([true, undefined]);
    await pause();
    expect(saves).toHaveLength(2);
    expect([saves[1]?.input.outcome, saves[1]?.input.notes]).toEqual(['attended', undefined]);
  },
);

test('another refusal of a save stays one', async () => {
  await load();
  draft.change({ outcome: 'attended' });
  void draft.send();
  await settle();
  await answers.fail(new ApiError(409));
  await calls.answer(theCall());

  expect([draft.state, draft.text.outcome]).toEqual(['refused', 'attended']);
});

test('what this machine kept of a person goes too once their data were erased', async () => {
  kept = JSON.stringify({ text: { notes: 'Está enferma' }, etag: '1', send: true });
  draft = open();
  const loading = draft.load();
  await calls.answer(erased());
  await loading;

  expect([draft.text.notes, draft.state, draft.wantsToSend, kept]).toEqual(['', 'empty', false, null]);
});
