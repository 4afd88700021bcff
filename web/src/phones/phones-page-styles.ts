import { css } from 'lit';

/** What the rows of phones have besides those of other records. */
export const phoneRowStyles = css`
  .line {
    --columns: minmax(0, 3fr) minmax(0, 3fr) minmax(0, 2fr) minmax(0, 3fr);
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
    .line > :empty {
      display: none;
    }
  }
`;
