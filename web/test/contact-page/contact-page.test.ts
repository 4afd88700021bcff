// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Charge, ContactMerge, OpenPromise } from '../../src/api/contacts-api.js';
import type { PastCall } from '../../src/api/history-types.js';
import type { Contact, ContactInput, Duplicate, FollowUp, Me, Page } from '../../src/api/types.js';
import type { ContactCalls } from '../../src/contact-page/contact-calls.js';
import { type ContactCharges, totals } from '../../src/contact-page/contact-charges.js';
import type { ContactPage } from '../../src/contact-page/contact-page.js';
import '../../src/contact-page/contact-page.js';
import type { ContactForm } from '../../src/contacts/contact-form.js';
import type { Desk } from '../../src/desk/desk.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { aPopUp, Pending } from '../builders.js';
import { button, drawn, focused, mount, textOf } from '../dom.js';

const ana: Me = {
  id: 'ana',
  name: 'Ana',
  roles: ['agent'],
  endpoints: [{ endpointId: '1001' }],
  timeZone: 'America/Costa_Rica',
};
const sofia: Me = { ...ana, id: 'sofia', roles: ['supervisor'] };
/** In the evening, when it is the next day in UTC. */
const now = Date.parse('2026-11-27T03:00:00Z');

let stored: Map<string, Contact>;
let calls: readonly PastCall[];
let followUps: readonly FollowUp[];
let promises: readonly OpenPromise[];
let charges: readonly Charge[];
let duplicates: readonly Duplicate[];
let merges: readonly ContactMerge[];
let done: string[];
let refuse: ApiError | undefined;
let page: ContactPage;

const number = (text: string) => ({
  text,
  kind: 'number' as const,
  display: text,
  e164: `+506${text.replace('-', '')}`,
});
const jose: Contact = {
  contactId: 'c1',
  name: 'José Rodríguez',
  numbers: ['8888-1234'],
  phones: [number('8888-1234')],
  document: '1-0400-0100',
  etag: '1',
};
const twin: Contact = {
  contactId: 'c2',
  name: 'Jose Rodriguez',
  numbers: ['2222-7788'],
  phones: [number('2222-7788')],
  etag: '5',
};

async function ask<T>(what: string, answer: () => T): Promise<T> {
  done.push(what);
  if (refuse) throw refuse;
  return answer();
}

async function open(me = sofia, contactId = 'c1'): Promise<void> {
  history.replaceState(null, '', `/contacts/${contactId}`);
  const api = {
    now: () => now,
    contact: async (id: string): Promise<Contact> => {
      const contact = stored.get(id);
      if (!contact) throw new ApiError(404);
      return contact;
    },
    save: (id: string, input: ContactInput, etag: string) =>
      ask(`save ${id} ${etag}`, () => {
        const saved = { ...stored.get(id), ...input, contactId: id, etag: '2' };
        stored.set(id, saved);
        return saved;
      }),
    remove: (id: string, etag: string) => ask(`remove ${id} ${etag}`, () => {}),
    calls: async () => ({ items: calls, next: null }),
    followUps: async () => followUps,
    promises: async () => promises,
    charges: async () => ({ items: charges, next: null }),
    closeFollowUp: (id: string) =>
      ask(`close ${id}`, () => {
        followUps = [];
      }),
    decidePromise: (id: string, input: object, etag: string | undefined) =>
      ask(`${id} ${etag} ${JSON.stringify(input)}`, () => {
        promises = [];
      }),
    duplicates: async () => duplicates,
    merges: async () => merges,
    merge: (keep: Contact, merge: Contact) =>
      ask(`merge ${keep.contactId} ${keep.etag} ${merge.contactId} ${merge.etag}`, () => {
        const kept = { ...keep, merged: [merge.contactId], etag: '9' };
        stored.set(keep.contactId, kept);
        stored.set(merge.contactId, kept);
        duplicates = [];
        merges = [aMerge(keep.contactId, merge)];
        return merges[0];
      }),
    undoMerge: (id: string) =>
      ask(`undo ${id}`, () => {
        stored.set('c1', { ...jose, etag: '10' });
        merges = [];
        return { mergedId: 'c2', notTakenBack: ['numbers', 'fields.balance'] };
      }),
    finishMerge: ({ mergeId }: ContactMerge) =>
      ask(`finish ${mergeId}`, () => {
        merges = merges.map((merge) => ({ ...merge, state: 'merged' }));
        return merges[0];
      }),
  };
  page = await mount<ContactPage>('cmw-contact-page', {
    me,
    contactId,
    api: api as unknown as ContactPage['api'],
    desk: {
      api: { duplicates: async () => ({ items: [], phones: [] }), contacts: async () => [twin] },
      outcomes: new OutcomesStore({
        outcomes: async () => ({ items: [{ code: 'paid', es: 'Ya pagó', en: 'Paid', requires: {}, active: true }] }),
      }),
      contactFields: [{ key: 'balance', label: 'Saldo', type: 'money' }],
    } as unknown as Desk,
  });
  await settled();
}

