// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { FollowUp } from '../../src/api/types.js';
import type { FollowUpsList } from '../../src/follow-ups/follow-ups-list.js';
import '../../src/follow-ups/follow-ups-list.js';
import { FollowUpsStore } from '../../src/follow-ups/follow-ups-store.js';
import { button, drawn, mount, textOf } from '../dom.js';

const item: FollowUp = {
  followUpId: 'f1',
  callId: '1001',
  account: 'office',
  contactName: 'María Rojas',
  number: { display: '8888-1234', kind: 'number' },
  dueAt: '2026-03-02T15:00:00Z',
};

test('«Hecho» of a follow-up that is somebody else’s by now does not count as done in silence', async () => {
  const store = new FollowUpsStore({
    followUps: async () => ({ items: [item] }),
    closeFollowUp: () => Promise.reject(new ApiError(404)),
  });
  await store.read();
  const list = await mount<FollowUpsList>('cmw-follow-ups-list', { store });
  const said = list.renderRoot.querySelector('[role="status"].gone');
  expect(said?.textContent).toBe('');
  button(list, 'Hecho').click();
  await drawn(list);

  expect(textOf(list)).toContain('No tiene seguimientos pendientes.');
  expect(said?.textContent).toContain('Lo de María Rojas ya no estaba en su lista');
  list.remove();
  expect(store.gone).toBeUndefined();
});
