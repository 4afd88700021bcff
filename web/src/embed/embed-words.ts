import type { EmbedErrorCode, EmbedFailure } from './embed-types.js';

/**
 * The few sentences that are needed before the phone's code is here, and so before its translations.
 */
const words = {
  es: {
    loading: 'Cargando el teléfono',
    notLoaded: 'El teléfono no se pudo cargar. Revise su red e intente de nuevo.',
    again: 'Intentar de nuevo',
    noToken: 'Esta página no dio la autorización para el teléfono.',
    notReady: 'El teléfono todavía no está listo.',
    noPhone: 'Esta página no tiene teléfono.',
    call: 'Llamar a',
  },
  en: {
    loading: 'Loading the phone',
    notLoaded: 'The phone could not be loaded. Check your network and try again.',
    again: 'Try again',
    noToken: 'This page gave no authorization for the phone.',
    notReady: 'The phone is not ready yet.',
    noPhone: 'This page has no phone.',
    call: 'Call',
  },
} as const;

export type EarlyWords = (typeof words)[keyof typeof words];

/** The language that a part of the page is in; undefined where the page does not say one that the phone speaks. */
export function languageOf(element: Element): 'es' | 'en' | undefined {
  const said = element.closest('[lang]')?.getAttribute('lang') ?? '';
  return /^(es|en)\b/i.exec(said)?.[1]?.toLowerCase() as 'es' | 'en' | undefined;
}

export const earlyWords = (element: Element): EarlyWords => words[languageOf(element) ?? 'es'];

/** What a method rejects with before that code is here. */
export const earlyFailure = (code: EmbedErrorCode, message: string): EmbedFailure =>
  Object.assign(new Error(message), { name: 'EmbedFailure', code, status: 0 });
