// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Session } from '../../src/session/session.js';
import type { SessionEnded } from '../../src/session/session-ended.js';
import '../../src/session/session-ended.js';
import { drawn, mount } from '../dom.js';

const session = { watch: () => () => {}, me: { id: 'ana' } } as unknown as Session;

test('only signing in closes the dialog', async () => {
  const ended = await mount<SessionEnded>('cmw-session-ended', { session });
  const dialog = ended.renderRoot.querySelector('dialog') as HTMLDialogElement;
  const escape = new Event('cancel', { cancelable: true });
  dialog.dispatchEvent(escape);
  expect(escape.defaultPrevented).toBe(true);
  expect(dialog.getAttribute('closedby')).toBe('none');
  // In a browser without `closedby`, a second Escape closes the dialog.
  dialog.close();
  await drawn(ended);
  expect(dialog.open).toBe(true);
  ended.remove();
});

test('after the sign-in, the focus returns to where it was', async () => {
  const outer = document.createElement('div');
  const field = document.createElement('textarea');
  outer.attachShadow({ mode: 'open' }).append(field);
  document.body.append(outer);
  field.focus();
  const ended = await mount<SessionEnded>('cmw-session-ended', { session });
  expect(document.activeElement).not.toBe(outer);
  ended.remove();

  expect(outer.shadowRoot?.activeElement).toBe(field);
});
