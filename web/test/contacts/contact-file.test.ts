// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, Contact, FollowUp, Page } from '../../src/api/types.js';
import type { ContactFile } from '../../src/contacts/contact-file.js';
import '../../src/contacts/contact-file.js';
import type { ContactForm } from '../../src/contacts/contact-form.js';
import { FollowUpsStore } from '../../src/follow-ups/follow-ups-store.js';
import { OutcomesStore } from '../../src/outcomes/outcomes-store.js';
import { aPopUp, Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const maria: Contact = { contactId: 'c1', name: 'María Rojas', numbers: ['8888-1234'], document: '1-0400-0100' };

let contacts: Pending<Contact>;
let calls: Pending<Page<Call>>;
let ownFollowUps: Pending<Page<FollowUp>>;
let followUps: FollowUpsStore;
let file: ContactFile;

beforeEach(async () => {
  contacts = new Pending();
  calls = new Pending();
  ownFollowUps = new Pending();
  followUps = new FollowUpsStore({ followUps: ownFollowUps.ask, closeFollowUp: async () => {} });
  file = await mount<ContactFile>('cmw-contact-file', {
    api: { contact: contacts.ask, contactCalls: calls.ask, contactFollowUps: async () => [] } as unknown as ApiClient,
    contactId: 'c1',
    outcomes: new OutcomesStore({ outcomes: async () => ({ items: [] }) }),
    followUps,
  });
});

afterEach(() => file.remove());

test('a file whose reading the end of the session interrupted is read after the sign-in', async () => {
  await contacts.fail(new ApiError(401));
  await drawn(file);
  // After the sign-in, the desk reads its own lists.
  void followUps.read();
  await ownFollowUps.answer({ items: [] });
  await drawn(file);
  await calls.answer({ items: [] });
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'before', state: 'ended' })] });
  await drawn(file);

  expect(textOf(file)).toContain('1-0400-0100');
});

test('if earlier calls can’t be read, the file stays and shows the error', async () => {
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'before', state: 'ended' })], next: 'older' });
  await drawn(file);
  button(file, 'Ver anteriores').click();
  await calls.fail(new ApiError(503, { detail: 'El almacén no responde.' }));
  await drawn(file);

  expect(textOf(file)).toContain('1-0400-0100');
  expect(textOf(file)).toContain('El almacén no responde.');
  button(file, 'Ver anteriores').click();
  await calls.answer({ items: [] });
  await drawn(file);
  expect(textOf(file)).not.toContain('El almacén no responde.');
});

test.each([
  [false, 1],
  [true, 2],
])('a call leads to its page where it may be seen (of a team: %s)', async (team, links) => {
  file.agentId = 'ana';
  file.team = team;
  await contacts.answer(maria);
  await calls.answer({
    items: [aPopUp({ callId: 'own', state: 'ended' }), aPopUp({ callId: 'other', state: 'ended', agentId: 'luis' })],
  });
  await drawn(file);
  const found = [...file.renderRoot.querySelectorAll('a')].map((link) => link.getAttribute('href'));
  expect(found).toHaveLength(links);
  expect(found[0]).toBe('/calls/office/own/history');
});

test('a call of another team is named without a link', async () => {
  file.team = true;
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ state: 'ended', agentId: 'omar', hidden: true })] });
  await drawn(file);
  expect(textOf(file)).toContain('Entrante');
  expect(file.renderRoot.querySelectorAll('a')).toHaveLength(0);
});

test('a number is a button for agents with a phone, and text for others', async () => {
  await contacts.answer(maria);
  await calls.answer({ items: [] });
  await drawn(file);
  expect(textOf(file)).toContain('8888-1234');
  expect(file.renderRoot.querySelectorAll('button')).toHaveLength(0);
  file.dials = true;
  await drawn(file);
  expect(button(file, 'Llamar a María Rojas al 8888-1234')).toBeDefined();
});

