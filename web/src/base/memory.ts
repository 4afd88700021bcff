const placeOf = (key: string): string => `cmw.${key}`;

/** Storage on this machine. If the browser allows none (as in some embedded pages), nothing is stored. */
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
      // The value is kept for this page only.
    }
  },

  /** The keys with this beginning. */
  keys(beginning: string): readonly string[] {
    try {
      return Object.keys(localStorage)
        .filter((place) => place.startsWith(placeOf(beginning)))
        .map((place) => place.slice(placeOf('').length));
    } catch {
      return [];
    }
  },

  /** Tells the other tabs something, and keeps nothing of it. */
  tell(key: string, value: string): void {
    memory.set(key, value);
    memory.set(key, null);
  },

  /** Calls `changed` when another tab changes the value. Returns a function that stops it. */
  watch(key: string, changed: (value: string | null) => void): () => void {
    const heard = (event: StorageEvent) => event.key === placeOf(key) && changed(event.newValue);
    window.addEventListener('storage', heard);
    return () => window.removeEventListener('storage', heard);
  },
};
