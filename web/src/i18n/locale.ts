import { configureLocalization } from '@lit/localize';
import { memory } from '../base/memory.js';
import { sourceLocale, targetLocales } from './generated/locale-codes.js';

export type Locale = 'es' | 'en';

const remembered = 'language';

const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  // Only English is loaded; Spanish is in the source.
  loadLocale: () => import('./generated/en.js'),
});

/** The page's current language. */
export const currentLocale = (): Locale => (getLocale() === 'en' ? 'en' : 'es');

/** The region decides the format of times: the office's, in either language. */
export const formatLocale = (): string => (currentLocale() === 'en' ? 'en-US' : 'es-CR');

const spoken = (language: string | null | undefined): Locale | undefined =>
  /^(es|en)\b/i.exec(language ?? '')?.[1]?.toLowerCase() as Locale | undefined;

/**
 * The language that was chosen on this machine, else the agent's own, else the first supported one of the browser's,
 * else Spanish.
 */
export function preferredLocale(own?: string, browser: readonly string[] = navigator.languages): Locale {
  return spoken(memory.get(remembered)) ?? spoken(own) ?? browser.map(spoken).find(Boolean) ?? 'es';
}

/** `root` is what is in this language: the page, or a part of another page. */
export async function useLocale(locale: Locale, root = document.documentElement): Promise<void> {
  await setLocale(locale).catch(() => {}); // English could not be fetched: Spanish stays.
  root.lang = currentLocale();
}

export function rememberLocale(locale: Locale): Promise<void> {
  memory.set(remembered, locale);
  return useLocale(locale);
}