test('a number that is not understood is shown with a mark and without a button, and each number of a field has one', async () => {
  file.dials = true;
  await contacts.answer({
    ...maria,
    name: '',
    numbers: ['8700-0001 / 2200-0001', '8700OO13'],
    phones: [
      { text: '8700-0001', e164: '+50687000001', display: '8700-0001', kind: 'number' },
      { text: '2200-0001', e164: '+50622000001', display: '2200-0001', kind: 'number' },
      { text: '8700OO13', display: '8700OO13', kind: 'invalid' },
    ],
  });
  await calls.answer({ items: [] });
  await drawn(file);

  const buttons = [...file.renderRoot.querySelectorAll('button')].map((one) => one.getAttribute('aria-label'));
  expect(buttons).toEqual([
    'Llamar a 8700-0001 / 2200-0001 al 8700-0001',
    'Llamar a 8700-0001 / 2200-0001 al 2200-0001',
  ]);
  expect(textOf(file)).toContain('8700OO13 no se entiende y no se marca');
});

test.each([
  ['+50688881234', false],
  ['+50622220001', true],
])('the number of the call, %s, is offered to be added where the contact lacks it (%s)', async (e164, isOffered) => {
  Object.assign(file, { editable: true, caller: { display: e164, e164, kind: 'number' } });
  await contacts.answer({ ...maria, phones: [{ e164: '+50688881234', display: '8888-1234' }] } as unknown as Contact);
  await calls.answer({ items: [] });
  await drawn(file);
  expect(file.renderRoot.querySelector('cmw-add-number') !== null).toBe(isOffered);
});

test('that a change was saved is said in a place that is there while the contact is changed', async () => {
  file.editable = true;
  await contacts.answer(maria);
  await calls.answer({ items: [] });
  await drawn(file);
  const said = file.renderRoot.querySelector('[role="status"]');
  file.edit();
  await vi.dynamicImportSettled();
  await drawn(file);
  expect(file.renderRoot.querySelector('cmw-contact-form')).not.toBeNull();
  file.renderRoot.querySelector('cmw-contact-form')?.dispatchEvent(new CustomEvent('saved', { detail: maria }));
  await drawn(file);
  expect(said?.textContent).toBe('Contacto guardado.');
  expect(file.renderRoot.querySelector('[role="status"]')).toBe(said);
});

test('a call names who talked in it, also where nothing was written of it', async () => {
  file.agentId = 'ana';
  const over = { state: 'ended', connectedAt: '2026-03-02T15:00:05Z', agentId: 'luis' } as const;
  await contacts.answer(maria);
  await calls.answer({
    items: [
      { ...aPopUp({ callId: 'talked', ...over }), agentName: 'Luis' },
      { ...aPopUp({ callId: 'own', ...over, agentId: 'ana' }), agentName: 'Ana' },
      { ...aPopUp({ callId: 'missed', ...over, connectedAt: undefined }), agentName: 'Sofía' },
    ],
  });
  await drawn(file);

  expect(textOf(file)).toContain('Luis');
  expect(textOf(file)).not.toMatch(/Ana|Sofía/);
});

test('a call that rang at the reader too names the colleague who took it, and not the reader', async () => {
  file.agentId = 'luis';
  const answeredBy = { agentId: 'ana', name: 'Ana Solano' };
  const connectedAt = '2026-03-02T15:00:05Z';
  const taken = { ...aPopUp({ state: 'ended', connectedAt, agentId: 'luis', answeredBy }), agentName: 'Luis Mora' };
  await contacts.answer(maria);
  await calls.answer({ items: [taken, { ...taken, callId: 'told', durationSeconds: 65 }] });
  await drawn(file);

  // Once for each: where how it went does not name them, a line does.
  expect(textOf(file)).toContain('La contestó Ana Solano');
  expect(textOf(file).match(/Ana Solano/g)).toHaveLength(2);
  expect(textOf(file)).not.toContain('Luis Mora');
});

const aFollowUp = (): FollowUp => ({
  followUpId: 'f1',
  account: 'office',
  callId: '1001',
  contactId: 'c1',
  number: { display: '8888-1234', kind: 'number' },
  agentId: 'luis',
  agentName: 'Luis Mora',
  dueAt: '2026-03-02T15:00:00Z',
  note: 'Confirmar el depósito',
});

const pedro: Contact = { contactId: 'c2', name: 'Pedro Vargas', numbers: ['7000-0001'], document: '2-0500-0200' };

