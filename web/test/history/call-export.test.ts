import { expect, test } from 'vitest';
import { ApiError } from '../../src/api/api-error.js';
import type { CallQuery } from '../../src/api/history-types.js';
import { CallExport, partsOf } from '../../src/history/call-export.js';
import { CsvRows } from '../../src/history/csv-rows.js';
import { settle } from '../builders.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const mark = '\uFEFF';
const names = `${mark}fecha,nota\r\n`;

/** A file that arrives in pieces of a few bytes, and perhaps breaks off. */
function stream(text: string, breaks = false, size = 7): ReadableStream<Uint8Array> {
  const all = bytes(text);
  let place = 0;
  return new ReadableStream({
    pull(controller) {
      if (place < all.length) controller.enqueue(all.slice(place, (place += size)));
      else if (breaks) controller.error(new TypeError('network error'));
      else controller.close();
    },
  });
}

test.each([
  ['2026-11-01', '2026-11-26', undefined, ['2026-11-01 2026-11-26']],
  ['2026-11-05', '2026-11-26', 31, ['2026-11-05 2026-11-26']],
  ['2026-09-15', '2026-11-05', 31, ['2026-11-01 2026-11-05', '2026-10-01 2026-10-31', '2026-09-15 2026-09-30']],
  ['2026-11-01', '2026-11-05', 2, ['2026-11-04 2026-11-05', '2026-11-02 2026-11-03', '2026-11-01 2026-11-01']],
  ['2026-11-05', '2026-11-05', 31, ['2026-11-05 2026-11-05']],
] as const)('%s to %s in parts of at most %s days are %j', (from, to, most, parts) => {
  expect(partsOf({ from, to }, most).map((part) => `${part.from} ${part.to}`)).toEqual(parts);
});

test('each day of ten years is in one part, and no part is longer than it may be', () => {
  const parts = partsOf({ from: '2016-11-27', to: '2026-11-26' }, 31);
  expect(parts).toHaveLength(121);
  for (const [place, part] of parts.entries()) {
    expect((Date.parse(part.to) - Date.parse(part.from)) / 86_400_000).toBeLessThan(31);
    const before = parts[place + 1];
    if (before) expect(Date.parse(part.from) - Date.parse(before.to)).toBe(86_400_000);
  }
});

test.each([
  [1, 'one byte at a time'],
  [4_096, 'in one piece'],
])('rows are counted with lines in quotes, %s (%s)', async (size) => {
  const text = `${names}2026-11-26,"a ""b""\r\nc"\r\n25/11/2026,"x,y"\r\n`;
  const all = bytes(text);
  const rows = new CsvRows();
  let end = -1;
  for (let place = 0; place < all.length; place += size) {
    const found = rows.take(all.subarray(place, place + size));
    if (found >= 0) end = place + found;
  }
  expect([rows.rows, rows.first, rows.last]).toEqual([2, '2026-11-26', '2026-11-25']);
  expect(end).toBe(bytes(names).length);
});

test('parts are asked for one after another, and the file has the names once', async () => {
  const asked: CallQuery[] = [];
  const running = new CallExport(
    {
      export: async (query) => {
        asked.push(query);
        return stream(`${names}${query.from},é\r\n`);
      },
    },
    { agent: 'ana', from: '2026-10-30' },
    { from: '2026-10-30', to: '2026-11-26' },
    31,
  );
  await running.run();
  expect(asked).toEqual([
    { agent: 'ana', from: '2026-11-01' },
    { agent: 'ana', from: '2026-10-30', to: '2026-10-31' },
  ]);
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await running.file.arrayBuffer())).toBe(
    `${names}2026-11-01,é\r\n2026-10-30,é\r\n`,
  );
  expect([running.state, running.rows, running.fraction]).toEqual(['done', 2, 1]);
});

test('what breaks off is said, and fetched again from the part that failed', async () => {
  let breaks = true;
  const asked: (string | undefined)[] = [];
  const running = new CallExport(
    {
      export: async ({ from }) => {
        asked.push(from);
        const isOld = from === '2026-10-01';
        return stream(`${names}${from},1\r\n${from},2\r\n`, isOld && breaks);
      },
    },
    { from: '2026-10-01' },
    { from: '2026-10-01', to: '2026-11-26' },
    31,
  );
  await running.run();
  expect([running.state, running.rows]).toEqual(['failed', 2]);
  expect(running.part).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  expect(running.fraction).toBeCloseTo(26 / 57);
  breaks = false;
  await running.run();
  expect(asked).toEqual(['2026-11-01', '2026-10-01', '2026-10-01']);
  expect([running.state, running.rows, running.error]).toEqual(['done', 4, undefined]);
  expect(await running.file.text()).toBe(
    'fecha,nota\r\n2026-11-01,1\r\n2026-11-01,2\r\n2026-10-01,1\r\n2026-10-01,2\r\n',
  );
});

test('a refusal of the API is the error', async () => {
  const running = new CallExport(
    { export: () => Promise.reject(new ApiError(400, { detail: 'Pida mes por mes.' })) },
    {},
    { from: '2026-11-01', to: '2026-11-26' },
  );
  await running.run();
  expect([running.state, running.error?.message]).toEqual(['failed', 'Pida mes por mes.']);
});

const nobody = new ApiError(400, { errors: { agent: ['No hay ese agente.'] } });

test('a part without a call of somebody who has left is empty, and the others are stored', async () => {
  const running = new CallExport(
    {
      export: async ({ from }) => {
        if (from === '2026-11-01') throw nobody;
        return stream(`${names}${from},1\r\n`);
      },
    },
    { agent: 'eva', from: '2026-09-01' },
    { from: '2026-09-01', to: '2026-11-26' },
    31,
  );
  await running.run();
  expect([running.state, running.rows]).toEqual(['done', 2]);
  expect(await running.file.text()).toBe('fecha,nota\r\n2026-10-01,1\r\n2026-09-01,1\r\n');
});

test('somebody who never was is the error, once no part has a call of them', async () => {
  const running = new CallExport(
    { export: () => Promise.reject(nobody) },
    { agent: 'x' },
    { from: '2026-10-01', to: '2026-11-26' },
    31,
  );
  await running.run();
  expect([running.state, running.error]).toEqual(['failed', nobody]);
});

test('cancelling ends the request and keeps nothing', async () => {
  let signal: AbortSignal | undefined;
  let next: (piece: Uint8Array) => void = () => {};
  const running = new CallExport(
    {
      export: async (_, given) => {
        signal = given;
        return new ReadableStream({
          start: (controller) => {
            next = (piece) => controller.enqueue(piece);
            given.addEventListener('abort', () => controller.error(given.reason));
          },
        });
      },
    },
    {},
    { from: '2026-11-01', to: '2026-11-10' },
  );
  const run = running.run();
  await settle();
  next(bytes(`${names}2026-11-10,1\r\n2026-11-06,2\r\n`));
  await settle();
  expect([running.rows, running.fraction]).toEqual([2, 0.4]);
  running.cancel();
  await run;
  expect(signal?.aborted).toBe(true);
  expect([running.state, running.rows, running.error, running.file.size]).toEqual(['cancelled', 0, undefined, 0]);
});

test('a file that is complete stays where it is cancelled too late', async () => {
  const running = new CallExport(
    { export: async () => stream(`${names}2026-11-10,1\r\n`) },
    {},
    { from: '2026-11-01', to: '2026-11-10' },
  );
  await running.run();
  const { size } = running.file;
  running.cancel();
  expect([running.state, running.file.size, running.rows]).toEqual(['done', size, 1]);
});
