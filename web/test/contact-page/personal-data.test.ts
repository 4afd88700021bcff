// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Contact } from '../../src/api/types.js';
import { PersonalData } from '../../src/contact-page/personal-data.js';

const contact = { contactId: 'c1', name: 'Zenobia', numbers: [], etag: '7' } as unknown as Contact;

let part: PersonalData;
const api = {
  now: () => Date.parse('2026-11-27T15:00:00Z'),
  personalData: vi.fn(async () => new Blob(['{}'])),
  erase: vi.fn(async (): Promise<unknown> => ({})),
};

beforeEach(async () => {
  part = new PersonalData();
  part.api = api;
  part.contact = contact;
  part.timeZone = 'America/Costa_Rica';
  document.body.append(part);
  await part.updateComplete;
});

afterEach(() => {
  part.remove();
  vi.clearAllMocks();
});

const settle = async () => {
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
    await part.updateComplete;
  }
};

const press = async (selector: string) => {
  part.renderRoot.querySelector<HTMLElement>(selector)?.click();
  await settle();
};

const type = async (value: string) => {
  const input = part.renderRoot.querySelector<HTMLInputElement>('#reference');
  if (!input) throw new Error('no field');
  input.value = value;
  input.dispatchEvent(new Event('input'));
  await settle();
};

const check = async () => {
  const box = part.renderRoot.querySelector<HTMLInputElement>('[type="checkbox"]');
  if (!box) throw new Error('no box');
  box.checked = true;
  box.dispatchEvent(new Event('change'));
  await settle();
};

test('the file is saved under the day', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    expect(this.download).toBe('datos-personales-2026-11-27.json');
  });
  await press('.download');
  expect(api.personalData).toHaveBeenCalledWith('c1');
  expect(click).toHaveBeenCalledTimes(1);
});

test('nothing is erased before it is confirmed', async () => {
  const erased = vi.fn();
  part.addEventListener('erased', erased);
  await press('.delete');
  await type('Oficio 1');
  await press('.danger');
  expect(api.erase).not.toHaveBeenCalled();

  await check();
  await press('.danger');
  expect(api.erase).toHaveBeenCalledWith('c1', 'Oficio 1', '7');
  expect(erased).toHaveBeenCalledTimes(1);
});

test('a call that goes on is told, and cancelling forgets what was typed', async () => {
  api.erase.mockRejectedValueOnce(
    new ApiError(409, { title: 'Hay una llamada en curso', detail: 'Espere a que termine.' }),
  );
  await press('.delete');
  await type('Oficio 1');
  await check();
  await press('.danger');
  expect(part.renderRoot.querySelector('[role="alert"]')?.textContent).toContain('Espere a que termine.');
  await press('form .bare');
  await press('.delete');
  expect(part.renderRoot.querySelector<HTMLInputElement>('#reference')?.value).toBe('');
  expect(part.renderRoot.querySelector('[role="alert"]')).toBeNull();
});
