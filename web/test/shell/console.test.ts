// @vitest-environment happy-dom
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import 'urlpattern-polyfill';
import { ApiClient } from '../../src/api/api-client.js';
import { memory } from '../../src/base/memory.js';
import { signedInAgain } from '../../src/base/signed-in-again.js';
import { Desk } from '../../src/desk/desk.js';
import { currentLocale } from '../../src/i18n/locale.js';
import { Session } from '../../src/session/session.js';
import type { WorkAccount } from '../../src/session/work-account.js';
import type { Console } from '../../src/shell/console.js';
import '../../src/shell/console.js';
import { aPopUp } from '../builders.js';
import { button, drawn, textOf } from '../dom.js';

let signedIn: string | undefined;
let reachable: boolean;
let roles: readonly string[];
let page: Console;
let desk: Desk;

const language = (init: RequestInit) => new Headers(init.headers).get('Accept-Language');

/** The parts of the server that an empty desk uses. */
async function server(url: string, init: RequestInit = {}): Promise<Response> {
  if (!reachable) throw new TypeError('Failed to fetch');
  if (url === '/api/host') return Response.json({ demo: false });
  if (url === '/api/session') {
    signedIn = init.method === 'POST' ? JSON.parse(String(init.body)).agent : undefined;
    return new Response(null, { status: 204 });
  }

  if (!signedIn) return new Response(null, { status: 401 });
  return url === '/api/me'
    ? Response.json({
        id: signedIn,
        name: signedIn,
        roles,
        endpoints: [{ endpointId: '1001' }],
        contactFields: [{ key: 'balance', label: language(init) === 'en' ? 'Balance' : 'Saldo', type: 'money' }],
      })
    : Response.json({ items: [], roles });
}

async function open(account?: WorkAccount): Promise<void> {
  const api = new ApiClient({ language: currentLocale, fetch: (url, init) => server(String(url), init) });
  desk = new Desk(api, () => new Promise(() => {}));
  page = Object.assign(document.createElement('cmw-console'), {
    api,
    session: new Session(api, account),
    desk,
  }) as Console;
  document.body.append(page);
  await goOn();
}

/** Waits until everything that was begun is finished. */
async function goOn(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await drawn(page);
}

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('cmw.language', 'es');
  signedIn = 'ana';
  reachable = true;
  roles = ['agent'];
  vi.spyOn(location, 'reload').mockImplementation(() => {});
});

afterEach(() => {
  page.remove();
  desk.leave();
  vi.restoreAllMocks();
  history.replaceState(null, '', '/');
});

/** Another tab of the browser stores who is signed in. */
function otherTab(agentId: string | null): void {
  if (agentId === null) localStorage.removeItem('cmw.signedIn');
  else localStorage.setItem('cmw.signedIn', agentId);
  window.dispatchEvent(Object.assign(new Event('storage'), { key: 'cmw.signedIn', newValue: agentId }));
}

test('if somebody else signs in in another tab, this tab follows', async () => {
  await open();
  expect(localStorage.getItem('cmw.signedIn')).toBe('ana');
  otherTab('ana');
  otherTab(null);
  expect(location.reload).not.toHaveBeenCalled();
  otherTab('luis');
  expect(location.reload).toHaveBeenCalledOnce();
});

/** Another tab tells that an agent has signed out. */
function leftInOtherTab(agentId: string): void {
  const told = { key: 'cmw.signedOut', newValue: agentId };
  window.dispatchEvent(Object.assign(new Event('storage'), told));
  window.dispatchEvent(Object.assign(new Event('storage'), { ...told, newValue: null }));
}

test('who signs out in one tab leaves nothing on the screen of the others', async () => {
  await open();
  desk.popUps.show(aPopUp());
  leftInOtherTab('luis');
  expect(page.session.state).toBe('signedIn');
  leftInOtherTab('ana');
  await goOn();
  expect(shown()).toBe('cmw-sign-in-page');
  expect([desk.agentId, desk.popUps.open]).toEqual([undefined, []]);
});

