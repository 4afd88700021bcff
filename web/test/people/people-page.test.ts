// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { PeopleApi } from '../../src/api/people-api.js';
import type { Accounts, Belongings, HandOver, Person, PersonInput } from '../../src/api/people-types.js';
import type { Me } from '../../src/api/types.js';
import type { DirectoryNote } from '../../src/people/directory-note.js';
import type { PeoplePage } from '../../src/people/people-page.js';
import type { PersonForm } from '../../src/people/person-form.js';
import type { PersonPanel } from '../../src/people/person-panel.js';
import '../../src/people/people-page.js';
import { Pending } from '../builders.js';
import { button, drawn, focused, mount, textOf } from '../dom.js';

const admin: Me = {
  id: 'admin',
  name: 'Admin',
  roles: ['admin'],
  endpoints: [],
  host: { demo: false, signIn: 'password' },
};

let people: Person[];
let accounts: Accounts;
let has: Belongings;
let moving: HandOver;
let calls: (readonly unknown[])[];
let refusal: ApiError | undefined;
let page: PeoplePage;

const aPerson = (changes: Partial<Person> = {}): Person => ({
  agentId: 'ana',
  name: 'Ana Solano',
  signInName: 'ana',
  roles: ['agent'],
  team: 'cobros',
  language: 'es',
  etag: 'v1',
  ...changes,
});

function called<T>(name: string, answer: () => T): (...parameters: unknown[]) => Promise<T> {
  return async (...parameters) => {
    calls.push([name, ...parameters]);
    if (refusal) throw refusal;
    return answer();
  };
}

const api = {
  now: () => Date.parse('2026-11-27T12:00:00Z'),
  people: async () => people,
  person: async (agentId: string) => people.find((person) => person.agentId === agentId),
  accounts: async () => accounts,
  phones: async () => new Map([['ana', ['Escritorio (1001)', '1004']]]),
  belongings: async () => has,
  add: async (agentId: string, input: PersonInput, reuse: boolean) => {
    calls.push(['add', agentId, input, ...(reuse ? ['reuse'] : [])]);
    if (refusal) throw refusal;
    people = [...people, aPerson({ ...input, agentId })];
    return people.at(-1);
  },
  save: async (agentId: string, input: PersonInput, etag: string | undefined) => {
    calls.push(['save', agentId, input, etag]);
    const stored = people.find((person) => person.agentId === agentId);
    if (stored?.etag !== etag) throw new ApiError(412, { detail: 'Otra persona lo cambió' });
    people = people.map((person) => (person.agentId === agentId ? { ...person, ...input, etag: 'mine' } : person));
    return people.find((person) => person.agentId === agentId);
  },
  remove: called('remove', () => {
    people = people.filter(({ agentId }) => agentId !== 'ana');
  }),
  invite: called('invite', () => ({ url: 'https://oficina.example/invite#ana.x', expiresAt: '2026-12-04T12:00:00Z' })),
  signOut: called('signOut', () => undefined),
  unlock: called('unlock', () => undefined),
  handOver: called('handOver', () => moving),
  readHandOver: async () => moving,
  cancelHandOver: called('cancelHandOver', () => {
    moving = { ...moving, state: 'cancelled' };
    return moving;
  }),
} as unknown as PeopleApi;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  history.replaceState({}, '', '/people');
  people = [aPerson(), aPerson({ agentId: 'admin', name: 'Admin', signInName: 'admin', roles: ['admin'], team: null })];
  accounts = {
    items: [
      { agentId: 'ana', state: 'active', lastSignInAt: '2026-11-27T11:00:00Z' },
      { agentId: 'admin', state: 'active' },
    ],
    visitors: [],
  };
  has = { phones: 0, followUps: 0, promises: 0, calls: 0, liveCalls: 0 };
  moving = { handOverId: 'h', state: 'queued', phones: 0, followUps: 0, promises: 0, calls: 0 };
  calls = [];
  refusal = undefined;
});

afterEach(() => {
  page.remove();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(me: Me = admin): Promise<void> {
  page = await mount<PeoplePage>('cmw-people-page', { api, me, search: location.search });
  await turn();
}

async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await drawn(page);
    for (const part of ['cmw-person-form', 'cmw-person-panel', 'cmw-directory-note'] as const) {
      const found = page.renderRoot.querySelector<PersonForm>(part);
      if (found) await drawn(found);
    }
  }
}

