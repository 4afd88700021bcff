// @vitest-environment happy-dom
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { PopUp, WrapUp } from '../../src/api/types.js';
import { singleKeys } from '../../src/base/single-keys.js';
import { Desk } from '../../src/desk/desk.js';
import type { CallWork } from '../../src/pop-ups/call-work.js';
import '../../src/pop-ups/call-work.js';
import type { PopUpCard } from '../../src/pop-ups/pop-up-card.js';
import type { PopUpList } from '../../src/pop-ups/pop-up-list.js';
import '../../src/pop-ups/pop-up-list.js';
import { PopUpStore } from '../../src/pop-ups/pop-up-store.js';
import { aPopUp, replacing } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let store: PopUpStore;
let list: PopUpList;
let dismissed: string[];

beforeEach(async () => {
  localStorage.clear();
  dismissed = [];
  const decided = async () => aPopUp();
  store = new PopUpStore({
    popUps: async () => [],
    acknowledge: async () => {},
    dismissCall: async (popUp) => {
      dismissed.push(popUp.callId);
      return { ...popUp, dismissed: true };
    },
    dismissCalls: async (popUps) => {
      dismissed.push(...popUps.map((popUp) => popUp.callId));
      return popUps;
    },
    chooseContact: decided,
    ignoreCall: decided,
  });
  list = await mount<PopUpList>('cmw-pop-up-list', { store });
});

afterEach(() => list.remove());

const card = (callId: string) =>
  [...list.renderRoot.querySelectorAll<PopUpCard>('cmw-pop-up-card')].find(
    (one) => one.popUp.callId === callId,
  ) as PopUpCard;

/** The focused element within its card. */
const focused = () => (list.shadowRoot?.activeElement as PopUpCard | null)?.shadowRoot?.activeElement;

async function show(...popUps: PopUp[]): Promise<void> {
  for (const popUp of popUps) store.show(popUp);
  await drawn(list);
  for (const one of list.renderRoot.querySelectorAll<PopUpCard>('cmw-pop-up-card')) await one.updateComplete;
}

test('when the focused card disappears, a key that is still pressed does not act on the next card', async () => {
  await show(aPopUp({ callId: 'a', state: 'connected' }), aPopUp({ callId: 'b', state: 'connected' }));
  button(card('a'), 'Cerrar').focus();
  store.close(aPopUp({ callId: 'a' }));
  await drawn(list);

  expect(focused()).toBe(card('b').renderRoot.querySelector('article'));
});

test('of several simultaneous calls, one that is still going on is announced', async () => {
  await show(aPopUp({ callId: 'a' }));
  button(card('a'), 'Cerrar').focus();
  store.show(aPopUp({ callId: 'over', state: 'ended', startedAt: '2026-03-02T15:02:00Z' }));
  store.show(
    aPopUp({ callId: 'rings', number: { display: '7777 0000', kind: 'number' }, startedAt: '2026-03-02T15:01:00Z' }),
  );
  await drawn(list);

  expect(list.renderRoot.querySelector('.notice')?.textContent).toContain('7777 0000');
});

test.each([
  ['after a colleague took it', () => store.close(aPopUp({ callId: 'again', revision: 2 }))],
  ['after it was missed', () => store.show(aPopUp({ callId: 'again', revision: 2, state: 'ended' }))],
])('a call that rings again %s is announced again', async (_, end) => {
  const said = () => list.renderRoot.querySelector('[aria-live=polite]')?.textContent;
  const again = (revision: number) =>
    aPopUp({ callId: 'again', revision, number: { display: '7777 0000', kind: 'number' } });
  await show(aPopUp({ callId: 'a', state: 'connected' }));
  button(card('a'), 'Cerrar').focus();
  store.show(again(1), true);
  await drawn(list);
  const first = said();
  expect(first).toContain('7777 0000');
  end();
  await drawn(list);
  expect(list.renderRoot.querySelector('.notice')).toBeNull();

  store.show(again(3), true);
  await drawn(list);
  expect(list.renderRoot.querySelector('.notice')?.textContent).toContain('7777 0000');
  expect(said()).not.toBe(first);

  // A change of it is no news.
  const second = said();
  store.show({ ...again(4), state: 'connected' });
  await drawn(list);
  expect(said()).toBe(second);
});

test('a call that rings again while the agent is at its own card needs no notice', async () => {
  const again = (revision: number, changes = {}) => aPopUp({ callId: 'again', revision, ...changes });
  await show(again(1, { state: 'connected' }));
  button(card('again'), 'Cerrar').focus();
  store.show(again(2, { state: 'ended', endedAt: '2026-03-02T15:10:00Z' }));
  await drawn(list);

  store.show(again(3), true);
  await drawn(list);
  expect(list.renderRoot.querySelector('.notice')).toBeNull();
});

test('of a call whose person’s data were erased nobody is asked for, and nobody has hidden a number', async () => {
  const erased = aPopUp({
    state: 'connected',
    contactId: undefined,
    candidates: [],
    match: 'private',
    number: { display: '', kind: 'private' },
    anonymizedAt: '2026-03-02T15:10:00Z',
  });
  await show(erased);

  const text = textOf(card(erased.callId));
  expect(text).toContain('Los datos de esta persona se borraron.');
  expect(text).not.toContain('oculta');
  expect(text).not.toContain('Buscar contacto');
});