const aMerge = (contactId: string, merged: Contact): ContactMerge => ({
  mergeId: 'm1',
  contactId,
  merged,
  at: '2026-11-26T19:00:00Z',
  by: 'sofia',
  byName: 'Sofía',
  undoableUntil: '2026-11-27T19:00:00Z',
  state: 'merged',
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await drawn(page);
}

function part<T extends ContactPage>(tag: string): T {
  const found = page.renderRoot.querySelector<T>(tag);
  if (!found) throw new Error(`There is no ${tag}.`);
  return found;
}

beforeEach(() => {
  localStorage.clear();
  stored = new Map([
    ['c1', jose],
    ['c2', twin],
  ]);
  calls = [];
  followUps = [];
  promises = [];
  charges = [];
  duplicates = [{ ...twin, by: ['name'] }];
  merges = [];
  done = [];
  refuse = undefined;
});

afterEach(() => page.remove());

test('it shows who it is, the calls with their outcome and what is next, and who sees which call', async () => {
  calls = [
    {
      ...aPopUp({ callId: 'own', state: 'ended', startedAt: '2026-11-25T15:00:00Z', agentId: 'ana' }),
      outcome: 'paid',
      nextAction: { kind: 'followUp', dueAt: '2026-11-27T15:00:00Z', note: 'Enviar recibo' },
    },
    aPopUp({ callId: 'other', state: 'ended', startedAt: '2026-11-24T15:00:00Z', agentId: 'luis' }),
  ];
  await open(ana);

  expect(textOf(page)).toContain('1-0400-0100');
  expect(button(page, 'Llamar a José Rodríguez al 8888-1234')).toBeTruthy();
  const list = part('cmw-contact-calls');
  expect(textOf(list)).toContain('Ya pagó');
  expect(textOf(list)).toContain('Próxima acción: Enviar recibo');
  expect([...list.renderRoot.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    '/calls/office/own/history',
  ]);
  // An agent neither merges nor deletes.
  expect(textOf(part('cmw-contact-merging'))).not.toContain('Unir');
  expect(textOf(page)).not.toContain('Eliminar contacto');
});

test('who may, says what became of a promise and a follow-up; what is refused stays', async () => {
  const of = { callId: 'x', account: 'office', number: number('8888-1234'), dueAt: '2026-11-25T15:00:00Z' };
  promises = [{ ...of, promiseId: 'p1', agentId: 'ana', amount: 500, currency: 'CRC', state: 'open', etag: '7' }];
  followUps = [{ ...of, followUpId: 'f1', agentId: 'luis', agentName: 'Luis', note: 'Enviar recibo' }];
  await open(ana);
  const list = part('cmw-contact-open');
  expect(textOf(list)).toContain('Luis');
  expect(() => button(list, 'Hecho')).toThrow();

  button(list, 'Una parte').click();
  await drawn(list);
  button(list, 'Cancelar').click();
  await drawn(list);
  expect(focused()).toBe(button(list, 'Una parte'));
  button(list, 'Una parte').click();
  await drawn(list);
  const amount = list.renderRoot.querySelector<HTMLInputElement>('#amount');
  if (!amount) throw new Error('There is no field.');
  amount.value = '500';
  list.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(list);
  expect(textOf(list)).toContain('menor que lo prometido');
  amount.value = '200';
  refuse = new ApiError(503);
  list.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settled();
  expect(list.renderRoot.querySelector('li [role=alert]')).toBeTruthy();
  refuse = new ApiError(412, { detail: 'Ya pagó.', promise: { etag: '8', currency: 'CRC', paidAmount: 500 } });
  button(list, 'No pagó: ').click();
  await settled();
  expect(textOf(list)).toContain('Ya pagó. Consta un pago de ₡500,00.');
  refuse = undefined;
  button(list, 'Pagó: ').click();
  await settled();
  expect(done).toEqual(['p1 7 {"state":"partly","amount":200}', 'p1 7 {"state":"broken"}', 'p1 8 {"state":"kept"}']);
  expect(textOf(list)).not.toContain('Promesa de');
});

test('after a double click the charges of earlier calls are there once', async () => {
  const aCharge = (concept: string, callId: string): Charge => ({
    concept,
    callId,
    account: 'a',
    at: '2026-11-25T15:00:00Z',
    agentId: 'ana',
    amount: 1000,
    currency: 'CRC',
  });
  const pages: Record<string, Page<Charge>> = {
    first: { items: [aCharge('Visita', 'x1')], next: 'second' },
    second: { items: [aCharge('Carta', 'x2')], next: 'third' },
    third: { items: [aCharge('Gestión', 'x3')], next: null },
  };
  const list = await mount<ContactCharges>('cmw-contact-charges', {
    contactId: 'c1',
    timeZone: 'America/Costa_Rica',
    api: { charges: async (_, next = 'first') => pages[next] as Page<Charge> },
  });
  const names = (): (string | undefined)[] =>
    [...list.renderRoot.querySelectorAll('li strong')].map((name) => name.textContent?.trim());
  await drawn(list);
  button(list, 'Buscar en llamadas anteriores').click();
  button(list, 'Buscar en llamadas anteriores').click();
  await drawn(list);
  expect(names()).toEqual(['Visita', 'Carta']);

  button(list, 'Buscar en llamadas anteriores').click();
  await drawn(list);
  expect(names()).toEqual(['Visita', 'Carta', 'Gestión']);
  expect(textOf(list)).toContain('En total');
  expect(list.renderRoot.querySelector('button')).toBeNull();
  list.remove();
});

test('however many charges are listed, they are no total while there are earlier calls', async () => {
  const items = Array.from({ length: 200 }, (_, i) => ({
    callId: `x${i}`,
    account: 'a',
    at: '2026-11-25T15:00:00Z',
    agentId: 'ana',
    amount: 1000,
  }));
  const list = await mount<ContactCharges>('cmw-contact-charges', {
    contactId: 'c1',
    timeZone: 'America/Costa_Rica',
    api: {
      charges: async (_, next): Promise<Page<Charge>> => (next ? { items: [], next: null } : { items, next: 'second' }),
    },
  });
  await drawn(list);
  expect(textOf(list)).toContain('Hasta aquí');
  expect(textOf(list)).not.toContain('En total');

  button(list, 'Buscar en llamadas anteriores').click();
  await drawn(list);
  expect(textOf(list)).toContain('En total');
  list.remove();
});

test('the charges of earlier calls are not shown below another page than theirs', async () => {
  const aCharge = (concept: string): Charge => ({
    concept,
    callId: concept,
    account: 'a',
    at: '2026-11-25T15:00:00Z',
    agentId: 'ana',
    amount: 1000,
    currency: 'CRC',
  });
  const answers = new Pending<Page<Charge>>();
  const list = await mount<ContactCharges>('cmw-contact-charges', {
    contactId: 'c1',
    timeZone: 'America/Costa_Rica',
    api: { charges: answers.ask },
  });
  await answers.answer({ items: [aCharge('Visita')], next: 'second' });
  await drawn(list);
  list.version = '2';
  await drawn(list);
  button(list, 'Buscar en llamadas anteriores').click();
  const newFirst = { items: [aCharge('Nuevo'), aCharge('Visita')], next: 'second' };
  await answers.answer(newFirst);
  await answers.answer({ items: [aCharge('Carta')], next: null });
  await drawn(list);
  expect([...list.renderRoot.querySelectorAll('li strong')].map((name) => name.textContent?.trim())).toEqual([
    'Nuevo',
    'Visita',
  ]);
  expect(button(list, 'Buscar en llamadas anteriores')).toBeDefined();
  list.remove();
});

test('charges of one contact are not shown of the next, and none so far is not said to be none', async () => {
  const visit = { callId: 'x', account: 'office', at: '2026-11-25T15:00:00Z', agentId: 'ana', amount: 1500 };
  const answers = new Pending<Page<Charge>>();
  const list = await mount<ContactCharges>('cmw-contact-charges', {
    contactId: 'c1',
    timeZone: 'America/Costa_Rica',
    api: { charges: answers.ask },
  });
  await answers.answer({ items: [{ ...visit, concept: 'Visita' }], next: null });
  await drawn(list);
  expect(textOf(list)).toContain('Visita');
  list.contactId = 'c2';
  await drawn(list);
  expect(textOf(list)).not.toContain('Visita');
  await answers.answer({ items: [], next: 'second' });
  await drawn(list);
  expect(textOf(list)).toContain('Ninguno en sus últimas llamadas.');
  button(list, 'Buscar en llamadas anteriores').click();
  await answers.answer({ items: [], next: null });
  await drawn(list);
  expect(textOf(list)).toContain('Ningún cargo con este contacto.');
  list.remove();
});

test('the calls of another contact are those of that contact', async () => {
  calls = [{ ...aPopUp({ callId: 'old', state: 'ended' }) } as PastCall];
  await open();
  const list = part('cmw-contact-calls') as unknown as ContactCalls;
  const asked: string[] = [];
  list.api = {
    now: () => now,
    calls: async (contactId) => {
      asked.push(contactId);
      return { items: [] };
    },
  };
  list.contactId = 'c2';
  for (let turn = 0; turn < 4; turn++) await drawn(list);
  expect(asked).toEqual(['c2']);
  expect(textOf(list)).toContain('Todavía no hay llamadas con este contacto.');
});

test('charges add up in each currency', () => {
  const charge = { callId: 'x', account: 'a', at: '2026-11-25T15:00:00Z', agentId: 'ana' };
  const sums = totals([
    { ...charge, amount: 0.1, currency: 'USD' },
    { ...charge, amount: 0.2, currency: 'USD' },
    { ...charge, amount: 1500 },
  ]);
  expect(sums).toHaveLength(2);
  expect(sums[0]).toMatch(/^USD\s0,30$/u);
  expect(sums[1]).toMatch(/^₡1\s500,00$/u);
});

test('a change in place is stored over the version that was read', async () => {
  await open();
  const said = page.renderRoot.querySelector('[role="status"]');
  expect(page.press('e')).toBe(true);
  await settled();
  const form = page.renderRoot.querySelector<ContactForm>('cmw-contact-form');
  const name = form?.renderRoot.querySelector<HTMLInputElement>('#name');
  if (!name) throw new Error('There is no field.');
  name.value = 'José R.';
  name.dispatchEvent(new Event('input'));
  form?.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settled();
  expect(done).toEqual(['save c1 1']);
  expect(page.renderRoot.querySelector('h1')?.textContent).toBe('José R.');
  expect(said?.textContent).toContain('Contacto guardado.');
  expect(said?.isConnected).toBe(true);
});

test('two are compared, the other one may stay, and then the page is that one', async () => {
  await open();
  button(part('cmw-contact-merging'), 'Comparar y unir').click();
  await settled();
  const panel = part('cmw-merge-compare');
  expect(textOf(panel)).toContain('De la otra ficha ya no se verá: Nombre: Jose Rodriguez');
  panel.renderRoot.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]?.dispatchEvent(new Event('change'));
  await drawn(panel);
  expect(textOf(panel)).toContain('Nombre: José Rodríguez');
  button(panel, 'Unir contactos').click();
  await settled();
  expect(done).toEqual(['merge c2 5 c1 1']);
  expect(location.pathname).toBe('/contacts/c2');
  expect(textOf(page)).toContain('«José Rodríguez» ahora es parte de este contacto.');
  expect(page.renderRoot.querySelector('cmw-merge-compare')).toBeNull();
});

