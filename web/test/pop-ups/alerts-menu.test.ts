// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { Alerts } from '../../src/pop-ups/alerts.js';
import type { AlertsMenu } from '../../src/pop-ups/alerts-menu.js';
import '../../src/pop-ups/alerts-menu.js';
import { drawn, mount } from '../dom.js';

test('notifications without permission are not shown as turned on', async () => {
  const browser = { permission: 'default', requestPermission: async () => (browser.permission = 'denied') };
  vi.stubGlobal('Notification', browser);
  const menu = await mount<AlertsMenu>('cmw-alerts-menu', { alerts: new Alerts() });
  const box = menu.renderRoot.querySelectorAll('input')[1] as HTMLInputElement;
  box.click();
  await drawn(menu);

  expect(browser.permission).toBe('denied');
  expect(box.checked).toBe(false);
  vi.unstubAllGlobals();
});
