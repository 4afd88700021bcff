import type { LitElement, ReactiveController } from 'lit';
import { focused } from './focused.js';

const stops = 'a[href], button';

/** What had the focus before a drawing, and where it may go. */
interface Before {
  readonly stop: HTMLElement;
  readonly isVisible: boolean;
  /** Its row, then those after it in the same list. */
  readonly keys: readonly string[];
  readonly part: Element | null;
}

/**
 * Keeps the focus in lists whose rows move and go by themselves. It stays with its row (`data-key`), wherever that is
 * drawn. Where the row has gone, or has nothing to press any more, it goes to the next one, else to the heading of its
 * part. A row's first stop is taken, so that the next press calls nobody whom its own row did not name.
 */
export class RowFocus implements ReactiveController {
  #before: Before | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostUpdate(): void {
    const stop = focused();
    const row = stop?.getRootNode() === this.host.shadowRoot ? stop?.closest<HTMLElement>('[data-key]') : undefined;
    this.#before =
      stop instanceof HTMLElement && row
        ? {
            stop,
            isVisible: stop.matches(':focus-visible'),
            keys: rowsFrom(row).map(({ dataset }) => dataset['key'] ?? ''),
            part: row.closest('section'),
          }
        : undefined;
  }

  hostUpdated(): void {
    const root = this.host.shadowRoot;
    const before = this.#before;
    this.#before = undefined;
    if (!before || !root || focused() !== document.body) return;
    const next = before.stop.isConnected ? before.stop : (this.#next(root, before) ?? headingOf(before.part, root));
    // Who uses a pointer goes on where they look.
    next?.focus({ preventScroll: !before.isVisible });
  }

  #next(root: ShadowRoot, { keys }: Before): HTMLElement | undefined {
    const rows = new Map([...root.querySelectorAll<HTMLElement>('[data-key]')].map((row) => [row.dataset['key'], row]));
    for (const key of keys) {
      const stop = rows.get(key)?.querySelector<HTMLElement>(stops);
      if (stop) return stop;
    }

    return undefined;
  }
}

function rowsFrom(row: HTMLElement): readonly HTMLElement[] {
  const rows = [...(row.parentElement?.children ?? [])] as HTMLElement[];
  return rows.slice(rows.indexOf(row));
}

const headingOf = (part: Element | null, root: ShadowRoot): HTMLElement | null =>
  (part?.isConnected ? part.querySelector<HTMLElement>('h2[tabindex]') : null) ??
  root.querySelector<HTMLElement>('h2[tabindex]');
