// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ApiClient } from '../../src/api/api-client.js';
import { ApiError } from '../../src/api/api-error.js';
import type { PasswordDialog } from '../../src/session/password-dialog.js';
import '../../src/session/password-dialog.js';
import { button, drawn, mount, textOf } from '../dom.js';

let asked: string[][];
let ended: string[];
let refusal: ApiError | undefined;
let dialog: PasswordDialog;

beforeEach(async () => {
  asked = [];
  ended = [];
  refusal = undefined;
  dialog = await mount<PasswordDialog>('cmw-password-dialog', {
    api: {
      change: (async (path: string) => {
        ended.push(path);
        if (refusal) throw refusal;
      }) as ApiClient['change'],
      changePassword: async (...words: string[]) => {
        asked.push(words);
        if (refusal) throw refusal;
      },
    },
  });
  dialog.show();
});

afterEach(() => dialog.remove());

async function change(current: string, password: string, repeated: string): Promise<void> {
  for (const [name, value] of Object.entries({ current, password, repeated }))
    (dialog.renderRoot.querySelector(`#${name}`) as HTMLInputElement).value = value;
  button(dialog, 'Cambiar').click();
  await drawn(dialog);
  await drawn(dialog);
}

test('what is wrong is said beside its field, and nothing is sent', async () => {
  await change('', 'corta', 'otra');
  const wrong = (name: string) => dialog.renderRoot.querySelector(`#${name}-error`)?.textContent?.trim();
  expect(wrong('current')).toBe('Escriba su contraseña actual.');
  expect(wrong('password')).toBe('Use al menos 10 caracteres.');
  expect(wrong('repeated')).toBe('Las dos contraseñas no son iguales.');
  expect(asked).toEqual([]);
});

test('a wrong current password is said beside its field, and the right one changes it', async () => {
  refusal = new ApiError(400, { errors: { current: ['No es su contraseña actual.'] } });
  await change('equivocada', 'una-larga-y-nueva', 'una-larga-y-nueva');
  expect(dialog.renderRoot.querySelector('#current-error')?.textContent).toContain('No es su contraseña actual.');
  refusal = new ApiError(429, { detail: 'Espere un minuto.' });
  await change('equivocada', 'una-larga-y-nueva', 'una-larga-y-nueva');
  expect(dialog.renderRoot.querySelector('.alert')?.textContent).toContain('Demasiados intentos');

  refusal = undefined;
  await change('demo', 'una-larga-y-nueva', 'una-larga-y-nueva');
  expect(asked.at(-1)).toEqual(['demo', 'una-larga-y-nueva']);
  expect(textOf(dialog)).toContain('Su contraseña cambió.');
});

test('one’s sessions are ended everywhere, and a refusal is said', async () => {
  refusal = new ApiError(503, { detail: 'El almacenamiento no responde' });
  button(dialog, 'Cerrar mi sesión en todas partes').click();
  await drawn(dialog);
  expect(ended).toEqual(['/api/me/sessions']);
  expect(textOf(dialog)).toContain('El almacenamiento no responde');
});
