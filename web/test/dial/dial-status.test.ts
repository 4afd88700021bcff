// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { DialStatus } from '../../src/dial/dial-status.js';
import '../../src/dial/dial-status.js';
import { Dialler } from '../../src/dial/dialler.js';
import { button, drawn, focused, mount } from '../dom.js';

test.each([0, 503])('what the server could not do (%s) can be tried again', async (status) => {
  let asked = 0;
  const api = {
    dial: () => Promise.reject(new ApiError(++asked && status)),
    readDial: () => Promise.reject(new ApiError(0)),
  };
  const dialler = new Dialler({ api });
  const shown = await mount<DialStatus>('cmw-dial-status', { dialler });
  await dialler.call({ number: '8888 1234', who: 'José' });
  await drawn(shown);
  button(shown, 'Intentar de nuevo').click();
  await drawn(shown);

  expect(asked).toBe(2);
  shown.remove();
});

test.each([
  [0, 'No se sabe si se llamó a José. Espere unos segundos;'],
  [503, 'No se sabe si se llamó a José. Espere unos segundos;'],
  [403, 'No se llamó a José.'],
])(
  'of a press that was answered with %s it is said whether it is known that nobody was called',
  async (status, words) => {
    const dialler = new Dialler({
      api: { dial: () => Promise.reject(new ApiError(status)), readDial: () => Promise.reject(new ApiError(0)) },
    });
    const shown = await mount<DialStatus>('cmw-dial-status', { dialler });
    await dialler.call({ number: '8888 1234', who: 'José' });
    await drawn(shown);

    expect(shown.renderRoot.querySelector('p')?.textContent).toContain(words);
    shown.remove();
  },
);

test.each([
  ['refused', 'No se llamó a José. El operador no la aceptó.'],
  ['unknown', 'Llamada a José: El operador no la aceptó.'],
] as const)('a call that is %s names whom', async (state, words) => {
  const dial = {
    dialId: 'd1',
    state,
    number: { display: '8888-1234', kind: 'number' },
    endpointId: '1001',
    order: 'agentFirst',
    message: 'El operador no la aceptó.',
  } as const;
  const dialler = new Dialler({ api: { dial: async () => dial, readDial: () => new Promise(() => {}) } });
  const shown = await mount<DialStatus>('cmw-dial-status', { dialler });
  void dialler.call({ number: '8888 1234', who: 'José' });
  await drawn(shown);
  await drawn(shown);

  expect(shown.renderRoot.querySelector('p')?.textContent).toBe(words);
  shown.remove();
});

test('the focus stays with the notice while it calls, and goes back to where it was with the notice', async () => {
  const dialler = new Dialler({
    api: { dial: () => Promise.reject(new ApiError(503)), readDial: () => Promise.reject(new ApiError(0)) },
  });
  const before = document.createElement('button');
  document.body.append(before);
  const shown = await mount<DialStatus>('cmw-dial-status', { dialler });
  await dialler.call({ number: '8888 1234', who: 'José' });
  await drawn(shown);
  before.focus();
  button(shown, 'Intentar de nuevo').focus();
  button(shown, 'Intentar de nuevo').click();
  await drawn(shown);
  expect(focused()?.role).toBe('status');
  button(shown, 'Cerrar').focus();
  button(shown, 'Cerrar').click();
  await drawn(shown);
  expect(focused()).toBe(before);
  shown.remove();
  before.remove();
});

test('where what had the focus is gone, the heading gets it', async () => {
  const dialler = new Dialler({
    api: { dial: () => Promise.reject(new ApiError(503)), readDial: () => Promise.reject(new ApiError(0)) },
  });
  const heading = document.createElement('h1');
  document.body.append(heading);
  const shown = await mount<DialStatus>('cmw-dial-status', { dialler });
  await dialler.call({ number: '8888 1234', who: 'José' });
  await drawn(shown);
  button(shown, 'Cerrar').focus();
  button(shown, 'Cerrar').click();
  await drawn(shown);
  expect(focused()).toBe(heading);
  shown.remove();
  heading.remove();
});
