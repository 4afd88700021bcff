// @vitest-environment happy-dom
import { render } from 'lit';
import { expect, test, vi } from 'vitest';
import type { ApiClient } from '../../src/api/api-client.js';
import type { NotToCall } from '../../src/contacts/not-to-call.js';
import { notToCall } from '../../src/contacts/not-to-call-check.js';
import { mount, textOf } from '../dom.js';

test('all numbers of a contact are asked about at once, and those on the list are shown with the reason', async () => {
  const entry = { display: '8888-1234', reason: 'Lo pidió', addedAt: '2026-11-20T18:00:00Z' };
  const read = vi.fn(async () => ({ items: [entry] }));

  const entries = await notToCall({ read } as unknown as ApiClient, ['8888-1234', '+1 305']);

  expect(read).toHaveBeenCalledWith('/api/do-not-call-check?number=8888-1234&number=%2B1+305');
  const shown = await mount<NotToCall>('cmw-not-to-call', { entries, timeZone: 'America/Costa_Rica' });
  expect(textOf(shown)).toMatch(/No llamar al 8888-1234 Desde el 20 nov.*: Lo pidió/);
  shown.remove();
});

test('where the code that says more can’t be loaded, the numbers are named all the same', async () => {
  vi.resetModules();
  vi.doMock('../../src/contacts/not-to-call.js', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  const { notToCall, notToCallNotice } = await import('../../src/contacts/not-to-call-check.js');
  const read = async () => ({ items: [{ display: '8888-1234', addedAt: '2026-11-20T18:00:00Z' }] });
  const entries = await notToCall({ read } as unknown as ApiClient, ['8888-1234']);
  vi.doUnmock('../../src/contacts/not-to-call.js');

  const place = document.createElement('div');
  render(notToCallNotice(entries, 'America/Costa_Rica'), place);
  expect(place.textContent).toBe('No llamar: 8888-1234');
});

test('of a contact without a number nothing is asked', async () => {
  const read = vi.fn();
  expect(await notToCall({ read } as unknown as ApiClient, [])).toEqual([]);
  expect(read).not.toHaveBeenCalled();
});
