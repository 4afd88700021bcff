// A day's calls into a file for a spreadsheet, and the contacts of a file into CallMyWay. README.md says how to run it by
// schedule. To run it again changes nothing: the file is written anew, and contacts that are the same stay.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const { CALLMYWAY_URL = 'http://127.0.0.1:7071', CALLMYWAY_KEY: key, CALLMYWAY_ZONE = 'America/Costa_Rica' } = process.env;
const [folder, contactsFile, given] = process.argv.slice(2);
if (!key || !folder) {
  console.error('CALLMYWAY_KEY=… node daily.mjs FOLDER [CONTACTS.csv [DAY]]');
  process.exit(1);
}

const formula = /^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])(?="*[=+\-@＝＋－＠])/g;
const day = given || new Date(Date.now() - 86_400_000).toLocaleDateString('sv-SE', { timeZone: CALLMYWAY_ZONE });
await writeCalls();
if (contactsFile) await pushContacts();

async function writeCalls() {
  const rows = [['date', 'time', 'direction', 'number', 'contact', 'agent', 'state', 'seconds', 'outcome', 'cost', 'currency', 'call']];
  let next = null;
  do {
    const query = new URLSearchParams({ from: day, to: day, take: '500', ...(next && { next }) });
    const page = await ask('GET', `/api/calls?${query}`);
    for (const call of page.items) {
      // Swedes write times as ISO 8601 does.
      const [date, time] = new Date(call.startedAt).toLocaleString('sv-SE', { timeZone: CALLMYWAY_ZONE }).split(' ');
      const { direction, number, contactName, agentName, state, durationSeconds, outcome, cost, currency, callId } = call;
      rows.push([date, time, direction, number.display, contactName, agentName, state, durationSeconds, outcome, cost, currency, callId]);
    }
    next = page.next;
  } while (next);

  // A spreadsheet knows UTF-8 by the mark at the beginning. Nobody finds half a file: it gets its name at the end.
  const file = join(folder, `calls-${day}.csv`);
  await writeFile(`${file}.part`, `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);
  await rename(`${file}.part`, file);
  console.log(`${rows.length - 1} calls in ${file}`);
}

async function pushContacts() {
  const [head, ...rows] = parse((await readFile(contactsFile, 'utf8')).replace(/^\uFEFF/, ''));
  const lines = rows.map((row, index) => ({ row, line: index + 2 })).filter(({ row }) => row.some((text) => text.trim()));
  const contacts = lines.map(({ row }) => {
    const of = (name) => row[head.indexOf(name)]?.trim() || undefined;
    const numbers = (of('numbers') ?? '').split('/').map((number) => number.trim()).filter(Boolean);
    return { source: 'spreadsheet', id: of('id'), name: of('name'), numbers, document: of('document'), email: of('email') };
  });
  const results = [];
  for (let at = 0; at < contacts.length; at += 500) {
    results.push(...(await ask('POST', '/api/external-contacts', { contacts: contacts.slice(at, at + 500) })).items);
  }

  const refused = results.flatMap(({ outcome, errors }, index) => (outcome === 'refused' ? [{ line: lines[index].line, errors }] : []));
  for (const { line, errors } of refused) console.error(`Row ${line} was refused: ${JSON.stringify(errors)}`);
  console.log(`${results.length - refused.length} of ${results.length} contacts are in CallMyWay`);
  // A schedule shows it as a failure: somebody has to look at the file.
  if (refused.length > 0) process.exitCode = 2;
}

async function ask(method, path, body) {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(CALLMYWAY_URL + path, {
      method,
      headers: { 'X-CallMyWay-Key': key, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    if (answer.ok) return answer.json();
    const seconds = Number(answer.headers.get('Retry-After') ?? NaN);
    if (!(answer.status === 429 || answer.status === 503) || !(seconds <= 60) || tries === 5) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    await wait(seconds * 1000);
  }
}

/**
 * A field of a CSV file. A text that a spreadsheet would take for a formula gets an apostrophe in front, also behind what
 * one splits cells at that expects no commas.
 */
function cell(value) {
  const text = typeof value === 'string' ? value.replace(formula, "'") : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows of a CSV file, with commas or, as spreadsheets in Spanish write it, semicolons. */
function parse(text) {
  const separator = (text.split(/\r?\n/, 1)[0].match(/;/g)?.length ?? 0) > 0 ? ';' : ',';
  const rows = [[]];
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    if (!found) throw new Error(`${contactsFile} can't be read at row ${rows.length}.`);
    rows.at(-1).push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] !== separator && field.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
