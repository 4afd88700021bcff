import { type BaseRouteConfig, Router } from '@lit-labs/router';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { Later } from '../base/later.js';
import type { Page, PathParts } from '../base/page.js';
import type { FetchPage, PageEntry, Place } from './pages.js';

/** Which page the address names: it follows links, and the browser's ways back and forward. */
export class Navigation {
  readonly #router: Router;
  #shown: PageCode | undefined;

  /** The address that the shown page has: a page that is still fetched is not shown yet. */
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
  }

  /** The page's name for the window's title; empty where it has none. */
  get title(): string {
    return this.#shown?.page?.title() ?? '';
  }

  draw(place: Place): unknown {
    return this.#shown?.draw(place, this.#router.params);
  }

  /** To an address in the place of the one that is there, which is no longer any. */
  async replace(address: string): Promise<void> {
    history.replaceState(null, '', address);
    await this.#router.goto(location.pathname);
  }

  /** False where somebody went on meanwhile. */
  async #enter(code: PageCode): Promise<boolean> {
    const address = location.pathname;
    await code.fetch();
    if (location.pathname !== address) return false;
    this.#shown = code;
    this.address = address;
    return true;
  }
}

/** A page, or where its code is fetched from. */
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

  /** Where the code can't be fetched that is said, with a button to try again. */
  draw(place: Place, parts: PathParts): TemplateResult | unknown {
    return this.page ? this.page.draw(place, parts) : this.#later?.notice;
  }
}
