// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { InvitePage } from '../../src/session/invite-page.js';
import '../../src/session/invite-page.js';
import { drawn, mount, textOf } from '../dom.js';

let asked: (readonly [string, unknown])[];
let refusal: ApiError | undefined;
let signedIn: number;
let page: InvitePage;

beforeEach(() => {
  asked = [];
  refusal = undefined;
  signedIn = 0;
});

afterEach(() => page.remove());

async function open(token: string): Promise<void> {
  page = await mount<InvitePage>('cmw-invite-page', {
    token,
    api: {
      change: (async (path, { body }) => {
        asked.push([path, body]);
        if (refusal) throw refusal;
        return path === '/api/invited' ? { name: 'Marta Soto', signInName: 'marta' } : undefined;
      }) as ApiClient['change'],
    },
  });
  page.addEventListener('set-up', () => signedIn++);
  await drawn(page);
}

async function submit(password: string, repeated: string): Promise<void> {
  for (const [name, value] of Object.entries({ password, repeated }))
    (page.renderRoot.querySelector(`#${name}`) as HTMLInputElement).value = value;
  page.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await drawn(page);
  await drawn(page);
}

test('an invited person is greeted, and sets a password', async () => {
  await open('marta.secret');
  expect(textOf(page)).toContain('Hola, Marta Soto');
  expect(textOf(page)).toContain('«marta»');
  await submit('mi clave nueva', 'otra');
  expect(textOf(page)).toContain('Las dos contraseñas no son iguales.');
  expect(asked).toHaveLength(1);
  await submit('mi clave nueva', 'mi clave nueva');
  expect(asked[1]).toEqual(['/api/invited/password', { token: 'marta.secret', password: 'mi clave nueva' }]);
  expect(signedIn).toBe(1);
});

test('what is wrong with the password is said beside it', async () => {
  await open('marta.secret');
  refusal = new ApiError(400, { errors: { password: ['Use de 10 a 256 caracteres.'] } });
  await submit('corta', 'corta');
  expect(page.renderRoot.querySelector('#password-error')?.textContent).toContain('Use de 10 a 256');
  expect(signedIn).toBe(0);
});

test('a link that was used says so, and leads to the sign-in', async () => {
  refusal = new ApiError(403, { detail: 'Ya se usó.' });
  await open('marta.old');
  expect(textOf(page)).toContain('Ya se usó.');
  expect(page.renderRoot.querySelector('a')?.getAttribute('href')).toBe('/');
});

test('a link without its key asks nothing', async () => {
  await open('');
  expect(textOf(page)).toContain('le falta la clave');
  expect(asked).toEqual([]);
});