const none = { contactId: undefined, candidates: [], match: 'none' } as const;
const talked = { state: 'ended', connectedAt: '2026-03-02T15:00:05Z' } as const;
const hides = { match: 'private', number: { display: '', kind: 'private' } } as const;
const two = [...aPopUp().candidates, { contactId: 'c2', name: 'Otra', reason: 'mainNumber' as const }];

test.each<[string, Partial<PopUp>]>([
  ['Quien llama oculta su número. Pregúntele quién es.', { ...none, ...hides, state: 'connected' }],
  ['Quien llamó ocultó su número.', { ...none, ...hides, ...talked }],
  ['Puede ser una de estas 2 personas: elija quién es', { ...none, match: 'many', candidates: two }],
  ['No está en sus contactos', none],
  ['No está asociada a un contacto.', { ...none, ignored: true }],
  ['De la oficina', { ...none, direction: 'internal', colleague: { agentId: 'luis', name: 'Luis' } }],
  ['Alguien de la oficina', { ...none, direction: 'internal' }],
])('who is not known is told: %s', async (words, changes) => {
  await show(aPopUp({ state: 'connected', ...changes }));
  expect(textOf(card('1001'))).toContain(words);
});

test.each([
  ['one', aPopUp().candidates],
  ['many', two],
] as const)('whom the agent ruled out is offered again only by a search (%s)', async (match, candidates) => {
  await show(aPopUp({ contactId: undefined, match, candidates, ignored: true, state: 'connected' }));
  expect(textOf(card('1001'))).toContain('No está asociada a un contacto.');
  expect(textOf(card('1001'))).not.toMatch(/María Rojas|Confirmar|Elegir/);

  button(card('1001'), 'Buscar contacto').click();
  await card('1001').updateComplete;
  expect(button(card('1001'), 'María Rojas').textContent).toContain('Elegir');
});

test('where several share the number, a search begins in its field, and Escape closes it', async () => {
  const { desk } = aDesk();
  await open(desk, aPopUp({ ...none, match: 'many', candidates: two, state: 'connected' }));
  button(card('1001'), 'Buscar contacto').focus();
  button(card('1001'), 'Buscar contacto').click();
  const work = card('1001').renderRoot.querySelector('cmw-call-work')?.shadowRoot;
  const field = () => work?.activeElement?.shadowRoot?.activeElement;
  await expect.poll(() => field()?.id).toBe('search');

  const search = field() as HTMLElement;
  // happy-dom has none to tell once the focus is outside.
  Object.defineProperty(work, 'activeElement', { value: null });
  await pressIn('Escape', {}, search);
  expect(work?.querySelector('cmw-contact-picker')).toBeNull();
  expect(focused()?.textContent).toBe('Buscar contacto');
});

test('the number of a call that is over calls it again, for who has a phone', async () => {
  await show(aPopUp(talked));
  expect(() => button(card('1001'), 'Llamar al 8888 1234')).toThrow();
  list.endpoints = [{ endpointId: '2001' }];
  await drawn(list);
  await card('1001').updateComplete;
  expect(button(card('1001'), 'Llamar al 8888 1234')).toBeDefined();
});

test('a notice says who took a call, and whose call it was if known', async () => {
  const answeredBy = { agentId: 'luis', name: 'Luis' };
  const taken = () => list.renderRoot.querySelector('.taken')?.textContent?.trim();
  await show(aPopUp());
  store.close({ ...aPopUp(), answeredBy });
  await drawn(list);
  expect(taken()).toBe('Luis contestó la llamada de María Rojas.');

  const hidden = aPopUp({
    callId: 'h',
    contactId: undefined,
    candidates: [],
    match: 'private',
    number: { display: '', kind: 'private' },
  });
  await show(hidden);
  store.close({ ...hidden, answeredBy });
  await drawn(list);
  expect(taken()).toBe('Luis contestó una llamada de un número privado.');
});

test('a call that a colleague took stays where something is written of it, and says who took it', async () => {
  const { desk } = aDesk();
  list.store = store = keptWhileWriting(desk);
  desk.outcomeRequired = true;
  await open(desk, missed('a', 1), missed('b', 2), aPopUp({ ...none, revision: 2 }));
  desk.drafts.get(aPopUp()).change({ notes: 'Paga el viernes' });
  const answeredBy = { agentId: 'luis', name: 'Luis' };
  store.close(aPopUp({ ...none, state: 'ended', missed: false, answeredBy, revision: 3 }));
  await drawn(list);
  await card('1001').updateComplete;
  expect(textOf(card('1001'))).toContain('La contestó Luis');
  expect(list.renderRoot.querySelector('.all')?.textContent).toBe('Descartar las 2 perdidas');

  // The list beside it goes on with the colleague's talk.
  const talk = { state: 'connected', connectedAt: '2026-03-02T15:00:09Z', answeredBy } as const;
  store.follow([aPopUp({ ...none, ...talk, revision: 4 })]);
  await drawn(list);
  expect(list.renderRoot.querySelector('.notice')).toBeNull();
  expect(card('1001').asksForOutcome).toBe(false);
  button(card('1001'), 'Plegar').click();
  await drawn(list);
  const line = lines().find(({ dataset }) => dataset.call === 'office|1001');
  expect(line?.textContent?.replace(/\s+/g, ' ')).toMatch(/La contestó Luis.*Borrador sin terminar/);
});

