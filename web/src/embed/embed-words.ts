import type { EmbedErrorCode, EmbedFailure } from './embed-types.js';

/** The few sentences that are needed before the phone's code is here, and so before its translations. */
const words = {
  es: {
    loading: 'Cargando CallMyWay',
    notLoaded: 'CallMyWay no se pudo cargar. Revise su red e intente de nuevo.',
    again: 'Intentar de nuevo',
    noToken: 'Esta página no dio la autorización para CallMyWay.',
    notReady: 'CallMyWay no está en esta página.',
    noAnswer: 'CallMyWay no respondió.',
    wrongValue: 'Un valor que dio la página falta o no es del tipo esperado.',
    noPhone: 'Esta página no tiene dónde llamar: falta <callmyway-phone>.',
    call: 'Llamar a',
    notAllowed: (site: string, origin: string) =>
      `${site} no permite mostrarse en esta página. Un administrador debe agregar ${origin} a los orígenes permitidos.`,
  },
  en: {
    loading: 'Loading CallMyWay',
    notLoaded: 'CallMyWay could not be loaded. Check your network and try again.',
    again: 'Try again',
    noToken: 'This page gave no authorization for CallMyWay.',
    notReady: 'CallMyWay is not on this page.',
    noAnswer: 'CallMyWay did not answer.',
    wrongValue: 'A value that the page gave is missing, or not of the type expected.',
    noPhone: 'This page has nothing to call with: <callmyway-phone> is missing.',
    call: 'Call',
    notAllowed: (site: string, origin: string) =>
      `${site} does not allow this page to show it. An administrator must add ${origin} to the allowed origins.`,
  },
} as const;

export type EarlyWords = (typeof words)[keyof typeof words];

/** The language that a part of the page is in; undefined where the page does not say one that the phone speaks. */
export function languageOf(element: Element): 'es' | 'en' | undefined {
  const said = element.closest('[lang]')?.getAttribute('lang') ?? '';
  return /^(es|en)\b/i.exec(said)?.[1]?.toLowerCase() as 'es' | 'en' | undefined;
}

export const earlyWords = (element: Element): EarlyWords => words[languageOf(element) ?? 'es'];

/** What a method rejects with before the phone's code is here. */
export const earlyFailure = (code: EmbedErrorCode, message: string, status = 0): EmbedFailure =>
  Object.assign(new Error(message), { name: 'EmbedFailure', code, status });
