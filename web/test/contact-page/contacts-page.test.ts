// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import { type ContactsApi, contactsPageSize } from '../../src/api/contacts-api.js';
import type { Contact, ContactInput, Me, Page } from '../../src/api/types.js';
import type { ContactsPage } from '../../src/contact-page/contacts-page.js';
import '../../src/contact-page/contacts-page.js';
import type { ContactForm } from '../../src/contacts/contact-form.js';
import type { Desk } from '../../src/desk/desk.js';
import { button, drawn, mount, textOf } from '../dom.js';

const ana: Me = { id: 'ana', name: 'Ana', roles: ['agent'], endpoints: [{ endpointId: '1001' }] };

let asked: { by: { query?: string; phone?: string }; next: string | undefined }[];
let created: ContactInput[];
let answer: (by: { query?: string; phone?: string }) => Promise<Page<Contact>>;
let stored: string[];
let fails: boolean;
let page: ContactsPage;

const jose: Contact = {
  contactId: 'c1',
  name: 'José Rodríguez',
  numbers: ['8888-1234', '2234-5678'],
  document: '1-0400-0100',
  fields: { balance: '18500' },
};
const onlyNumber: Contact = { contactId: 'c2', name: '', numbers: ['7000-0001'] };

async function open(search = '', me = ana): Promise<void> {
  history.replaceState(null, '', `/contacts${search}`);
  const api = {
    now: () => Date.parse('2026-11-26T20:00:00Z'),
    contacts: async (by: { query?: string; phone?: string }, next?: string) => {
      asked.push({ by, next });
      return answer(by);
    },
    latestCalls: async (ids: readonly string[]) =>
      new Map(ids.map((id) => [id, id === 'c1' ? '2026-11-25T15:00:00Z' : undefined])),
    file: async () => {
      if (fails) throw new ApiError(503);
      return new Blob(['nombre']);
    },
    create: async (input: ContactInput) => {
      created.push(input);
      return { contactId: 'new', ...input };
    },
  } as unknown as ContactsApi;
  page = await mount<ContactsPage>('cmw-contacts-page', {
    me,
    search,
    api,
    store: (_file: Blob, name: string) => {
      stored.push(name);
    },
    desk: {
      api: { duplicates: async () => ({ items: [], phones: [] }) },
      contactFields: [{ key: 'balance', label: 'Saldo', type: 'money', currency: 'CRC' }],
    } as unknown as Desk,
  });
  await settled();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await drawn(page);
}

beforeEach(() => {
  asked = [];
  created = [];
  stored = [];
  fails = false;
  answer = async () => ({ items: [jose, onlyNumber], next: null });
  localStorage.clear();
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
});

test('a row has number, document, balance and the latest call, and leads to the contact', async () => {
  await open();

  const [first, second] = [...page.renderRoot.querySelectorAll('ol li')].map((row) =>
    row.textContent?.replace(/\s+/g, ' ').trim(),
  );
  expect(first).toContain('José Rodríguez');
  expect(first).toContain('8888-1234');
  expect(first).toContain('+1');
  expect(first).toContain('Cédula o identificación: 1-0400-0100');
  expect(first).toMatch(/18.500/);
  expect(first).toContain('25 nov');
  expect(second).toContain('7000-0001');
  expect(page.renderRoot.querySelector('ol a')?.getAttribute('href')).toBe('/contacts/c1');
});

test('what is typed is looked for after a pause, and stands in the address', async () => {
  await open();
  vi.useFakeTimers();
  const input = page.renderRoot.querySelector<HTMLInputElement>('#query');
  if (!input) throw new Error('There is no field.');
  for (const text of ['r', 'ro', ' rod ']) {
    input.value = text;
    input.dispatchEvent(new Event('input'));
  }

  vi.advanceTimersByTime(300);
  vi.useRealTimers();
  await settled();
  expect(location.pathname + location.search).toBe('/contacts?query=rod');
  expect(asked.slice(1)).toEqual([{ by: { query: 'rod' }, next: undefined }]);
});

test('the space between two names stays under the typing hand', async () => {
  await open('?query=ju');
  const input = page.renderRoot.querySelector<HTMLInputElement>('#query');
  if (!input) throw new Error('There is no field.');
  const type = async (text: string): Promise<void> => {
    vi.useFakeTimers();
    input.value += text;
    input.dispatchEvent(new Event('input'));
    vi.advanceTimersByTime(300);
    vi.useRealTimers();
    await settled();
  };
  await type('an ');
  expect(location.search).toBe('?query=juan');
  expect(input.value).toBe('juan ');

  await type('pérez');
  expect(input.value).toBe('juan pérez');
  expect(asked.map(({ by }) => by.query)).toEqual(['ju', 'juan', 'juan pérez']);
  // Another address is another search.
  page.search = '?query=ana';
  await settled();
  expect(input.value).toBe('ana');
});

test('what may be a number is looked for in both ways, and nobody is there twice', async () => {
  answer = async (by) => ({ items: by.phone ? [jose] : [jose, onlyNumber], next: null });
  await open('?query=8888-1234');

  expect(asked.map(({ by }) => by)).toEqual([{ phone: '8888-1234' }, { query: '8888-1234' }]);
  expect(page.renderRoot.querySelectorAll('ol li')).toHaveLength(2);
});

