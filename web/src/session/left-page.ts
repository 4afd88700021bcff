const place = 'cmw.leftPage';

/** Notes the address that somebody leaves for the sign-in, which leads back to `/` alone. */
export const noteLeftPage = (): void => sessionStorage.setItem(place, location.pathname + location.search);

/** Back to that address, before anything reads it. What the sign-in answered stays in the fragment. */
export function backToLeftPage(): void {
  const left = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  // Without an answer in it somebody came by themselves, and to where they wanted.
  const answered = location.pathname === '/' && /[#&](code|error)=/.test(location.hash);
  // Two slashes at its beginning would make the next part another host's name.
  if (left && answered) history.replaceState(null, '', left.replace(/^\/+/, '/') + location.hash);
}
