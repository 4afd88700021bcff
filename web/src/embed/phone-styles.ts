import { css } from 'lit';

/** The sizes of bar and box are those of `shell-styles.ts`: nothing moves when the phone takes the outline's place. */
export const phoneStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    container-type: size;
    contain: layout;
    background: var(--cmw-canvas);
    --cmw-frame: 100cqi;
    --cmw-frame-height: calc(100cqb - 1rem);
    --cmw-menu: 15rem;
    --cmw-header: 6.75rem;
  }

  .top {
    position: relative;
    z-index: 3;
    display: grid;
    background: var(--cmw-surface);
    border-block-end: 1px solid var(--cmw-line);
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2);
    min-block-size: 3.5rem;
    padding: var(--cmw-space-2) var(--cmw-space-4);
  }

  .box {
    min-block-size: 2.5rem;
    margin: 0 var(--cmw-space-4) var(--cmw-space-3);
  }

  .waits {
    border-radius: var(--cmw-radius-full);
    background: var(--cmw-sunken);
  }

  .pane {
    --cmw-pane-end: var(--cmw-space-4);
    position: relative;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    padding: var(--cmw-space-4);
  }

  .pane:focus-visible {
    outline-offset: -2px;
  }

  .skeleton {
    block-size: 15rem;
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
  }

  .problem {
    display: grid;
    justify-items: center;
    gap: var(--cmw-space-3);
    padding: var(--cmw-space-6) var(--cmw-space-3);
    text-align: center;
    overflow-wrap: anywhere;
  }

  .problem .title {
    font: var(--cmw-type-title);
  }

  .contact {
    margin-block-end: var(--cmw-space-4);
  }
`;
