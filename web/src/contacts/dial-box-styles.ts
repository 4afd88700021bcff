import { css } from 'lit';

export const dialBoxStyles = css`
  .box {
    position: relative;
    display: flex;
    align-items: center;
  }

  .box > .glyph {
    position: absolute;
    inset-inline-start: var(--cmw-space-3);
    color: var(--cmw-quiet);
    pointer-events: none;
  }

  .box > input {
    padding-inline: 2.5rem;
    border-radius: var(--cmw-radius-full);
  }

  .box > button {
    position: absolute;
    inset-inline-end: 0;
    border-radius: var(--cmw-radius-full);
    color: var(--cmw-quiet);
  }

  ::placeholder {
    color: var(--cmw-quiet);
    opacity: 1;
  }

  .panel {
    position: absolute;
    inset-block-start: calc(100% + var(--cmw-space-1));
    inset-inline: 0;
    z-index: 14;
    display: grid;
    gap: var(--cmw-space-2);
    min-inline-size: min(22rem, calc(var(--cmw-frame, 100vw) - 2rem));
    max-block-size: calc(var(--cmw-frame-height, 100vh) - 6rem);
    overflow-y: auto;
    padding: var(--cmw-space-3);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-raised);
    box-shadow: var(--cmw-shadow-menu);
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 0 var(--cmw-space-3);
    padding: var(--cmw-space-2) var(--cmw-space-3);
    border-radius: var(--cmw-radius-s);
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  li .glyph {
    grid-row: span 2;
    color: var(--cmw-quiet);
  }

  li:hover,
  li[aria-selected='true'] {
    background: var(--cmw-hover);
  }

  li strong {
    font-weight: 600;
    unicode-bidi: isolate;
  }

  li .hint:empty {
    display: none;
  }

  p.hint {
    padding-inline: var(--cmw-space-3);
  }

  .note {
    justify-content: start;
    padding-inline: var(--cmw-space-3);
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .keypad {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: var(--cmw-space-2);
  }

  .keypad button {
    min-block-size: 2.75rem;
    font: 600 1.125rem / 1 var(--cmw-font);
  }

  .keypad .primary {
    grid-column: 1 / -1;
    font: var(--cmw-type-strong);
  }

  .from {
    display: grid;
    gap: var(--cmw-space-2);
    padding-block-start: var(--cmw-space-2);
    border-block-start: 1px solid var(--cmw-line);
  }

  .first {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-2);
    font: var(--cmw-type-small);
  }

  .first input {
    inline-size: 1.125rem;
    min-block-size: 1.125rem;
    accent-color: var(--cmw-accent);
  }

  /* Where the box is one of several things on a line, the panel takes the whole page's width. */
  @media (width < 56rem) {
    .panel {
      position: fixed;
      inset-block-start: calc(var(--cmw-header, 3.5rem) + var(--cmw-space-1));
      inset-inline: var(--cmw-space-4);
      max-block-size: calc(var(--cmw-frame-height, 100dvh) - var(--cmw-header, 3.5rem) - var(--cmw-space-4));
    }
  }
`;
