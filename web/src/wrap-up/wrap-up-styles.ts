import { css } from 'lit';

export const wrapUpStyles = css`
  form {
    display: grid;
    gap: var(--cmw-space-3);
  }

  h4 {
    margin: 0;
    font: var(--cmw-type-strong);
  }

  .hint,
  .field-error {
    min-block-size: 1.2em;
    overflow-wrap: anywhere;
  }

  .hint:empty {
    min-block-size: 0;
  }

  .part {
    position: relative;
    min-inline-size: 0;
    margin: 0;
    border: 0;
    padding: var(--cmw-space-3) var(--cmw-space-3) var(--cmw-space-2);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-sunken);
  }

  .part legend {
    float: inline-start;
    inline-size: 100%;
    margin-block-end: var(--cmw-space-2);
    padding: 0;
    font: var(--cmw-type-strong);
  }

  .part legend ~ * {
    clear: both;
  }

  .remove {
    position: absolute;
    inset-block-start: var(--cmw-space-2);
    inset-inline-end: var(--cmw-space-2);
  }

  .row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr));
    align-items: start;
    gap: var(--cmw-space-3);
  }

  /* A browser's field for a date and a time is wider than a small phone. */
  .part .field {
    grid-template-columns: minmax(0, 1fr);
  }

  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 5rem;
    gap: var(--cmw-space-2);
  }

  select {
    padding-inline: var(--cmw-space-2);
  }

  .add,
  .soon {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-1) var(--cmw-space-2);
  }

  .label-line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2);
  }

  .label-line button {
    margin-block: calc(-1 * var(--cmw-space-1));
  }

  /* Close together, so that the four days fit on a line. */
  .soon {
    gap: 0;
  }

  .soon button,
  .label-line button {
    gap: var(--cmw-space-1);
  }

  .soon kbd,
  .label-line kbd {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .add button,
  .soon button,
  .label-line button,
  .remove {
    min-block-size: 1.875rem;
    padding: 0 var(--cmw-space-2);
    color: var(--cmw-accent);
    font: var(--cmw-type-label);
  }

  .soon,
  .add {
    margin-inline-start: calc(-1 * var(--cmw-space-2));
  }

  /* Without a keyboard, keys mean nothing. */
  @media (hover: none) {
    kbd {
      display: none;
    }
  }

  /* The card's bar at the bottom must not hide what has the focus. */
  input,
  select,
  textarea,
  button {
    scroll-margin-block: 1rem 6rem;
  }
`;
