import { memory } from '../base/memory.js';

export type Theme = 'system' | 'light' | 'dark';

const remembered = 'theme';
const themes: readonly Theme[] = ['system', 'light', 'dark'];

let current: Theme | undefined;

/** The theme that was chosen on this machine, else the system's. */
export function currentTheme(): Theme {
  const chosen = memory.get(remembered);
  current ??= themes.find((theme) => theme === chosen) ?? 'system';
  return current;
}

export function applyTheme(theme: Theme = currentTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Switches to the next theme, and remembers it. */
export function nextTheme(): Theme {
  const next = themes[(themes.indexOf(currentTheme()) + 1) % themes.length] ?? 'system';
  memory.set(remembered, next);
  current = next;
  applyTheme(next);
  return next;
}