const form = () => page.renderRoot.querySelector('cmw-person-form') as PersonForm;
const panel = () => page.renderRoot.querySelector('cmw-person-panel') as PersonPanel;

async function type(id: string, text: string): Promise<void> {
  const input = form().renderRoot.querySelector(`#${id}`) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event(input.tagName === 'SELECT' ? 'change' : 'input'));
  await turn();
}

async function press(element: PeoplePage | PersonForm | PersonPanel, words: string): Promise<void> {
  button(element, words).click();
  await turn();
}

async function choose(agentId: string): Promise<void> {
  const to = panel().renderRoot.querySelector('#to') as HTMLSelectElement;
  to.value = agentId;
  to.dispatchEvent(new Event('change'));
  await turn();
}

async function submit(): Promise<void> {
  form()
    .renderRoot.querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await turn();
}

test('somebody is added with a code by their name, and invited next', async () => {
  await open();
  await press(page, 'Agregar a alguien');
  await type('name', 'Marta Soto Peña');
  expect((form().renderRoot.querySelector('#agentId') as HTMLInputElement).value).toBe('marta.soto.pena');
  await submit();
  expect(calls).toEqual([
    ['add', 'marta.soto.pena', expect.objectContaining({ name: 'Marta Soto Peña', roles: ['agent'] })],
  ]);
  expect(textOf(page)).toContain('Guardado: Marta Soto Peña.');
  await press(panel(), 'Invitar con un enlace');
  expect(calls.at(-1)).toEqual(['invite', 'marta.soto.pena']);
  expect((panel().renderRoot.querySelector('#url') as HTMLInputElement).value).toContain('/invite#');
});

test('the code of somebody who was deleted is used only where that is said', async () => {
  const ticked = () => form().renderRoot.querySelector<HTMLInputElement>('.check input');
  const former = 'Ese código fue de Marta Soto.';
  await open();
  await press(page, 'Agregar a alguien');
  await type('name', 'Marta Soto');
  expect(textOf(form())).not.toContain('Usar ese código');
  refusal = new ApiError(409, { detail: former, errors: { agentId: [former] } });
  await submit();
  expect(textOf(form())).toContain(former);
  ticked()?.click();
  await turn();
  refusal = undefined;

  await submit();

  expect(calls.map(([name, agentId, , reuse]) => [name, agentId, reuse])).toEqual([
    ['add', 'marta.soto', undefined],
    ['add', 'marta.soto', 'reuse'],
  ]);
  expect(textOf(page)).toContain('Guardado: Marta Soto.');
});

test('a code that is missing, faulty or of somebody who works here is not offered for use', async () => {
  await open();
  await press(page, 'Agregar a alguien');
  await submit();
  expect(textOf(form())).toContain('Escriba un código.');
  expect(textOf(form())).not.toContain('Usar ese código');

  await type('name', 'Marta Soto');
  refusal = new ApiError(400, { errors: { agentId: ['Ese código ya es de Marta Ñúñez.'] } });
  await submit();
  expect(textOf(form())).toContain('Ese código ya es de Marta Ñúñez.');
  expect(textOf(form())).not.toContain('Usar ese código');
});

test('what another has changed is shown, and one’s own version can be kept', async () => {
  await open();
  await press(page, 'Cambiar a Ana Solano');
  await type('team', 'ventas');
  people = [aPerson({ roles: ['agent', 'supervisor'], etag: 'v2' })];
  await submit();
  expect(textOf(form())).toContain('Roles: Agente → Agente, Supervisor');
  await press(form(), 'Conservar mi versión');
  expect(calls.at(-1)).toEqual(['save', 'ana', expect.objectContaining({ team: 'ventas', roles: ['agent'] }), 'v2']);
});

test('whoever changes the team of somebody is told where their calls stay', async () => {
  await open();
  await press(page, 'Cambiar a Ana Solano');
  expect(textOf(form())).not.toContain('Sus llamadas hasta hoy');
  await type('team', 'Cobranza');
  expect(textOf(form())).toContain('Sus llamadas hasta hoy siguen siendo del equipo «cobros»');
  await type('team', ' cobros');
  expect(textOf(form())).not.toContain('Sus llamadas hasta hoy');

  await press(form(), 'Cancelar');
  await press(page, 'Agregar a alguien');
  await type('team', 'ventas');
  expect(textOf(form())).not.toContain('Sus llamadas hasta hoy');
});

