export type Theme = 'system' | 'light' | 'dark';

const remembered = 'cmw.theme';
const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** What was chosen on this machine, else as the system is. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(remembered);
  return themes.find((theme) => theme === chosen) ?? 'system';
}

export function applyTheme(theme: Theme = currentTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Goes on to the next theme, and remembers it. */
export function nextTheme(): Theme {
  const next = themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? 'system';
  localStorage.setItem(remembered, next);
  applyTheme(next);
  return next;
}
