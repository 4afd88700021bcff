// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import { Saving } from '../../src/base/saving.js';
import { Pending } from '../builders.js';

@customElement('test-saving')
class Form extends LitElement {
  readonly saving = new Saving(this);
  names = ['name', 'code'];

  protected override render() {
    return html`${this.names.map((name) => html`<input id=${name} aria-invalid=${this.saving.fault(name) !== ''} />`)}`;
  }
}

let answers: Pending<void>;
let form: Form;

beforeEach(async () => {
  answers = new Pending();
  form = new Form();
  document.body.replaceChildren(form);
  await form.updateComplete;
});

const faults = (errors: Record<string, string[]>) => new ApiError(400, { errors });

async function refuse(error: ApiError): Promise<void> {
  const saving = form.saving.save(answers.ask);
  await answers.fail(error);
  await saving;
}

test('what is being saved is saved once', async () => {
  const first = form.saving.save(answers.ask);
  await form.saving.save(answers.ask);
  expect([answers.count, form.saving.busy, form.saving.saved]).toEqual([1, true, false]);
  await answers.answer();
  await first;
  expect([form.saving.busy, form.saving.saved]).toEqual([false, true]);
});

test('what was refused is not saved, and its field gets the focus', async () => {
  await refuse(faults({ code: ['Ya existe.'] }));
  expect([form.saving.busy, form.saving.saved, form.saving.fault('code')]).toEqual([false, false, 'Ya existe.']);
  expect(form.shadowRoot?.activeElement?.id).toBe('code');

  const again = form.saving.save(answers.ask);
  await answers.answer();
  await again;
  expect([form.saving.saved, form.saving.fault('code')]).toEqual([true, '']);
});

test('what was typed after a save is not saved', async () => {
  const saving = form.saving.save(answers.ask);
  await answers.answer();
  await saving;
  form.saving.typed();
  expect(form.saving.saved).toBe(false);
});

test('the faults of rows go where the rows change places, and stay where something is typed', async () => {
  await refuse(faults({ code: ['Ya existe.'] }));
  form.saving.typed();
  expect(form.saving.fault('code')).toBe('Ya existe.');
  form.saving.rearranged();
  expect(form.saving.fault('code')).toBe('');
});

test('the faults of fields that are not drawn are told apart', async () => {
  await refuse(faults({ code: ['Ya existe.'], hours: ['Falta el fin.'] }));
  await form.updateComplete;
  expect(form.saving.otherFaults).toEqual(['Falta el fin.']);
  form.names = ['name'];
  form.requestUpdate();
  await form.updateComplete;
  expect(form.saving.otherFaults).toEqual(['Ya existe.', 'Falta el fin.']);
  await refuse(new ApiError(503));
  expect(form.saving.otherFaults).toBeUndefined();
});
