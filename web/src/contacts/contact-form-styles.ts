import { css } from 'lit';

export const contactFormStyles = css`
  form {
    display: grid;
    gap: var(--cmw-space-2);
  }

  .row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    align-items: start;
    gap: var(--cmw-space-1) var(--cmw-space-3);
  }

  .field-error {
    min-block-size: 1.2em;
    overflow-wrap: anywhere;
  }

  .number {
    position: relative;
  }

  .number .icon {
    position: absolute;
    inset-block-start: -0.375rem;
    inset-inline-end: 0;
    min-block-size: 1.75rem;
    inline-size: 1.75rem;
    color: var(--cmw-quiet);
  }

  .add {
    justify-self: start;
    min-block-size: 1.875rem;
    margin-inline-start: calc(-1 * var(--cmw-space-2));
    padding: 0 var(--cmw-space-2);
    color: var(--cmw-accent);
    font: var(--cmw-type-label);
  }

  summary {
    inline-size: fit-content;
    padding-block: var(--cmw-space-1);
    color: var(--cmw-accent);
    font: var(--cmw-type-label);
    cursor: pointer;
  }

  .existing,
  .clash {
    display: grid;
    gap: var(--cmw-space-2);
    padding: var(--cmw-space-3);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
    overflow-wrap: anywhere;
  }

  .existing > p,
  .clash > p {
    color: var(--cmw-warn);
  }

  .existing ul {
    display: grid;
    gap: var(--cmw-space-2);
  }

  .existing li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cmw-space-1) var(--cmw-space-3);
  }

  .existing li > span {
    flex: 1 1 11rem;
    min-inline-size: 0;
    unicode-bidi: isolate;
  }

  .existing .hint {
    display: block;
    color: var(--cmw-text);
  }

  .existing button {
    min-block-size: 2rem;
    padding: 0 var(--cmw-space-3);
  }

  dl {
    display: grid;
    gap: var(--cmw-space-2);
    margin: 0;
  }

  dt {
    font: var(--cmw-type-label);
  }

  dd {
    margin: 0;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-2);
  }

  /* The card's bar at the bottom must not hide what has the focus. */
  input,
  button,
  summary {
    scroll-margin-block: 1rem 6rem;
  }
`;
