import type { Outcome, Requirement, WrapUpField, WrapUpInput } from '../api/types.js';
import { instantOf, zonedTime } from '../i18n/format.js';
import { isOf } from '../outcomes/field-words.js';

/** The form as it is typed. Everything is text, so that unfinished input is not lost. */
export interface WrapUpText {
  readonly outcome: string;
  readonly notes: string;
  /** The parts that are shown besides outcome and notes. */
  readonly parts: readonly Part[];
  readonly followUpAt: string;
  readonly followUpNote: string;
  readonly promiseAmount: string;
  readonly promiseCurrency: string;
  readonly promiseDay: string;
  readonly chargeAmount: string;
  readonly chargeCurrency: string;
  readonly chargeConcept: string;
  /** The office's own fields, also those of other outcomes: what was typed comes back with its outcome. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Part = Exclude<Requirement, 'note'>;

/** What is wrong with a field. */
export type Fault = 'missing' | 'amount' | 'past' | 'number' | 'date' | 'choice';
export type Faults = Readonly<Partial<Record<string, Fault>>>;

export const parts: readonly Part[] = ['promise', 'followUp', 'charge'];

export const blank: WrapUpText = {
  outcome: '',
  notes: '',
  parts: [],
  followUpAt: '',
  followUpNote: '',
  promiseAmount: '',
  promiseCurrency: '',
  promiseDay: '',
  chargeAmount: '',
  chargeCurrency: '',
  chargeConcept: '',
  fields: {},
};

export function textOf(wrapUp: WrapUpInput | undefined, timeZone: string): WrapUpText {
  if (!wrapUp) return blank;
  const { followUp, promise, charge } = wrapUp;
  const time = (at: string | undefined) => (at ? zonedTime(Date.parse(at), timeZone) : '');
  return {
    outcome: wrapUp.outcome ?? '',
    notes: wrapUp.notes ?? '',
    parts: parts.filter((part) => wrapUp[part]),
    followUpAt: time(followUp?.dueAt),
    followUpNote: followUp?.note ?? '',
    promiseAmount: typed(promise?.amount),
    promiseCurrency: promise?.currency ?? '',
    promiseDay: time(promise?.dueAt).slice(0, 10),
    chargeAmount: typed(charge?.amount),
    chargeCurrency: charge?.currency ?? '',
    chargeConcept: charge?.concept ?? '',
    fields: wrapUp.fields ?? {},
  };
}

/** The parts to show for an outcome: those that it requires or means, and those that the agent added. */
export const shownParts = (text: WrapUpText, outcome: Outcome | undefined): readonly Part[] =>
  parts.filter((part) => outcome?.requires[part] || outcome?.means === part || text.parts.includes(part));

/**
 * The input for the API. A draft leaves out invalid fields, for which the API would refuse all of it. A sent wrap-up
 * leaves out parts that were added but not filled in, and the office's own fields of other outcomes (`fields` are all).
 */
export function inputOf(
  text: WrapUpText,
  shown: readonly Part[],
  {
    draft,
    now,
    timeZone,
    currency,
    fields = [],
  }: { draft: boolean; now: number; timeZone: string; currency: string; fields?: readonly WrapUpField[] },
): WrapUpInput {
  const amount = (of: string) => soundAmount(of) ?? undefined;
  const time = (of: string, earliest: number) => {
    const at = instantOf(of, timeZone);
    return at && (!draft || at.getTime() > earliest) ? at.toISOString() : undefined;
  };
  const has = (part: Part) => shown.includes(part) && filled(text, part);
  return {
    outcome: text.outcome || undefined,
    notes: text.notes.trim() || undefined,
    followUp: has('followUp')
      ? { dueAt: time(text.followUpAt, now), note: text.followUpNote.trim() || undefined }
      : undefined,
    promise: has('promise')
      ? {
          amount: amount(text.promiseAmount),
          currency: text.promiseCurrency || currency,
          // Noon, so that it is the same day in any zone.
          dueAt: text.promiseDay ? time(`${text.promiseDay}T12:00`, now - 86_400_000) : undefined,
        }
      : undefined,
    charge: has('charge')
      ? {
          amount: amount(text.chargeAmount),
          currency: text.chargeCurrency || currency,
          concept: text.chargeConcept.trim() || undefined,
        }
      : undefined,
    fields: ownFieldsOf(text, fields, draft),
  };
}

function ownFieldsOf(
  text: WrapUpText,
  fields: readonly WrapUpField[],
  draft: boolean,
): Readonly<Record<string, string>> | undefined {
  const written = Object.entries(text.fields)
    .map(([key, value]) => [key, value.trim(), fields.find((field) => field.key === key)] as const)
    // The value of a field that was removed is sent as it was, so that it is not lost.
    .filter(([, value, field]) => value !== '' && (draft || !field || isOf(field, text.outcome)))
    .map(([key, value, field]) => [key, (!draft && field?.kind === 'number' && soundNumber(value)) || value] as const);
  return written.length > 0 ? Object.fromEntries(written) : undefined;
}

/** A typed number as it is stored, with a decimal point: `-1.500,5` is `-1500.5`. Null if it is none. */
export function soundNumber(typedNumber: string): string | null {
  const plain = typedNumber.trim().replace('\u2212', '-');
  if (/^-?\d{1,15}([.,]\d{1,6})?$/.test(plain) && !/^-?\d{1,3}[.,]\d{3}$/.test(plain)) return plain.replace(',', '.');
  const amount = soundAmount(plain.replace(/^-/, ''));
  return amount === null ? null : `${plain.startsWith('-') ? '-' : ''}${amount}`;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

function fieldFault(field: WrapUpField, value: string, sent: string): Fault | undefined {
  if (value === '') return field.required ? 'missing' : undefined;
  if (value === sent) return undefined;
  if (field.kind === 'number') return soundNumber(value) === null ? 'number' : undefined;
  if (field.kind === 'date') return isDay(value) ? undefined : 'date';
  return field.kind === 'choice' && !field.choices.includes(value) ? 'choice' : undefined;
}

/**
 * The errors that prevent sending. A correction may keep a date that was in the future when it was sent (`sent`). The
 * API has the last word.
 */
export function faultsOf(
  text: WrapUpText,
  outcome: Outcome | undefined,
  { now, timeZone }: { now: number; timeZone: string },
  sent: WrapUpText = blank,
  fields: readonly WrapUpField[] = [],
): Faults {
  const faults: Record<string, Fault> = {};
  if (!outcome) faults.outcome = 'missing';
  if (outcome?.requires.note && !text.notes.trim()) faults.notes = 'missing';
  const asked = (part: Part) => outcome?.requires[part] || (text.parts.includes(part) && filled(text, part));
  const amount = (name: string, typedAmount: string) => {
    if (!typedAmount.trim()) faults[name] = 'missing';
    else if (soundAmount(typedAmount) === null) faults[name] = 'amount';
  };
  if (asked('promise')) {
    amount('promise.amount', text.promiseAmount);
    if (!text.promiseDay) faults['promise.dueAt'] = 'missing';
    else if (text.promiseDay < zonedTime(now, timeZone).slice(0, 10) && text.promiseDay !== sent.promiseDay)
      faults['promise.dueAt'] = 'past';
  }

  if (asked('followUp')) {
    const at = instantOf(text.followUpAt, timeZone);
    if (!at) faults['followUp.dueAt'] = 'missing';
    else if (at.getTime() <= now && text.followUpAt !== sent.followUpAt) faults['followUp.dueAt'] = 'past';
  }

  if (asked('charge')) {
    amount('charge.amount', text.chargeAmount);
    if (!text.chargeConcept.trim()) faults['charge.concept'] = 'missing';
  }

  for (const field of outcome ? fields.filter((one) => isOf(one, outcome.code)) : []) {
    const fault = fieldFault(field, text.fields[field.key]?.trim() ?? '', sent.fields[field.key] ?? '');
    if (fault) faults[`fields.${field.key}`] = fault;
  }

  return faults;
}

/** True if something was typed in a part. */
export function filled(text: WrapUpText, part: Part): boolean {
  const typedIn = {
    promise: [text.promiseAmount, text.promiseDay],
    followUp: [text.followUpAt, text.followUpNote],
    charge: [text.chargeAmount, text.chargeConcept],
  }[part];
  return typedIn.some((value) => value.trim() !== '');
}

/**
 * The number of a typed amount: `1500,5`, `1 500.50`, `1.500,50` and `1,500.50`. A single mark before three digits
 * (`1.500`) separates thousands. Null if it is no amount above zero with at most two decimals.
 */
export function soundAmount(typedAmount: string): number | null {
  const plain = typedAmount.replace(/[\s\u00a0\u202f₡$]/g, '');
  const last = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'));
  const decimals = last >= 0 && plain.length - last - 1 !== 3;
  const whole = decimals ? plain.slice(0, last) : plain;
  const rest = decimals ? plain.slice(last + 1) : '';
  if (!/^\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)?$|^\d+$/.test(whole) || !/^\d{0,2}$/.test(rest)) return null;
  if (decimals && rest === '') return null;
  const value = Number(`${whole.replace(/[.,]/g, '')}.${rest || '0'}`);
  return value > 0 && value <= 1e12 ? value : null;
}

const typed = (amount: number | undefined): string => (amount === undefined || amount === null ? '' : String(amount));

/** True if nothing is written. */
export const isBlank = (text: WrapUpText): boolean => sameText(text, blank);

/** True if two texts are the same, whatever parts are shown and which currency an empty amount would have. */
export function sameText(a: WrapUpText, b: WrapUpText): boolean {
  const plain = ({ parts: _, fields, ...text }: WrapUpText) => [
    ...Object.values({ ...text, promiseCurrency: '', chargeCurrency: '' }).map((value) => value.trim()),
    sortedFields(fields),
  ];
  return plain(a).join('\u0000') === plain(b).join('\u0000');
}

/** True if two wrap-ups have the same content. */
export const sameInput = (a: WrapUpInput, b: WrapUpInput): boolean => canonical(a) === canonical(b);

const sortedFields = (fields: Readonly<Record<string, string>> | undefined): string =>
  JSON.stringify(
    Object.entries(fields ?? {})
      .map(([key, value]) => [key, value.trim()] as const)
      .filter(([, value]) => value !== '')
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

function canonical({ outcome, notes, followUp, promise, charge, fields }: WrapUpInput): string {
  const time = (at: string | undefined) => (at ? Date.parse(at) : null);
  return JSON.stringify([
    outcome ?? null,
    notes?.trim() || null,
    followUp ? [time(followUp.dueAt), followUp.note ?? null] : null,
    promise ? [promise.amount ?? null, promise.currency ?? null, time(promise.dueAt)] : null,
    charge ? [charge.amount ?? null, charge.currency ?? null, charge.concept ?? null] : null,
    sortedFields(fields),
  ]);
}
