// @vitest-environment happy-dom
import { LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import { Saving } from '../../src/base/saving.js';
import { SharedRow } from '../../src/base/shared-row.js';

interface Row {
  readonly name: string;
  readonly etag?: string;
}

@customElement('test-shared-row')
class Form extends LitElement {
  readonly saving = new Saving(this);
  readonly row = new SharedRow<Row>(this, this.saving, () => read());
}

const mine: Row = { name: 'mine', etag: '1' };
const changed = () => Promise.reject(new ApiError(412));

let read: () => Promise<Row>;
let form: Form;
let saved: (Row | undefined)[];

beforeEach(() => {
  read = async () => ({ name: 'theirs', etag: '2' });
  form = new Form();
  saved = [];
  form.addEventListener('saved', (event) => saved.push((event as CustomEvent<Row | undefined>).detail));
  document.body.replaceChildren(form);
});

test('a row that was stored is told, and there is no conflict', async () => {
  await form.row.store(async () => mine);
  expect(saved).toEqual([mine]);
  expect(form.row.isConflict).toBe(false);
});

test('what another has stored is read, and either version can stay', async () => {
  await form.row.store(changed);
  expect(form.row.isConflict).toBe(true);
  expect(form.row.versionAfter(mine)).toBe('2');
  form.row.useOther();
  expect(saved).toEqual([{ name: 'theirs', etag: '2' }]);
});

test('a row that another has removed can be stored again', async () => {
  read = () => Promise.reject(new ApiError(404));
  await form.row.store(changed);
  expect(form.row.theirs).toBeNull();
  expect(form.row.versionAfter(mine)).toBeUndefined();
});

test('a row that can not be read now does not count as removed, and is not replaced unseen', async () => {
  read = () => Promise.reject(new ApiError(503));
  await form.row.store(changed);
  expect(form.row.isConflict).toBe(false);
  expect(form.row.versionAfter(mine)).toBe('1');
});

test('what another has stored before an earlier try does not count for the next one', async () => {
  await form.row.store(changed);
  expect(form.row.isConflict).toBe(true);
  read = () => Promise.reject(new ApiError(503));
  await form.row.store(changed);
  expect(form.row.isConflict).toBe(false);
  expect(form.row.versionAfter(mine)).toBe('1');
});

test('Escape leaves the form, and nothing around it', () => {
  let [cancelled, around] = [0, 0];
  form.addEventListener('cancel', () => cancelled++);
  document.body.addEventListener('keydown', () => around++, { once: true });
  form.addEventListener('keydown', form.row.key);
  form.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect([cancelled, around]).toEqual([1, 0]);
});