/** A server that stores what is saved, unless it is not there for that, and the desk that it belongs to. */
function aDesk(wrapUp?: WrapUp, isThere = true): { desk: Desk; puts: { url: string; body: object }[] } {
  const puts: { url: string; body: object }[] = [];
  const fetch = async (url: string, init: RequestInit = {}) => {
    if (init.method === 'PUT') {
      if (!isThere) throw new TypeError('Failed to fetch');
      puts.push({ url, body: JSON.parse(String(init.body)) });
      return Response.json({ ...puts.at(-1)?.body, draft: url.includes('draft=true'), ...stamp });
    }

    if (url === '/api/outcomes')
      return Response.json({
        items: [{ code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true }],
      });
    return Response.json(url.startsWith('/api/calls/') ? { ...aPopUp(), ...replacing(wrapUp) } : { items: [] });
  };
  return {
    desk: new Desk(new ApiClient({ fetch: (url, init) => fetch(String(url), init) }), () => new Promise(() => {})),
    puts,
  };
}

const stamp = { agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag: '1' };

const stranger = {
  state: 'ended' as const,
  connectedAt: '2026-03-02T15:00:05Z',
  contactId: undefined,
  candidates: [],
  ignored: true,
};

const asks = (callId = '1001') => card(callId).renderRoot.querySelector('[role="alertdialog"]');

async function open(desk: Desk, ...popUps: PopUp[]): Promise<void> {
  Object.assign(list, { desk });
  await desk.outcomes.read();
  await show(...popUps);
  for (const popUp of popUps) await desk.drafts.get(popUp).load();
  await drawn(list);
}

async function pressIn(key: string, more: KeyboardEventInit = {}, on = focused() as Element): Promise<void> {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
  for (let turn = 0; turn < 5; turn++) await drawn(list);
}

test('«Cerrar» asks where something is written that is not saved, and the keys answer', async () => {
  const { desk, puts } = aDesk();
  await open(desk, aPopUp(stranger));
  desk.drafts.get(aPopUp()).change({ notes: 'Paga el viernes' });
  await drawn(list);
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  expect(textOf(card('1001'))).toContain('¿Guardar o descartar?');
  expect(focused()?.textContent).toContain('Guardar y cerrar');
  expect(desk.drafts.get(aPopUp()).beingWritten).toBe(true);

  await pressIn('Escape');
  expect(asks()).toBeNull();
  expect(focused()?.textContent).toContain('Cerrar');
  expect(store.open).toHaveLength(1);

  // Without an outcome it can't be saved: the agent is shown what is missing.
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  await pressIn('g');
  expect(asks()).toBeNull();
  expect(store.open).toHaveLength(1);
  expect(desk.drafts.get(aPopUp()).faults).toEqual({ outcome: 'missing' });

  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  await pressIn('d');
  expect(store.open).toHaveLength(0);
  expect(desk.drafts.get(aPopUp()).text.notes).toBe('');
  expect(puts.every((put) => put.url.includes('draft=true'))).toBe(true);
});

/** A store that takes no card away of which something is being written. */
const keptWhileWriting = (desk: Desk): PopUpStore =>
  new PopUpStore(
    {
      popUps: async () => [],
      acknowledge: async () => {},
      dismissCall: async (call) => call,
      dismissCalls: async (calls) => calls,
      chooseContact: async () => aPopUp(),
      ignoreCall: async () => aPopUp(),
    },
    (call) => desk.drafts.get(call).beingWritten,
  );

test('the question stays while the call ends or is closed on another screen', async () => {
  const { desk } = aDesk();
  list.store = store = keptWhileWriting(desk);
  await open(desk, aPopUp({ ...stranger, state: 'connected', revision: 1 }));
  desk.drafts.get(aPopUp()).change({ notes: 'Paga el viernes' });
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  store.show(aPopUp({ ...stranger, revision: 2 }));
  store.close(aPopUp({ ...stranger, revision: 3 }));
  await drawn(list);
  await card('1001').updateComplete;

  expect(store.open).toHaveLength(1);
  expect(asks()).not.toBeNull();
});

test('where somebody else has stored something meanwhile, «Cerrar» discards nothing and goes to the choice', async () => {
  const { desk } = aDesk();
  await open(desk, aPopUp(stranger));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ notes: 'Paga el viernes' });
  vi.spyOn(draft, 'state', 'get').mockReturnValue('conflict');
  await drawn(list);
  button(card('1001'), 'Cerrar').click();
  for (let turn = 0; turn < 5; turn++) await drawn(list);

  expect(asks()).toBeNull();
  expect(store.open).toHaveLength(1);
  expect(draft.text.notes).toBe('Paga el viernes');
});

test('an agent who has turned single keys off chooses no outcome with them', async () => {
  const { desk } = aDesk();
  await open(desk, aPopUp(stranger));
  const article = card('1001').renderRoot.querySelector('article') as HTMLElement;
  singleKeys.on = false;
  await pressIn('1', {}, article);
  expect(desk.drafts.get(aPopUp()).text.outcome).toBe('');

  singleKeys.on = true;
  await pressIn('1', {}, article);
  expect(desk.drafts.get(aPopUp()).text.outcome).toBe('attended');
});

test('Ctrl+Enter saves from anywhere on the card, and a digit chooses the outcome', async () => {
  const { desk, puts } = aDesk();
  desk.drafts.onSent = (call) => store.dismiss(call);
  await open(desk, aPopUp(stranger));
  const article = card('1001').renderRoot.querySelector('article') as HTMLElement;
  article.focus();
  await pressIn('1', {}, article);
  await pressIn('Enter', { ctrlKey: true }, article);

  expect(puts).toMatchObject([{ body: { outcome: 'attended' } }]);
  expect(puts[0]?.url).not.toContain('draft');
  expect(store.open).toEqual([]);
});

