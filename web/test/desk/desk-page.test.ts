// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiClient } from '../../src/api/api-client.js';
import { ApiError, type Problem } from '../../src/api/api-error.js';
import type { Dial, Me } from '../../src/api/types.js';
import { Desk } from '../../src/desk/desk.js';
import type { DeskPage } from '../../src/desk/desk-page.js';
import '../../src/desk/desk-page.js';
import { settle } from '../builders.js';
import { drawn, mount, textOf } from '../dom.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }));

afterEach(() => vi.useRealTimers());

test('where a card’s code can’t be loaded, the desk says so', async () => {
  vi.doMock('../../src/pop-ups/call-work.js', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  const desk = new Desk(
    new ApiClient({ fetch: async () => Response.json({ items: [] }) }),
    () => new Promise(() => {}),
  );
  const page = await mount<DeskPage>('cmw-desk-page', { desk });
  await vi.waitFor(async () => {
    vi.advanceTimersByTime(10);
    await drawn(page);
    expect(textOf(page)).toContain('recargue la página');
  });
  vi.doUnmock('../../src/pop-ups/call-work.js');
  page.remove();
});

test('a follow-up that falls due while nothing else happens turns the badge', async () => {
  const item = {
    followUpId: 'f1',
    dueAt: new Date(Date.now() + 30_000).toISOString(),
    number: { display: '8888 1234' },
  };
  const desk = new Desk(
    new ApiClient({ fetch: async () => Response.json({ items: [item] }) }),
    () => new Promise(() => {}),
  );
  const page = await mount<DeskPage>('cmw-desk-page', { desk });
  await desk.followUps.read();
  await drawn(page);
  const badge = () => page.renderRoot.querySelector('.count')?.className;
  expect(badge()).toBe('count');
  vi.advanceTimersByTime(60_000);
  await drawn(page);
  expect(badge()).toBe('count late');
  page.remove();
});

test('until when campaigns dial nobody for the agent stands on the desk, and goes by itself', async () => {
  const desk = new Desk(
    new ApiClient({ fetch: async () => Response.json({ items: [] }) }),
    () => new Promise(() => {}),
  );
  const page = await mount<DeskPage>('cmw-desk-page', { desk });
  const line = () => page.renderRoot.querySelector('.rest')?.textContent ?? '';
  expect(line()).toBe('');
  desk.tellRest({ until: new Date(Date.now() + 50_000).toISOString(), es: 'Se llegó al máximo.', en: 'Reached.' });
  await drawn(page);
  expect(line()).toMatch(/Se llegó al máximo\.\s+Las llamadas de campaña siguen:/);
  vi.advanceTimersByTime(60_000);
  await drawn(page);
  expect(line()).toBe('');
  page.remove();
});

test('a second press of the key takes nobody from the list while the first call is being asked for', async () => {
  const numbers = ['+50688880001', '+50688880002', '+50688880003'];
  const at = '2026-03-02T15:00:00Z';
  const items = numbers.map((e164) => ({ kind: 'missed', callId: e164, at, number: { e164, display: e164 } }));
  let accept = (): void => {};
  const api = new ApiClient({ fetch: async () => Response.json({ items }) });
  const dials = vi
    .spyOn(api, 'dial')
    .mockImplementation(() => new Promise((done) => (accept = () => done({ dialId: 'd', state: 'refused' } as Dial))));
  const desk = new Desk(api, () => new Promise(() => {}));
  const me: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };
  const page = await mount<DeskPage>('cmw-desk-page', { desk, me });
  page.addEventListener('dial', ({ detail }) => void desk.dialler.call(detail));
  const press = async (): Promise<void> => {
    page.press('n');
    for (let turn = 0; turn < 5; turn++) await settle();
  };
  // The list is still being read.
  page.press('n');
  await press();
  await press();
  accept();
  await settle();
  await press();

  expect(dials.mock.calls.map(([{ number }]) => number)).toEqual(numbers.slice(0, 2));
  page.remove();
});

test.each([
  ['a call that rings', { dial: { dialId: 'd', state: 'requested', callId: 'c' } }, []],
  ['a refusal because the agent talks', { error: 409 }, ['+50688880001']],
  ['the limit of the hour', { error: 429 }, ['+50688880001']],
  ['no network', { error: 0 }, ['+50688880001']],
  ['a person who may not be called', { error: 403, problem: { reason: 'day' } }, ['+50688880002']],
  ['a number that may not be called', { error: 403, problem: { errors: { number: ['No.'] } } }, ['+50688880002']],
  ['the hours in which nobody is called', { error: 403 }, ['+50688880001']],
] as const)(
  'after %s the key goes on as it should',
  async (_, { dial, error, problem }: { dial?: object; error?: number; problem?: Problem }, then) => {
    const at = '2026-03-02T15:00:00Z';
    const items = ['+50688880001', '+50688880002'].map((e164) => ({
      kind: 'missed',
      callId: e164,
      at,
      number: { e164, display: e164 },
    }));
    const api = new ApiClient({ fetch: async () => Response.json({ items }) });
    const dials = vi.spyOn(api, 'dial').mockImplementation(async () => {
      if (error !== undefined) throw new ApiError(error, problem);
      return dial as unknown as Dial;
    });
    const desk = new Desk(api, () => new Promise(() => {}));
    const me: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };
    const page = await mount<DeskPage>('cmw-desk-page', { desk, me });
    page.addEventListener('dial', ({ detail }) => void desk.dialler.call(detail));
    for (let pressed = 0; pressed < 2; pressed++) {
      page.press('n');
      for (let turn = 0; turn < 8; turn++) await settle();
    }

    expect(dials.mock.calls.map(([{ number }]) => number)).toEqual(['+50688880001', ...then]);
    page.remove();
  },
);

test('the key asks whom a colleague has reached meanwhile', async () => {
  const at = '2026-03-02T15:00:00Z';
  let numbers = ['+50688880001', '+50688880002'];
  const items = () => numbers.map((e164) => ({ kind: 'missed', callId: e164, at, number: { e164, display: e164 } }));
  const desk = new Desk(
    new ApiClient({ fetch: async () => Response.json({ items: items() }) }),
    () => new Promise(() => {}),
  );
  const me: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };
  const page = await mount<DeskPage>('cmw-desk-page', { desk, me });
  const asked: (string | undefined)[] = [];
  page.addEventListener('dial', ({ detail }) => asked.push(detail.number));
  await desk.workList.read();
  numbers = numbers.slice(1);
  page.press('n');
  for (let turn = 0; turn < 8; turn++) await settle();

  expect(asked).toEqual(['+50688880002']);
  page.remove();
});
