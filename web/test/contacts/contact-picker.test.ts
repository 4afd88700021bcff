// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiClient } from '../../src/api/api-client.js';
import type { Contact } from '../../src/api/types.js';
import type { ContactForm } from '../../src/contacts/contact-form.js';
import type { ContactPicker } from '../../src/contacts/contact-picker.js';
import '../../src/contacts/contact-picker.js';
import type { PopUpStore } from '../../src/pop-ups/pop-up-store.js';
import { aPopUp, Pending } from '../builders.js';
import { button, drawn, mount } from '../dom.js';

let answers: Pending<readonly Contact[]>;
let chosen: string[];
let picker: ContactPicker;
const contact = (contactId: string): Contact => ({ contactId, name: contactId, numbers: [] });

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  answers = new Pending();
  chosen = [];
  picker = await mount<ContactPicker>('cmw-contact-picker', {
    api: { contacts: answers.ask } as unknown as ApiClient,
    popUps: { choose: async (_: unknown, id: string) => chosen.push(id) } as unknown as PopUpStore,
    popUp: aPopUp({ contactId: undefined, candidates: [] }),
  });
});

afterEach(() => {
  picker.remove();
  vi.useRealTimers();
});

const input = () => picker.renderRoot.querySelector<HTMLInputElement>('#search') as HTMLInputElement;

/** Types a text, and waits for the search's delay. */
async function type(text: string): Promise<void> {
  input().value = text;
  input().dispatchEvent(new InputEvent('input'));
  vi.advanceTimersByTime(500);
  await drawn(picker);
}

async function press(key: string): Promise<void> {
  input().dispatchEvent(new KeyboardEvent('keydown', { key }));
  await drawn(picker);
}

test('Enter picks the only match', async () => {
  await type('ana');
  await answers.answer([contact('ana')]);
  await drawn(picker);
  expect(picker.renderRoot.querySelector('[role=status]')?.textContent?.trim()).toBe('1 contacto');
  await press('Enter');
  expect(chosen).toEqual(['ana']);
});

test('Enter picks nobody from the results for an older text', async () => {
  await type('ana');
  await answers.answer([contact('ana')]);
  await type('anabel');
  await press('Enter');
  expect(chosen).toEqual([]);
  await answers.answer([contact('anabel')]);
  await press('Enter');
  expect(chosen).toEqual(['anabel']);
});

test('the position among older results does not select one of the new results', async () => {
  await type('ana');
  await answers.answer([contact('ana'), contact('anaís')]);
  await type('anabel');
  await press('ArrowDown');
  await answers.answer([contact('anabel'), contact('anabela')]);
  await press('Enter');
  expect(chosen).toEqual([]);
});

test.each(['8888 1234', 'Rosa Mora', '1-0987-0654'])(
  'a new contact has the caller’s number, and nothing of what was searched for: «%s»',
  async (text) => {
    await type(text);
    await answers.answer([]);
    [...picker.renderRoot.querySelectorAll('button')]
      .find((button) => button.textContent === 'Crear contacto')
      ?.click();
    await vi.dynamicImportSettled();
    await drawn(picker);
    const form = picker.renderRoot.querySelector<ContactForm>('cmw-contact-form') as ContactForm;
    const { name, document } = form.editor.text;
    expect([name, document, form.editor.text.numbers]).toEqual(['', '', ['8888 1234']]);
  },
);

test.each([
  ['number', ['8888 1234']],
  ['extension', ['8888 1234']],
  ['private', ['']],
  ['text', ['']],
] as const)('a new contact of a call gets its number, where it is one (%s)', async (kind, numbers) => {
  picker.popUp = aPopUp({
    contactId: undefined,
    candidates: [],
    number: { display: '8888 1234', kind: kind as 'number' },
  });
  await drawn(picker);
  button(picker, 'Crear contacto').click();
  await vi.dynamicImportSettled();
  await drawn(picker);
  const form = picker.renderRoot.querySelector<ContactForm>('cmw-contact-form');
  expect([form?.editor.text.name, form?.editor.text.numbers]).toEqual(['', numbers]);
});

test('what one agent has typed of a new contact is not shown to the next', async () => {
  const create = async () => {
    button(picker, 'Crear contacto').click();
    await vi.dynamicImportSettled();
    await drawn(picker);
    return picker.renderRoot.querySelector<ContactForm>('cmw-contact-form')?.editor;
  };
  picker.agentId = 'ana';
  await drawn(picker);
  (await create())?.change({ name: 'Rosa' });
  picker.renderRoot.querySelector('cmw-contact-form')?.dispatchEvent(new CustomEvent('cancel'));
  await drawn(picker);
  expect((await create())?.text.name).toBe('Rosa');
  picker.renderRoot.querySelector('cmw-contact-form')?.dispatchEvent(new CustomEvent('cancel'));
  picker.agentId = 'luis';
  await drawn(picker);
  expect((await create())?.text.name).toBe('');
});

test.each(['mainNumber', 'chosen'] as const)('a call is untied from its contact too (%s)', async (reason) => {
  let untied: unknown;
  const candidates = [{ contactId: 'c1', name: 'María Rojas', reason }];
  picker.popUp = aPopUp({ candidates });
  picker.popUps = { ignore: async (popUp: unknown) => (untied = popUp) } as unknown as PopUpStore;
  await drawn(picker);
  button(picker, 'No asociar a un contacto').click();
  expect(untied).toBe(picker.popUp);
});

test('a call that is to have no contact is not asked that again', async () => {
  expect(picker.shadowRoot?.textContent).toContain('No asociar a un contacto');
  picker.popUp = aPopUp({ contactId: undefined, candidates: [], ignored: true });
  await drawn(picker);
  expect(picker.shadowRoot?.textContent).not.toContain('No asociar a un contacto');
});