test('where an outcome is obligatory, a call that was talked is closed only with one', async () => {
  const { desk } = aDesk();
  desk.outcomeRequired = true;
  await open(desk, aPopUp({ ...stranger, ignored: false }));
  expect(() => button(card('1001'), 'Cerrar')).toThrow();
  button(card('1001'), 'Guardar y cerrar').click();
  await drawn(list);
  expect(store.open.map((popUp) => popUp.callId)).toEqual(['1001']);
  expect(desk.drafts.get(aPopUp()).faults).toEqual({ outcome: 'missing' });

  desk.drafts.get(aPopUp()).change({ notes: 'Paga el viernes' });
  await drawn(list);
  card('1001').close('acknowledge');
  await drawn(list);
  expect(asks()).not.toBeNull();
  expect(() => button(card('1001'), 'Descartar')).toThrow();
});

test('once all is saved there is one button, which closes; a correction brings the other back', async () => {
  const { desk } = aDesk();
  await open(desk, aPopUp(stranger));
  const words = () =>
    [...card('1001').renderRoot.querySelectorAll('.ends button')].map((one) => one.textContent?.trim());
  expect(words()).toEqual(['Cerrar', 'Guardar y cerrar']);
  const draft = desk.drafts.get(aPopUp());
  desk.drafts.onSent = () => {};
  draft.change({ outcome: 'attended' });
  await draft.send();
  await drawn(list);
  expect(words()).toEqual(['Cerrar']);

  draft.change({ notes: 'Paga el viernes' });
  await drawn(list);
  expect(words()).toEqual(['Cerrar', 'Guardar y cerrar']);
  draft.change({ notes: '' });
  await draft.send();
  await drawn(list);
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  expect(store.open).toEqual([]);
});

test.each([
  ['a call that goes on', { state: 'connected' as const }, 'Cerrar'],
  ['a missed call', { connectedAt: undefined }, 'Quitar de la lista'],
])('the card of %s goes at once where its outcome waits for the network', async (_, changes, way) => {
  const { desk } = aDesk(undefined, false);
  await open(desk, aPopUp({ ...stranger, ...changes }));
  await list.goTo(aPopUp());
  await drawn(list);
  const draft = desk.drafts.get(aPopUp());
  draft.change({ outcome: 'attended' });
  await drawn(list);
  button(card('1001'), way).click();
  await drawn(list);
  await pressIn('g');

  expect([draft.state, draft.wantsToSend]).toEqual(['waiting', true]);
  expect(store.open).toEqual([]);
});

test('where an outcome is obligatory, one that waits for the network closes the call too', async () => {
  const { desk } = aDesk(undefined, false);
  desk.outcomeRequired = true;
  await open(desk, aPopUp({ ...stranger, ignored: false }));
  desk.drafts.get(aPopUp()).change({ outcome: 'attended' });
  await drawn(list);
  button(card('1001'), 'Guardar y cerrar').click();
  for (let turn = 0; turn < 5; turn++) await drawn(list);
  expect(store.open).toHaveLength(1);

  card('1001').close('acknowledge');
  await drawn(list);
  expect(store.open).toEqual([]);
});

test('a card stays whose wrap-up the server refuses again and again, and its line opens', async () => {
  const { desk } = aDesk(undefined, false);
  await open(desk, aPopUp(stranger));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ outcome: 'attended' });
  await draft.send();
  vi.spyOn(draft, 'heldUp', 'get').mockReturnValue(true);
  await drawn(list);
  card('1001').close('take-off');
  await drawn(list);
  expect(asks()).not.toBeNull();
  await pressIn('g');
  expect(store.open).toHaveLength(1);

  button(card('1001'), 'Plegar').click();
  await drawn(list);
  await press('Delete');
  await drawn(list);
  expect(asks()).not.toBeNull();
  expect(store.open).toHaveLength(1);
});

test('where an outcome is obligatory, no key discards what is written before there is one', async () => {
  const { desk } = aDesk();
  desk.outcomeRequired = true;
  await open(desk, aPopUp({ ...stranger, ignored: false }));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ notes: 'Paga el viernes' });
  await drawn(list);
  card('1001').close('acknowledge');
  await drawn(list);
  await pressIn('d');

  expect(store.open).toHaveLength(1);
  expect(draft.text.notes).toBe('Paga el viernes');
});

test('where an outcome is obligatory, the correction of one that was sent can be discarded', async () => {
  const { desk } = aDesk({ outcome: 'attended', draft: false, ...stamp });
  desk.outcomeRequired = true;
  await open(desk, aPopUp({ ...stranger, ignored: false }));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ notes: 'y algo más' });
  await drawn(list);
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  expect(textOf(card('1001'))).toContain('¿Guardar o descartar?');
  expect(button(card('1001'), 'Descartar')).toBeDefined();
  await pressIn('d');

  expect(store.open).toEqual([]);
  expect([draft.state, draft.text.notes]).toEqual(['sent', '']);
});

test('what is saved while the call goes on leaves the card there, which can be closed', async () => {
  const { desk } = aDesk();
  desk.drafts.onSent = () => {};
  await open(desk, aPopUp({ ...stranger, state: 'connected' }));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ outcome: 'attended' });
  await draft.send();
  await drawn(list);
  expect(textOf(card('1001'))).toContain('Se cierra al terminar la llamada.');
  await pressIn('Enter', { ctrlKey: true }, card('1001').renderRoot.querySelector('article') as HTMLElement);
  expect(store.open).toHaveLength(1);

  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  expect(store.open).toEqual([]);
});

