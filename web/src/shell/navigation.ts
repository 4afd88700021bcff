import { type BaseRouteConfig, Router } from '@lit-labs/router';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { Later } from '../base/later.js';
import { leaving } from '../base/leaving.js';
import type { Page, PathParts } from '../base/page.js';
import { arriveFrom, followed, leaveBy } from '../base/way-back.js';
import type { FetchPage, PageEntry, Place } from './pages.js';

/** Chooses the page of the address. It follows links, and the browser's Back and Forward. */
export class Navigation {
  readonly #router: Router;
  #shown: PageCode | undefined;
  #href = '';
  /** What the entry of the shown page keeps in the browser's history. */
  #state: unknown = null;
  /** The address that is left by a link. */
  #from: string | undefined;

  /** The address of the shown page. A page that is still being loaded is not shown yet. */
  address = '';

  constructor(host: ReactiveControllerHost & HTMLElement, pages: readonly PageEntry[], other: FetchPage) {
    const route = (page: Page<Place> | FetchPage): BaseRouteConfig => {
      const code = new PageCode(host, page);
      return { enter: () => this.#enter(code) };
    };
    this.#router = new Router(
      host,
      pages.map(([path, page]) => ({ path, ...route(page) })),
      { fallback: route(other) },
    );
    // Before and after the router, which follows the link.
    host.addController({
      hostConnected: () => {
        window.addEventListener('click', this.#clicked, true);
        window.addEventListener('click', this.#handled);
        window.addEventListener('popstate', this.#handled, true);
      },
      hostDisconnected: () => {
        window.removeEventListener('click', this.#clicked, true);
        window.removeEventListener('click', this.#handled);
        window.removeEventListener('popstate', this.#handled, true);
      },
    });
  }

  /** The page's name for the window's title; empty if it has none. */
  get title(): string {
    return this.#shown?.page?.title() ?? '';
  }

  draw(place: Place): unknown {
    return this.#shown?.draw(place, this.#router.params);
  }

  /** Replaces the current address, which is no longer valid. */
  async replace(address: string): Promise<void> {
    history.replaceState(null, '', address);
    await this.#router.goto(location.pathname);
  }

  readonly #clicked = (event: MouseEvent): void => {
    const link = followed(event);
    this.#from = link && location.href;
    if (link) leaveBy(link);
  };

  readonly #handled = (): void => {
    this.#from = undefined;
  };

  /** False if the user stays, as something is not saved, or has gone to another page meanwhile. */
  async #enter(code: PageCode): Promise<boolean> {
    const address = location.pathname;
    const from = this.#from;
    if (leaving.asks?.() === false) {
      history.pushState(this.#state, '', this.#href);
      return false;
    }

    if (from && from !== location.href) arriveFrom(from);
    await code.fetch();
    if (location.pathname !== address) return false;
    this.#shown = code;
    this.address = address;
    this.#href = location.href;
    this.#state = history.state;
    return true;
  }
}

/** A page, or the function that loads its code. */
class PageCode {
  readonly #later: Later | undefined;
  page: Page<Place> | undefined;

  constructor(host: ReactiveControllerHost, page: Page<Place> | FetchPage) {
    if (typeof page !== 'function') {
      this.page = page;
      return;
    }

    this.#later = new Later(host, async () => {
      this.page = (await page()).page;
    });
  }

  async fetch(): Promise<void> {
    if (!this.page) await this.#later?.fetch();
  }

  /** If the code can't be loaded, shows a notice with a retry button. */
  draw(place: Place, parts: PathParts): TemplateResult | unknown {
    return this.page ? this.page.draw(place, parts) : this.#later?.notice;
  }
}
