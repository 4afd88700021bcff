// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Contact, ContactInput, ContactPhone, Duplicate } from '../../src/api/types.js';
import { ContactEditor } from '../../src/contacts/contact-editor.js';
import type { ContactForm } from '../../src/contacts/contact-form.js';
import '../../src/contacts/contact-form.js';
import { button, drawn, mount, textOf } from '../dom.js';

const maria: Contact = {
  contactId: 'c1',
  name: 'María',
  numbers: ['8888-1234', '2222-0001'],
  etag: '1',
  fields: { saldo: '5' },
};

let store: (input: ContactInput) => Promise<Contact>;
let form: ContactForm;
let events: [string, unknown][];
let duplicates: readonly Duplicate[];
let phones: readonly ContactPhone[];
let remembered: string | null;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  store = async (input) => ({ ...input, contactId: 'c1', etag: '2' });
  duplicates = [];
  phones = [];
  remembered = null;
  events = [];
  form = await mount<ContactForm>('cmw-contact-form', {
    api: { duplicates: async () => ({ items: duplicates, phones }) },
    editor: new ContactEditor({
      contact: maria,
      store: (input) => store(input),
      read: async () => ({ ...maria, name: 'Rosa', etag: '9' }),
      memory: { get: () => null, set: (kept) => (remembered = kept) },
    }),
    fields: [{ key: 'saldo', label: 'Saldo', type: 'money' }],
    use: 'Abrir',
  });
  for (const type of ['saved', 'cancel', 'use']) {
    form.addEventListener(type, (event) => events.push([type, (event as CustomEvent).detail]));
  }
});

afterEach(() => {
  form.remove();
  vi.useRealTimers();
});

const input = (id: string) => form.renderRoot.querySelector(`#${id}`) as HTMLInputElement;

async function type(id: string, text: string): Promise<void> {
  input(id).value = text;
  input(id).dispatchEvent(new InputEvent('input'));
  await drawn(form);
}

async function submit(): Promise<void> {
  form.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(form);
  await drawn(form);
}

test('what is changed is saved, also of the contact’s own fields', async () => {
  await type('name', 'María Rojas');
  await type('own-0', '7');
  button(form, 'Quitar: Teléfono principal').click();
  await submit();

  expect(events).toEqual([
    ['saved', { contactId: 'c1', name: 'María Rojas', numbers: ['2222-0001'], fields: { saldo: '7' }, etag: '2' }],
  ]);
});

test('what the API finds wrong is shown beside its row, which gets the focus', async () => {
  store = async () => {
    throw new ApiError(400, { errors: { 'numbers[1]': ['No es un teléfono.'] } });
  };
  await submit();

  expect(input('number-1').getAttribute('aria-invalid')).toBe('true');
  expect(form.renderRoot.querySelector('#number-1-error')?.textContent).toBe('No es un teléfono.');
  expect(form.shadowRoot?.activeElement).toBe(input('number-1'));
  expect(form.renderRoot.querySelector('[role=alert]')).toBeNull();
});

test('where one fault is beside its field and another belongs to none, the form says so', async () => {
  store = async () => {
    throw new ApiError(400, {
      detail: 'No sirve.',
      errors: { name: ['Es muy largo.'], 'fields.gone': ['No existe.'] },
    });
  };
  await submit();

  expect(form.renderRoot.querySelector('#name-error')?.textContent).toBe('Es muy largo.');
  expect(form.renderRoot.querySelector('[role=alert]')).not.toBeNull();
});

test('what was typed is not kept once the agent cancels', async () => {
  await type('name', 'Ana');
  expect(remembered).not.toBeNull();
  button(form, 'Cancelar').click();
  expect(events.map(([name]) => name)).toEqual(['cancel']);
  expect(remembered).toBeNull();
});

test('a value that is none of the choices any more stays chosen', async () => {
  form.fields = [{ key: 'saldo', label: 'Saldo', type: 'choice', choices: ['a', 'b'] }];
  await drawn(form);
  expect((form.renderRoot.querySelector('select') as HTMLSelectElement).value).toBe('5');
});

test('the contact’s own fields are folded only where none is filled, needed or wrong', async () => {
  const isOpen = () => form.renderRoot.querySelector('details')?.open;
  expect(isOpen()).toBe(true);
  await type('own-0', '');
  expect(isOpen()).toBe(false);
  form.fields = [{ key: 'saldo', label: 'Saldo', type: 'money', required: true }];
  await drawn(form);
  expect(isOpen()).toBe(true);

  form.fields = [{ key: 'saldo', label: 'Saldo', type: 'money' }];
  await drawn(form);
  expect(isOpen()).toBe(false);
  store = async () => {
    throw new ApiError(400, { errors: { 'fields.saldo': ['Hace falta.'] } });
  };
  await submit();
  expect(isOpen()).toBe(true);
});