test('a card that goes while it asks leaves nothing asked', async () => {
  const { desk } = aDesk();
  await open(desk, aPopUp(stranger));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ notes: 'Paga el viernes' });
  await drawn(list);
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  expect(draft.asked).toBe(true);
  store.dismiss(aPopUp());
  await drawn(list);

  expect(draft.asked).toBe(false);
});

test('the second click of a double click does not close the next card', async () => {
  await show(aPopUp({ callId: 'a', state: 'connected' }), aPopUp({ callId: 'b', state: 'connected' }));
  const click = (callId: string, detail: number) =>
    button(card(callId), 'Cerrar').dispatchEvent(
      new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail }),
    );
  click('a', 1);
  await drawn(list);
  click('b', 2);
  await drawn(list);
  expect(store.open.map((popUp) => popUp.callId)).toEqual(['b']);

  // A key that is pressed on the next card is meant for it.
  click('b', 0);
  await drawn(list);
  expect(store.open).toEqual([]);
});

test('a card of a call whose correction is not saved asks too, and what was sent stands', async () => {
  const { desk } = aDesk({ outcome: 'attended', draft: false, ...stamp });
  await open(desk, aPopUp(stranger));
  const draft = desk.drafts.get(aPopUp());
  draft.change({ notes: 'y algo más' });
  await drawn(list);
  button(card('1001'), 'Cerrar').click();
  await drawn(list);
  button(card('1001'), 'Descartar').click();
  await drawn(list);
  expect(store.open).toHaveLength(0);
  expect([draft.state, draft.text.notes]).toEqual(['sent', '']);
});

test('the name that a caller’s phone sends is told as the caller’s own word', async () => {
  const number = { display: '8888 1234', e164: '+50688881234', kind: 'number' as const };
  const state = 'connected';
  await show(
    aPopUp({ callId: 'a', state, number: { ...number, name: 'Juan Pérez' } }),
    aPopUp({ callId: 'b', state, number }),
  );

  expect(textOf(card('a'))).toContain('Dice ser Juan Pérez, sin comprobar');
  expect(textOf(card('b'))).not.toContain('Dice ser');
});

test('a contact that a call gets on the screen offers the earlier calls of the number', async () => {
  const asked: string[] = [];
  const api = new ApiClient({
    fetch: async (url) => {
      asked.push(String(url));
      const contact = { contactId: 'c1', name: 'María Rojas', numbers: [] };
      return Response.json(String(url).endsWith('/api/contacts/c1') ? contact : { items: [] });
    },
  });
  Object.assign(list, { desk: new Desk(api, () => new Promise(() => {})) });
  const earlier = () => asked.filter((url) => url.includes('/earlier-calls')).length;
  const state = 'connected';
  const unknown = { state, contactId: undefined, candidates: [], match: 'none' } as const;
  await show(aPopUp({ callId: 'known', state, revision: 1 }), aPopUp({ callId: 'new', revision: 1, ...unknown }));
  await show(aPopUp({ callId: 'known', state, revision: 2 }));
  expect(earlier()).toBe(0);

  await show(aPopUp({ callId: 'new', state, revision: 2 }));
  const work = card('new').renderRoot.querySelector<LitElement>('cmw-call-work') as LitElement;
  await drawn(work);
  expect(asked).toContain('/api/contacts/c1/earlier-calls?number=%2B50688881234&take=50');

  // Of a number that several share nobody knows whose the earlier calls are.
  const shared = [...aPopUp().candidates, { contactId: 'c2', name: 'Otra', reason: 'mainNumber' as const }];
  await show(aPopUp({ callId: 'shared', revision: 1, ...unknown, candidates: shared }));
  await show(aPopUp({ callId: 'shared', state, revision: 2, candidates: shared }));
  expect(earlier()).toBe(1);
});

test('a contact that a colleague renames during the call is read again, with all that changed', async () => {
  let contact = { contactId: 'c1', name: 'María Rojas', numbers: [], document: '1-0400-0100' };
  const api = new ApiClient({
    fetch: async (url) => Response.json(String(url).endsWith('/api/contacts/c1') ? contact : { items: [] }),
  });
  Object.assign(list, { desk: new Desk(api, () => new Promise(() => {})) });
  await show(aPopUp({ revision: 1, candidates: [{ ...contact, reason: 'mainNumber' }] }));
  const [shown] = list.renderRoot.querySelectorAll<PopUpCard>('cmw-pop-up-card');
  const work = shown?.renderRoot.querySelector<LitElement>('cmw-call-work') as LitElement;
  await drawn(work);
  const file = work.renderRoot.querySelector<LitElement>('cmw-contact-file') as LitElement;
  await drawn(file);
  expect(textOf(file)).toContain('1-0400-0100');

  contact = { ...contact, name: 'María Rojas (morosa)', document: '6-0844-1111' };
  await show(aPopUp({ revision: 2, candidates: [{ ...contact, reason: 'mainNumber' }] }));
  await drawn(work);
  await drawn(file);
  expect(textOf(file)).toContain('6-0844-1111');
});

