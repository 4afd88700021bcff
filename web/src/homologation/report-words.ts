import type { CaseGroup, CaseState, RunSetting } from './run.js';

/** The report's words. They are in Spanish in every language of the console: the operator signs it. */
export const groupTitles: Readonly<Record<CaseGroup, string>> = {
  reach: 'Conexión con el operador',
  records: 'Registros de llamada',
  notifications: 'Avisos del operador',
  clicks: 'Llamadas por clic',
  phones: 'Teléfonos y grupos',
  callers: 'Quién llama',
  comparison: 'Avisos contra registros',
};

export const verdicts: Readonly<Record<CaseState, string>> = {
  open: '… Pendiente',
  passed: '✓ Pasó',
  failed: '✗ Falló',
  skipped: '– Omitida',
};

/** How far a setting is that an answer asks for. */
export function settingState({ value, now, source }: RunSetting): string {
  if (value === now) return 'ya rige';
  const differs = `ahora vale ${now === '' ? 'vacío' : now}`;
  return source === 'deployment' ? `${differs}; lo fija el servidor` : `${differs}; por tomar en la consola`;
}

/** A time in an office's zone, to the second: `27/11/2026, 08:31:05`. */
export const timeInReport = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('es-CR', {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(Date.parse(at));