test('what belongs to no field is said in the form, and what was typed stays', async () => {
  store = async () => {
    throw new ApiError(0);
  };
  await type('name', 'Ana');
  await submit();

  expect(form.renderRoot.querySelector('[role=alert]')?.textContent).toContain('No hay conexión');
  expect(input('name').value).toBe('Ana');
  expect(events).toEqual([]);
});

test('a conflict shows what stands and what was written, and both can be taken', async () => {
  store = async () => {
    throw new ApiError(412);
  };
  await type('name', 'Ana');
  await submit();

  const clash = form.renderRoot.querySelector('.clash')?.textContent?.replace(/\s+/g, ' ');
  expect(clash).toContain('Quedó: Rosa');
  expect(clash).toContain('Usted escribió: Ana');
  expect(form.shadowRoot?.activeElement).toBe(button(form, 'Conservar mi versión'));
  button(form, 'Usar la otra').click();
  await drawn(form);
  expect(input('name').value).toBe('Rosa');
});

test('who exists already is shown while one types, and can be taken instead', async () => {
  const rosa: Duplicate = {
    contactId: 'c2',
    name: 'Rosa Mora',
    numbers: ['7000-0001'],
    document: '1-2',
    by: ['document', 'name'],
  };
  duplicates = [rosa];
  await type('name', 'Rosa Mora');
  expect(textOf(form)).not.toContain('Ya existe');
  vi.advanceTimersByTime(1000);
  await drawn(form);
  await drawn(form);

  expect(textOf(form)).toContain('Rosa Mora 1-2 · 7000-0001 · misma identificación · nombre parecido');
  button(form, 'Abrir: Rosa Mora').click();
  expect(events).toEqual([['use', rosa]]);
});

test('a number that is not understood is told under its field, and saved as it is', async () => {
  const note = () => form.renderRoot.querySelector('#number-0-error');
  phones = [{ text: '8888-777', display: '8888-777', kind: 'invalid' }];
  await type('number-0', '8888-777');
  vi.advanceTimersByTime(1000);
  await drawn(form);
  await drawn(form);
  expect(note()?.textContent).toBe('No se entiende como teléfono: se guarda así y no se marca.');
  expect(input('number-0').getAttribute('aria-invalid')).toBe('false');

  await type('number-0', '8888-7777');
  expect(note()?.textContent).toBe('');
  await type('number-0', '8888-777');
  await submit();
  expect(events).toEqual([['saved', expect.objectContaining({ numbers: ['8888-777', '2222-0001'] })]]);
});

test('Ctrl+Enter saves, Escape closes, and neither reaches the card behind', async () => {
  const heard: string[] = [];
  form.addEventListener('keydown', (event) => heard.push(event.key));
  for (const init of [{ key: 'Enter', ctrlKey: true }, { key: 'Escape' }]) {
    input('name').dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, composed: true }));
    await drawn(form);
    await drawn(form);
  }

  expect(events.map(([what]) => what).sort()).toEqual(['cancel', 'saved']);
  expect(heard).toEqual([]);
});

test('a number can be added, and its field gets the focus', async () => {
  button(form, 'Otro teléfono').click();
  await drawn(form);
  await drawn(form);
  expect(form.shadowRoot?.activeElement).toBe(input('number-2'));
});

test('of a contact that was merged meanwhile the one that was kept is offered, and nothing is saved', async () => {
  const kept = { contactId: 'c9', name: 'Clínica', numbers: ['2222-3333'], etag: '7' };
  let forgotten = false;
  form.editor = new ContactEditor({
    contact: maria,
    store: async () => Promise.reject(new ApiError(412)),
    read: async () => kept,
    memory: {
      get: () => null,
      set: (value) => {
        forgotten = value === null;
      },
    },
  });
  await drawn(form);
  await type('name', 'María Rojas');
  await submit();

  expect(textOf(form)).toContain('Este contacto se unió a Clínica mientras usted lo editaba.');
  expect(textOf(form)).not.toContain('Conservar mi versión');
  expect(forgotten).toBe(false);
  button(form, 'Abrir').click();
  expect(events).toEqual([['use', kept]]);
  expect(forgotten).toBe(true);
});
