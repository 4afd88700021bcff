// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import type { SimulateMenu } from '../../src/desk/simulate-menu.js';
import '../../src/desk/simulate-menu.js';
import { settle } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const menuOf = (team: boolean, status: number, asked: string[]): Promise<SimulateMenu> =>
  mount<SimulateMenu>('cmw-simulate-menu', {
    team,
    api: new ApiClient({
      fetch: async (address) => {
        asked.push(String(address));
        return status < 300
          ? new Response(null, { status })
          : Response.json({ status, title: 'Sin simulador' }, { status });
      },
    }),
  });

test('who sees reports can fill them with a month of calls, and is told when they are there', async () => {
  const asked: string[] = [];
  const menu = await menuOf(true, 202, asked);
  button(menu, 'Simular una llamada').click();
  await drawn(menu);
  button(menu, 'Un mes de llamadas').click();
  await settle();
  await drawn(menu);
  expect(asked.map((address) => new URL(address, 'http://host').pathname)).toEqual(['/api/demo/month']);
  expect(menu.renderRoot.querySelector('[role=status]')?.textContent).toContain('Historial y Reportes');
  expect(menu.renderRoot.querySelector<HTMLElement>('#kinds')?.hidden).toBe(false);
});

test('a month that could not be made is said', async () => {
  const menu = await menuOf(true, 503, []);
  button(menu, 'Un mes de llamadas').click();
  await settle();
  await drawn(menu);
  expect(menu.renderRoot.querySelector('[role=alert]')?.textContent).toContain('Sin simulador');
  expect(menu.renderRoot.querySelector('[role=status]')?.textContent?.trim()).toBe('');
});

test('an agent is offered calls alone', async () => {
  const menu = await menuOf(false, 202, []);
  expect(textOf(menu)).toContain('De un contacto');
  expect(textOf(menu)).not.toContain('Un mes de llamadas');
});
