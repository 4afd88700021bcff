import { msg, str } from '@lit/localize';
import type { HistoryEntry } from '../api/history-types.js';
import type { Candidate, MatchReason } from '../api/types.js';
import { reasonWords } from '../calls/call-words.js';
import { dayWords } from '../i18n/days.js';
import { duration, elapsed, money } from '../i18n/format.js';
import { numberWords } from '../i18n/times.js';
import { fieldText, nameIn, numberIn, textIn } from './entry-fields.js';

/** An entry of a call's timeline in plain words. */
export interface EntryWords {
  readonly title: string;
  /** What else is worth knowing, a line each. */
  readonly lines: readonly string[];
  /** How much it weighs: what the call did, what the office did with it, or what was noted aside. */
  readonly tone: 'call' | 'desk' | 'record';
}

/** What an outcome's code is called. */
export type OutcomeLabel = (code: string) => string;

export function entryWords(entry: HistoryEntry, label: OutcomeLabel): EntryWords {
  switch (entry.kind) {
    case 'notification':
      return { tone: 'call', title: notificationWords(entry), lines: notificationLines(entry) };
    case 'routed':
      return { tone: 'call', title: routedWords(entry), lines: lines(textIn(entry, 'why')) };
    case 'matched':
      return { tone: 'call', title: matchedWords(entry), lines: matchedLines(entry) };
    case 'shown':
      return { tone: 'desk', title: withWho(entry, msg('Se mostró en pantalla'), shownTo), lines: shownLines(entry) };
    case 'acknowledged':
      return { tone: 'desk', title: withWho(entry, msg('Se cerró la tarjeta'), closedBy), lines: [] };
    case 'contactChosen':
      return {
        tone: 'desk',
        title: withWho(entry, msg('Se eligió el contacto'), choseContact),
        lines: lines(textIn(entry, 'contactName')),
      };
    case 'ignored':
      return { tone: 'desk', title: withWho(entry, msg('Se dejó sin contacto'), leftWithout), lines: [] };
    case 'dismissed':
      return {
        tone: 'desk',
        title: withWho(entry, msg('Se quitó de la lista'), tookOff),
        lines: lines(entry.forAll ? msg('De las listas de todos.') : undefined),
      };
    case 'outcome':
      return { tone: 'desk', title: outcomeWords(entry, label), lines: byLine(entry) };
    case 'wrapUp':
      return { tone: 'desk', title: wrapUpWords(entry), lines: wrapUpLinesOf(entry, label) };
    case 'promise':
      return { tone: 'desk', title: promiseWords(entry), lines: lines(paidLine(entry), nameIn(entry)) };
    case 'dialled':
      return { tone: 'call', title: withWho(entry, msg('Se marcó con un clic'), dialled), lines: [] };
    case 'noted':
      return { tone: 'call', title: withWho(entry, msg('Se anotó una llamada por otro teléfono'), notedBy), lines: [] };
    case 'returned':
      return {
        tone: 'call',
        title: withWho(entry, msg('Alguien habló después con quien llamó'), reachedBy),
        lines: lengthLine(entry),
      };
    case 'record':
      return {
        tone: 'record',
        title: entry.corrected ? msg('Llegó el registro, corregido') : msg('Llegó el registro del operador'),
        lines: lengthLine(entry),
      };
    case 'reconciled':
      return { tone: 'record', title: msg('Conciliación del día'), lines: reconciledLines(entry) };
    default:
      // What this page does not know yet is shown by its name.
      return { tone: 'record', title: entry.kind, lines: [] };
  }
}

/** How long after the call's start something was: `+0:07`; before it `−0:02`; after more than a day `+3 d`. */
export function sinceStart(at: number, startedAt: number): string {
  const ms = at - startedAt;
  const days = Math.floor(Math.abs(ms) / 86_400_000);
  const sign = ms < 0 ? '−' : '+';
  return days > 0 ? `${sign}${days} d` : `${sign}${elapsed(Math.abs(ms))}`;
}

