// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PopUp } from '../../src/api/types.js';
import type { PopUpCard } from '../../src/pop-ups/pop-up-card.js';
import type { PopUpList } from '../../src/pop-ups/pop-up-list.js';
import '../../src/pop-ups/pop-up-list.js';
import { PopUpStore } from '../../src/pop-ups/pop-up-store.js';
import { aPopUp } from '../builders.js';
import { button, drawn, mount } from '../dom.js';

let store: PopUpStore;
let list: PopUpList;

beforeEach(async () => {
  const decided = async () => aPopUp();
  store = new PopUpStore({
    popUps: async () => [],
    acknowledge: async () => {},
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

/** The element that has the focus, within its card. */
const focused = () => (list.shadowRoot?.activeElement as PopUpCard | null)?.shadowRoot?.activeElement;

async function show(...popUps: PopUp[]): Promise<void> {
  for (const popUp of popUps) store.show(popUp);
  await drawn(list);
  for (const one of list.renderRoot.querySelectorAll<PopUpCard>('cmw-pop-up-card')) await one.updateComplete;
}

test('where the card at which the agent was goes away, no key that is still held does anything to the next one', async () => {
  await show(aPopUp({ callId: 'a' }), aPopUp({ callId: 'b' }));
  button(card('a'), 'Listo').focus();
  store.close(aPopUp({ callId: 'a' }));
  await drawn(list);

  expect(focused()).toBe(card('b').renderRoot.querySelector('article'));
});