test('one’s own admin role can’t be taken, and oneself is not removed', async () => {
  await open();
  await press(page, 'Cambiar a Admin');
  expect((form().renderRoot.querySelector('input[value=admin]') as HTMLInputElement).disabled).toBe(true);
  await press(form(), 'Cancelar');
  await press(page, 'Más: cuenta y pendientes de Admin');
  expect(textOf(panel())).not.toContain('Quitar');
});

test('whose the phones are stands beside each person, and until when an invitation can be used', async () => {
  accounts = {
    ...accounts,
    items: [{ agentId: 'ana', state: 'invited', inviteExpiresAt: '2026-12-04T12:00:00Z' }],
  };
  await open();
  expect(textOf(page)).toContain('Teléfonos: Escritorio (1001), 1004');
  expect(textOf(page)).toMatch(/Invitado hasta vie.*4.*dic/);
});

test('a lock is shown and lifted, and sessions are ended', async () => {
  accounts = {
    ...accounts,
    items: [{ agentId: 'ana', state: 'active', lockedUntil: '2026-11-27T12:01:00Z' }],
  };
  await open();
  expect(textOf(page)).toContain('Bloqueado hasta');
  await press(page, 'Más: cuenta y pendientes de Ana');
  await press(panel(), 'Desbloquear');
  await press(panel(), 'Cerrar sus sesiones');
  expect(calls).toEqual([
    ['unlock', 'ana'],
    ['signOut', 'ana'],
  ]);
});

test('a link that was just made goes with the sessions', async () => {
  accounts = { ...accounts, items: [{ agentId: 'ana', state: 'active' }] };
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana');
  await press(panel(), 'Enlace para una contraseña nueva');
  expect(textOf(panel())).toContain('Envíe este enlace a Ana');
  expect(textOf(panel())).toMatch(/vence el .+\sm\. No se vuelve/u);
  await press(panel(), 'Cerrar sus sesiones');
  expect(textOf(panel())).not.toContain('Envíe este enlace a Ana');
  expect(textOf(panel())).toContain('un enlace que no se usó ya no sirve');
});

test('what somebody has is handed over, and it is said what was', async () => {
  has = { phones: 2, followUps: 1, promises: 0, calls: 3, liveCalls: 0 };
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana');
  expect(textOf(panel())).toContain('Tiene: 2 teléfonos, 1 seguimiento, 3 llamadas sin terminar.');
  await choose('admin');
  await press(panel(), 'Pasar');
  expect(calls).toEqual([['handOver', 'ana', 'admin']]);
  button(panel(), 'Pasando').focus();
  moving = { ...moving, state: 'done', phones: 2, followUps: 1, calls: 3 };
  has = { phones: 0, followUps: 0, promises: 0, calls: 0, liveCalls: 0 };
  await vi.advanceTimersByTimeAsync(1_500);
  await turn();
  expect(textOf(panel())).toContain('Se pasaron: 2 teléfonos, 1 seguimiento, 3 llamadas sin terminar.');
  expect(textOf(panel())).toContain('No tiene teléfonos ni nada pendiente.');
  expect(focused()?.textContent).toContain('No tiene teléfonos ni nada pendiente.');
});

test('a hand-over that waits for a call can be stopped, and it is said what was moved', async () => {
  has = { phones: 2, followUps: 0, promises: 0, calls: 0, liveCalls: 1 };
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana');
  await choose('admin');
  moving = { ...moving, state: 'running', phones: 2, error: 'Falta una llamada.' };
  await press(panel(), 'Pasar');
  button(panel(), 'Detener').focus();
  await press(panel(), 'Detener');
  expect(calls.at(-1)).toEqual(['cancelHandOver', 'h']);
  expect(focused()?.id).toBe('to');
  expect(textOf(panel())).toContain('Se detuvo. Se pasaron: 2 teléfonos.');
  expect(textOf(panel())).not.toContain('Detener');
});

test('a removal is asked for, and what is open can be left to the supervisors', async () => {
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana');
  await press(panel(), 'Quitar de la lista');
  expect(calls).toEqual([]);
  refusal = new ApiError(409, { detail: 'Tiene pendientes.', canLeave: true } as never);
  await press(panel(), 'Quitar a Ana Solano');
  expect(textOf(panel())).toContain('Tiene pendientes.');
  refusal = undefined;
  await press(panel(), 'Dejar lo pendiente');
  expect(calls.at(-1)?.slice(2)).toEqual([true]);
  expect(textOf(page)).toContain('Se quitó a Ana Solano.');
});

