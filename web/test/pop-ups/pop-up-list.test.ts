// @vitest-environment happy-dom
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { PopUp } from '../../src/api/types.js';
import { Desk } from '../../src/desk/desk.js';
import '../../src/pop-ups/call-work.js';
import type { PopUpCard } from '../../src/pop-ups/pop-up-card.js';
import type { PopUpList } from '../../src/pop-ups/pop-up-list.js';
import '../../src/pop-ups/pop-up-list.js';
import { PopUpStore } from '../../src/pop-ups/pop-up-store.js';
import { aPopUp } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

let store: PopUpStore;
let list: PopUpList;
let dismissed: string[];

beforeEach(async () => {
  dismissed = [];
  const decided = async () => aPopUp();
  store = new PopUpStore({
    popUps: async () => [],
    acknowledge: async () => {},
    dismissCall: async (popUp) => {
      dismissed.push(popUp.callId);
      return { ...popUp, dismissed: true };
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
  await show(aPopUp({ callId: 'a' }), aPopUp({ callId: 'b' }));
  button(card('a'), 'Listo').focus();
  store.close(aPopUp({ callId: 'a' }));
  await drawn(list);

  expect(focused()).toBe(card('b').renderRoot.querySelector('article'));
});

test('of several simultaneous calls, one that is still going on is announced', async () => {
  await show(aPopUp({ callId: 'a' }));
  button(card('a'), 'Listo').focus();
  store.show(aPopUp({ callId: 'over', state: 'ended', startedAt: '2026-03-02T15:02:00Z' }));
  store.show(
    aPopUp({ callId: 'rings', number: { display: '7777 0000', kind: 'number' }, startedAt: '2026-03-02T15:01:00Z' }),
  );
  await drawn(list);

  expect(list.renderRoot.querySelector('.notice')?.textContent).toContain('7777 0000');
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

test('«Listo» moves to the form if typed text can’t be saved without the agent', async () => {
  const wrapUp = { outcome: 'attended', draft: false, agentId: 'ana', updatedAt: '2026-03-02T15:00:00Z', etag: '1' };
  const fetch = async (url: string) =>
    Response.json(url.startsWith('/api/calls/') ? { ...aPopUp(), wrapUp } : { items: [] });
  const desk = new Desk(new ApiClient({ fetch: (url) => fetch(String(url)) }), () => new Promise(() => {}));
  Object.assign(list, { desk });
  await show(aPopUp({ state: 'ended', contactId: undefined, candidates: [], ignored: true }));
  await desk.drafts.get(aPopUp()).load();
  desk.drafts.get(aPopUp()).change({ notes: 'y algo más' });
  await drawn(list);
  button(card('1001'), 'Listo').click();
  await drawn(list);

  expect(store.open).toHaveLength(1);
  const work = card('1001').renderRoot.querySelector<LitElement>('cmw-call-work');
  const form = work?.renderRoot.querySelector<LitElement>('cmw-wrap-up-form');
  expect(form?.shadowRoot?.activeElement?.textContent).toContain('Enviar corrección');
  button(form as LitElement, 'Descartar').click();
  button(card('1001'), 'Listo').click();
  await drawn(list);
  expect(store.open).toHaveLength(0);
});

test('the name that a caller’s phone sends is told as the caller’s own word', async () => {
  const number = { display: '8888 1234', e164: '+50688881234', kind: 'number' as const };
  await show(aPopUp({ callId: 'a', number: { ...number, name: 'Juan Pérez' } }), aPopUp({ callId: 'b', number }));

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
  const unknown = { contactId: undefined, candidates: [], match: 'none' as const };
  await show(aPopUp({ callId: 'known', revision: 1 }), aPopUp({ callId: 'new', revision: 1, ...unknown }));
  await show(aPopUp({ callId: 'known', revision: 2 }));
  expect(earlier()).toBe(0);

  await show(aPopUp({ callId: 'new', revision: 2 }));
  const work = card('new').renderRoot.querySelector<LitElement>('cmw-call-work') as LitElement;
  await drawn(work);
  expect(asked).toContain('/api/contacts/c1/earlier-calls?number=%2B50688881234&take=50');

  // Of a number that several share nobody knows whose the earlier calls are.
  const shared = [...aPopUp().candidates, { contactId: 'c2', name: 'Otra', reason: 'mainNumber' as const }];
  await show(aPopUp({ callId: 'shared', revision: 1, ...unknown, candidates: shared }));
  await show(aPopUp({ callId: 'shared', revision: 2, candidates: shared }));
  expect(earlier()).toBe(1);
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
