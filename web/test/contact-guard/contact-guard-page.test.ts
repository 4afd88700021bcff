// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { ContactGuard, GuardRules } from '../../src/api/contact-guard-api.js';
import type { Me } from '../../src/api/types.js';
import { ContactGuardPage } from '../../src/contact-guard/contact-guard-page.js';
import { button, drawn, textOf } from '../dom.js';

const admin = { id: 'admin', roles: ['admin'], timeZone: 'America/Costa_Rica' } as unknown as Me;

const rules: ContactGuard = {
  hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
  holidays: { observed: true, added: [], worked: [] },
  perDay: 3,
  perWeek: null,
  gapMinutes: 60,
  upcoming: [
    { date: '2026-11-02', name: 'Pasado', from: 'computed', worked: false },
    { date: '2026-12-25', name: 'Navidad', from: 'computed', worked: false },
    { date: '2027-01-01', name: 'Año Nuevo', from: 'computed', worked: false },
  ],
  etag: '1',
};

let stored: ContactGuard = rules;
let page: ContactGuardPage;

const api = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  read: vi.fn(async () => stored),
  save: vi.fn(async (put: GuardRules, etag: string | undefined): Promise<ContactGuard> => {
    if (etag !== stored.etag) throw new ApiError(412, { title: 'Otra persona lo cambió' });
    if (put.perDay === -1) throw new ApiError(400, { title: 'Revise', errors: { perDay: ['Escriba un número.'] } });
    stored = { ...rules, ...put, etag: `${Number(etag) + 1}` };
    return stored;
  }),
};

async function open(me = admin): Promise<void> {
  stored = rules;
  page = new ContactGuardPage();
  page.api = api as unknown as ContactGuardPage['api'];
  page.me = me;
  document.body.append(page);
  await drawn(page);
}

async function type(selector: string, text: string): Promise<void> {
  const field = page.renderRoot.querySelector<HTMLInputElement>(selector);
  if (!field) throw new Error(`There is no ${selector}.`);
  field.value = text;
  field.dispatchEvent(new InputEvent('input'));
  await drawn(page);
}

async function press(words: string): Promise<void> {
  button(page, words).click();
  await drawn(page);
}

async function save(): Promise<void> {
  page.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(page);
}

function check(words: string): HTMLInputElement {
  const labels = [...page.renderRoot.querySelectorAll('label')];
  const found =
    page.renderRoot.querySelector<HTMLInputElement>(`input[aria-label^="${words}"]`) ??
    labels.find((label) => label.textContent?.trim() === words)?.querySelector('input');
  if (!found) throw new Error(`There is no «${words}».`);
  return found;
}

afterEach(() => {
  page.remove();
  vi.clearAllMocks();
});

test('hours, holidays, own days and limits are saved together', async () => {
  await open();
  expect(textOf(page)).toContain('Se llama de lunes a viernes de 8:00 a. m. a 6:00 p. m., en la hora de la persona.');
  expect(textOf(page)).not.toContain('Pasado');

  await press('Agregar un horario');
  await type('#from-1', '09:00');
  await type('#to-1', '12:00');
  const second = page.renderRoot.querySelectorAll('.box')[1];
  const ticked = [...(second?.querySelectorAll<HTMLInputElement>('.checks input') ?? [])].filter((box) => box.checked);
  expect(ticked.map((box) => box.closest('label')?.textContent?.trim())).toEqual(['sábado']);

  check('Se trabaja: Navidad').click();
  await press('Agregar un día');
  await type('#date-0', '2026-12-24');
  await type('#name-0', 'Cierre');
  await type('#perWeek', '7');
  await type('#gapMinutes', '');
  await save();

  expect(api.save).toHaveBeenCalledWith(
    {
      hours: [
        { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
        { days: [6], from: '09:00', to: '12:00' },
      ],
      holidays: { observed: true, added: [{ date: '2026-12-24', name: 'Cierre' }], worked: ['2026-12-25'] },
      perDay: 3,
      perWeek: 7,
      gapMinutes: null,
    },
    '1',
  );
  expect(textOf(page)).toContain('Guardado');
  expect(textOf(page)).toContain('No se llama en feriados, salvo los que se trabajan.');
});

test('without any hours it says that nobody is called, and all hours are another choice', async () => {
  await open();
  await press('Quitar: de lunes a viernes');
  expect(textOf(page)).toContain('Sin ningún horario no se llama a nadie.');
  check('A cualquier hora').click();
  await drawn(page);
  check('No llamar en los feriados de Costa Rica').click();
  await save();

  expect(api.save.mock.calls[0]?.[0]).toMatchObject({ hours: null, holidays: { observed: false } });
});

test('a fault stands beside its field', async () => {
  await open();
  await type('#perDay', 'tres');
  await save();

  expect(page.renderRoot.querySelector('#perDay-error')?.textContent).toBe('Escriba un número.');
  expect(page.renderRoot.querySelector('#perDay')?.getAttribute('aria-invalid')).toBe('true');
});

test('where another was faster, what they changed is said before one of both is chosen', async () => {
  await open();
  await type('#perDay', '2');
  stored = { ...rules, gapMinutes: 30, hours: [], etag: '7' };
  await save();

  expect(textOf(page)).toContain('Cambió «Horarios».');
  expect(textOf(page)).toContain('Cambió «Cuántas llamadas».');
  await press('Conservar mi versión');
  expect(api.save).toHaveBeenLastCalledWith(expect.objectContaining({ perDay: 2, gapMinutes: 60 }), '7');
  expect(textOf(page)).toContain('Guardado');
});

test('the law is named as no advice, with links', async () => {
  await open();
  expect(textOf(page)).toContain('Esto no es asesoría legal.');
  const links = [...page.renderRoot.querySelectorAll<HTMLAnchorElement>('section[aria-labelledby=law] a')];
  expect(links.map((link) => new URL(link.href).hostname)).toEqual(['pgrweb.go.cr', 'pgrweb.go.cr', 'www.meic.go.cr']);
  for (const link of links) expect(link.rel).toBe('noopener noreferrer');
});

test('it is for an administrator', async () => {
  await open({ ...admin, roles: ['supervisor'] } as Me);
  expect(textOf(page)).toContain('Esta página es de un administrador.');
  expect(api.read).not.toHaveBeenCalled();
});
