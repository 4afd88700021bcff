import { msg } from '@lit/localize';
import { css } from 'lit';

/** A page that searches and shows what it found in pages: the field, the old rows while it waits, the pager. */
export const foundList = css`
  .search {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-2);
    padding-inline: var(--cmw-space-4);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
    color: var(--cmw-quiet);
  }

  .search:focus-within {
    outline: 2px solid var(--cmw-focus);
    outline-offset: 2px;
  }

  .search input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 3rem;
    border: 0;
    outline: none;
    background: none;
    color: var(--cmw-text);
    font: var(--cmw-type-body);
  }

  .search ::placeholder {
    color: var(--cmw-quiet);
    opacity: 1;
  }

  .waits {
    opacity: 0.55;
  }

  nav.pager {
    justify-content: end;
    gap: var(--cmw-space-2);
    border-block-end: 0;
  }

  nav.pager .step {
    padding-block: 0;
    border: 1px solid var(--cmw-line);
    background: var(--cmw-surface);
    color: var(--cmw-text);
  }
`;

/** What the notice of a failed search says of the rows below it, which are of the search before. */
export const olderWords = (items: readonly unknown[] | undefined): string =>
  items?.length ? msg('Abajo sigue lo que se mostraba antes.') : '';
