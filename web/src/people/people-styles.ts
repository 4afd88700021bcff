import { css } from 'lit';

/** The rows of people: a line each on a desktop, stacked on a phone. */
export const peopleStyles = css`
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

  .said:empty {
    display: none;
  }

  .said {
    color: var(--cmw-live);
  }

  cmw-directory-note {
    max-inline-size: none;
    margin: 0;
    padding: 0;
  }

  .person {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 3fr) minmax(0, 3fr) minmax(0, 3fr) auto;
    align-items: center;
    gap: var(--cmw-space-1) var(--cmw-space-3);
  }

  .badges,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-1);
  }

  .badge {
    white-space: normal;
  }

  @media (width < 56rem) {
    .person {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .person > * {
      grid-column: 1;
    }

    .person > .actions {
      grid-row: 1 / span 3;
      grid-column: 2;
      align-self: start;
      flex-direction: column;
    }
  }
`;
