import { css } from 'lit';

/** The rows of phones: a line each on a desktop, stacked on a phone. */
export const phoneRowStyles = css`
  .title,
  .phone {
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

  .said:empty {
    display: none;
  }

  .said {
    color: var(--cmw-live);
  }

  .phone {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 3fr) minmax(0, 2fr) minmax(0, 3fr) auto;
    align-items: center;
    gap: var(--cmw-space-1) var(--cmw-space-3);
  }

  .badges,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-1);
  }

  .warn {
    color: var(--cmw-warn);
  }

  .removal,
  .problem {
    display: grid;
    justify-items: start;
    gap: var(--cmw-space-2);
  }

  .removal {
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-sunken);
  }

  .problem {
    color: var(--cmw-bad);
  }

  @media (width < 56rem) {
    .phone {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .phone > * {
      grid-column: 1;
    }

    .phone > .actions {
      grid-row: 1 / span 3;
      grid-column: 2;
      align-self: start;
      flex-direction: column;
    }

    .phone > :empty {
      display: none;
    }
  }
`;
