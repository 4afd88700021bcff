import { msg, str } from '@lit/localize';
import type { AgentName, Mapping, MappingInput, MappingTie, Shift } from '../api/phone-types.js';
import { formatLocale } from '../i18n/locale.js';

/** The days of a week of work, by their number; 0 is Sunday. */
export const weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

/** The name of a day of the week. */
export function dayName(day: number, width: 'long' | 'short' = 'short'): string {
  // The first of January 2023 was a Sunday.
  const date = new Date(Date.UTC(2023, 0, 1 + day));
  return new Intl.DateTimeFormat(formatLocale(), { weekday: width, timeZone: 'UTC' }).format(date).replace('.', '');
}

/** A time of day without its seconds. */
export const shortTime = (time: string): string => time.slice(0, 5);

export const nameIn = (agents: readonly AgentName[], agentId: string): string =>
  agents.find((agent) => agent.agentId === agentId)?.name ?? agentId;

/** The days of a shift, those in sequence as a range. */
export function daysWords(days: readonly number[]): string {
  const places = weekdays.flatMap((day, place) => (days.includes(day) ? [place] : []));
  const parts: string[] = [];
  for (let i = 0; i < places.length; ) {
    let end = i;
    while (end + 1 < places.length && places[end + 1] === (places[end] ?? 0) + 1) end++;
    const [first, last] = [weekdays[places[i] ?? 0] ?? 0, weekdays[places[end] ?? 0] ?? 0];
    parts.push(
      end - i >= 2
        ? msg(str`${dayName(first)} a ${dayName(last)}`)
        : places
            .slice(i, end + 1)
            .map((place) => dayName(weekdays[place] ?? 0))
            .join(', '),
    );
    i = end + 1;
  }

  return parts.join(', ');
}

/** A shift in one line. */
export const shiftWords = (shift: Shift, agents: readonly AgentName[]): string =>
  `${nameIn(agents, shift.agentId)}: ${daysWords(shift.days)}, ${shortTime(shift.from)}–${shortTime(shift.to)}`;

/** What a phone is called in a list. */
export const phoneName = ({ label, endpointId }: Pick<Mapping, 'label' | 'endpointId'>): string =>
  label ? `${label} (${endpointId})` : endpointId;

/** What an administrator is told of the earlier calls of a phone; empty where there is nothing to tell. */
export function tieWords({ state, calls, tied }: MappingTie): string {
  switch (state) {
    case 'queued':
    case 'running':
      return msg(str`Buscando sus llamadas anteriores: ${calls} revisadas, ${tied} encontradas.`);
    case 'done':
      return tied === 0
        ? ''
        : tied === 1
          ? msg('Se le dio 1 llamada anterior.')
          : msg(str`Se le dieron ${tied} llamadas anteriores.`);
    case 'failed':
      return msg('No se pudieron buscar todas sus llamadas anteriores. Guarde el teléfono otra vez para repetirlo.');
    default:
      return '';
  }
}

/** What is written of a phone, as it is stored. */
export const inputOf = (mapping: Mapping): MappingInput => ({
  account: mapping.account,
  agentId: mapping.agentId,
  shifts: mapping.shifts ?? [],
  phone: mapping.phone,
  label: mapping.label ?? '',
  callerId: mapping.callerId ?? '',
  private: mapping.private,
  primary: mapping.primary,
});

/** What another administrator has changed meanwhile, a line for each field. */
export function changesWords(before: Mapping, after: Mapping, agents: readonly AgentName[]): readonly string[] {
  const yesNo = (value: boolean) => (value ? msg('sí') : msg('no'));
  const shifts = (mapping: Mapping) => (mapping.shifts ?? []).map((shift) => shiftWords(shift, agents)).join('; ');
  const fields: readonly (readonly [string, (mapping: Mapping) => string])[] = [
    [msg('Agente'), ({ agentId }) => nameIn(agents, agentId)],
    [msg('Número o usuario'), ({ phone }) => phone],
    [msg('Etiqueta'), ({ label }) => label ?? ''],
    [msg('Identificador de llamada'), ({ callerId }) => callerId ?? ''],
    [msg('Número oculto'), (mapping) => yesNo(mapping.private)],
    [msg('Teléfono principal'), ({ primary }) => yesNo(primary)],
    [msg('Cuenta'), ({ account }) => account],
    [msg('Turnos'), shifts],
  ];
  return fields.flatMap(([name, of]) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [`${name}: ${was || '—'} → ${is || '—'}`];
  });
}
