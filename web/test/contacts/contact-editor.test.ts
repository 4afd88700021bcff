import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { Contact, ContactInput } from '../../src/api/types.js';
import { ContactEditor } from '../../src/contacts/contact-editor.js';

const maria: Contact = { contactId: 'c1', name: 'María', numbers: ['8888-1234'], etag: '1' };

let stands: Contact;
let stored: { input: ContactInput; etag: string | undefined }[];
let failures: ApiError[];
let kept: string | null;

beforeEach(() => {
  stands = maria;
  stored = [];
  failures = [];
  kept = null;
});

const open = (contact: Contact | undefined = maria): ContactEditor =>
  new ContactEditor({
    contact,
    store: async (input, etag) => {
      stored.push({ input, etag });
      const failure = failures.shift();
      if (failure) throw failure;
      if (etag !== stands.etag) throw new ApiError(412);
      stands = { ...input, contactId: 'c1', etag: `${Number(etag) + 1}` };
      return stands;
    },
    read: async () => stands,
    memory: {
      get: () => kept,
      set: (value) => {
        kept = value;
      },
    },
  });

test('what is saved is stored with the version that was read, and forgotten here', async () => {
  const editor = open();
  editor.change({ name: 'María Rojas' });
  expect(kept).toContain('María Rojas');

  expect(await editor.save()).toEqual({
    contact: { contactId: 'c1', name: 'María Rojas', numbers: ['8888-1234'], etag: '2' },
  });

  expect(stored).toEqual([{ input: { name: 'María Rojas', numbers: ['8888-1234'] }, etag: '1' }]);
  expect(kept).toBeNull();
});

test('where nothing is written that could be found, nothing is sent', async () => {
  const editor = open();
  editor.change({ name: ' ', numbers: [''] });

  expect(await editor.save()).toBeUndefined();

  expect(editor.nameMissing).toBe(true);
  expect(stored).toEqual([]);
  editor.change({ numbers: ['8'] });
  expect(editor.nameMissing).toBe(false);
});

test.each([new ApiError(0), new ApiError(503), new ApiError(400, { errors: { name: ['…'] } }), new ApiError(404)])(
  'what the API refuses stays in the form, and on this machine',
  async (failure) => {
    const editor = open();
    editor.change({ name: 'Ana' });
    failures = [failure];

    expect(await editor.save()).toBeUndefined();

    expect(editor.error).toBe(failure);
    expect(editor.busy).toBe(false);
    const again = open();
    expect(again.resumed).toBe(true);
    expect(again.text.name).toBe('Ana');
    expect((await again.save())?.contact?.name).toBe('Ana');
  },
);

test('what somebody else changed meanwhile stays, and nobody is asked', async () => {
  const editor = open();
  editor.change({ name: 'Ana' });
  stands = { ...maria, email: 'a@b.cr', etag: '7' };

  expect((await editor.save())?.contact).toEqual({
    contactId: 'c1',
    name: 'Ana',
    numbers: ['8888-1234'],
    email: 'a@b.cr',
    etag: '8',
  });
});

test('where both have changed the same, the agent chooses one’s own', async () => {
  const editor = open();
  editor.change({ name: 'Ana', email: 'a@b.cr' });
  stands = { ...maria, name: 'Rosa', etag: '7' };

  expect(await editor.save()).toBeUndefined();
  expect(editor.clash?.collisions).toEqual([{ field: 'name', mine: 'Ana', theirs: 'Rosa' }]);
  expect(editor.text.name).toBe('Ana');
  expect(await editor.save(), 'nothing is saved before').toBeUndefined();
  expect(stored).toHaveLength(1);

  expect((await editor.keepMine())?.contact).toMatchObject({ name: 'Ana', email: 'a@b.cr', etag: '8' });
});

test('or the other’s, and goes on with the rest', async () => {
  const editor = open();
  editor.change({ name: 'Ana', email: 'a@b.cr' });
  stands = { ...maria, name: 'Rosa', etag: '7' };
  await editor.save();

  editor.takeTheirs();

  expect(editor.clash).toBeUndefined();
  expect(editor.text).toMatchObject({ name: 'Rosa', email: 'a@b.cr' });
  expect((await editor.save())?.contact).toMatchObject({ name: 'Rosa', email: 'a@b.cr' });
});

test('a form that goes on after a reload knows from which version it began', async () => {
  open().change({ name: 'Ana' });
  stands = { ...maria, name: 'Rosa', etag: '7' };

  const editor = open(stands);
  await editor.save();

  expect(editor.clash?.collisions).toEqual([{ field: 'name', mine: 'Ana', theirs: 'Rosa' }]);
});

test('what is typed while it is sent is not lost', async () => {
  const editor = open();
  editor.change({ name: 'Ana' });
  const saving = editor.save();
  editor.change({ name: 'Ana María' });

  expect(await saving).toBeUndefined();

  expect(editor.text.name).toBe('Ana María');
  expect((await editor.save())?.contact).toMatchObject({ name: 'Ana María', etag: '3' });
});

test('what is discarded is gone, and what can’t be read is none', () => {
  const editor = open();
  editor.change({ name: 'Ana' });
  editor.discard();
  expect(open().text.name).toBe('María');
  for (const broken of ['{', '1', '{"text":null}']) {
    kept = broken;
    expect(open().resumed).toBe(false);
  }
});

test('what was typed of a contact that was merged meanwhile is not written into the one that was kept', async () => {
  const editor = open();
  editor.change({ name: 'María Rojas', numbers: ['8888-1234', '7777-0000'] });
  const clinic = { contactId: 'c9', name: 'María', numbers: ['8888-1234'], etag: '7' };
  stands = clinic;

  expect(await editor.save()).toBeUndefined();

  expect([editor.merged, editor.clash]).toEqual([clinic, undefined]);
  expect(await editor.save()).toBeUndefined();
  expect(stored).toHaveLength(1);
  expect(editor.text.name).toBe('María Rojas');
});
