const place = 'cmw.leftPage';

/** Stores the current address before the sign-in, which always returns to `/`. */
export const noteLeftPage = (): void => sessionStorage.setItem(place, location.pathname + location.search);

/** Goes back to that address before anything reads it. The sign-in's answer stays in the fragment. */
export function backToLeftPage(): void {
  const left = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  // Without an answer in the fragment, the user opened this address directly.
  const answered = location.pathname === '/' && /[#&](code|error)=/.test(location.hash);
  // Two slashes at the beginning would make the next part a host name.
  if (left && answered) history.replaceState(null, '', left.replace(/^\/+/, '/') + location.hash);
}