test('«Quitar de la lista» puts the card away by the keyboard, and is offered for what is to be done alone', async () => {
  const taken: PopUp[] = [];
  store.onTakenOff = (call) => taken.push(call);
  await show(
    aPopUp({ callId: 'rings' }),
    aPopUp({ callId: 'missed', state: 'ended' }),
    aPopUp({ callId: 'talked', state: 'ended', connectedAt: '2026-03-02T15:00:05Z' }),
  );
  expect(() => button(card('talked'), 'Quitar')).toThrow();
  await list.goTo(aPopUp({ callId: 'missed' }));
  await drawn(list);
  button(card('missed'), 'Quitar de la lista').click();
  await drawn(list);

  expect(dismissed).toEqual(['missed']);
  expect(taken.map((call) => call.dismissed)).toEqual([true]);
  expect(store.open.map((popUp) => popUp.callId)).toEqual(['rings', 'talked']);

  list.team = true;
  await drawn(list);
  await card('rings').updateComplete;
  expect(button(card('rings'), 'Quitar de las listas de todos')).toBeDefined();
});

const missed = (callId: string, minute: number): PopUp =>
  aPopUp({ callId, state: 'ended', startedAt: `2026-03-02T15:${String(minute).padStart(2, '0')}:00Z` });

const lines = () => [...list.renderRoot.querySelectorAll<HTMLElement>('.line .open')];

const atLine = () => (list.shadowRoot?.activeElement as HTMLElement | null)?.dataset.call;

async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
  const at = list.shadowRoot?.activeElement as HTMLElement;
  (at.shadowRoot?.activeElement ?? at).dispatchEvent(event);
  if (key === 'Enter' && !event.defaultPrevented) at.click();
  await drawn(list);
  await drawn(list);
}

test('calls that are over are a line each, with what is left to do, and read nothing until one is opened', async () => {
  const asked: string[] = [];
  const api = new ApiClient({
    fetch: async (url) => {
      asked.push(String(url));
      return Response.json(String(url).includes('/api/calls/') ? aPopUp() : { items: [], name: '', numbers: [] });
    },
  });
  Object.assign(list, { desk: new Desk(api, () => new Promise(() => {})) });
  await show(missed('a', 1), missed('b', 2), missed('c', 3));
  expect(list.renderRoot.querySelectorAll('cmw-pop-up-card')).toHaveLength(0);
  expect(lines().map((line) => line.dataset.call)).toEqual(['office|c', 'office|b', 'office|a']);
  expect(lines()[0]?.textContent?.replace(/\s+/g, ' ')).toMatch(/María Rojas.*Perdida.*Falta devolverla/);
  expect(lines().map((line) => line.tabIndex)).toEqual([0, -1, -1]);
  expect(asked).toEqual([]);

  await list.goToNewest();
  await press('ArrowDown');
  expect(atLine()).toBe('office|b');
  expect(lines().map((line) => line.tabIndex)).toEqual([-1, 0, -1]);
  await press('Enter', { repeat: true });
  expect(list.renderRoot.querySelectorAll('cmw-pop-up-card')).toHaveLength(0);
  await press('Enter');
  expect(focused()).toBe(card('b').renderRoot.querySelector('article'));
  expect(asked.length).toBeGreaterThan(0);

  await press('Escape');
  expect(atLine()).toBe('office|b');
  expect(list.renderRoot.querySelectorAll('cmw-pop-up-card')).toHaveLength(0);
});

test('the newest call that goes on is open; one that rang before it is a line, and one with talk stays open', async () => {
  await show(aPopUp({ callId: 'talk', state: 'connected', startedAt: '2026-03-02T15:00:00Z' }));
  await show(aPopUp({ callId: 'first', startedAt: '2026-03-02T15:01:00Z' }));
  await show(aPopUp({ callId: 'second', startedAt: '2026-03-02T15:02:00Z' }));
  const cards = () =>
    [...list.renderRoot.querySelectorAll<PopUpCard>('cmw-pop-up-card')].map((one) => one.popUp.callId);
  expect(cards()).toEqual(['second', 'talk']);
  expect(lines().map((line) => line.dataset.call)).toEqual(['office|first']);

  // A call that is missed becomes a line; one that was talked in is to be written of.
  await show(aPopUp({ callId: 'second', state: 'ended', startedAt: '2026-03-02T15:02:00Z' }));
  await show(aPopUp({ callId: 'talk', state: 'ended', connectedAt: '2026-03-02T15:00:05Z' }));
  expect(cards()).toEqual(['talk']);
});

test('a call that was a line, as another rang after it, opens when it is answered', async () => {
  await show(aPopUp({ callId: 'answered', startedAt: '2026-03-02T15:00:00Z' }));
  await show(aPopUp({ callId: 'rings', startedAt: '2026-03-02T15:01:00Z' }));
  expect(lines().map((line) => line.dataset.call)).toEqual(['office|answered']);
  lines()[0]?.focus();

  const connectedAt = '2026-03-02T15:01:05Z';
  await show(aPopUp({ callId: 'answered', state: 'connected', startedAt: '2026-03-02T15:00:00Z', connectedAt }));
  expect(card('answered')).toBeDefined();
  // The focus goes along from the line to the card.
  expect(focused()).toBe(card('answered').renderRoot.querySelector('article'));
  expect(card('rings')).toBeDefined();
});

test('of calls that began in the same second the one that came last is open', async () => {
  await show(aPopUp({ callId: 'a' }));
  await show(aPopUp({ callId: 'b' }));
  expect(card('b')).toBeDefined();
  expect(lines().map((line) => line.dataset.call)).toEqual(['office|a']);

  // News of a call that began before them takes nothing away.
  await show(aPopUp({ callId: 'late', startedAt: '2026-03-02T14:59:00Z' }));
  expect(card('late')).toBeUndefined();
});

