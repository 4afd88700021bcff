// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { Me } from '../../src/api/types.js';
import { parts } from '../../src/settings/parts.js';
import type { SettingsPage } from '../../src/settings/settings-page.js';
import '../../src/settings/settings-page.js';
import { drawn, mount, textOf } from '../dom.js';

const somebody = (role: string): Me => ({ id: 'eva', name: 'Eva', roles: [role], endpoints: [] });

const api = new ApiClient({ fetch: async () => Response.json({ items: [], outcomeRequired: false }) });

const open = (path: string, role = 'admin') =>
  mount<SettingsPage>('cmw-settings-page', { api, me: somebody(role), path });

test('the index leads to each part, with a sentence', async () => {
  const page = await open('');
  const links = [...page.renderRoot.querySelectorAll('.index a')].map((link) => link.getAttribute('href'));
  expect(links).toEqual(parts.map(({ path }) => `/settings/${path}`));
  for (const { about } of parts) expect(textOf(page)).toContain(about());
  page.remove();
});

test('a part is loaded when its address is opened, and names itself', async () => {
  const page = await open('desk');
  await appears(page, '.editor');
  expect(page.renderRoot.querySelector('h1')?.textContent).toBe('Cierre de llamadas');
  expect(page.renderRoot.querySelector('nav [aria-current]')?.getAttribute('href')).toBe('/settings/desk');

  page.path = 'pauses';
  await appears(page, 'cmw-pause-reasons');
  expect(page.renderRoot.querySelectorAll('.editor')).toHaveLength(1);
  page.remove();
});

test('nobody but an administrator sees them', async () => {
  const page = await open('desk', 'supervisor');
  expect(textOf(page)).toContain('Los ajustes son de un administrador.');
  expect(page.renderRoot.querySelector('.editor')).toBeNull();
  page.remove();
});

test('an address of no part shows the index', async () => {
  const page = await open('nothing');
  expect(page.renderRoot.querySelectorAll('.index a').length).toBe(parts.length);
  page.remove();
});

/** Code that is fetched comes a little later. */
async function appears(page: SettingsPage, selector: string): Promise<void> {
  for (let turn = 0; turn < 500 && !page.renderRoot.querySelector(selector); turn++) {
    await drawn(page);
    await new Promise((done) => setTimeout(done, 10));
  }

  expect(page.renderRoot.querySelector(selector)).not.toBeNull();
}
