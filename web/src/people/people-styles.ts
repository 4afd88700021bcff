import { css } from 'lit';

/** What the rows of people have besides those of other records. */
export const peopleStyles = css`
  .line {
    --columns: minmax(0, 3fr) minmax(0, 3fr) minmax(0, 3fr) minmax(0, 3fr);
  }

  cmw-directory-note {
    max-inline-size: none;
    margin: 0;
    padding: 0;
  }

  .badge {
    white-space: normal;
  }
`;