test('a call that the agent is at is folded neither by its end nor by the next call', async () => {
  await show(aPopUp({ callId: 'at', startedAt: '2026-03-02T15:00:00Z' }));
  button(card('at'), 'Cerrar').focus();
  await show(aPopUp({ callId: 'at', state: 'ended', startedAt: '2026-03-02T15:00:00Z' }));
  await show(aPopUp({ callId: 'next', startedAt: '2026-03-02T15:01:00Z' }));

  expect(card('at')).toBeDefined();
  expect(card('next')).toBeDefined();
});

test('a call that was over when this screen heard of it folds no card that is being written in', async () => {
  const { desk } = aDesk();
  const first = aPopUp({ ...stranger, startedAt: '2026-03-02T15:00:00Z' });
  await open(desk, first);
  expect(card('1001')).toBeDefined();
  desk.drafts.get(first).change({ notes: 'Paga el viernes' });
  await drawn(list);
  await show(aPopUp({ ...stranger, callId: 'over', startedAt: '2026-03-02T15:01:00Z' }));

  expect(card('1001')).toBeDefined();
  expect(card('over')).toBeUndefined();
});

test('Delete puts the line away that has the focus, and the next one gets it', async () => {
  await show(missed('a', 1), missed('b', 2), missed('c', 3));
  await list.goToNewest();
  await press('ArrowDown');
  await press('Delete');
  expect(dismissed).toEqual(['b']);
  expect(atLine()).toBe('office|a');
  await press('Delete');
  expect(dismissed).toEqual(['b', 'a']);
  expect(atLine()).toBe('office|c');

  // What was talked is in no list of what is to be done, so its card is put away alone.
  await press('Delete');
  await show(aPopUp({ callId: 'talked', state: 'ended', connectedAt: '2026-03-02T15:00:05Z' }), missed('d', 4));
  await list.goTo(aPopUp({ callId: 'd' }));
  await press('Escape');
  await press('ArrowDown');
  expect(atLine()).toBe('office|talked');
  await press('Delete');
  expect(dismissed).toEqual(['b', 'a', 'c']);
  expect(store.open.map((popUp) => popUp.callId)).toEqual(['d']);
});

test('a Delete key that is held down puts one line away', async () => {
  await show(missed('a', 1), missed('b', 2));
  await list.goToNewest();
  await press('Delete');
  await press('Delete', { repeat: true });
  expect(dismissed).toEqual(['b']);
  expect(store.open.map((popUp) => popUp.callId)).toEqual(['a']);
});

test.each(['Escape', 'Enter'])('%s folds no card of a call that goes on', async (key) => {
  await show(aPopUp({ callId: 'first', state: 'connected' }), aPopUp({ callId: 'talk', state: 'connected' }));
  await list.goTo(aPopUp({ callId: 'talk' }));
  await press(key);
  expect(card('talk')).toBeDefined();
});

test('a card of which something typed is not stored yet stays where another line is opened', async () => {
  const { desk } = aDesk();
  Object.assign(list, { desk });
  await show(missed('a', 1), missed('b', 2));
  await list.goTo(aPopUp({ callId: 'a' }));
  desk.drafts.get(aPopUp({ callId: 'a' })).change({ notes: 'Paga el viernes' });
  await list.goTo(aPopUp({ callId: 'b' }));
  await drawn(list);

  expect(card('a')).toBeDefined();
  expect(card('b')).toBeDefined();
});

test('a missed call of which something is written leaves the lists once that is decided', async () => {
  const { desk } = aDesk();
  Object.assign(list, { desk });
  await show(missed('a', 1), missed('b', 2));
  desk.drafts.get(aPopUp({ callId: 'b' })).change({ notes: 'Paga el viernes' });
  await drawn(list);
  await list.goToNewest();
  await press('Delete');
  for (let turn = 0; turn < 5; turn++) await drawn(list);
  expect(asks('b')).not.toBeNull();
  expect(dismissed).toEqual([]);
  await pressIn('d');

  expect(dismissed).toEqual(['b']);
});

test('Delete asks where something is written that only the server has yet', async () => {
  const { desk } = aDesk({ draft: true, notes: 'Paga el viernes', ...stamp });
  Object.assign(list, { desk });
  const talked = aPopUp({ callId: 'talked', state: 'ended', connectedAt: '2026-03-02T15:00:05Z' });
  const newer = { ...talked, callId: 'newer', startedAt: '2026-03-02T15:10:00Z' };
  await show(talked, newer);
  await list.goTo(newer);
  await press('Escape');
  await press('ArrowDown');
  expect(atLine()).toBe('office|talked');
  expect(desk.drafts.find(talked)).toBeUndefined();
  await press('Delete');
  for (let turn = 0; turn < 5; turn++) await drawn(list);

  expect(store.open.map((popUp) => popUp.callId)).toContain('talked');
  expect(asks('talked')).not.toBeNull();
});

test('where the contact comes by a message while it is being created, the focus goes to the card', async () => {
  const api = new ApiClient({
    fetch: async (url) =>
      Response.json(
        String(url).startsWith('/api/calls/') ? aPopUp() : { items: [], contactId: 'c1', name: 'María', numbers: [] },
      ),
  });
  const desk = new Desk(api, () => new Promise(() => {}));
  const unknown = { state: 'connected', contactId: undefined, candidates: [], match: 'none' } as const;
  await open(desk, aPopUp({ revision: 1, ...unknown }));
  const work = card('1001').renderRoot.querySelector<LitElement>('cmw-call-work') as CallWork;
  await work.focusSearch();
  expect(work.shadowRoot?.activeElement?.localName).toBe('cmw-contact-picker');
  await show(aPopUp({ state: 'connected', revision: 2 }));
  for (let turn = 0; turn < 3; turn++) await drawn(list);

  expect(focused()).toBe(card('1001').renderRoot.querySelector('article'));
});