test('the file of another contact has nothing of the one before', async () => {
  Object.assign(file, { editable: true, now: () => Date.parse('2026-03-02T15:10:00Z'), agentId: 'ana' });
  Object.assign(file.api, { contactFollowUps: async (of: string) => (of === 'c1' ? [aFollowUp()] : []) });
  file.readAgain();
  await contacts.answer(maria);
  await calls.answer({ items: [] });
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'before', state: 'ended' })], next: 'older' });
  await drawn(file);
  expect(textOf(file)).toMatch(/1-0400-0100.*Vencido.*Luis Mora.*Confirmar el depósito.*Entrante.*Ver anteriores/);
  file.edit();
  await vi.dynamicImportSettled();
  await drawn(file);
  expect(file.renderRoot.querySelector('cmw-contact-form')).not.toBeNull();

  file.contactId = 'c2';
  await drawn(file);
  expect(textOf(file)).toBe('');
  // The rest of it may come before the contact does.
  await calls.answer({ items: [] });
  await contacts.answer(pedro);
  await drawn(file);
  expect(textOf(file)).toContain('2-0500-0200');
  expect(textOf(file)).not.toMatch(/Rojas|1-0400-0100|depósito|Entrante|anteriores/);
  expect(file.renderRoot.querySelector('cmw-contact-form')).toBeNull();
});

test('what comes late of the contact before is not shown in the file of the next one', async () => {
  const read: string[] = [];
  file.addEventListener('read', (event) => read.push((event as CustomEvent<Contact>).detail.contactId));
  file.contactId = 'c2';
  await drawn(file);
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'before', state: 'ended' })] });
  await drawn(file);
  expect([textOf(file), read]).toEqual(['', []]);

  await contacts.answer(pedro);
  await calls.answer({ items: [], next: 'older' });
  await drawn(file);
  expect([textOf(file).includes('2-0500-0200'), read]).toEqual([true, ['c2']]);

  button(file, 'Ver anteriores').click();
  file.contactId = 'c1';
  await drawn(file);
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'of-pedro', state: 'ended' })], next: 'oldest' });
  await calls.answer({ items: [] });
  await drawn(file);
  expect(textOf(file)).toContain('1-0400-0100');
  expect(textOf(file)).not.toMatch(/Entrante|Ver anteriores/);
});

test('earlier calls that were asked for twice are there once', async () => {
  await contacts.answer(maria);
  await calls.answer({ items: [], next: 'older' });
  await drawn(file);
  const more = button(file, 'Ver anteriores');
  more.click();
  more.click();
  await calls.answer({ items: [aPopUp({ callId: 'older', state: 'ended' })], next: 'oldest' });
  await calls.answer({ items: [aPopUp({ callId: 'older', state: 'ended' })], next: 'oldest' });
  await drawn(file);
  expect(textOf(file).match(/Entrante/g)).toHaveLength(1);
});

test('the call beside which the file stands is none of the last ones', async () => {
  file.but = { account: 'office', callId: 'now' };
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'now' })] });
  await drawn(file);
  expect(textOf(file)).toContain('Es la primera llamada registrada con este contacto.');
  expect(textOf(file)).not.toContain('Entrante');

  file.but = undefined;
  await drawn(file);
  expect(textOf(file)).toContain('Entrante');
});

test('without calls, and beside none, the file says that there are none yet', async () => {
  await contacts.answer(maria);
  await calls.answer({ items: [] });
  await drawn(file);
  expect(textOf(file)).toContain('Todavía no hay llamadas con este contacto.');
});

test('of a contact that is gone it is said, and beside a call that another one is to be chosen', async () => {
  await contacts.fail(new ApiError(404));
  await drawn(file);
  expect(textOf(file)).toBe('Este contacto fue eliminado.');
  file.but = { account: 'office', callId: 'now' };
  await drawn(file);
  expect(textOf(file)).toBe('Este contacto fue eliminado. Elija con quién es la llamada.');
});