test('whom another has changed meanwhile is read again before they are removed', async () => {
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana Solano');
  await press(panel(), 'Quitar de la lista');
  refusal = new ApiError(412, { detail: 'El registro cambió.' });
  people = people.map((person) => (person.agentId === 'ana' ? aPerson({ name: 'Ana Mora', etag: 'v2' }) : person));
  await press(panel(), 'Quitar a Ana Solano');
  expect(textOf(panel())).toContain('El registro cambió.');
  refusal = undefined;
  await press(panel(), 'Intentar de nuevo');
  expect(textOf(panel())).not.toContain('El registro cambió.');
  expect(people, 'it is asked again').toHaveLength(2);
  expect((panel().renderRoot as ShadowRoot).activeElement?.id).toBe('remove');
  await press(panel(), 'Quitar a Ana Mora');
  expect(calls.filter(([name]) => name === 'remove').map(([, person]) => (person as Person).etag)).toEqual([
    'v1',
    'v2',
  ]);
  expect(textOf(page)).toContain('Se quitó a Ana Mora.');
});

test.each([
  [true, 'Ana Mora'],
  [false, 'Ana Solano'],
])('it is asked again only once the person was read: %s', async (isRead, name) => {
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana Solano');
  await press(panel(), 'Quitar de la lista');
  refusal = new ApiError(412, { detail: 'El registro cambió.' });
  await press(panel(), 'Quitar a Ana Solano');
  const answers = new Pending<Person[]>();
  const read = vi.spyOn(api, 'people').mockImplementation(answers.ask);
  await press(panel(), 'Intentar de nuevo');
  expect(textOf(panel()), 'it is being read').toContain('El registro cambió.');

  if (isRead) await answers.answer([aPerson({ name, etag: 'v2' }), ...people.slice(1)]);
  else await answers.fail(new ApiError(503));
  await turn();
  expect(textOf(panel()).includes('El registro cambió.')).toBe(!isRead);
  expect(button(panel(), `Quitar a ${name}`)).toBeDefined();
  read.mockRestore();
});

test('where a directory signs in there are no invitations, and who came can be added', async () => {
  accounts = {
    items: [{ agentId: 'ana', state: 'none' }],
    visitors: [
      { signInName: 'luis@oficina.example', name: 'Luis Mora', at: '2026-11-27T11:00:00Z', directoryRoles: [] },
    ],
  };
  await open({ ...admin, host: { demo: false, signIn: 'entra' } });
  expect(textOf(page)).toContain('Nunca ha entrado');
  const note = page.renderRoot.querySelector('cmw-directory-note') as DirectoryNote;
  expect(textOf(note)).toContain('«Admin»');
  button(note, 'Agregar a Luis Mora').click();
  await turn();
  await submit();
  expect(calls).toEqual([['add', 'luis.mora', expect.objectContaining({ signInName: 'luis@oficina.example' })]]);
  await press(page, 'Más: cuenta y pendientes de Ana');
  expect(textOf(panel())).not.toContain('Invitar');
});

test('who is no administrator reads nothing', async () => {
  await open({ ...admin, roles: ['supervisor'] });
  expect(textOf(page)).toContain('Esta página es de un administrador.');
  expect(textOf(page)).not.toContain('Ana');
});

test('what is typed of a person is not lost without a question', async () => {
  const form = await mount<PersonForm>('cmw-person-form', { api, person: aPerson() });
  const closes = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(closes()).toBe(true);
  const name = form.renderRoot.querySelector<HTMLInputElement>('#name');
  if (name) name.value = 'Ana María';
  name?.dispatchEvent(new InputEvent('input'));
  await drawn(form);
  expect(closes()).toBe(false);
  form.remove();
  expect(closes()).toBe(true);
});

