import { msg, str } from '@lit/localize';
import type { CallingHours, ContactGuard } from '../api/contact-guard-api.js';
import type { Entry } from '../design/differences.js';
import { formatLocale } from '../i18n/locale.js';
import { endOfHours, timeOfDay } from '../i18n/time-of-day.js';
import { numberWords } from '../i18n/times.js';
import { week } from './guard-texts.js';

/** The name of a day of the week, from 0 (Sunday). */
export const weekdayName = (day: number): string =>
  // 4 January 1970 was a Sunday.
  new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format((day + 3) * 86_400_000);

const listed = (words: readonly string[]): string =>
  new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(words);

/** Days of the week in words: three or more on end by the first and the last. */
export function daysWords(days: readonly number[]): string {
  if (week.every((day) => days.includes(day))) return msg('todos los días');
  const runs: number[][] = [];
  for (const day of week.filter((each) => days.includes(each))) {
    const run = runs.at(-1);
    if (run && week.indexOf(run.at(-1) ?? day) === week.indexOf(day) - 1) run.push(day);
    else runs.push([day]);
  }

  return listed(
    runs.flatMap((run) => {
      const [first = 0, last = 0] = [run[0], run.at(-1)];
      return run.length > 2
        ? msg(str`de ${weekdayName(first)} a ${weekdayName(last)}`)
        : run.map((day) => msg(str`el ${weekdayName(day)}`));
    }),
  );
}

export function spanWords({ days, from, to }: CallingHours): string {
  const [begin, end] = [from.slice(0, 5), to.slice(0, 5)];
  if (begin === '00:00' && end === '00:00') return msg(str`${daysWords(days)}, todo el día`);
  return msg(str`${daysWords(days)} de ${timeOfDay(begin)} a ${endOfHours(end)}`);
}

/** What is in force, a sentence each. */
export function guardWords({
  hours,
  holidays,
  perDay,
  perWeek,
  gapMinutes,
  upcoming,
}: ContactGuard): readonly string[] {
  const closed = upcoming.filter(({ worked }) => !worked).length;
  return [
    hours == null
      ? msg('Se llama a cualquier hora.')
      : hours.length === 0
        ? msg('No se llama a nadie: no hay ningún horario.')
        : msg(str`Se llama ${listed(hours.map(spanWords))}, en la hora de la persona.`),
    closed === 0
      ? msg('Se llama también en feriados.')
      : !holidays.observed
        ? msg('Se llama en feriados, pero no en los días que agregó la oficina.')
        : holidays.worked.length > 0
          ? msg('No se llama en feriados, salvo los que se trabajan.')
          : msg('No se llama en feriados.'),
    ...(holidays.observed && holidays.added.length > 0 ? [msg('Tampoco en los días que agregó la oficina.')] : []),
    ...(perDay == null && perWeek == null
      ? [msg('Sin límite de llamadas por persona.')]
      : [
          perDay == null
            ? msg(str`A cada persona, como máximo ${numberWords(perWeek ?? 0)} en 7 días.`)
            : perWeek == null
              ? msg(str`A cada persona, como máximo ${numberWords(perDay)} por día.`)
              : msg(
                  str`A cada persona, como máximo ${numberWords(perDay)} por día y ${numberWords(perWeek)} en 7 días.`,
                ),
        ]),
    ...(gapMinutes
      ? [
          gapMinutes === 1
            ? msg('Entre dos llamadas a la misma persona pasa al menos 1 minuto.')
            : msg(str`Entre dos llamadas a la misma persona pasan al menos ${numberWords(gapMinutes)} minutos.`),
        ]
      : []),
  ];
}

/** The rules as parts that can be told apart, to say what another has changed. */
export function entriesOf({ hours, holidays, perDay, perWeek, gapMinutes }: ContactGuard): readonly Entry[] {
  return [
    { key: 'hours', name: msg('Horarios'), content: hours ?? null },
    { key: 'observed', name: msg('Feriados'), content: [holidays.observed, holidays.worked] },
    { key: 'added', name: msg('Días de la oficina'), content: holidays.added },
    { key: 'limits', name: msg('Cuántas llamadas'), content: [perDay ?? null, perWeek ?? null, gapMinutes ?? null] },
  ];
}