test('one’s own follow-up has no name, and what falls due today does so by the office’s day', async () => {
  // In the evening it is the next day in UTC.
  Object.assign(file, {
    now: () => Date.parse('2026-03-03T03:00:00Z'),
    agentId: 'luis',
    fields: [{ key: 'due', label: 'Vence', type: 'date' }],
  });
  Object.assign(file.api, { contactFollowUps: async () => [aFollowUp()] });
  file.readAgain();
  const own = { ...maria, fields: { due: '2026-03-02' } };
  for (let reading = 0; reading < 2; reading++) {
    await contacts.answer(own);
    await calls.answer({ items: [] });
  }
  await drawn(file);
  expect(textOf(file)).toContain('Confirmar el depósito');
  expect(textOf(file)).not.toMatch(/Luis Mora|Venció/);
});

test('the follow-ups are read again where one’s own of a merged contact changes', async () => {
  let open: readonly FollowUp[] = [aFollowUp()];
  Object.assign(file, { now: () => Date.parse('2026-03-02T15:10:00Z'), agentId: 'luis' });
  Object.assign(file.api, { contactFollowUps: async () => open });
  void followUps.read();
  await ownFollowUps.answer({ items: [{ ...aFollowUp(), contactId: 'merged' }] });
  file.readAgain();
  for (let reading = 0; reading < 2; reading++) {
    await contacts.answer({ ...maria, merged: ['merged'] });
    await calls.answer({ items: [] });
  }
  await drawn(file);
  expect(textOf(file)).toContain('Confirmar el depósito');

  open = [];
  await followUps.close({ ...aFollowUp(), contactId: 'merged' });
  await drawn(file);
  expect(textOf(file)).not.toContain('Confirmar el depósito');
});

test('the contact that is being read anyway is not asked for', async () => {
  contacts = new Pending();
  const api = { contact: contacts.ask, contactCalls: calls.ask, contactFollowUps: async () => [] };
  const known = await mount<ContactFile>('cmw-contact-file', {
    api: api as unknown as ApiClient,
    contactId: 'c1',
    known: async () => maria,
    outcomes: new OutcomesStore({ outcomes: async () => ({ items: [] }) }),
    followUps,
  });
  await calls.answer({ items: [] });
  await calls.answer({ items: [] });
  await drawn(known);
  expect(textOf(known)).toContain('1-0400-0100');
  expect(contacts.count).toBe(0);
  known.remove();
});

test('a contact that somebody has changed under another name is read again, and what is being typed stays', async () => {
  Object.assign(file, { editable: true, told: 'María Rojas' });
  const read: string[] = [];
  file.addEventListener('read', (event) => read.push((event as CustomEvent<Contact>).detail.name));
  await contacts.answer(maria);
  await calls.answer({ items: [aPopUp({ callId: 'before', state: 'ended' })], next: 'older' });
  await drawn(file);
  file.edit();
  await vi.dynamicImportSettled();
  await drawn(file);
  const form = file.renderRoot.querySelector<ContactForm>('cmw-contact-form');
  form?.editor.change({ email: 'maria@example.com' });

  file.told = 'María Rojas (morosa)';
  await drawn(file);
  await contacts.answer({ ...maria, name: 'María Rojas (morosa)', document: '6-0844-1111' });
  await drawn(file);
  expect(read).toEqual(['María Rojas', 'María Rojas (morosa)']);
  expect(form?.isConnected).toBe(true);
  expect(form?.editor.text.email).toBe('maria@example.com');
  form?.dispatchEvent(new CustomEvent('cancel'));
  await drawn(file);
  expect(textOf(file)).toMatch(/6-0844-1111.*Entrante.*Ver anteriores/);
  // Neither what the file says already nor what can't be read changes it.
  file.told = 'María Rojas';
  await drawn(file);
  await contacts.fail(new ApiError(503));
  file.told = 'María Rojas (morosa)';
  await drawn(file);
  expect([contacts.count, textOf(file).includes('6-0844-1111')]).toEqual([0, true]);
});

test('a contact that is changed while the file is read is read once more', async () => {
  file.told = 'María Rojas';
  await drawn(file);
  file.told = 'María Rojas (morosa)';
  await drawn(file);
  await calls.answer({ items: [] });
  await contacts.answer(maria);
  await drawn(file);
  await contacts.answer({ ...maria, name: 'María Rojas (morosa)', document: '6-0844-1111' });
  await drawn(file);

  expect(textOf(file)).toContain('6-0844-1111');
});