test('another row takes the place of what was typed only once that is agreed to', async () => {
  let agrees = false;
  let asked = 0;
  vi.stubGlobal('confirm', () => {
    asked++;
    return agrees;
  });
  await open();
  await press(page, 'Cambiar a Ana Solano');
  await press(page, 'Cambiar a Admin');
  expect(asked, 'nothing was typed').toBe(0);
  await type('name', 'Administración');
  for (const words of ['Cambiar a Ana Solano', 'Más: cuenta y pendientes de Ana Solano', 'Agregar a alguien']) {
    await press(page, words);
    expect(form().person?.agentId, words).toBe('admin');
    expect(form().renderRoot.querySelector<HTMLInputElement>('#name')?.value).toBe('Administración');
  }
  expect(asked).toBe(3);
  agrees = true;
  await press(page, 'Más: cuenta y pendientes de Ana Solano');
  expect(form()).toBeNull();
  expect(panel()).not.toBeNull();
  expect(asked).toBe(4);
});

test('a link that is shown once, and a choice that is not sent yet, are not closed without a question', async () => {
  const asked: string[] = [];
  let agrees = false;
  vi.stubGlobal('confirm', (question: string) => {
    asked.push(question);
    return agrees;
  });
  has = { phones: 2, followUps: 0, promises: 0, calls: 0, liveCalls: 0 };
  await open();
  await press(page, 'Más: cuenta y pendientes de Ana');
  await press(page, 'Más: cuenta y pendientes de Admin');
  expect(asked, 'nothing would be lost').toEqual([]);
  await press(page, 'Más: cuenta y pendientes de Ana');
  await choose('admin');
  for (const words of ['Cambiar a Admin', 'Más: cuenta y pendientes de Admin', 'Más: cuenta y pendientes de Ana']) {
    await press(page, words);
    expect(panel()?.person.agentId, words).toBe('ana');
  }
  expect(asked).toHaveLength(3);
  expect(asked[0]).toContain('todavía no lo pasó');
  await choose('');

  await press(panel(), 'Enlace para una contraseña nueva');
  await press(page, 'Agregar a alguien');
  expect(asked).toHaveLength(4);
  expect(asked[3]).toContain('no se vuelve a mostrar');
  expect(form()).toBeNull();
  panel().renderRoot.querySelector('#url')?.dispatchEvent(new Event('copy'));
  await turn();
  await press(page, 'Agregar a alguien');
  expect(asked, 'the link is copied').toHaveLength(4);
  expect(panel()).toBeNull();
  expect(form()).not.toBeNull();

  await press(form(), 'Cancelar');
  await press(page, 'Más: cuenta y pendientes de Ana');
  await choose('admin');
  agrees = true;
  await press(page, 'Cambiar a Admin');
  expect(form().person?.agentId).toBe('admin');
});

test('who is added by the directory gets a form of their own in the place of an empty one', async () => {
  await open({ ...admin, host: { demo: false, signIn: 'entra' } });
  await press(page, 'Agregar a alguien');
  const note = page.renderRoot.querySelector('cmw-directory-note') as DirectoryNote;
  note.dispatchEvent(
    new CustomEvent('add', {
      detail: { signInName: 'eva@oficina.example', name: 'Eva Mora', at: '2026-11-27T11:00:00Z' },
    }),
  );
  await turn();
  expect(form().renderRoot.querySelector<HTMLInputElement>('#name')?.value).toBe('Eva Mora');
});

test('of two thousand people a hundred are drawn, and the page stands in the address', async () => {
  people = Array.from({ length: 2_000 }, (_, place) =>
    aPerson({ agentId: `p${3_000 + place}`, name: `P ${3_000 + place}` }),
  );
  accounts = {
    items: people.map(({ agentId }) => ({
      agentId,
      state: 'active' as const,
      lastSignInAt: '2026-11-27T11:00:00Z',
      lockedUntil: '2026-11-27T13:00:00Z',
    })),
    visitors: [],
  };
  await open();
  const few = () => {
    expect(page.renderRoot.querySelectorAll('.people > li')).toHaveLength(100);
    expect(page.renderRoot.querySelectorAll('*').length).toBeLessThan(3_000);
  };
  few();
  await press(page, 'Siguientes');
  few();
  expect(textOf(page)).toContain('101 a 200 de 2000');
  expect(location.search).toBe('?page=2');
  expect((page.renderRoot as ShadowRoot).activeElement?.id).toBe('people');
  // Somebody who is being changed stays, whichever page is turned to.
  await press(page, 'Cambiar a P 3100');
  await type('name', 'P tres mil cien');
  await press(page, 'Anteriores');
  expect(form().renderRoot.querySelector<HTMLInputElement>('#name')?.value).toBe('P tres mil cien');
}, 30_000);
