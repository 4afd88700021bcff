import { css } from 'lit';

/** What the list of open calls looks like. */
export const popUpListStyles = css`
  section {
    position: relative;
  }

  .above li {
    position: relative;
  }

  .mark {
    position: absolute;
    inset-block-start: 5rem;
    inline-size: 1px;
    block-size: 1px;
  }

  .strip {
    position: sticky;
    inset-block-start: var(--cmw-space-2);
    z-index: 9;
    block-size: 0;
  }

  .strip button {
    inline-size: 100%;
    justify-content: flex-start;
    gap: var(--cmw-space-3);
    border-color: var(--cmw-live);
    box-shadow: var(--cmw-shadow-menu);
    font: var(--cmw-type-body);
  }

  .strip .ringing {
    color: var(--cmw-accent);
  }

  .strip .connected {
    color: var(--cmw-live);
  }

  .strip .how {
    margin-inline-start: auto;
  }

  @media (width < 56rem) {
    .strip {
      position: fixed;
      inset-block-start: calc(var(--cmw-header, 3.5rem) + var(--cmw-space-2));
      inset-inline: var(--cmw-space-4);
    }
  }

  ul.above {
    display: grid;
    gap: var(--cmw-space-4);
  }

  ul.above + .below {
    margin-block-start: var(--cmw-space-4);
  }

  .below {
    container-type: inline-size;
  }

  :host(:not([settled])) .below {
    visibility: hidden;
  }

  .below header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--cmw-space-3);
    min-block-size: var(--cmw-control);
  }

  .below h3 {
    font: var(--cmw-type-title);
  }

  .below .count {
    color: var(--cmw-quiet);
    font: var(--cmw-type-body);
    font-variant-numeric: tabular-nums;
  }

  .lines {
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
    overflow: hidden;
  }

  .lines li + li {
    border-block-start: 1px solid var(--cmw-line);
  }

  .lines .opened {
    padding: var(--cmw-space-2);
    background: var(--cmw-sunken);
  }

  .all {
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  .question {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2) var(--cmw-space-4);
    margin-block-end: var(--cmw-space-2);
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
  }

  .question span {
    display: flex;
    gap: var(--cmw-space-2);
  }

  .refusal {
    padding-block-end: var(--cmw-space-2);
    color: var(--cmw-bad);
    font: var(--cmw-type-small);
  }

  .more {
    inline-size: 100%;
    margin-block-start: var(--cmw-space-2);
  }

  .taken {
    color: var(--cmw-quiet);
  }

  .taken:not(:empty) {
    margin-block-end: var(--cmw-space-3);
  }

  .notice {
    position: fixed;
    inset-block-end: calc(var(--cmw-space-4) + var(--cmw-dial-status, 0px));
    inset-inline-start: 50%;
    z-index: 15;
    max-inline-size: calc(var(--cmw-frame, 100vw) - 2rem);
    min-block-size: 3rem;
    border-radius: var(--cmw-radius-full);
    box-shadow: var(--cmw-shadow-menu);
    translate: -50%;
  }

  .notice span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .notice b {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .empty,
  .skeleton {
    min-block-size: 15rem;
    border-radius: var(--cmw-radius-l);
  }

  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--cmw-space-2);
    padding: var(--cmw-space-6) var(--cmw-space-4);
    border: 1px dashed var(--cmw-line);
    color: var(--cmw-quiet);
    text-align: center;
    text-wrap: balance;
  }

  .glyph {
    display: grid;
    place-items: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    margin-block-end: var(--cmw-space-2);
    border-radius: 50%;
    background: var(--cmw-sunken);
  }

  .title {
    color: var(--cmw-text);
    font: var(--cmw-type-title);
  }

  .skeleton {
    background: var(--cmw-sunken);
    opacity: 0.6;
  }
`;
