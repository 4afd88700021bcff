import { css } from 'lit';

/**
 * A list of records with a search above it: a `.line` for each on a desktop, stacked on a phone. `--columns` are the
 * columns of a line, without its actions.
 */
export const recordRows = css`
  .title {
    justify-content: space-between;
  }

  .find {
    flex: 1 1 12rem;
    inline-size: auto;
    max-inline-size: 20rem;
    margin-inline-start: auto;
  }

  @media (width < 40rem) {
    .find {
      flex-basis: 100%;
      max-inline-size: none;
      margin-inline-start: 0;
    }
  }

  .said {
    color: var(--cmw-live);
  }

  .line {
    display: grid;
    grid-template-columns: var(--columns) auto;
    align-items: center;
    gap: var(--cmw-space-1) var(--cmw-space-3);
  }

  .badges,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-1);
  }

  @media (width < 56rem) {
    .line {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .line > * {
      grid-column: 1;
    }

    .line > .actions {
      grid-row: 1 / span 3;
      grid-column: 2;
      align-self: start;
      flex-direction: column;
    }
  }
`;