test('the button that signs out tells the other tabs', async () => {
  await open();
  const told = vi.spyOn(memory, 'tell');
  page.renderRoot.querySelector('cmw-header')?.dispatchEvent(new Event('sign-out'));
  await goOn();
  expect(page.session.state).toBe('signedOut');
  expect(told).toHaveBeenCalledWith('signedOut', 'ana');
});

test('with work accounts each tab has its own session, and another tab’s sign-in changes nothing', async () => {
  await open({
    hasBegun: true,
    name: 'ana@office.example',
    refusal: undefined,
    token: async () => 'token',
    signIn: async () => {},
    signOut: async () => {},
  });
  expect(page.session.me?.id).toBe('ana');
  otherTab('luis');
  expect(location.reload).not.toHaveBeenCalled();
  expect(desk.agentId).toBe('ana');
});

test('a removed page ignores other tabs', async () => {
  await open();
  page.remove();
  otherTab('luis');
  expect(location.reload).not.toHaveBeenCalled();
});

const shown = () => page.renderRoot.querySelector('main')?.firstElementChild?.localName;

test('if the server did not answer at the start, the page asks again by itself', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  reachable = false;
  await open();
  expect(page.renderRoot.textContent).toContain('El servidor no responde');
  vi.advanceTimersByTime(10_000);
  await goOn();
  expect(shown()).toBe('div');
  reachable = true;
  vi.advanceTimersByTime(10_000);
  await goOn();
  expect(shown()).toBe('cmw-desk-page');
  vi.useRealTimers();
});

test('a hidden page asks again only when it is shown', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  reachable = false;
  await open();
  const asks = vi.spyOn(page.api, 'me');
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  vi.advanceTimersByTime(600_000);
  await goOn();
  expect(asks).not.toHaveBeenCalled();
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(asks).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test('a page asks again at once when the network is back', async () => {
  reachable = false;
  await open();
  reachable = true;
  window.dispatchEvent(new Event('online'));
  await goOn();
  expect(shown()).toBe('cmw-desk-page');
});

const press = async (key: string, repeat = false): Promise<void> => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key, repeat }));
  await goOn();
};
const deskPage = () => page.renderRoot.querySelector<LitElement>('cmw-desk-page') as LitElement;
const tab = () => deskPage().renderRoot.querySelector('[aria-selected=true]')?.textContent?.trim();
const shortcuts = () => page.renderRoot.querySelector<LitElement>('cmw-shortcuts') as LitElement;

test('single-key shortcuts work until the agent turns them off for themselves', async () => {
  await open();
  await press('s');
  expect(tab()).toBe('Seguimientos');
  button(deskPage(), 'Atajos del teclado').click();
  await vi.waitFor(() => expect(shortcuts().renderRoot?.querySelector('dialog')?.open).toBe(true));
  expect(textOf(shortcuts())).toContain('← →');
  shortcuts().renderRoot.querySelector('input')?.click();
  await press('l');
  expect(tab()).toBe('Seguimientos');

  page.remove();
  signedIn = 'luis';
  await open();
  await press('s');
  expect(tab()).toBe('Seguimientos');
});

test('a key that is pressed while a window is open does nothing on the page behind it', async () => {
  await open();
  const pressed = vi.spyOn(deskPage() as LitElement & { press(key: string): boolean }, 'press');
  await press('?');
  const dialog = () => shortcuts().renderRoot?.querySelector('dialog');
  await vi.waitFor(() => expect(dialog()?.open).toBe(true));
  const inside = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true });
  dialog()?.querySelector('input')?.dispatchEvent(inside);
  await press('s');
  expect(pressed).not.toHaveBeenCalled();

  dialog()?.close();
  await press('s');
  expect(tab()).toBe('Seguimientos');
});

test('a shortcut key that is held counts once', async () => {
  await open();
  await press('s');
  await press('l', true);
  expect(tab()).toBe('Seguimientos');
});

