// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebhookKey } from '../../src/api/settings-types.js';
import type { WebhookKeys } from '../../src/operator/webhook-keys.js';
import '../../src/operator/webhook-keys.js';
import { button, drawn, mount, textOf } from '../dom.js';

const now = Date.parse('2026-11-30T18:00:00Z');

let keys: readonly WebhookKey[];
let shown: number[];
let element: WebhookKeys;

async function open(): Promise<void> {
  element = await mount<WebhookKeys>('cmw-webhook-keys', {
    api: {
      webhookKeys: async () => keys,
      webhookAddress: async (keyNumber) => {
        shown.push(keyNumber);
        return { address: `https://cmw.example/api/webhooks/callmyway/key-${keyNumber}` };
      },
      now: () => now,
    },
    timeZone: 'America/Costa_Rica',
  });
  await drawn(element);
}

beforeEach(() => {
  keys = [{ keyNumber: 1 }, { keyNumber: 2, lastUsedAt: '2026-11-30T17:59:00Z' }];
  shown = [];
});

afterEach(() => {
  element.remove();
  vi.restoreAllMocks();
});

test('of two keys it says which was used last, and when', async () => {
  await open();
  const rows = [...element.renderRoot.querySelectorAll('li')].map((row) => row.textContent?.replace(/\s+/g, ' '));
  expect(rows[0]).toContain('Último aviso: ninguno todavía');
  expect(rows[0]).not.toContain('La usada de última');
  expect(rows[1]).toMatch(/Último aviso: 11:59.*La usada de última/);
});

test('the address is shown and copied only where it is asked for', async () => {
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await open();
  expect(element.renderRoot.querySelector('input')).toBeNull();
  button(element, 'Copiar la dirección de la clave 2').click();
  for (let turn = 0; turn < 3; turn++) await drawn(element);
  expect(shown).toEqual([2]);
  expect(copied).toHaveBeenCalledWith('https://cmw.example/api/webhooks/callmyway/key-2');
  expect((element.renderRoot.querySelector('#address-2') as HTMLInputElement).value).toContain('key-2');
  expect(textOf(element)).toContain('Copiada');
});

test('where there is no key, a random one is offered that the settings take', async () => {
  keys = [];
  await open();
  const offered = element.renderRoot.querySelector('pre')?.textContent ?? '';
  expect(offered).toMatch(/^Webhook__Keys__0=[A-Za-z0-9_-]{32}$/);
  element.requestUpdate();
  await drawn(element);
  expect(element.renderRoot.querySelector('pre')?.textContent).toBe(offered);
});