test('all missed calls are put away by one request, after a question, and what is being written stays', async () => {
  const api = new ApiClient({ fetch: async () => Response.json({ items: [], name: '', numbers: [] }) });
  const desk = new Desk(api, () => new Promise(() => {}));
  Object.assign(list, { desk });
  await show(missed('a', 1), missed('b', 2), missed('c', 3), missed('d', 4));
  desk.drafts.get(missed('b', 2)).change({ notes: 'llama mañana' });
  await drawn(list);
  expect(lines()[2]?.textContent).toContain('Borrador sin terminar');
  await list.goToNewest();
  await press('Delete', { shiftKey: true });
  expect(list.renderRoot.querySelector('.question')?.textContent).toContain('las llamadas perdidas (4)?');
  expect(dismissed).toEqual([]);
  button(list, 'Conservar').click();
  await drawn(list);
  expect(atLine()).toBe('office|d');

  await press('Delete', { shiftKey: true });
  (list.shadowRoot?.activeElement as HTMLElement).click();
  await drawn(list);
  await drawn(list);
  expect(dismissed).toEqual(['d', 'c', 'a']);
  expect(atLine()).toBe('office|b');
});

test('of all missed calls one stays whose draft is stored and not sent', async () => {
  const { desk } = aDesk();
  Object.assign(list, { desk });
  await show(missed('a', 1), missed('b', 2), missed('c', 3));
  const draft = desk.drafts.get(missed('b', 2));
  draft.change({ notes: 'llama mañana' });
  await draft.flush();
  expect(draft.state).toBe('kept');
  await list.goToNewest();
  await press('Delete', { shiftKey: true });
  button(list, 'Descartar').click();
  await drawn(list);

  expect(dismissed).toEqual(['c', 'a']);
});

test('to put away all missed calls is offered and asked while there are any, and says from whose lists', async () => {
  const question = () => list.renderRoot.querySelector('.question')?.textContent?.replace(/\s+/g, ' ').trim();
  await show(missed('a', 1), missed('b', 2));
  button(list, 'Descartar las 2 perdidas').click();
  await drawn(list);
  expect(question()).toContain('¿Quitar de sus listas las llamadas perdidas (2)?');
  list.team = true;
  await drawn(list);
  expect(question()).toContain('¿Quitar de las listas de todos las llamadas perdidas (2)?');

  button(list, 'Conservar').click();
  await show({ ...missed('talked', 3), missed: false, connectedAt: '2026-03-02T15:03:05Z' });
  store.dismiss(aPopUp({ callId: 'a' }));
  await drawn(list);
  expect(list.renderRoot.querySelector('.all')).toBeNull();
  await list.goToNewest();
  await press('Escape');
  await press('Delete', { shiftKey: true });
  expect(question()).toContain('(1)?');
  store.dismiss(aPopUp({ callId: 'b' }));
  await drawn(list);
  expect(question()).toBeUndefined();
});

test('why not all missed calls could be put away is said', async () => {
  const refused = async () => {
    throw new ApiError(403, { title: 'No', detail: 'Estas llamadas no son suyas.' });
  };
  const answer = async () => aPopUp();
  list.store = store = new PopUpStore({
    popUps: async () => [missed('a', 1), missed('b', 2)],
    acknowledge: async () => {},
    dismissCall: answer,
    dismissCalls: refused,
    chooseContact: answer,
    ignoreCall: answer,
  });
  await show(missed('a', 1), missed('b', 2));
  button(list, 'Descartar las 2 perdidas').click();
  await drawn(list);
  button(list, 'Descartar').click();
  for (let turn = 0; turn < 3; turn++) await drawn(list);

  expect(list.renderRoot.querySelector('.refusal')?.textContent).toContain('Estas llamadas no son suyas.');
  expect(lines()).toHaveLength(2);
});

test('of very many calls forty lines are drawn, and the arrow goes on to the rest', async () => {
  await show(...Array.from({ length: 45 }, (_, place) => missed(`m${place}`, place)));
  expect(lines()).toHaveLength(40);
  expect(button(list, 'Ver más (5)')).toBeDefined();
  await list.goToNewest();
  await press('End');
  await press('ArrowDown');
  expect(lines()).toHaveLength(45);
  expect(atLine()).toBe('office|m4');
});

test('somebody else’s call says whose it is, by name', async () => {
  const api = new ApiClient({ fetch: async () => Response.json({ items: [], name: '', numbers: [] }) });
  const desk = new Desk(api, () => new Promise(() => {}));
  Object.defineProperty(desk, 'agentId', { value: 'sofia' });
  Object.assign(list, { desk });
  store.reopen({ ...aPopUp({ callId: 'team', state: 'connected', agentId: 'ana' }), agentName: 'Ana Solano' });
  await show(aPopUp({ callId: 'own', state: 'connected', agentId: 'sofia' }));
  await drawn(list);

  expect(textOf(card('team'))).toContain('Llamada de Ana Solano');
  expect(card('team').renderRoot.querySelector('article')?.className).toContain('others');
  expect(textOf(card('own'))).not.toContain('Llamada de');
});