const heading = () => {
  const view = page.renderRoot.querySelector('main')?.lastElementChild;
  return view?.shadowRoot?.querySelector('h1');
};
const focused = () => {
  const view = page.renderRoot.querySelector('main')?.lastElementChild;
  return view?.shadowRoot?.activeElement;
};

async function goBack(step: () => void): Promise<void> {
  step();
  window.dispatchEvent(new PopStateEvent('popstate'));
  await goOn();
}

test('an unknown address shows a notice with a link to the desk', async () => {
  history.replaceState(null, '', '/no/such/page');
  await open();
  await vi.waitFor(() => expect(shown()).toBe('cmw-no-such-page'));
  expect(heading()?.textContent).toBe('Esta página no existe');
  expect(document.title).toBe('Esta página no existe · CallMyWay');
  // The first page begins at its top, where the browser puts the focus.
  expect(focused()).toBeNull();

  const link = page.renderRoot.querySelector('cmw-no-such-page')?.shadowRoot?.querySelector('a');
  link?.click();
  await vi.waitFor(() => expect(shown()).toBe('cmw-desk-page'));
  expect(location.pathname).toBe('/');
  expect(document.title).toBe('CallMyWay');
  await vi.waitFor(() => expect(focused()).toBe(heading()));
  expect(heading()?.textContent).toBe('Escritorio de llamadas');

  await goBack(() => history.replaceState(null, '', '/no/such/page'));
  await vi.waitFor(() => expect(shown()).toBe('cmw-no-such-page'));
  expect(document.title).toBe('Esta página no existe · CallMyWay');
  await vi.waitFor(() => expect(focused()).toBe(heading()));
});

test('the title counts the open calls on each page', async () => {
  history.replaceState(null, '', '/no/such/page');
  await open();
  await vi.waitFor(() => expect(shown()).toBe('cmw-no-such-page'));
  desk.popUps.show(aPopUp());
  expect(document.title).toBe('(1) Esta página no existe · CallMyWay');
});

test.each([
  ['/setup#token', 'Configurar CallMyWay · CallMyWay'],
  ['/invite#token', 'Su invitación · CallMyWay'],
])('the page at %s has its title', async (address, title) => {
  signedIn = undefined;
  history.replaceState(null, '', address);
  await open();
  expect(document.title).toBe(title);
});

test('an address leads to its page after the sign-in', async () => {
  signedIn = undefined;
  history.replaceState(null, '', '/no/such/page');
  await open();
  expect(shown()).toBe('cmw-sign-in-page');
  expect(document.title).toBe('Iniciar sesión · CallMyWay');
  await page.session.signIn('ana', 'demo');
  await vi.waitFor(() => expect(shown()).toBe('cmw-no-such-page'));
  expect(location.pathname).toBe('/no/such/page');
});

test('the desk’s own keys do nothing on another page, and those of the frame do', async () => {
  history.replaceState(null, '', '/no/such/page');
  await open();
  await press('s');
  await press('?');
  await vi.waitFor(() => expect(shortcuts().renderRoot?.querySelector('dialog')?.open).toBe(true));
});

test('the page’s file itself is the desk too', async () => {
  history.replaceState(null, '', '/index.html');
  await open();
  expect(shown()).toBe('cmw-desk-page');
});

test('the header shows of which part a page is', async () => {
  history.replaceState(null, '', '/contacts/c1');
  await open();
  const header = page.renderRoot.querySelector<LitElement>('cmw-header') as LitElement;
  const current = () => header.renderRoot.querySelector('nav.places a[aria-current]');
  await vi.waitFor(() => expect(current()?.textContent).toBe('Contactos'), { timeout: 10_000 });
  expect(current()?.getAttribute('aria-current')).toBe('true');
});

test('where the places don’t fit beside each other, the chosen one is scrolled into sight', async () => {
  history.replaceState(null, '', '/contacts');
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return this.matches('[aria-current]') ? new DOMRect(500, 0, 80, 30) : new DOMRect(0, 0, 300, 30);
  });
  await open();
  const header = page.renderRoot.querySelector<LitElement>('cmw-header') as LitElement;
  await vi.waitFor(() => expect(header.renderRoot.querySelector('nav.places')?.scrollLeft).toBe(390));
});

