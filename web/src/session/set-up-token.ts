/** The token of a set-up link: `/setup#token` or `/setup#token=…`. */
export function tokenOf(fragment: string): string {
  const text = fragment.replace(/^#/, '');
  return new URLSearchParams(text).get('token') ?? decodeURIComponent(text);
}