test('where one of both has changed, what was changed is shown before it is confirmed again', async () => {
  await open();
  button(part('cmw-contact-merging'), 'Comparar y unir').click();
  await settled();
  const panel = part('cmw-merge-compare');
  stored.set('c2', { ...twin, name: 'Otro Nombre', etag: '6' });
  refuse = new ApiError(412);
  button(panel, 'Unir contactos').click();
  await settled();
  refuse = undefined;
  expect(textOf(panel)).toContain('Otra persona cambió uno de los dos.');
  expect(textOf(panel)).toContain('Otro Nombre');
  button(panel, 'Unir contactos').click();
  await settled();
  expect(done).toEqual(['merge c1 1 c2 5', 'merge c1 1 c2 6']);
});

test('a merge is undone for a day, and what stays is told; one that broke off is finished', async () => {
  merges = [
    aMerge('c1', twin),
    { ...aMerge('c1', { ...twin, name: 'Vieja' }), mergeId: 'm0', undoableUntil: undefined } as never,
  ];
  await open();
  const list = part('cmw-contact-merging');
  expect(textOf(list)).toContain('Unido con «Vieja»');
  expect(list.renderRoot.querySelectorAll('.notice button')).toHaveLength(1);
  button(list, 'Deshacer la unión con Jose Rodriguez').click();
  await settled();
  expect(done).toEqual(['undo m1']);
  expect(textOf(page)).toContain('quedó como está: Teléfonos, Saldo.');

  page.remove();
  merges = [{ ...aMerge('c1', twin), state: 'unfinished' }];
  await open();
  button(part('cmw-contact-merging'), 'Terminar la unión').click();
  await settled();
  expect(done).toContain('finish m1');
  expect(textOf(part('cmw-contact-merging'))).toContain('Deshacer la unión');
});