/** The other call that an entry is about; that of a leg of the same call is none. */
export const otherCall = (entry: HistoryEntry): string | undefined =>
  entry.kind === 'returned' ? textIn(entry, 'callId') : undefined;

/** The fields of an entry as they came, for who wants to know exactly. */
export const rawFields = (entry: HistoryEntry): readonly (readonly [string, string])[] =>
  Object.entries(entry)
    .filter(([key, value]) => key !== 'at' && key !== 'kind' && value !== undefined && value !== null)
    .map(([key, value]) => [key, fieldText(value)]);

function notificationWords(entry: HistoryEntry): string {
  switch (textIn(entry, 'event')) {
    case 'callStart':
      return msg('El operador avisó del inicio');
    case 'callEnd':
      return msg('El operador avisó del fin');
    case 'live':
      return msg('Estaba en la lista de llamadas en curso');
    default:
      return msg(str`Aviso del operador: ${textIn(entry, 'event') ?? '—'}`);
  }
}

function notificationLines(entry: HistoryEntry): readonly string[] {
  const endpoint = textIn(entry, 'endpointId');
  return lines(
    endpoint ? msg(str`Teléfono ${endpoint}`) : undefined,
    // At its start a call has no length yet, which the operator tells as 0.
    ...(textIn(entry, 'event') === 'callEnd' ? lengthLine(entry) : []),
    entry.repeated ? msg('Era una repetición, y no cambió nada.') : undefined,
    entry.isOurTime ? msg('Sus horas no podían ser: valen las de este sistema.') : undefined,
    entry.isSummed ? msg('Lo que decía no se guardó: es de una versión anterior.') : undefined,
  );
}

function promiseWords(entry: HistoryEntry): string {
  switch (textIn(entry, 'state')) {
    case 'kept':
      return msg('Se indicó que pagó lo prometido');
    case 'partly':
      return msg('Se indicó que pagó una parte de lo prometido');
    default:
      return msg('Se indicó que no pagó lo prometido');
  }
}

function paidLine(entry: HistoryEntry): string | undefined {
  const [amount, currency] = [numberIn(entry, 'amount'), textIn(entry, 'currency')];
  return amount === undefined || currency === undefined ? undefined : money(amount, currency);
}

function lengthLine(entry: HistoryEntry): readonly string[] {
  const seconds = numberIn(entry, 'duration');
  return seconds === undefined ? [] : [msg(str`Duración: ${duration(seconds)}`)];
}

function routedWords(entry: HistoryEntry): string {
  const name = nameIn(entry);
  const endpoint = textIn(entry, 'endpointId');
  if (name && endpoint) return msg(str`Le tocó a ${name}, por el teléfono ${endpoint}`);
  return name ? msg(str`Le tocó a ${name}`) : msg('No le tocó a ningún agente');
}

function matchedWords(entry: HistoryEntry): string {
  const candidates = candidatesOf(entry);
  switch (textIn(entry, 'match')) {
    case 'one':
      return candidates[0] ? msg(str`Se reconoció a ${candidates[0].name}`) : msg('Se reconoció al contacto');
    case 'many':
      return msg(str`Varios contactos tienen este número: ${candidates.length}`);
    case 'private':
      return msg('El número era privado');
    case 'dialled':
      return msg('El contacto es a quien se llamó');
    default:
      return msg('Ningún contacto tiene este número');
  }
}

function matchedLines(entry: HistoryEntry): readonly string[] {
  const candidates = candidatesOf(entry);
  const only = textIn(entry, 'reason') ?? (candidates.length === 1 ? candidates[0]?.reason : undefined);
  if (candidates.length < 2) return lines(only ? reasonWords(only as MatchReason) || only : undefined);
  return candidates.map(({ name, reason }) => [name, reasonWords(reason)].filter(Boolean).join(': '));
}

