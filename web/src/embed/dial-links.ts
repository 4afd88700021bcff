import { phoneOf } from './phone-of.js';

const marked = '[data-callmyway-number]';
const dials = `a[href^="tel:" i], ${marked}`;
const ignored = '[data-callmyway-ignore]';
const pressed = 'a[href], button, [role="button"], [role="link"]';

/** The number that a press on this part of the page calls; undefined for none. */
export function numberAt(target: Element): { readonly number: string; readonly phone: string | null } | undefined {
  const place = target.closest<HTMLElement>(dials);
  if (!place || place.closest(ignored)) return undefined;
  const href = place instanceof HTMLAnchorElement ? place.getAttribute('href')?.replace(/^tel:/i, '') : '';
  const number = (place.dataset.callmywayNumber || decoded(href) || place.textContent || '').split(';')[0]?.trim();
  return number ? { number, phone: place.getAttribute('data-callmyway-for') } : undefined;
}

function decoded(text: string | undefined): string {
  try {
    return decodeURIComponent(text ?? '');
  } catch {
    return '';
  }
}

/**
 * Makes `tel:` links and what is marked with `data-callmyway-number` dial. Where the phone is not ready, a link does what
 * it does without it. Returns a function that ends it.
 */
export function dialLinks(root: Document = document): () => void {
  const stop = new AbortController();
  const { signal } = stop;

  const dial = (event: Event): void => {
    const [target] = event.composedPath();
    const found = target instanceof Element ? numberAt(target) : undefined;
    const phone = found && phoneOf(found.phone);
    if (!found || !phone?.isReady || phone.hasAttribute('no-links')) return;
    event.preventDefault();
    // The phone says why it was refused.
    phone.dial(found.number).catch(() => {});
  };
  root.addEventListener(
    'click',
    (event) => {
      if (!event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey))
        dial(event);
    },
    { signal },
  );
  root.addEventListener(
    'keydown',
    (event) => {
      const [target] = event.composedPath();
      if (event.key !== 'Enter' && event.key !== ' ') return;
      if (target instanceof HTMLElement && target.dataset.callmywayButton !== undefined) dial(event);
    },
    { signal },
  );

  const watcher = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      for (const node of [target, ...addedNodes]) if (node instanceof Element) makePressable(node);
  });
  watcher.observe(root, { subtree: true, childList: true, attributeFilter: ['data-callmyway-number'] });
  signal.addEventListener('abort', () => watcher.disconnect());
  makePressable(root.documentElement);
  return () => stop.abort();
}

/** A marked text that is neither a link nor a button can be reached and pressed by the keyboard. */
function makePressable(part: Element): void {
  for (const one of [part, ...part.querySelectorAll(marked)]) {
    if (!(one instanceof HTMLElement) || !one.matches(marked) || one.matches(pressed) || one.closest(ignored)) continue;
    one.dataset.callmywayButton = '';
    one.setAttribute('role', 'button');
    if (!one.hasAttribute('tabindex')) one.tabIndex = 0;
  }
}