test('the address of the page to which somebody went on stays, when an answer comes late', async () => {
  await open(sofia, 'c1');
  let answer = (_: Contact): void => {};
  const late = { ...page.api, contact: () => new Promise<Contact>((done) => (answer = done)) };
  page.api = late as unknown as ContactPage['api'];
  page.contactId = 'c2';
  await settled();
  page.remove();
  history.replaceState(null, '', '/');
  answer({ ...jose, merged: ['c2'] });
  await settled();
  expect(location.pathname).toBe('/');
});

test('the address of a merged contact becomes that of the kept one', async () => {
  stored.set('c2', { ...jose, merged: ['c2'] });
  await open(sofia, 'c2');

  expect(location.pathname).toBe('/contacts/c1');
  expect(page.renderRoot.querySelector('h1')?.textContent).toBe('José Rodríguez');
});

test('it is deleted only after it was asked, in the version that is seen', async () => {
  await open();
  button(page, 'Eliminar contacto').click();
  await settled();
  expect(done).toEqual([]);
  expect(textOf(page)).toContain('Sus llamadas quedan en el historial');
  refuse = new ApiError(412);
  button(page, 'Sí, eliminar').click();
  await settled();
  expect(page.renderRoot.querySelector('.late[role=alert]')).toBeTruthy();
  refuse = undefined;
  button(page, 'Sí, eliminar').click();
  await settled();
  expect(done).toEqual(['remove c1 1', 'remove c1 1']);
  expect(textOf(page)).toContain('El contacto se eliminó.');
});

