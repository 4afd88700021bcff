// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { Alerts } from '../../src/pop-ups/alerts.js';
import type { AlertsOffer } from '../../src/pop-ups/alerts-offer.js';
import '../../src/pop-ups/alerts-offer.js';
import { button, drawn, focused, mount } from '../dom.js';

test('an offer that is declined gives the focus back', async () => {
  const before = document.createElement('button');
  document.body.append(before);
  const offer = await mount<AlertsOffer>('cmw-alerts-offer', { alerts: new Alerts() });
  before.focus();
  button(offer, 'Ahora no').focus();
  button(offer, 'Ahora no').click();
  await drawn(offer);
  expect(offer.renderRoot.querySelector('button')).toBeNull();
  expect(focused()).toBe(before);
});
