import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons.js';

/** How many rows a page has: with their buttons and badges fewer than 3,000 elements. */
export const rowsOfPage = 100;

/** A page of rows that are all here. */
export interface RowPage<T> {
  readonly rows: readonly T[];
  /** From 1 on. */
  readonly page: number;
  readonly pages: number;
  readonly all: number;
}

/**
 * The rows of a page; of the last one where there are fewer pages. A row that is being changed stands above them where
 * it is none of them: what was typed there stays.
 */
export function pageOfRows<T>(found: readonly T[], page: number, changing: T | undefined): RowPage<T> {
  const pages = Math.max(1, Math.ceil(found.length / rowsOfPage));
  const at = Math.min(Math.max(1, page), pages);
  const rows = found.slice((at - 1) * rowsOfPage, at * rowsOfPage);
  return {
    rows: changing === undefined || rows.includes(changing) ? rows : [changing, ...rows],
    page: at,
    pages,
    all: found.length,
  };
}

/** The buttons between pages; nothing where there is one page. */
export function rowPager({ page, pages, all }: RowPage<unknown>, turn: (page: number) => void): unknown {
  if (pages === 1) return nothing;
  const from = (page - 1) * rowsOfPage + 1;
  const to = Math.min(all, page * rowsOfPage);
  return html`
    <nav class="row-pager" aria-label=${msg('Páginas')}>
      ${button(page > 1, () => turn(page - 1), html`${icons.left(18)}${msg('Anteriores')}`)}
      <span role="status">${msg(str`${from} a ${to} de ${all}`)}</span>
      ${button(page < pages, () => turn(page + 1), html`${msg('Siguientes')}${icons.right(18)}`)}
    </nav>
  `;
}

const button = (works: boolean, press: () => void, words: TemplateResult): TemplateResult =>
  html`<button aria-disabled=${!works} @click=${() => works && press()}>${words}</button>`;

/** What is asked for in the address of a page with rows: the words to look for as `q`, and the page. */
export function rowsAsked(search: string): { readonly query: string; readonly page: number } {
  const asked = new URLSearchParams(search);
  return { query: asked.get('q') ?? '', page: Number.parseInt(asked.get('page') ?? '1', 10) || 1 };
}

/** Puts what is asked for into the address, in the place of what was asked before. */
export function askRows(path: string, query: string, page = 1): void {
  const asked = new URLSearchParams({ ...(query ? { q: query } : {}), ...(page > 1 ? { page: `${page}` } : {}) });
  history.replaceState(history.state, '', asked.size > 0 ? `${path}?${asked}` : path);
}

/** The styles of the pager. */
export const rowPages = css`
  .row-pager {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2) var(--cmw-space-3);
    border: 0;
  }
`;