const candidatesOf = ({ candidates }: HistoryEntry): readonly Candidate[] =>
  Array.isArray(candidates) ? (candidates as Candidate[]) : [];

function shownLines(entry: HistoryEntry): readonly string[] {
  const ms = numberIn(entry, 'milliseconds');
  if (ms === undefined) return [];
  const seconds = numberWords(Math.round(ms / 100) / 10, 1);
  return [msg(str`${seconds} s después del aviso del operador`)];
}

function outcomeWords(entry: HistoryEntry, label: OutcomeLabel): string {
  const outcome = textIn(entry, 'outcome');
  return outcome ? msg(str`Resultado de la llamada: ${label(outcome)}`) : msg('La llamada quedó sin resultado');
}

function wrapUpWords(entry: HistoryEntry): string {
  const version = numberIn(entry, 'version');
  const name = nameIn(entry);
  if ((version ?? 1) > 1) {
    return name ? msg(str`${name} corrigió lo documentado`) : msg('Se corrigió lo documentado');
  }

  return name ? msg(str`${name} documentó la llamada`) : msg('Se documentó la llamada');
}

function wrapUpLinesOf(entry: HistoryEntry, label: OutcomeLabel): readonly string[] {
  const outcome = textIn(entry, 'outcome');
  const version = numberIn(entry, 'version');
  return lines(
    outcome ? label(outcome) : undefined,
    textIn(entry, 'notes'),
    version === undefined ? undefined : msg(str`Versión ${version}`),
    entry.undone ? msg('Se deshizo.') : undefined,
  );
}

function reconciledLines(entry: HistoryEntry): readonly string[] {
  const fields = Array.isArray(entry.fields) ? entry.fields.map(String).map(mismatchField) : [];
  const kind = textIn(entry, 'mismatch');
  const date = textIn(entry, 'date');
  return lines(
    date ? dayWords(date) : undefined,
    kind ? mismatchWords(kind) : undefined,
    fields.length > 0 ? msg(str`No coincide: ${fields.join(', ')}`) : undefined,
    entry.healedBy ? msg('Ya se corrigió.') : undefined,
  );
}

function mismatchWords(kind: string): string {
  switch (kind) {
    case 'matched':
      return msg('Los avisos y el registro dicen lo mismo.');
    case 'webhookOnly':
      return msg('El operador no tiene registro de esta llamada.');
    case 'recordOnly':
      return msg('El operador no avisó de esta llamada.');
    case 'differing':
      return msg('Los avisos y el registro no dicen lo mismo.');
    default:
      return kind;
  }
}

function mismatchField(field: string): string {
  switch (field) {
    case 'duration':
      return msg('la duración');
    case 'cost':
      return msg('el costo');
    case 'parties':
      return msg('los números');
    case 'end':
      return msg('el fin, del que no se avisó');
    default:
      return field;
  }
}

/** The words with the agent in them where there is one, and else without. */
const withWho = (entry: HistoryEntry, without: string, words: (name: string) => string): string => {
  const name = nameIn(entry);
  return name ? words(name) : without;
};

const byLine = (entry: HistoryEntry): readonly string[] => lines(nameIn(entry));

const shownTo = (name: string): string => msg(str`Se mostró en la pantalla de ${name}`);
const closedBy = (name: string): string => msg(str`${name} cerró la tarjeta`);
const choseContact = (name: string): string => msg(str`${name} eligió el contacto`);
const leftWithout = (name: string): string => msg(str`${name} la dejó sin contacto`);
const tookOff = (name: string): string => msg(str`${name} la quitó de la lista`);
const notedBy = (name: string): string => msg(str`${name} anotó una llamada por otro teléfono`);
const reachedBy = (name: string): string => msg(str`${name} habló después con quien llamó`);
const dialled = (name: string): string => msg(str`${name} marcó con un clic`);

const lines = (...texts: readonly (string | undefined)[]): readonly string[] =>
  texts.filter((text): text is string => !!text);
