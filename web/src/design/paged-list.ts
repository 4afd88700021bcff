import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { ApiError } from '../api/api-error.js';
import type { Paged } from '../base/paged.js';
import { plainWords } from '../i18n/plain-words.js';

/** The error of a list that could not be read, with a retry button. `what` names the list if none of it is shown. */
export const listError = (list: Paged<unknown>, error: ApiError, what: string): TemplateResult => html`
  <div class="error" role="alert">
    <p>${list.loaded ? msg('La lista puede no estar al día.') : what} ${plainWords(error)}</p>
    <button @click=${() => list.read()}>${msg('Intentar de nuevo')}</button>
  </div>
`;

/** The button below a list that has more pages. */
export const moreButton = (list: Paged<unknown>): TemplateResult | typeof nothing =>
  list.more
    ? html`<button class="more" aria-disabled=${list.loadingMore} @click=${() => list.readMore()}>
        ${list.loadingMore ? msg('Cargando…') : msg('Ver más')}
      </button>`
    : nothing;

/** What a list says where it has no rows. */
export interface ListWords {
  readonly failed: string;
  readonly empty: string;
  readonly hint: string;
}

/** A list's error, its rows or what stands in their place, and the button for more. */
export const pagedBody = (list: Paged<unknown>, rows: readonly unknown[], words: ListWords): TemplateResult => html`
  ${list.error ? listError(list, list.error, words.failed) : nothing}
  ${
    rows.length > 0
      ? rows
      : list.loaded
        ? html`<div class="empty">
            <p>${words.empty}</p>
            <p>${words.hint}</p>
          </div>`
        : list.error
          ? nothing
          : html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
  }
  ${moreButton(list)}
`;

export const pagedList = css`
  .empty {
    display: grid;
    gap: var(--cmw-space-1);
    padding: var(--cmw-space-6) var(--cmw-space-5);
    color: var(--cmw-quiet);
    text-align: center;
    text-wrap: balance;
  }

  .empty p:first-child {
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
  }

  .error {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2) var(--cmw-space-4);
    margin-block-end: var(--cmw-space-3);
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
    color: var(--cmw-warn);
    font: var(--cmw-type-small);
  }

  .error p {
    flex: 1 1 12rem;
  }

  .more {
    inline-size: 100%;
    margin-block-start: var(--cmw-space-3);
  }
`;
