// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { WrapUp } from '../../src/api/types.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { popUpCardStyles } from '../../src/pop-ups/pop-up-card-styles.js';
import { SaveNotice } from '../../src/wrap-up/save-notice.js';
import { Saves } from '../../src/wrap-up/saves.js';
import type { WrapUpDraft } from '../../src/wrap-up/wrap-up-draft.js';
import { aPopUp } from '../builders.js';
import { button, drawn, focused, mount } from '../dom.js';

test('a notice that is closed gives the focus back', async () => {
  const saves = new Saves({ call: async () => aPopUp(), now: () => 0 });
  const before = document.createElement('button');
  document.body.append(before);
  const notice = await mount<SaveNotice>('cmw-save-notice', {
    saves,
    outcomes: new OutcomesStore({ outcomes: async () => ({ items: [] }) }),
  });
  saves.add(aPopUp(), {} as WrapUp, { savedAt: 0 } as WrapUpDraft);
  await drawn(notice);
  before.focus();
  button(notice, 'Cerrar este mensaje').focus();
  button(notice, 'Cerrar este mensaje').click();
  await drawn(notice);
  expect(focused()).toBe(before);
  notice.remove();
});

test('the notice and the bar at a card’s end stand above the state of a click', () => {
  const above = /inset-block-end: calc\([^;]*var\(--cmw-dial-status, 0px\)\)/;
  expect(String(SaveNotice.styles)).toMatch(above);
  expect(String(popUpCardStyles)).toMatch(above);
});