test('nothing that was typed of a contact stays in the browser once it is deleted, or its data erased', async () => {
  for (const end of ['deleted', 'erased']) {
    await open({ ...sofia, roles: ['admin'] });
    button(page, 'Editar contacto').click();
    await settled();
    const form = page.renderRoot.querySelector<ContactForm>('cmw-contact-form');
    form?.editor.change({ name: 'Pepe' });
    form?.dispatchEvent(new CustomEvent('cancel'));
    await settled();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).toContain('Pepe');
    if (end === 'deleted') {
      button(page, 'Eliminar contacto').click();
      await settled();
      button(page, 'Sí, eliminar').click();
    } else {
      part('cmw-personal-data').dispatchEvent(new CustomEvent('erased'));
    }

    await settled();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage }), end).not.toContain('Pepe');
    page.remove();
  }

  await open();
});

test('the personal data of a contact are an administrator’s', async () => {
  await open();
  expect(page.renderRoot.querySelector('cmw-personal-data')).toBeNull();
});

test('a contact that is gone is told', async () => {
  await open(sofia, 'gone');
  expect(textOf(page)).toContain('Este contacto no existe, o fue eliminado.');
});

test('a call that a colleague took in the place of the reader names the colleague, once', async () => {
  const answeredBy = { agentId: 'ana', name: 'Ana Solano' };
  const taken = aPopUp({ state: 'ended', connectedAt: '2026-11-26T15:00:05Z', agentId: 'sofia', answeredBy });
  calls = [{ ...taken, agentName: 'Sofía' }];
  await open();

  const shown = textOf(part('cmw-contact-calls'));
  expect(shown.match(/Ana Solano/g)).toHaveLength(1);
  expect(shown).not.toContain('Sofía');
});