test('a further page has the way on and the way back to the beginning', async () => {
  answer = async () => ({ items: [jose], next: 'third' });
  await open('?next=second');

  expect(asked).toEqual([{ by: {}, next: 'second' }]);
  const links = [...page.renderRoot.querySelectorAll('nav a')].map((link) => link.getAttribute('href'));
  expect(links).toEqual(['/contacts', '/contacts?next=third']);
});

test('where the search is not at its end, it does not say that there is nobody', async () => {
  answer = async () => ({ items: [], next: 'more' });
  await open('?query=jose%20zu');

  expect(textOf(page)).toContain('Todavía no se encuentra a nadie con «jose zu».');
  expect(page.renderRoot.querySelector('nav a')?.getAttribute('href')).toContain('next=more');
});

test('it says who was not found, and what could not be read', async () => {
  answer = async () => ({ items: [], next: null });
  await open('?query=nadie');
  expect(textOf(page)).toContain('Nadie coincide con «nadie».');

  answer = async () => {
    throw new ApiError(503);
  };
  page.search = '?query=otro';
  await settled();
  expect(textOf(page)).toContain('No se pudieron cargar los contactos.');
  // That is not known.
  expect(textOf(page)).not.toContain('Nadie coincide');
  answer = async () => ({ items: [jose], next: null });
  button(page, 'Intentar de nuevo').click();
  await settled();
  expect(textOf(page)).toContain('José Rodríguez');
  expect(page.renderRoot.querySelector('.waits')).toBeNull();

  answer = async () => {
    throw new ApiError(503);
  };
  page.search = '?query=rosa';
  await settled();
  expect(textOf(page)).toContain('Abajo sigue lo que se mostraba antes.');
  expect(page.renderRoot.querySelector('.waits')?.textContent).toContain('José Rodríguez');
  expect(page.renderRoot.querySelector('[role=status]')?.textContent).toBe('');
});

test('a new contact begins with what was looked for, and is opened once it is stored', async () => {
  await open('?query=Rosa');
  const followed: string[] = [];
  page.renderRoot.addEventListener('click', (event) => {
    const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement);
    if (link) followed.push(link.getAttribute('href') ?? '');
    event.preventDefault();
  });
  button(page, 'Nuevo contacto').click();
  await settled();
  const form = page.renderRoot.querySelector<ContactForm>('cmw-contact-form');
  expect(form?.renderRoot.querySelector<HTMLInputElement>('#name')?.value).toBe('Rosa');
  form?.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settled();
  expect(created).toEqual([{ name: 'Rosa', numbers: [] }]);
  expect(followed).toContain('/contacts/new');
});

test('a contact that is stored once the page was left is not opened', async () => {
  await open('?query=Rosa');
  const pressed = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  button(page, 'Nuevo contacto').click();
  await settled();
  const form = page.renderRoot.querySelector<ContactForm>('cmw-contact-form');
  form?.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  page.remove();
  await settled();
  expect(created).toHaveLength(1);
  expect(pressed).not.toHaveBeenCalled();
  pressed.mockRestore();
});

test('who sees a team stores all contacts as a file, and an administrator finds the imports', async () => {
  await open();
  expect(() => button(page, 'Exportar CSV')).toThrow();
  expect(page.renderRoot.querySelector('[href="/contact-imports"]')).toBeNull();

  page.remove();
  await open('', { ...ana, roles: ['admin'] });
  expect(page.renderRoot.querySelector('[href="/contact-imports"]')).not.toBeNull();
  fails = true;
  button(page, 'Exportar CSV').click();
  await settled();
  expect(textOf(page)).toContain('No se pudieron exportar los contactos.');
  fails = false;
  button(page, 'Exportar CSV').click();
  await settled();
  expect(stored).toEqual(['contactos.csv']);
  expect(textOf(page)).not.toContain('No se pudieron exportar');
});

test('a full page of an office of thousands has few elements, and the next takes its place', async () => {
  const rich = (place: number): Contact => ({
    ...jose,
    contactId: `c${place}`,
    phones: [
      { text: '8888-1234', display: '8888-1234', kind: 'number', e164: '+50688881234' },
      { text: '2234-5678', display: '2234-5678', kind: 'number', e164: '+50622345678' },
    ],
  });
  let first = 0;
  answer = async () => ({
    items: Array.from({ length: contactsPageSize }, (_, place) => rich(first + place)),
    next: `after-${first}`,
  });
  for (const search of ['', '?next=after-0']) {
    page?.remove();
    await open(search);
    expect(page.renderRoot.querySelectorAll('ol li')).toHaveLength(contactsPageSize);
    expect(page.renderRoot.querySelectorAll('*').length).toBeLessThan(3_000);
    first += contactsPageSize;
  }
  // The page stays on the screen where the address asks for another one: its rows go.
  page.search = '?next=after-4900';
  await settled();
  expect(asked.at(-1)?.next).toBe('after-4900');
  expect(page.renderRoot.querySelectorAll('ol li')).toHaveLength(contactsPageSize);
  expect(page.renderRoot.querySelectorAll('*').length).toBeLessThan(3_000);
}, 30_000);
