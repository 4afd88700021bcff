/** What is remembered on this machine. Where the browser allows no storage (some embedded pages), nothing is. */
export const memory = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(`cmw.${key}`);
    } catch {
      return null;
    }
  },

  set(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(`cmw.${key}`);
      else localStorage.setItem(`cmw.${key}`, value);
    } catch {
      // It holds for this page only.
    }
  },
};