test('what is of a call of another team is shown without a link to it', async () => {
  calls = [aPopUp({ state: 'ended', agentId: 'omar', hidden: true })];
  const ofCall = { callId: '1001', account: 'office', at: '2026-11-20T15:00:00Z', agentId: 'omar' };
  charges = [{ ...ofCall, amount: 500, currency: 'CRC', concept: 'Gestión', hidden: true }];
  await open();

  for (const tag of ['cmw-contact-calls', 'cmw-contact-charges']) {
    expect(part(tag).renderRoot.querySelector('li')).not.toBeNull();
    expect(part(tag).renderRoot.querySelector('li a')).toBeNull();
  }
});

test('what is open says how late it is: a follow-up from its time on, a promise from the day after', async () => {
  const aFollowUp = (followUpId: string, dueAt: string): FollowUp => ({
    followUpId,
    account: 'office',
    callId: '1001',
    contactId: 'c1',
    number: number('8888-1234'),
    agentId: 'ana',
    dueAt,
    note: followUpId,
  });
  const aPromise = (promiseId: string, amount: number, dueAt: string) =>
    ({ promiseId, amount, currency: 'CRC', dueAt, agentId: 'ana' }) as unknown as OpenPromise;
  followUps = [
    aFollowUp('ayer', '2026-11-26T02:00:00Z'),
    aFollowUp('hoy', '2026-11-27T02:00:00Z'),
    aFollowUp('pronto', '2026-11-27T03:30:00Z'),
  ];
  promises = [aPromise('p1', 500, '2026-11-25T18:00:00Z'), aPromise('p2', 600, '2026-11-26T18:00:00Z')];
  await open();
  const rows = [...part('cmw-contact-open').renderRoot.querySelectorAll('li')].map((row) => [
    row.querySelector('strong')?.textContent,
    row.querySelector('.late')?.textContent?.trim().split(' · ')[0],
  ]);
  expect(rows).toEqual([
    ['Promesa de ₡500,00', 'Venció ayer'],
    ['Promesa de ₡600,00', undefined],
    ['ayer', 'Venció ayer'],
    ['hoy', 'Vencido'],
    ['pronto', undefined],
  ]);
});
