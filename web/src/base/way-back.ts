/** What an entry of the browser's history keeps, so that Back leads to the same place on the page. */
interface Entry {
  /** How far the page was scrolled when the link was followed, in CSS pixels. */
  readonly top?: number;
  /** The address of the link by which the page was left. */
  readonly link?: string;
  /** Which of several links with that address, from 0 on. */
  readonly nth?: number;
  /** The address of the entry before this one. */
  readonly from?: string;
}

const lookMs = 50;
const mostLooks = 60;
/** Whoever scrolls, presses or types is somewhere else by now. */
const acts = ['wheel', 'pointerdown', 'keydown'] as const;

const entry = (): Entry => (history.state ?? {}) as Entry;

const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;

/** The link to another page of the console that a click follows in this window. */
export function followed(event: MouseEvent): HTMLAnchorElement | undefined {
  if (!isPlain(event)) return undefined;
  const link = event.composedPath().find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement);
  const leads = link && !link.target && !link.hasAttribute('download') && link.origin === location.origin;
  return leads && link.href !== location.href ? link : undefined;
}

/** Keeps in the current entry where the reader is, who follows this link. */
export function leaveBy(link: HTMLAnchorElement): void {
  const nth = Math.max(0, linksIn(link.getRootNode() as ParentNode & Node, link.href).indexOf(link));
  history.replaceState({ ...entry(), top: window.scrollY, link: link.href, nth }, '');
}

/** Keeps in a new entry which one came before it. */
export function arriveFrom(from: string): void {
  history.replaceState({ ...entry(), from }, '');
}

/**
 * For a link to a list: goes back where the list was the page before, to its filter and its place. Else the link is
 * followed as it is.
 */
export const backTo =
  (path: string) =>
  (event: MouseEvent): void => {
    const { from } = entry();
    if (!isPlain(event) || !from || new URL(from, location.href).pathname !== path) return;
    event.preventDefault();
    history.back();
  };

/**
 * Leads to where the reader left the page of this entry: scrolls there and focuses the link that was followed, as soon
 * as the page has that link again. It gives up after three seconds, and where the reader acts before.
 */
export function returnToPlace(view: Element): void {
  const { top, link, nth } = entry();
  if (link === undefined) return;
  let looks = 0;
  const stop = (): void => {
    clearInterval(timer);
    for (const act of acts) window.removeEventListener(act, stop, true);
  };
  const timer = setInterval(() => {
    const found = view.isConnected ? linkIn(view.shadowRoot ?? view, link, nth ?? 0) : undefined;
    if (!found && ++looks < mostLooks && view.isConnected) return;
    stop();
    if (!found) return;
    window.scrollTo(0, top ?? 0);
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }, lookMs);
  for (const act of acts) window.addEventListener(act, stop, true);
}

const linksIn = (root: ParentNode, link: string): HTMLAnchorElement[] =>
  [...root.querySelectorAll('a')].filter((each) => each.href === link);

/** The link; the last one where there are fewer of them by now. */
function linkIn(root: ParentNode, link: string, nth: number): HTMLElement | undefined {
  const same = linksIn(root, link);
  if (same.length > 0) return same[Math.min(nth, same.length - 1)];
  for (const each of root.querySelectorAll('*')) {
    const inside = each.shadowRoot && linkIn(each.shadowRoot, link, nth);
    if (inside) return inside;
  }

  return undefined;
}
