// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Call, NotedCallInput } from '../../src/api/types.js';
import type { NoteCall } from '../../src/contacts/note-call.js';
import '../../src/contacts/note-call.js';
import { aPopUp, Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const noon = Date.parse('2026-03-02T18:00:00Z');
let form: NoteCall;
let answers: Pending<Call>;
let sent: { input: NotedCallInput; key: string }[];
let noted: unknown[];

async function open(properties: Partial<NoteCall>): Promise<void> {
  form = await mount<NoteCall>('cmw-note-call', {
    api: {
      now: () => noon,
      noteCall: (input: NotedCallInput, key: string) => {
        sent.push({ input, key });
        return answers.ask();
      },
    },
    ...properties,
  });
  form.addEventListener('noted', (event) => noted.push(event.detail.callId));
}

const field = (name: string) => form.renderRoot.querySelector<HTMLInputElement>(`#${name}`) as HTMLInputElement;

async function submit(): Promise<void> {
  form.renderRoot.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await drawn(form);
}

beforeEach(() => {
  answers = new Pending();
  sent = [];
  noted = [];
});

afterEach(() => form.remove());

test('a call with a contact is noted with nothing more than who called', async () => {
  await open({ contactId: 'c1', numbers: ['8888-1234'] });
  expect(field('at').value).toBe('2026-03-02T12:00');
  expect(field('number').value).toBe('');
  await submit();
  expect(sent[0]?.input).toEqual({ direction: 'out', contactId: 'c1' });
  await answers.answer(aPopUp({ callId: 'noted-1' }));
  expect(noted).toEqual(['noted-1']);
});

test('direction, time, minutes and number are sent as they were chosen', async () => {
  await open({ numbers: ['8888-1234'] });
  expect(field('number').value).toBe('8888-1234');
  form.renderRoot.querySelector<HTMLInputElement>('[value=in]')?.click();
  field('at').value = '2026-03-01T09:30';
  field('minutes').value = ' 12 ';
  await submit();
  expect(sent[0]?.input).toEqual({
    direction: 'in',
    at: '2026-03-01T15:30:00.000Z',
    minutes: 12,
    number: '8888-1234',
  });
});

test('the form does not shrink under the pointer while what was refused is sent again', async () => {
  await open({ contactId: 'c1' });
  await submit();
  await answers.fail(new ApiError(400, { errors: { minutes: ['Escriba de 0 a 1440 minutos.'] } }));
  await drawn(form);
  const said = () => form.renderRoot.querySelector<HTMLElement>('#minutes-error');
  expect(said()?.hidden).toBe(false);
  field('minutes').value = '5';
  await submit();
  expect([said()?.hidden, said()?.closest('.sending')]).toEqual([false, expect.anything()]);
  await answers.fail(new ApiError(0));
  await drawn(form);
  expect([said()?.hidden, said()?.closest('.sending')]).toEqual([true, null]);
});

test('a repeated request has the same key, and another call another one', async () => {
  await open({ contactId: 'c1' });
  await submit();
  await answers.fail(new ApiError(0));
  await drawn(form);
  await submit();
  expect(sent[1]?.key).toBe(sent[0]?.key);
  await answers.fail(new ApiError(0));
  field('minutes').value = '5';
  await submit();
  expect(sent[2]?.key).not.toBe(sent[0]?.key);
});

test('a second press while the first is on its way sends nothing', async () => {
  await open({ contactId: 'c1' });
  await submit();
  await submit();
  expect(sent).toHaveLength(1);
});

test('a refusal stands at its field, which gets the focus', async () => {
  await open({ contactId: 'c1' });
  field('minutes').value = 'diez';
  await submit();
  expect(sent[0]?.input.minutes).toBe(-1);
  await answers.fail(new ApiError(400, { errors: { minutes: ['Escriba de 0 a 1440 minutos.'] } }));
  await drawn(form);
  expect(form.renderRoot.querySelector('#minutes-error')?.textContent).toBe('Escriba de 0 a 1440 minutos.');
  expect(field('minutes').getAttribute('aria-invalid')).toBe('true');
  expect(form.renderRoot.querySelectorAll('[role=alert]')).toHaveLength(0);
  expect(noted).toEqual([]);
});

test('any other failure is said, and the form can be left', async () => {
  const cancel = vi.fn();
  await open({ contactId: 'c1' });
  form.addEventListener('cancel', cancel);
  await submit();
  await answers.fail(new ApiError(0));
  await drawn(form);
  expect(form.renderRoot.querySelector('[role=alert]')?.textContent?.trim()).not.toBe('');
  expect(textOf(form)).toContain('Anotar una llamada por otro teléfono');
  button(form, 'Cancelar').click();
  expect(cancel).toHaveBeenCalledOnce();
});
