const placeOf = (key: string): string => `cmw.${key}`;

/** What is remembered on this machine. Where the browser allows no storage (some embedded pages), nothing is. */
export const memory = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(placeOf(key));
    } catch {
      return null;
    }
  },

  set(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(placeOf(key));
      else localStorage.setItem(placeOf(key), value);
    } catch {
      // It holds for this page only.
    }
  },

  /** The keys that begin so. */
  keys(beginning: string): readonly string[] {
    try {
      return Object.keys(localStorage)
        .filter((place) => place.startsWith(placeOf(beginning)))
        .map((place) => place.slice(placeOf('').length));
    } catch {
      return [];
    }
  },

  /** Tells what another tab changes. Ends with what it returns. */
  watch(key: string, changed: (value: string | null) => void): () => void {
    const heard = (event: StorageEvent) => event.key === placeOf(key) && changed(event.newValue);
    window.addEventListener('storage', heard);
    return () => window.removeEventListener('storage', heard);
  },
};
