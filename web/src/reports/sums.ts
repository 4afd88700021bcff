import type { ReportAmounts, ReportRow } from '../api/report-types.js';

/** Adds rows up, as the API does. */
export function added(key: string, label: string, rows: readonly ReportRow[], currency: string): ReportRow {
  const sum = (of: (row: ReportRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const [answered, missed, documented] = [
    sum((row) => row.answered),
    sum((row) => row.missed),
    sum((row) => row.documented),
  ];
  const cost = amountOf(rows, (row) => row.cost);
  return {
    key,
    label,
    in: sum((row) => row.in),
    out: sum((row) => row.out),
    missed,
    answered,
    answeredRate: answered + missed === 0 ? null : answered / (answered + missed),
    answeredWithin20: sum((row) => row.answeredWithin20),
    reached: sum((row) => row.reached),
    talkSeconds: sum((row) => row.talkSeconds),
    wrapUps: sum((row) => row.wrapUps),
    wrapUpSeconds: sum((row) => row.wrapUpSeconds),
    returned: sum((row) => row.returned),
    callBackSeconds: sum((row) => row.callBackSeconds),
    documented,
    cost,
    currency,
    costPerOutcome: documented === 0 ? null : cost / documented,
    charges: amountOf(rows, (row) => row.charges),
    promisesMade: sum((row) => row.promisesMade),
    promisesKept: sum((row) => row.promisesKept),
    promisedAmount: amountOf(rows, (row) => row.promisedAmount),
    paidAmount: amountOf(rows, (row) => row.paidAmount),
    ...(rows.some((row) => row.amounts) ? { amounts: amountsOf(rows) } : {}),
  };
}

/** A row for each of these keys, in their order; one without calls where the report has none. */
export function filled(
  rows: readonly ReportRow[],
  keys: readonly { readonly key: string; readonly label: string }[],
  keyOf: (row: ReportRow) => string,
  currency: string,
): readonly ReportRow[] {
  const byKey = grouped(rows, keyOf);
  return keys.map(({ key, label }) => added(key, label, byKey.get(key) ?? [], currency));
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }

  return groups;
}

// In ten-thousandths, so that decimals add up.
const amountOf = (rows: readonly ReportRow[], of: (row: ReportRow) => number): number => cents(rows.map(of));

const cents = (amounts: readonly number[]): number =>
  amounts.reduce((all, amount) => all + Math.round(amount * 10_000), 0) / 10_000;

function amountsOf(rows: readonly ReportRow[]): readonly ReportAmounts[] {
  const all = rows.flatMap((row) => row.amounts ?? [row]);
  return [...grouped<ReportAmounts>(all, ({ currency }) => currency)].map(([currency, some]) => ({
    currency,
    cost: cents(some.map((one) => one.cost)),
    charges: cents(some.map((one) => one.charges)),
    promisedAmount: cents(some.map((one) => one.promisedAmount)),
    paidAmount: cents(some.map((one) => one.paidAmount)),
  }));
}
