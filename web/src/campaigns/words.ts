import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type {
  Campaign,
  CampaignCounts,
  CampaignHours,
  CampaignMode,
  CampaignOrder,
  CampaignState,
  EntryState,
} from '../api/campaign-types.js';
import { endOfHours, timeOfDay } from '../i18n/time-of-day.js';
import { numberWords } from '../i18n/times.js';

export const campaignAddress = (campaignId: string): string => `/campaigns/${encodeURIComponent(campaignId)}`;

export const modeWords: Record<CampaignMode, () => string> = {
  preview: () => msg('Vista previa'),
  progressive: () => msg('Progresiva'),
};

/** What a mode means, in a sentence. */
export const modeSentence: Record<CampaignMode, () => string> = {
  preview: () => msg('El agente ve a quién sigue y llama cuando está listo.'),
  progressive: () => msg('Se llama sola: una llamada por cada agente que está libre.'),
};

export const orderWords: Record<CampaignOrder, () => string> = {
  agentFirst: () => msg('Primero el agente'),
  contactFirst: () => msg('Primero el contacto'),
};

export const orderSentence: Record<CampaignOrder, () => string> = {
  agentFirst: () => msg('Timbra el teléfono del agente; cuando contesta, se llama al contacto.'),
  contactFirst: () => msg('Se llama al contacto; cuando contesta, timbra el teléfono del agente.'),
};

export const stateWords: Record<CampaignState, () => string> = {
  building: () => msg('Preparando la lista'),
  ready: () => msg('Lista para iniciar'),
  running: () => msg('En marcha'),
  paused: () => msg('En pausa'),
  stopped: () => msg('Detenida'),
  done: () => msg('Terminada'),
};

const stateTones: Record<CampaignState, string> = {
  building: 'badge',
  ready: 'badge mended',
  running: 'badge good',
  paused: 'badge warn',
  stopped: 'badge bad',
  done: 'badge',
};

export const stateBadge = (state: CampaignState): TemplateResult =>
  html`<span class=${stateTones[state] ?? 'badge'}>${stateWords[state]?.() ?? state}</span>`;

/** The states of a contact, in the order in which they are shown. */
export const entryStates: readonly EntryState[] = [
  'waiting',
  'held',
  'offered',
  'dialling',
  'unknown',
  'done',
  'exhausted',
  'refused',
];

export const entryWords: Record<EntryState, () => string> = {
  waiting: () => msg('Por llamar'),
  held: () => msg('Ahora no se puede'),
  offered: () => msg('En pantalla de un agente'),
  dialling: () => msg('En llamada'),
  unknown: () => msg('Por confirmar'),
  done: () => msg('Atendido'),
  exhausted: () => msg('No localizado'),
  refused: () => msg('No se llama'),
};

/** The states of those who still can be called. The bar of the progress has the others. */
export const openStates: readonly EntryState[] = ['waiting', 'held', 'offered', 'dialling', 'unknown'];

/** Why somebody is not called, where several are counted. */
export function reasonWords(reason: string): string {
  switch (reason) {
    case 'invalid':
      return msg('No es un número de teléfono');
    case 'foreign':
      return msg('Las reglas de marcado no permiten ese destino');
    case 'doNotCall':
      return msg('Está en la lista de no llamar');
    case 'repeated':
      return msg('Está repetido en la lista');
    case 'noNumber':
      return msg('El contacto no tiene teléfono');
    case 'unknownContact':
      return msg('El contacto ya no existe');
    case 'numberChanged':
      return msg('El contacto ya no tiene ese número');
    case 'ownPhone':
      return msg('Es un teléfono de la oficina');
    case 'erased':
      return msg('Se borraron los datos de la persona');
    default:
      return reason;
  }
}

/** How many still can be called, now or later. */
export const openOf = ({ waiting, held, offered, dialling, unknown }: CampaignCounts): number =>
  waiting + held + offered + dialling + unknown;

/** How many are called at all. */
export const calledOf = ({ total, refused }: CampaignCounts): number => total - refused;

export const contactsWords = (count: number): string =>
  count === 1 ? msg('1 contacto') : msg(str`${numberWords(count)} contactos`);

/** Whether it can be started, paused and stopped. */
export const mayStart = ({ state }: Campaign): boolean => state === 'ready' || state === 'paused';
export const mayPause = ({ state }: Campaign): boolean => state === 'running';
export const mayStop = ({ state }: Campaign): boolean => state === 'ready' || state === 'running' || state === 'paused';
/** True while what is shown of it changes by itself. */
export const isMoving = ({ state, counts }: Campaign): boolean =>
  state === 'building' || state === 'running' || counts.dialling + counts.unknown + counts.offered > 0;

/** The days of the week, Monday first. */
export const weekDays: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

export const dayWords: readonly (() => string)[] = [
  () => msg('domingo'),
  () => msg('lunes'),
  () => msg('martes'),
  () => msg('miércoles'),
  () => msg('jueves'),
  () => msg('viernes'),
  () => msg('sábado'),
];

export function hoursWords(hours: CampaignHours | undefined): string {
  if (!hours) return msg('A toda hora en que se permite llamar');
  const times = msg(str`De ${timeOfDay(hours.from)} a ${endOfHours(hours.to)}`);
  const days = hours.days;
  if (!days || days.length === 0 || days.length === 7) return times;
  const places = weekDays.flatMap((day, place) => (days.includes(day) ? place : []));
  const words = places.map((place) => dayWords[weekDays[place] ?? 0]?.() ?? '');
  const isRun = places.length > 2 && (places.at(-1) ?? 0) - (places[0] ?? 0) === places.length - 1;
  return `${times} · ${isRun ? msg(str`de ${words[0] ?? ''} a ${words.at(-1) ?? ''}`) : words.join(', ')}`;
}
