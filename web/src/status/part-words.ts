import { msg, str } from '@lit/localize';
import type { Condition, Status, StatusPart } from '../api/status-types.js';
import { numberWords } from '../i18n/times.js';

export function conditionWords(state: Condition): string {
  switch (state) {
    case 'good':
      return msg('Bien');
    case 'warning':
      return msg('Revisar');
    default:
      return msg('Con falla');
  }
}

/** What goes through a queue. */
export function queueWords(queue: string): string {
  switch (queue) {
    case 'call-events':
      return msg('Avisos del operador');
    case 'jobs':
      return msg('Trabajos largos');
    case 'events-out':
      return msg('Eventos hacia otros sistemas');
    case 'campaign-dials':
      return msg('Llamadas de campañas');
    default:
      return queue;
  }
}

/** A part that is not well, by its name. */
export interface Trouble {
  readonly name: string;
  readonly state: Condition;
  readonly advice: string;
}

/** What is not well, the worst first. A part that could not be read is bad. */
export function troublesOf(status: Status): readonly Trouble[] {
  const several = status.records && status.records.length > 1;
  const of = (name: string, account: string) => (several ? msg(str`${name} de ${account}`) : name);
  const parts: readonly (readonly [string, StatusPart | undefined])[] = [
    [msg('Almacenamiento'), status.storage],
    [msg('Avisos del operador'), status.webhook],
    ...(status.records ?? [undefined]).map(
      (part) => [of(msg('Registros de llamada'), part?.account ?? ''), part] as const,
    ),
    ...(status.queues ?? [undefined]).map(
      (part) => [msg(str`Cola: ${part ? queueWords(part.name) : '—'}`), part] as const,
    ),
    [msg('Avisos rechazados'), status.refused],
    [msg('Pantallas'), status.screens],
    ...(status.reconciliation ?? [undefined]).map(
      (part) => [of(msg('Conciliación'), part?.account ?? ''), part] as const,
    ),
    ...(status.events ?? []).map((part) => [msg(str`Eventos hacia ${part.name}`), part] as const),
    ...(status.lookup ? [[msg('Consulta al CRM'), status.lookup] as const] : []),
    ...(status.disk ? [[msg('Disco'), status.disk] as const] : []),
    ...(status.backups ? [[msg('Respaldos'), status.backups] as const] : []),
  ];
  return parts
    .filter(([, part]) => part?.state !== 'good')
    .map(([name, part]) => ({
      name,
      state: part?.state ?? 'bad',
      advice: part ? (part.advice ?? '') : msg('No se pudo leer.'),
    }))
    .sort((one, other) => Number(other.state === 'bad') - Number(one.state === 'bad'));
}

/** A length in megabytes, or in gigabytes from a thousand on. */
export function sizeWords(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  const round = (value: number) => numberWords(Math.max(0.1, Math.round(value * 10) / 10));
  return megabytes < 1000 ? `${round(megabytes)} MB` : `${round(megabytes / 1000)} GB`;
}
