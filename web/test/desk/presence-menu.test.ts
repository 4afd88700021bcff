// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Me, Presence } from '../../src/api/types.js';
import type { PresenceMenu } from '../../src/desk/presence-menu.js';
import '../../src/desk/presence-menu.js';
import { PresenceStore } from '../../src/desk/presence-store.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const me: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [] };
const since = '2026-03-02T15:00:00Z';
const now = (): number => Date.parse(since) + 90_000;

afterEach(() => document.body.replaceChildren());

async function open(
  presence: Presence = { paused: false },
): Promise<{ menu: PresenceMenu; store: PresenceStore; sent: unknown[]; answers: Pending<Presence> }> {
  const answers = new Pending<Presence>();
  const sent: unknown[] = [];
  const store = new PresenceStore({
    me: async () => me,
    setPresence: (wanted) => {
      sent.push(wanted);
      return answers.ask();
    },
    pauseReasons: async () => ({
      items: [
        { code: 'almuerzo', es: 'Almuerzo', en: 'Lunch', active: true },
        { code: 'vieja', es: 'Vieja', en: 'Old', active: false },
      ],
    }),
  });
  store.take({ ...me, presence });
  const menu = await mount<PresenceMenu>('cmw-presence-menu', { presence: store, now });
  return { menu, store, sent, answers };
}

test('a pause is chosen in the menu, shown at once, and kept as the server has it', async () => {
  const { menu, sent, answers } = await open();
  await menu.show();
  await drawn(menu);
  expect(textOf(menu)).not.toContain('Vieja');
  button(menu, 'Almuerzo').click();
  await drawn(menu);
  expect(menu.renderRoot.querySelector('#toggle')?.className).toContain('paused');
  await answers.answer({ paused: true, reason: 'almuerzo', since });
  await drawn(menu);
  expect(sent).toEqual([{ paused: true, reason: 'almuerzo' }]);
  const toggle = menu.renderRoot.querySelector('#toggle');
  // Who speaks to the machine says what they see: its name is its content.
  expect(toggle?.hasAttribute('aria-label')).toBe(false);
  expect(toggle?.textContent?.replace(/\s+/g, ' ').trim()).toBe('En pausa: Almuerzo 1:30 Cambiar');
  expect(menu.renderRoot.querySelector('.menu')?.hasAttribute('hidden')).toBe(true);
});

test('a pause that was there when the page was loaded is shown by its name', async () => {
  const { menu } = await open({ paused: true, reason: 'almuerzo', since });
  await drawn(menu);
  expect(menu.renderRoot.querySelector('.words')?.textContent).toBe('Almuerzo');
});

test('what is refused is taken back, and the menu says why', async () => {
  const { menu, answers } = await open();
  await menu.show();
  button(menu, 'Sin motivo').click();
  await drawn(menu);
  await answers.fail(new ApiError(0));
  await drawn(menu);
  expect(menu.renderRoot.querySelector('#toggle')?.className).not.toContain('paused');
  expect(menu.renderRoot.querySelector('[role="alert"]')?.textContent).toContain('No hay conexión con el servidor');
  // A menu has items, and nothing to be read.
  const list = menu.renderRoot.querySelector('[role="menu"]');
  expect(list?.querySelector('[role="alert"], .note')).toBeNull();
  const note = menu.renderRoot.querySelector(`#${list?.getAttribute('aria-describedby')}`);
  expect(note?.textContent).toContain('Las llamadas siguen timbrando');
});

test('Escape closes the menu and gives the focus back; arrows move in it', async () => {
  const { menu } = await open();
  await menu.show();
  await drawn(menu);
  const items = [...menu.renderRoot.querySelectorAll<HTMLElement>('.item')];
  const active = () => (menu.renderRoot as ShadowRoot).activeElement;
  expect(active()).toBe(items[0]);
  items[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  expect(active()).toBe(items[1]);
  items[1]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await drawn(menu);
  expect(menu.renderRoot.querySelector('.menu')?.hasAttribute('hidden')).toBe(true);
  expect(active()).toBe(menu.renderRoot.querySelector('#toggle'));
});
