// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { DialStatus } from '../../src/dial/dial-status.js';
import '../../src/dial/dial-status.js';
import { Dialler } from '../../src/dial/dialler.js';
import { button, drawn, mount } from '../dom.js';

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