test('after a change of language, texts of the API are read again', async () => {
  await open();
  const labels = () => desk.contactFields.map((field) => field.label);
  expect(labels()).toEqual(['Saldo']);
  let told = 0;
  desk.watch(() => told++);
  const header = page.renderRoot.querySelector<LitElement>('cmw-header') as LitElement;
  button(header, 'English').click();
  await vi.waitFor(() => expect(labels()).toEqual(['Balance']));
  expect(told).toBeGreaterThan(0);
  button(header, 'Español').click();
  await vi.waitFor(() => expect(labels()).toEqual(['Saldo']));
});

test('signing out leaves nothing behind, on the page or on the machine', async () => {
  await open();
  expect(localStorage.getItem('cmw.signedIn')).toBe('ana');
  const leave = vi.spyOn(desk, 'leave');
  await page.session.signOut();
  expect(localStorage.getItem('cmw.signedIn')).toBeNull();
  expect(leave).toHaveBeenCalledTimes(1);
  expect(desk.agentId).toBeUndefined();
});

test('a session that ends stops the desk, which stays as it is for the same agent', async () => {
  await open();
  const [pause, leave, start] = [vi.spyOn(desk, 'pause'), vi.spyOn(desk, 'leave'), vi.spyOn(desk, 'start')];
  signedIn = undefined;
  await page.api.popUps().catch(() => {});
  await goOn();
  expect(page.session.state).toBe('ended');
  expect(pause).toHaveBeenCalledTimes(1);
  expect(leave).not.toHaveBeenCalled();
  await page.session.signIn('ana', 'demo');
  await goOn();
  expect(start).toHaveBeenCalledTimes(1);
  await page.session.refresh();
  expect(start).toHaveBeenCalledTimes(1);
});

test('who has become a supervisor has what a supervisor has, without a reload', async () => {
  await open();
  const header = () => textOf(page.renderRoot.querySelector('cmw-header') as LitElement);
  expect(header()).not.toContain('Supervisión');
  roles = ['supervisor'];
  await page.api.popUps();
  await goOn();
  expect(header()).toContain('Supervisión');
  expect(desk.seesTeam).toBe(true);
});

test('after the sign-in the page asks for what was refused as the session ended', async () => {
  await open();
  signedIn = undefined;
  void signedInAgain().then(() => answered.push('again'));
  const answered: string[] = [];
  await page.api.popUps().catch(() => {});
  await goOn();
  expect(answered).toEqual([]);
  await page.session.signIn('ana', 'demo');
  await vi.waitFor(() => expect(answered).toEqual(['again']));
});

test('who signs in again in one tab goes on in the others, without their password', async () => {
  await open();
  const told = vi.spyOn(memory, 'tell');
  const tell = async (agentId: string): Promise<void> => {
    window.dispatchEvent(Object.assign(new Event('storage'), { key: 'cmw.goesOn', newValue: agentId }));
    window.dispatchEvent(Object.assign(new Event('storage'), { key: 'cmw.goesOn', newValue: null }));
    await goOn();
  };
  const end = async (): Promise<void> => {
    signedIn = undefined;
    await page.api.popUps().catch(() => {});
    await goOn();
  };
  await end();
  // Here it is not so yet.
  await tell('ana');
  expect(page.session.state).toBe('ended');
  signedIn = 'ana';
  await tell('luis');
  expect(page.session.state).toBe('ended');
  await tell('ana');
  expect(page.session.state).toBe('signedIn');
  expect(page.renderRoot.querySelector('cmw-session-ended')).toBeNull();

  told.mockClear();
  await end();
  await page.session.signIn('ana', 'demo');
  await goOn();
  expect(told).toHaveBeenCalledWith('goesOn', 'ana');
});
