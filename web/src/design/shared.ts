import { css } from 'lit';

/** The base styles of every component. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    font: var(--cmw-type-body);
    color: var(--cmw-text);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  :focus {
    outline: none;
  }

  :focus-visible {
    outline: 2px solid var(--cmw-focus);
    outline-offset: 2px;
  }

  /* A telephone number is read and copied as a whole; what came in its place may be long. */
  .number:not(.text) {
    white-space: nowrap;
  }

  svg {
    display: block;
    flex: none;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* A message's place takes no room while it is empty. It is there all the same: words that come together with their
     place are not read aloud. */
  .said:empty {
    position: absolute;
    clip-path: inset(50%);
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/** Buttons are plain by default; each group has one primary button. */
export const buttons = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--cmw-space-2);
    min-block-size: var(--cmw-control);
    padding: 0 var(--cmw-space-4);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-s);
    background: var(--cmw-surface);
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
    cursor: pointer;
    transition:
      background var(--cmw-quick),
      border-color var(--cmw-quick);
  }

  button:hover {
    background: var(--cmw-hover);
  }

  button.primary {
    border-color: transparent;
    background: var(--cmw-accent);
    color: var(--cmw-on-accent);
  }

  button.primary:hover {
    background: var(--cmw-accent-strong);
  }

  button.tonal {
    border-color: transparent;
    background: var(--cmw-accent-ground);
    color: var(--cmw-accent);
  }

  button.tonal:hover {
    background: var(--cmw-accent);
    color: var(--cmw-on-accent);
  }

  button.bare {
    border-color: transparent;
    background: none;
  }

  button.bare:hover {
    background: var(--cmw-hover);
  }

  button.icon {
    inline-size: var(--cmw-control);
    padding: 0;
  }

  button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.65;
  }
`;

/** Labelled fields with their errors. */
export const fields = css`
  .field {
    display: grid;
    gap: var(--cmw-space-1);
  }

  label {
    font: var(--cmw-type-label);
  }

  input,
  select,
  textarea {
    inline-size: 100%;
    min-block-size: var(--cmw-control);
    padding: 0 var(--cmw-space-3);
    border: 1px solid var(--cmw-edge);
    border-radius: var(--cmw-radius-s);
    background: var(--cmw-surface);
    color: var(--cmw-text);
    /* At least 16 px: phones zoom into smaller fields. */
    font: 400 1rem / 1.5 var(--cmw-font);
  }

  textarea {
    display: block;
    min-block-size: 5.5rem;
    max-block-size: 20rem;
    padding-block: var(--cmw-space-2);
    resize: vertical;
    field-sizing: content;
  }

  [aria-invalid='true'] {
    border-color: var(--cmw-bad);
  }

  .field-error {
    color: var(--cmw-bad);
    font: var(--cmw-type-small);
  }

  .hint {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .alert {
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-s);
    background: var(--cmw-bad-ground);
    color: var(--cmw-bad);
  }
`;
