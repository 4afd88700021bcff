// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { CallMyWayFrame } from '../../src/embed/frame-element.js';

customElements.define('callmyway-frame', CallMyWayFrame);

test.each<[string, (frame: CallMyWayFrame) => Promise<unknown>, string]>([
  ['a number that is no text', (frame) => frame.dial(88881234 as never), 'dial-refused'],
  ['no number', (frame) => frame.dial(''), 'dial-refused'],
  ['no contact', (frame) => frame.showContact(undefined as never), 'refused'],
  ['a pause that is neither true nor false', (frame) => frame.setPresence({ paused: 'x' as never }), 'refused'],
  ['no presence', (frame) => frame.setPresence(undefined as never), 'refused'],
])('%s is refused at once', async (_, ask, code) => {
  const frame = new CallMyWayFrame();
  Object.defineProperty(frame, 'isConnected', { value: true });

  await expect(ask(frame)).rejects.toMatchObject({ name: 'EmbedFailure', code, status: 400 });
});
